"""Rows of a reference table whose every cell is drawn: rules say where a cell ends, whatever its text looks like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from carnet.pipeline.layout.segments import rows_of
from carnet.pipeline.layout.tables.cells import Row
from carnet.schemas.layout import BBox, Passage, Shape, Word

Rule = tuple[float, float, float]  # where it stands across its direction, and from where to where it runs

SLACK = 3.0
_LOW = 6.0  # points; lower than a line of text: no row


@dataclass(frozen=True)
class Lattice:
    """`edges`: of the columns, from left to right. `levels`: by column, the heights of the rules that part its cells,
    the first under the column heads."""

    edges: tuple[float, ...]
    levels: tuple[tuple[float, ...], ...]
    upright: tuple[Rule, ...]

    def parts(self, edge: float, y: float) -> bool:
        """Is a rule drawn at this edge, at this height?"""
        return any(abs(x - edge) < SLACK and top <= y <= bottom for x, top, bottom in self.upright)


def find_lattice(heads: Sequence[BBox], shapes: Sequence[Shape], end: float) -> Lattice | None:
    """The cells under column heads; None where not each column and most rows are drawn. `end`: of the page, or the top
    of the next column heads."""
    upright, level = rules_of(shapes)
    middle = (heads[0].top + heads[0].bottom) / 2
    walls = sorted(x for x, top, bottom in upright if top - 1 <= middle <= bottom + 1)
    edges = [max((x for x in walls if x <= heads[0].x0 + SLACK), default=None)]
    for left, right in pairwise(heads):
        edges.append(next((x for x in walls if left.x1 - SLACK <= x <= right.x0 + SLACK), None))
    edges.append(min((x for x in walls if x >= heads[-1].x1 - SLACK), default=None))
    drawn = [x for x in edges if x is not None]
    if len(drawn) < len(edges):
        return None
    bottom = max(head.bottom for head in heads)
    levels = tuple(_levels(level, low, high, middle, end) for low, high in pairwise(drawn))
    if any(column and column[0] - bottom > _LOW for column in levels):
        levels = tuple((bottom, *column) for column in levels)  # no rule, only a shade or white under the heads
    if any(len(column) < 2 for column in levels):
        return None
    return Lattice(tuple(drawn), levels, tuple(upright))


def _levels(level: Iterable[Rule], low: float, high: float, start: float, end: float) -> tuple[float, ...]:
    """Heights of the rules over a whole column, below the middle of its head."""
    over = sorted(y for y, x0, x1 in level if x0 <= low + SLACK and x1 >= high - SLACK and start < y <= end + SLACK)
    return tuple(y for i, y in enumerate(over) if i == 0 or y - over[i - 1] > SLACK)


def lattice_rows(lattice: Lattice, words: Sequence[Word]) -> list[Row]:
    """Top to bottom. What a cell over several rows says, it says of each of them."""
    rows: list[Row] = []
    for top, bottom in pairwise(_row_levels(lattice)):
        middle = (top + bottom) / 2
        if not lattice.parts(lattice.edges[0], middle) and not lattice.parts(lattice.edges[-1], middle):
            break  # below the table
        inside = [w for w in words if _holds(w, lattice.edges[0], lattice.edges[-1], top, bottom)]
        if bottom - top < _LOW or not inside and not _merged(lattice, top, bottom):
            continue
        box = BBox(lattice.edges[0], top, lattice.edges[-1], bottom)
        if not any(lattice.parts(edge, middle) for edge in lattice.edges[1:-1]):
            if inside:
                rows.append((True, (_passage(inside),), box))
            continue
        cells = []
        for (low, high), levels in zip(pairwise(lattice.edges), lattice.levels, strict=True):
            above = max((y for y in levels if y <= top + SLACK), default=top)
            below = min((y for y in levels if y >= bottom - SLACK), default=bottom)
            cells.append(_passage([w for w in words if _holds(w, low, high, above, below)]))
        rows.append((False, tuple(cells), box))
    return rows


def _row_levels(lattice: Lattice) -> list[float]:
    """Heights that part rows: where a rule runs over at least half the columns."""
    heights = sorted(y for column in lattice.levels for y in column)
    groups: list[list[float]] = []
    for y in heights:
        if groups and y - groups[-1][0] <= SLACK:
            groups[-1].append(y)
        else:
            groups.append([y])
    return [group[0] for group in groups if len(group) >= 0.5 * len(lattice.levels)]


def _merged(lattice: Lattice, top: float, bottom: float) -> bool:
    """Does a cell of this row go on from the row above?"""
    return any(not any(abs(y - top) <= SLACK for y in column) and column[0] < top for column in lattice.levels)


def _holds(word: Word, low: float, high: float, top: float, bottom: float) -> bool:
    if word.box is None:
        return False
    x, y = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
    return low <= x < high and top <= y < bottom


def _passage(words: Sequence[Word]) -> Passage:
    lines = sorted(rows_of(words), key=lambda line: min(w.box.top for w in line if w.box))
    return Passage.join([Passage.of_words(line) for line in lines])


# ---- rules --------------------------------------------------------------------------------------------------------


def rules_of(shapes: Sequence[Shape]) -> tuple[list[Rule], list[Rule]]:
    """Upright and level rules and sides of drawn boxes, pieces of one line joined."""
    upright: list[Rule] = []
    level: list[Rule] = []
    for shape in shapes:
        box = shape.box
        if shape.kind == "rule" and box.width < 3 < box.height:
            upright.append(((box.x0 + box.x1) / 2, box.top, box.bottom))
        elif shape.kind == "rule" and box.height < 3 < box.width:
            level.append(((box.top + box.bottom) / 2, box.x0, box.x1))
        elif shape.kind == "box" and shape.stroke not in (None, "#ffffff"):
            upright += [(box.x0, box.top, box.bottom), (box.x1, box.top, box.bottom)]
            level += [(box.top, box.x0, box.x1), (box.bottom, box.x0, box.x1)]
    return _joined(upright), _joined(level)


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    out: list[Rule] = []
    for at, start, end in sorted(rules, key=lambda r: (round(r[0]), r[1])):
        if out and abs(out[-1][0] - at) < 1.5 and start < out[-1][2] + SLACK:
            out[-1] = (out[-1][0], out[-1][1], max(out[-1][2], end))
        else:
            out.append((at, start, end))
    return out
