"""What is to be taken out of a file: words known by their form, and what was read of a person at a certain place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

Spans = Callable[[str], Iterable[tuple[int, int]]]
"""Which parts of a text are to go: (start, end). They may overlap."""
Box = tuple[float, float, float, float]
"""x0, top, x1, bottom from the top left of a page, in points."""
MARK = "[…]"
"""Stands in a text where words were taken out."""
Marks = Literal["narrow", "wide", "words"]
"""On a page: a mark of its own width; as wide as what stood there, so that the words around it are as near as before;
one for each word, as wide as that, so that as many words stand there as before."""
WAYS: tuple[Marks, ...] = ("narrow", "wide", "words")
"""In the order in which they are tried: what is read beside a mark hangs on it."""
FAR = "\n" * 64
"""Between words of a page that stand too far apart to be one name."""

_SEPARATORS = frozenset(",;:/()[]|–—-")
_BETWEEN = 40
"""Letters between two parts of what is printed of a person, blanks included."""
_CLOSING = {"(": ")", "[": "]"}
_NEAR = 300
"""Letters between a name and what else is printed of the person."""


@dataclass(frozen=True)
class Printed:
    """Words that were read of a person. A text file has neither page nor box; the box may hold other words too."""

    text: str
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True)
class RedactionTarget:
    """`persons`: what was read of each (name, role, address, …). `places`: page and box of texts that name one."""

    spans: Spans
    persons: Sequence[Sequence[Printed]] = ()
    places: Sequence[tuple[int, Box]] = field(default=())

    def anywhere(self, text: str) -> bool:
        return any(True for _ in self.spans(text))

    def without(self, text: str) -> str:
        """The text with a mark in the place of each name."""
        return marked(text, letters(text, self.spans(text)))


def letters(text: str, spans: Iterable[tuple[int, int]]) -> set[int]:
    """Places of the letters that go, with the separators that would be left between them.

    >>> sorted(letters("A, B (C) D", [(0, 1), (3, 4), (6, 7)]))
    [0, 1, 2, 3, 4, 5, 6, 7]
    """
    gone = {n for start, end in spans for n in range(start, end)}
    for end, start in _gaps(gone):
        between = text[end:start]
        if _is_between(between):
            gone |= set(range(end, end + len(between.partition("\n")[0])))
            closing = {_CLOSING[sign] for sign in between if sign in _CLOSING}
            after = next((n for n in range(start, len(text)) if n not in gone), None)
            if after is not None and text[after] in closing:
                gone.add(after)
    return gone


def _is_between(text: str) -> bool:
    """A comma, a bracket, a line's end: nothing by itself."""
    signs = [sign for sign in text if not sign.isspace()]
    return len(text) <= _BETWEEN and len(signs) <= 2 and _SEPARATORS.issuperset(signs) and text.count("\n") <= 1


def _gaps(gone: set[int]) -> Iterator[tuple[int, int]]:
    """Where one run of letters ends and the next begins."""
    places = sorted(gone)
    for one, other in zip(places, places[1:], strict=False):
        if other > one + 1:
            yield one + 1, other


def marked(text: str, gone: set[int], mark: str = MARK) -> str:
    """The text with a mark for each run of letters that goes."""
    return "".join(
        letter if n not in gone else mark if n - 1 not in gone else "" for n, letter in enumerate(text)
    )  # fmt: skip


def found(words: str, text: str) -> list[tuple[int, int]]:
    """Where words stand in a text, however they are broken into lines and marked up; within longer words only where
    they stand nowhere else.

    >>> found("a.b@c.example", "à a.b@c.\\nexample")
    [(2, 16)]
    >>> found("maire", "un primaire, **maire**")
    [(15, 20)]
    """
    places = [n for n, sign in enumerate(text) if not _is_filling(sign)]
    signs = "".join(text[n] for n in places)
    wanted = "".join(sign for sign in words if not _is_filling(sign))
    spans, at = [], signs.find(wanted) if wanted else -1
    while at >= 0:
        spans.append((places[at], places[at + len(wanted) - 1] + 1))
        at = signs.find(wanted, at + len(wanted))
    return [span for span in spans if _stands_alone(text, *span)] or spans


def _is_filling(sign: str) -> bool:
    """Blanks, marks of Markdown, hyphens at the ends of lines."""
    return sign.isspace() or sign in "*_-\u00ad\u2010\u2011"


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() and text[start].isalnum() or after.isalnum() and text[end - 1].isalnum())


def beside(text: str, person: Sequence[Printed]) -> Iterator[tuple[int, int]]:
    """In a text without pages: what was read of a person, next to the first of it (the name)."""
    for anchor in found(person[0].text, text) if person else ():
        yield anchor
        for other in person[1:]:
            spans = [span for span in found(other.text, text) if _is_near(text, anchor, span)]
            if spans:
                yield min(spans, key=lambda span: (span[0] < anchor[0], abs(span[0] - anchor[0])))


def _is_near(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    between = text[min(one[1], other[1]) : max(one[0], other[0])]
    return len(between) <= _NEAR and not re.search(r"\n[^\S\n]*\n", between)
