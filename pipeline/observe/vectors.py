"""Meaning: the mean vector of a text's words in the installed French model, as few numbers as the roles are told by.

A label wording that shares no word with any known one still stands near those of its kind.
"""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from carnet.pipeline.word_vectors import word_vectors

Row = npt.NDArray[np.float32]
_WORD = re.compile(r"[^\W\d_]+")


class Meaning:
    """`axes`: 300 by k, from the fit. Without vectors (spaCy's model not installed) every text means nothing."""

    def __init__(self, axes: npt.NDArray[np.float32]) -> None:
        self.axes = axes
        self.width = int(axes.shape[1])
        vectors = word_vectors()
        self._rows = None if vectors is None else (vectors.rows @ axes).astype(np.float32)
        self._find = None if vectors is None else vectors.row_of
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
