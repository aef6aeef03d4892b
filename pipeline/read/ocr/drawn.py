"""What is drawn in a picture of a page beside its text: filled boxes, rules, frames. Sides in dots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from carnet.pipeline.read.ocr.spots import Spot

Pixels = np.ndarray[Any, np.dtype[Any]]
"""Rows of dots in RGB, or a mask of them."""
Ramp = tuple[int, int, int]

_CELL = 8
"""Dots on a side of a cell in which one looks for filled boxes."""
_FAR = 40
"""Two colours so far apart, all three parts together, are two."""
_PAPER = 40
_FILLED = 0.4
"""Share of a cell that is filled: letters stand on it."""
_SHARE = 0.003
"""Of the page, that a colour of boxes covers at least."""
_THICKEST = 0.045
"""Of an inch; what is thicker is no rule but a box."""
_GAP = 0.012
_LONG = 0.5
_NEAR = 0.06


@dataclass(frozen=True)
class InkShape:
    """A drawn thing: `kind` as of a Shape. `is_frame`: a box that is only outlined."""

    kind: str
    x0: int
    top: int
    x1: int
    bottom: int
    color: Ramp
    is_frame: bool = False


def drawn_on(pixels: Pixels, dpi: float, words: Sequence[Spot]) -> list[InkShape]:
    """Filled boxes, then rules, then frames that rules make; letters of `words` are none of them."""
    paper = paper_of(pixels)
    inked = _apart(pixels, paper) > _PAPER
    filled = (box for box in _filled(pixels, inked, dpi) if not _is_page(box, pixels))
    boxes = [box for box in filled if not _in_a_word(box, words) and not _cuts_a_word(box, words)]
    for word in words:
        inked[max(0, word.top) : word.bottom, max(0, word.x0) : word.x1] = False
    across = list(_rules(pixels, inked, dpi, boxes))
    down = [_flipped(rule) for rule in _rules(pixels.swapaxes(0, 1), inked.T, dpi, [_flipped(box) for box in boxes])]
    frames = list(_frames([*across, *(_head(box) for box in boxes)], across, [*down, *_sides(boxes)], dpi))
    near = int(_NEAR * dpi)
    return [*boxes, *(rule for rule in (*across, *down) if not any(_is_side(rule, f, near) for f in frames)), *frames]


def _apart(pixels: Pixels, color: Ramp) -> Pixels:
    """How far each dot is from a colour, all three parts together."""
    found: Pixels = np.abs(pixels.astype(np.int16) - np.array(color, dtype=np.int16)).sum(axis=2)
    return found


def _in_a_word(box: InkShape, words: Sequence[Spot]) -> bool:
    """A thick letter, or the hole in one."""
    return any(
        w.x0 <= box.x0 + 4 and w.x1 >= box.x1 - 4 and w.top <= box.top + 4 and w.bottom >= box.bottom - 4 for w in words
    )


def _cuts_a_word(box: InkShape, words: Sequence[Spot]) -> bool:
    """Small letters set close, which fill a band between them: one ends within a word."""
    level = (w for w in words if w.top < (box.top + box.bottom) / 2 < w.bottom)
    return any(w.x0 + 2 < x < w.x1 - 2 for w in level for x in (box.x0, box.x1))


def _is_page(box: InkShape, pixels: Pixels) -> bool:
    """Another shade of the paper."""
    share = (box.x1 - box.x0) * (box.bottom - box.top) / (pixels.shape[0] * pixels.shape[1])
    off = sum(abs(a - b) for a, b in zip(box.color, paper_of(pixels), strict=True))
    return bool(share > 0.9 or share > 0.5 and off < 2 * _FAR)


def paper_of(pixels: Pixels) -> Ramp:
    """The colour of most of the page."""
    return usual_color(pixels[::4, ::4])


def usual_color(pixels: Pixels) -> Ramp:
    """The colour of most dots, each part by itself."""
    red, green, blue = (int(np.bincount(pixels[:, :, part].ravel(), minlength=256).argmax()) for part in range(3))
    return red, green, blue


# ---- filled boxes


def _filled(pixels: Pixels, inked: Pixels, dpi: float) -> Iterator[InkShape]:
    for color in _colors(pixels, inked):
        mask = _apart(pixels, color) < _FAR
        for x0, top, x1, bottom in _rectangles(_cells(mask)):
            box = _trimmed(mask, x0 * _CELL, top * _CELL, x1 * _CELL, bottom * _CELL)
            if box and min(box[2] - box[0], box[3] - box[1]) > _THICKEST * dpi:
                yield InkShape("box", *box, color)


def _colors(pixels: Pixels, inked: Pixels) -> Iterator[Ramp]:
    """Colours that cover a share of the page, of what is not paper; near ones once."""
    some = pixels[::2, ::2][inked[::2, ::2]]
    if not some.size:
        return
    coarse = (some >> 4).astype(np.int32)
    codes, places, counts = np.unique(
        coarse[:, 0] * 256 + coarse[:, 1] * 16 + coarse[:, 2], return_inverse=True, return_counts=True
    )
    least = _SHARE * pixels.shape[0] * pixels.shape[1] / 4
    known: list[Ramp] = []
    for at in np.argsort(counts)[::-1]:
        if counts[at] < least or len(known) >= 12:
            return
        red, green, blue = (int(part) for part in np.median(some[places == at], axis=0))
        if all(abs(red - r) + abs(green - g) + abs(blue - b) > 2 * _FAR for r, g, b in known):
            known.append((red, green, blue))
            yield red, green, blue


def _cells(mask: Pixels) -> Pixels:
    """Which cells of the page are filled."""
    height, width = (side // _CELL * _CELL for side in mask.shape)
    cut = mask[:height, :width].reshape(height // _CELL, _CELL, width // _CELL, _CELL)
    filled: Pixels = cut.mean(axis=(1, 3)) > _FILLED
    return filled


def _rectangles(cells: Pixels) -> Iterator[tuple[int, int, int, int]]:
    """Connected filled cells whose outline is a rectangle, or nearly."""
    left = {(int(row), int(column)) for row, column in np.argwhere(cells)}
    while left:
        group = _connected(left)
        rows, columns = [row for row, _ in group], [column for _, column in group]
        top, bottom, x0, x1 = min(rows), max(rows) + 1, min(columns), max(columns) + 1
        if len(group) >= 4 and len(group) > 0.7 * (bottom - top) * (x1 - x0):
            yield x0, top, x1, bottom


def _connected(left: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """A cell and all that hang together with it; they are taken out of `left`."""
    open_ = [left.pop()]
    group = []
    while open_:
        row, column = open_.pop()
        group.append((row, column))
        for near in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
            if near in left:
                left.remove(near)
                open_.append(near)
    return group


def _trimmed(mask: Pixels, x0: int, top: int, x1: int, bottom: int) -> tuple[int, int, int, int] | None:
    """The box to the dot: where most of its outermost rows and columns are filled."""
    x0, top = max(0, x0 - _CELL), max(0, top - _CELL)
    part = mask[top : bottom + _CELL, x0 : x1 + _CELL]
    rows = np.flatnonzero(part.mean(axis=1) > 0.4)
    columns = np.flatnonzero(part.mean(axis=0) > 0.4)
    if not rows.size or not columns.size:
        return None
    return x0 + int(columns[0]), top + int(rows[0]), x0 + int(columns[-1]) + 1, top + int(rows[-1]) + 1


# ---- rules


def _rules(pixels: Pixels, inked: Pixels, dpi: float, boxes: Sequence[InkShape]) -> Iterator[InkShape]:
    """Long thin level lines that are not the edge of a filled box."""
    long, thickest = int(_LONG * dpi), max(2, round(_THICKEST * dpi))
    open_ = inked.copy()
    for box in boxes:
        open_[max(0, box.top - 2) : box.bottom + 2, max(0, box.x0 - 2) : box.x1 + 2] = False
    spans: list[list[int]] = []  # x0, top, x1, bottom
    for row in np.flatnonzero(open_.sum(axis=1) > long):
        for x0, x1 in _runs(open_[row], int(_GAP * dpi), long):
            _lengthen(spans, x0, int(row), x1)
    for x0, top, x1, bottom in spans:
        if bottom - top <= thickest and _is_clear(open_, x0, top, x1, bottom):
            middle = pixels[(top + bottom) // 2, x0:x1]
            red, green, blue = (int(part) for part in np.median(middle, axis=0))
            yield InkShape("rule", x0, top, x1, bottom, (red, green, blue))


def _is_clear(inked: Pixels, x0: int, top: int, x1: int, bottom: int) -> bool:
    """Nothing stands right above and below it: it is no slice of something higher."""
    beside = [inked[row, x0:x1].mean() for row in (top - 3, bottom + 2) if 0 <= row < inked.shape[0]]
    return all(share < 0.2 for share in beside)


def _runs(row: Pixels, gap: int, long: int) -> Iterator[tuple[int, int]]:
    """Stretches of filled dots, over small gaps, that are long."""
    filled = np.flatnonzero(row)
    if filled.size:
        for run in np.split(filled, np.flatnonzero(np.diff(filled) > gap) + 1):
            width = int(run[-1] - run[0]) + 1
            if width >= long and run.size > 0.9 * width:
                yield int(run[0]), int(run[-1]) + 1


def _lengthen(spans: list[list[int]], x0: int, row: int, x1: int) -> None:
    """Put a stretch to the rule that it is a row of, else begin one."""
    for span in reversed(spans):
        if span[3] < row - 2:
            continue
        if min(span[2], x1) - max(span[0], x0) > 0.5 * min(span[2] - span[0], x1 - x0):
            span[0], span[2], span[3] = min(span[0], x0), max(span[2], x1), row + 1
            return
    spans.append([x0, row, x1, row + 1])


def _flipped(drawn: InkShape) -> InkShape:
    return InkShape(drawn.kind, drawn.top, drawn.x0, drawn.bottom, drawn.x1, drawn.color)


# ---- frames


def _head(box: InkShape) -> InkShape:
    """The upper edge of a filled box: a bar may be the head of a frame, which then has no rule there."""
    return InkShape("rule", box.x0, box.top, box.x1, box.top + 1, box.color)


def _sides(boxes: Sequence[InkShape]) -> Iterator[InkShape]:
    for box in boxes:
        yield InkShape("rule", box.x0, box.top, box.x0 + 1, box.bottom, box.color)
        yield InkShape("rule", box.x1 - 1, box.top, box.x1, box.bottom, box.color)


def _frames(
    heads: Sequence[InkShape], across: Sequence[InkShape], down: Sequence[InkShape], dpi: float
) -> Iterator[InkShape]:
    """A head and a level rule below it, with rules that stand at each end of both."""
    near = int(_NEAR * dpi)
    for upper in heads:
        below = sorted((rule for rule in across if rule.top > upper.bottom and _alike(upper, rule, near)), key=_top)
        for lower in below[:1]:
            if all(_stands(down, x, upper, lower, near) for x in (upper.x0, upper.x1)):
                yield InkShape("box", upper.x0, upper.top, upper.x1, lower.bottom, upper.color, True)


def _is_side(rule: InkShape, frame: InkShape, near: int) -> bool:
    """Is it the edge of a frame, or part of it?"""
    inside = (
        frame.x0 - near <= rule.x0 and rule.x1 <= frame.x1 + near
        and frame.top - near <= rule.top and rule.bottom <= frame.bottom + near
    )  # fmt: skip
    level = rule.x1 - rule.x0 > rule.bottom - rule.top
    places = (rule.top - frame.top, rule.bottom - frame.bottom) if level else (rule.x0 - frame.x0, rule.x1 - frame.x1)
    return bool(inside and min(map(abs, places)) <= near)


def _top(drawn: InkShape) -> int:
    return drawn.top


def _alike(a: InkShape, b: InkShape, near: int) -> bool:
    return abs(a.x0 - b.x0) <= near and abs(a.x1 - b.x1) <= near


def _stands(down: Sequence[InkShape], x: int, upper: InkShape, lower: InkShape, near: int) -> bool:
    """Rules that stand at `x` between two others, together nearly as long as they are apart."""
    there = [
        (max(rule.top, upper.top), min(rule.bottom, lower.bottom))
        for rule in down if abs((rule.x0 + rule.x1) // 2 - x) <= near
    ]  # fmt: skip
    return sum(max(0, bottom - top) for top, bottom in there) > 0.85 * (lower.top - upper.top)
