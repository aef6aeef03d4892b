"""Sentences of one language said in another: by a catalogue that has {1}, {2} … where something is put in."""

from __future__ import annotations

import re
from collections.abc import Mapping

DEEPEST = 4
"""Sentences within sentences."""


class Sentences:
    """A catalogue: a sentence -> the same in the other language; None where both are the same.

    `colon`: how that language parts what goes before it. `heads`: whether that may be a sentence too, or is a name.
    """

    def __init__(self, texts: Mapping[str, str | None], colon: str = ": ", heads: bool = False) -> None:
        forms = [(tuple(re.split(r"\{\d\}", one)), other or one) for one, other in texts.items()]
        self._forms = sorted(forms, key=lambda form: -sum(map(len, form[0])))
        self._colon, self._heads = colon, heads

    def said(self, sentence: str, depth: int = 0) -> str:
        """By the sentence of the catalogue that says most of it; else as it is, with what follows a colon on its own.

        >>> known = Sentences({"it is {1}": "c'est {1}", "full": "plein"})
        >>> known.said("a.pdf: it is full")
        "a.pdf: c'est plein"
        """
        if depth > DEEPEST:
            return sentence
        for literals, other in self._forms:
            put_in = filled(sentence, literals)
            if put_in is not None:
                return _put(other, [self.said(value, depth + 1) for value in put_in])
        head, colon, tail = sentence.partition(": ")
        if not colon:
            return sentence
        return f"{self.said(head, depth + 1) if self._heads else head}{self._colon}{self.said(tail, depth + 1)}"

    def knows(self, sentence: str) -> bool:
        """It, or a part of it that a colon parts, is in the catalogue."""
        whole = any(filled(sentence, literals) is not None for literals, _ in self._forms)
        return whole or (": " in sentence and any(map(self.knows, sentence.split(": ", 1))))


def _put(sentence: str, values: list[str]) -> str:
    return re.sub(r"\{(\d)\}", lambda m: values[int(m[1]) - 1], sentence)


def filled(said: str, literals: tuple[str, ...]) -> list[str] | None:
    """What is put in between the pieces of a sentence; None where it is another sentence. Linear in its length.

    >>> filled("a.pdf: it is full", ("", ": it is ", "")), filled("it was full", ("it is ", ""))
    (['a.pdf', 'full'], None)
    """
    first, *others = literals
    if not said.startswith(first):
        return None
    if not others:
        return [] if said == first else None
    found, at = [], len(first)
    for piece in others[:-1]:
        place = said.find(piece, at)
        if place < 0:
            return None
        found.append(said[at:place])
        at = place + len(piece)
    end = len(said) - len(others[-1])
    return [*found, said[at:end]] if end >= at and said.endswith(others[-1]) else None
