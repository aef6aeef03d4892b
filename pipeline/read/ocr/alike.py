"""Looks measured word by word -> the few looks of a document: sizes, colours and weights that words share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from carnet.pipeline.read.ocr.drawn import Ramp
from carnet.pipeline.read.ocr.looks import SeenWord, WordLook
from carnet.schemas.layout import Style

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
    words = [(one, p) for seen, p in pages for one in seen if any(c.isalnum() for c in one.spot.text)]
    sizes = _grouped([(one.look.size * points, len(one.spot.text)) for one, points in words])
    strokes = sorted(one.look.stroke for one, _ in words for _ in one.spot.text)
    colors = _palette([(one.look.color, len(one.spot.text)) for one, _ in words])
    return Styles(tuple(sizes), tuple(colors), strokes[int(_USUAL * len(strokes))] if strokes else 0.0)


def _grouped(found: Sequence[tuple[float, int]]) -> list[float]:
    """The heaviest size takes those near it, then the next one that is left."""
    left = sorted(found)
    sizes = []
    while left:
        around = [sum(w for s, w in left if abs(s - size) <= _NEAR_SIZE * size) for size, _ in left]
        middle = left[int(np.argmax(around))][0]
        group = [(s, w) for s, w in left if abs(s - middle) <= _NEAR_SIZE * middle]
        sizes.append(round(float(np.average([s for s, _ in group], weights=[w for _, w in group])) / _STEP) * _STEP)
        left = [(s, w) for s, w in left if abs(s - middle) > _NEAR_SIZE * middle]
    return list(dict.fromkeys(sizes))


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
