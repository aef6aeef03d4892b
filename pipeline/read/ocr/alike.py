"""Looks measured word by word -> the few looks of a document: sizes, colours and weights that words share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from carnet.pipeline.read.ocr.drawn import Ramp
from carnet.pipeline.read.ocr.looks import SeenWord, WordLook
from carnet.schemas.layout import Style

Weighed = tuple[float, int]
"""A size, and how many letters have it."""

_NEAR_SIZE = 0.08
_NEAR_COLOR = 90
_HEAVY = 1.25
"""A stroke so much thicker than the usual one of its size is bold."""
_USUAL = 0.4
"""Less than half of the letters of a page are bold, and thin ones measure alike."""
_STEP = 0.5


@dataclass(frozen=True)
class Styles:
    """The sizes, colours and usual strokes of a document."""

    sizes: tuple[float, ...]
    colors: tuple[Ramp, ...]
    stroke: float

    def of_line(self, line: Sequence[SeenWord], points: float) -> list[Style]:
        """Of each word of a line. `points`: of a dot."""
        heavy = self._is_bold(line)
        return [self._style(one.look, heavy, points) for one in line]

    def _is_bold(self, line: Sequence[SeenWord]) -> bool:
        weights = [0.01 + sum(c.isalnum() for c in one.spot.text) for one in line]
        return float(np.average([one.look.stroke for one in line], weights=weights)) > _HEAVY * self.stroke

    def _style(self, look: WordLook, bold: bool, points: float) -> Style:
        measured = look.size * points
        size = min(self.sizes, key=lambda known: abs(known - measured), default=measured)
        color = min(self.colors, key=lambda known: far(known, look.color), default=look.color)
        return Style(size=size, bold=bold, color=as_hex(color), font="bold" if bold else "regular")


def styles_of(pages: Iterable[tuple[Sequence[SeenWord], float]]) -> Styles:
    """By the words of all pages, each with the points of its dots."""
    by_page = [(_said(seen), points) for seen, points in pages]
    words = [one for seen, _ in by_page for one in seen]
    found = [(_mean(group) * points, sum(weight for _, weight in group))
             for seen, points in by_page for group in _of_page(seen)]  # fmt: skip
    sizes = [round(_mean(group) / _STEP) * _STEP for group in _grouped(found)]
    strokes = sorted(one.look.stroke for one in words for _ in one.spot.text)
    colors = _palette([(one.look.color, len(one.spot.text)) for one in words])
    return Styles(tuple(dict.fromkeys(sizes)), tuple(colors), strokes[int(_USUAL * len(strokes))] if strokes else 0.0)


def _said(seen: Iterable[SeenWord]) -> list[SeenWord]:
    return [one for one in seen if any(c.isalnum() for c in one.spot.text)]


def as_on_page(lines: Iterable[Sequence[SeenWord]]) -> list[list[SeenWord]]:
    """Words of a page that are nearly of one size are of that size: a dot more or less in the height of a line, and
    two lines of one paragraph would fall to two sizes of the document."""
    some = list(lines)
    groups = _of_page(_said(one for line in some for one in line))
    size_of = {size: _mean(group) for group in groups for size, _ in group}
    return [[_of_size(one, size_of) for one in line] for line in some]


def _of_page(seen: Iterable[SeenWord]) -> list[list[Weighed]]:
    """The few sizes of a page, in dots."""
    return _grouped([(one.look.size, len(one.spot.text)) for one in seen])


def _of_size(one: SeenWord, size_of: Mapping[float, float]) -> SeenWord:
    return replace(one, look=replace(one.look, size=size_of.get(one.look.size, one.look.size)))


def _grouped(found: Iterable[Weighed]) -> list[list[Weighed]]:
    """The heaviest size takes those near it, then the next one that is left."""
    left = sorted(found)
    groups = []
    while left:
        around = [sum(w for s, w in left if abs(s - size) <= _NEAR_SIZE * size) for size, _ in left]
        middle = left[int(np.argmax(around))][0]
        groups.append([(s, w) for s, w in left if abs(s - middle) <= _NEAR_SIZE * middle])
        left = [(s, w) for s, w in left if abs(s - middle) > _NEAR_SIZE * middle]
    return groups


def _mean(group: Sequence[Weighed]) -> float:
    return float(np.average([size for size, _ in group], weights=[weight for _, weight in group]))


def _palette(found: Sequence[tuple[Ramp, int]]) -> list[Ramp]:
    """The same of colours."""
    weights: dict[Ramp, int] = {}
    for color, weight in found:
        weights[color] = weights.get(color, 0) + weight
    left = sorted(weights, key=lambda color: -weights[color])
    palette = []
    while left:
        palette.append(left[0])
        left = [color for color in left if far(color, palette[-1]) > _NEAR_COLOR]
    return palette


def far(a: Ramp, b: Ramp) -> int:
    """How far two colours are apart, all three parts together."""
    return abs(a[0] - b[0]) + abs(a[1] - b[1]) + abs(a[2] - b[2])


def as_hex(color: Ramp) -> str:
    """
    >>> as_hex((31, 78, 121))
    '#1f4e79'
    """
    return "#" + "".join(f"{part:02x}" for part in color)
