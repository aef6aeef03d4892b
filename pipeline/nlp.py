"""The trained French model: people, organisations and places as a second opinion on short lines.

The model is loaded when it is first asked (2 seconds), never on import. It is no base for a value by itself: rules come
first, and what only the model saw carries a note (see STACK: persons 31/38, clients 22/38 on a real list).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from carnet.pipeline.values.found import Found
from carnet.pipeline.word_vectors import MODEL, word_vectors

if TYPE_CHECKING:
    from spacy.language import Language

_WITHOUT = ["morphologizer", "parser", "attribute_ruler", "lemmatizer"]
_MAX_TEXT = 2000
_NOISE = re.compile(r"\S{0,64}@\S{0,120}|(?:\+|00)?\d[\d .()/-]{7,20}\d|https?://\S{0,200}|www\.\S{0,200}")


class Nlp:
    """Entities of a text; the model is loaded with the first question.

    >>> [found.value for found in Nlp().persons("Odile Faucher, directrice")]  # doctest: +SKIP
    ['Odile Faucher']
    """

    def __init__(self, model: str = MODEL) -> None:
        self._model = model
        self._language: Language | None = None

    def persons(self, text: str) -> list[Found[str]]:
        """People named in `text`; addresses and numbers are not looked at."""
        return self._entities(text, "PER")

    def knows(self, word: str) -> bool:
        """Whether the model has met this word, as it is spelt here, in the texts from which it learned."""
        vectors = word_vectors()
        return vectors is not None and vectors.row_of(word) >= 0

    def organisations(self, text: str) -> list[Found[str]]:
        """Organisations named in `text`."""
        return self._entities(text, "ORG")

    def places(self, text: str) -> list[Found[str]]:
        """Places named in `text`; the model takes most local authorities for places."""
        return self._entities(text, "LOC")

    def _entities(self, text: str, label: str) -> list[Found[str]]:
        readable = _readable(text)
        if not re.search(r"\w", readable):
            return []
        return [
            Found(value, start, end, f"nlp.{label.lower()}")
            for value, start, end, kind in self._read(readable)
            if kind == label
        ]

    def _read(self, readable: str) -> list[tuple[str, int, int, str]]:
        doc: Any = self._loaded()(readable)  # spaCy ships no types of its own for entities
        found = []
        for entity in doc.ents:
            value = entity.text.strip(" ,;:/()-–\n")
            if value:
                start = entity.start_char + entity.text.index(value)
                found.append((" ".join(value.split()), start, start + len(value), str(entity.label_)))
        return found

    def _loaded(self) -> Language:
        if self._language is None:
            import spacy  # 2 seconds: only those who ask pay

            self._language = spacy.load(self._model, exclude=_WITHOUT)
        return self._language


@lru_cache(maxsize=1)
def get_nlp() -> Nlp:
    """The one model of this process."""
    return Nlp()


def _readable(text: str) -> str:
    """Addresses, numbers and line ends blanked; same length, so spans stay valid."""
    text = text[:_MAX_TEXT]
    return _NOISE.sub(lambda match: " " * len(match.group()), text).replace("\n", " ")
