"""Marks of lists in a picture: what an engine took for a letter, and dots and arrows that it passed over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from carnet.pipeline.read.marks import MARK
from carnet.pipeline.read.ocr.drawn import Pixels
from carnet.pipeline.read.ocr.looks import SeenWord, ink_of

_TAKEN_FOR = frozenset(">»›•·*°º¢●■▪◆►▶«+©®~¤=_|.,'-–—oeO0")
_SURE = frozenset(">»›•·●■▪◆►▶")
_SIGNS = frozenset(">»›•·*°º●■▪◆►▶+©®~¤=_|-–—")
"""That no text opens with, standing apart. An engine makes one or several of an arrow: "*_", "+ _"."""
_MOST_SIGNS = 3
_AROUND = 4
"""Dots of ground around a blob, which fills its own box."""
_REACH = 2.4
_APART, _THIN = 0.3, 0.2
"""Letter sizes."""


def with_marks(pixels: Pixels, line: Sequence[SeenWord]) -> list[SeenWord]:
    """A line from the left, with "•" before it where it is an item of a list."""
    first, *rest = _as_one_mark(line)
    if not rest and len(first.spot.text) < 3:
        return list(line)
    taken = first.spot.text in _TAKEN_FOR or _is_sign(first)
    if rest and taken and _stands_apart(first, rest[0]) and _is_mark(pixels, first):
        return [replace(first, spot=replace(first.spot, text=MARK, confidence=1.0), look=rest[0].look), *rest]
    found = _before(pixels, first)
    return [*found, *line]


def _as_one_mark(line: Sequence[SeenWord]) -> list[SeenWord]:
    """Signs that a line opens with, as one word: an arrow that was seen as "+" and "_"."""
    count = next((at for at, one in enumerate(line) if not _is_sign(one)), 0)
    if not 1 < count <= _MOST_SIGNS:
        return list(line)
    first, last, some = line[0], line[count - 1], [one.spot for one in line[:count]]
    spot = replace(first.spot, text="".join(one.text for one in some), x1=last.spot.x1,
                   top=min(one.top for one in some), bottom=max(one.bottom for one in some))  # fmt: skip
    return [replace(first, spot=spot), *line[count:]]


def _is_sign(one: SeenWord) -> bool:
    return len(one.spot.text) <= _MOST_SIGNS and set(one.spot.text) <= _SIGNS


def _stands_apart(first: SeenWord, second: SeenWord) -> bool:
    return second.spot.x0 - first.spot.x1 > _APART * second.look.size


def _is_mark(pixels: Pixels, first: SeenWord) -> bool:
    """A sign that is no letter; or a letter, in a blob that fills its box as no letter does; no thin stroke."""
    spot = first.spot
    if spot.text in _SURE:
        return True
    if _is_sign(first) and spot.x1 - spot.x0 > _THIN * first.look.size:
        return True
    part = pixels[max(0, spot.top - _AROUND) : spot.bottom + _AROUND, max(0, spot.x0 - _AROUND) : spot.x1 + _AROUND]
    ink = ink_of(part)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not rows.size:
        return False
    return bool(ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].mean() > 0.6)


def _before(pixels: Pixels, first: SeenWord) -> Iterator[SeenWord]:
    """A blob alone before the first word, a dot or a dash: lower than a letter, with room on all sides."""
    size, base, spot = first.look.size, first.look.base, first.spot
    left, right = max(0, int(spot.x0 - _REACH * size)), max(0, int(spot.x0 - 0.1 * size))
    top = max(0, int(base - 0.85 * size))
    ink = ink_of(pixels[top : int(base + 0.2 * size), left:right])
    columns = np.flatnonzero(ink.any(axis=0)) if ink.size else np.array([])
    if not columns.size:
        return
    blob = np.split(columns, np.flatnonzero(np.diff(columns) > 0.1 * size) + 1)[-1]
    rows = np.flatnonzero(ink[:, blob[0] : blob[-1] + 1].any(axis=1))
    wide, high = len(blob), int(rows[-1] - rows[0]) + 1
    filled = float(ink[rows[0] : rows[-1] + 1, blob[0] : blob[-1] + 1].mean())
    alone = blob[0] > 0.25 * size or columns.size == blob.size and blob[0] > 0
    inside = rows[0] > 0 and rows[-1] < ink.shape[0] - 1
    dot = 0.1 * size < wide < 0.8 * size and 0.1 * size < high < 0.75 * size
    dash = 0.3 * size < wide < size and high <= 0.12 * size
    if alone and inside and (dot or dash) and filled > 0.45:
        x0 = left + int(blob[0])
        mark = replace(spot, text=MARK, x0=x0, x1=x0 + wide, top=top + int(rows[0]), bottom=top + int(rows[-1]) + 1)
        yield SeenWord(replace(mark, confidence=1.0), first.look)
