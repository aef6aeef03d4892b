"""Drawn forms: tables whose rules put each label in a cell and its value in the cell at its right.

| Maître d'ouvrage | Ville de Morcy          | Période | 2021 |
| Contexte         | La ville voulait un plan de mobilité ...  |
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from carnet.pipeline.layout.pairs import Pair
from carnet.pipeline.layout.segments import Segment
from carnet.pipeline.layout.tables.lattice import SLACK, Rule, rules_of
from carnet.pipeline.rules.labels import Labels
from carnet.schemas.layout import BBox, Page, Shape
from carnet.schemas.outline import PartKind

_LONGEST_LABEL = 60
_MOST_RULES = 1500  # a drawing, not a table

Look = tuple[bool, str | None, str | None]  # bold, colour, fill


@dataclass(frozen=True)
class _Cell:
    box: BBox
    segments: tuple[Segment, ...]
    fill: str | None

    @property
    def text(self) -> str:
        return " ".join(s.text for s in self.segments)

    @property
    def look(self) -> Look:
        style = self.segments[0].style
        return style.bold, style.color, self.fill


_Filled = tuple[_Cell, tuple[_Cell, ...]]  # a label's cell, and the cells of its value


def grid_pairs(page: Page, segments: Sequence[Segment], labels: Labels) -> list[Pair]:
    """Labels with their values, where rules draw a cell around each."""
    cells = _cells(page.shapes, segments)
    found: dict[int, _Filled] = {}
    looks: set[Look] = set()
    for column in _columns(cells):
        of_column, own = _labels_of(column, cells, labels)
        found |= {id(c): (c, value) for c, value in of_column}
        looks |= own
    found |= _further(found, cells, looks)
    return [_pair(label, value) for label, value in found.values()]


def _labels_of(column: Sequence[_Cell], cells: Sequence[_Cell], labels: Labels) -> tuple[list[_Filled], set[Look]]:
    """The labels of a column with their values, and the look that sets labels apart, if any; none where it is no
    column of labels: too few are known, or all are of one kind ("Étude" again and again in a list of references)."""
    rows = [(c, _beside(c, cells)) for c in column]
    known = [(c, value) for c, value in rows if _kind(c, labels)]
    filled = [(c, value) for c, value in known if value]
    looks = {c.look for c, _ in known}
    apart = not any(v.look in looks for _, value in filled for v in value)
    kinds = {_kind(c, labels) for c, _ in known}
    values = [v for _, value in filled for v in value]
    labelled = sum(_kind(v, labels) is not None for v in values)
    if not filled or len(kinds) < (2 if apart else 3) or labelled > 0.3 * len(values):
        return [], set()
    if len(filled) < (0.5 if apart else 0.8) * sum(bool(value) for _, value in rows):
        return [], set()
    return (_like([r for r in rows if r[1] or r in known], looks), looks) if apart else (filled, set())


def _like(beside: Sequence[_Filled], looks: set[Look]) -> list[_Filled]:
    """The labels of a column, known or not: short, in the look of those that are known."""
    return [(c, value) for c, value in beside if c.look in looks and len(c.text) <= _LONGEST_LABEL]


def _further(found: dict[int, _Filled], cells: Sequence[_Cell], looks: set[Look]) -> dict[int, _Filled]:
    """Labels right behind the values found, in the same row and in the look of the others."""
    more: dict[int, _Filled] = {}
    for _, value in found.values():
        behind = [(c, v) for last in value[-1:] for c in _beside(last, cells) if (v := _beside(c, cells))]
        more |= {id(c): (c, v) for c, v in _like(behind, looks) if id(c) not in found}
    return more


def _kind(cell: _Cell, labels: Labels) -> PartKind | None:
    """What the cell announces, where it is a label."""
    hit = labels.match(cell.text) if len(cell.text) <= _LONGEST_LABEL else None
    return hit.kind if hit else None


def _pair(label: _Cell, values: Sequence[_Cell]) -> Pair:
    value = tuple(s for v in values for s in v.segments)
    return Pair(label.segments, value, BBox.around(s.box for s in (*label.segments, *value)))


def _columns(cells: Sequence[_Cell]) -> list[list[_Cell]]:
    """Cells straight above each other, of one width: the columns of a table."""
    columns: list[list[_Cell]] = []
    for cell in sorted(cells, key=lambda c: c.box.top):
        for column in columns:
            last = column[-1].box
            aligned = abs(last.x0 - cell.box.x0) < SLACK and abs(last.x1 - cell.box.x1) < SLACK
            if aligned and abs(last.bottom - cell.box.top) < SLACK:
                column.append(cell)
                break
        else:
            columns.append([cell])
    return columns


def _beside(cell: _Cell, cells: Sequence[_Cell]) -> tuple[_Cell, ...]:
    """What stands in the cell at the right, or in the cells there that share the height of this one."""
    box = cell.box
    right = [
        c
        for c in cells
        if abs(c.box.x0 - box.x1) < SLACK and c.box.top > box.top - SLACK and c.box.bottom < box.bottom + SLACK
    ]
    return tuple(sorted(right, key=lambda c: c.box.top))


def _cells(shapes: Sequence[Shape], segments: Sequence[Segment]) -> list[_Cell]:
    upright, level = rules_of(shapes)
    if len(upright) < 3 or len(level) < 3 or max(len(upright), len(level)) > _MOST_RULES:
        return []
    homes: dict[BBox, list[Segment]] = {}
    for segment in segments:
        home = _home(segment.box, upright, level)
        if home:
            homes.setdefault(home, []).append(segment)
    shades = [s for s in shapes if s.kind == "box" and s.fill not in (None, "#ffffff")]
    return [
        _Cell(box, tuple(sorted(some, key=lambda s: (s.box.top, s.box.x0))), _fill(box, shades))
        for box, some in homes.items()
    ]


def _fill(cell: BBox, shades: Sequence[Shape]) -> str | None:
    around = [s for s in shades if s.box.contains(cell, SLACK)]
    return min(around, key=lambda s: s.box.width * s.box.height).fill if around else None


def _home(box: BBox, upright: Sequence[Rule], level: Sequence[Rule]) -> BBox | None:
    """The cell around `box`: the nearest rules on its four sides, those above and below over the whole width."""
    middle = (box.top + box.bottom) / 2
    walls = [x for x, top, bottom in upright if top - 1 <= middle <= bottom + 1]
    left = max((x for x in walls if x <= box.x0 + 2), default=None)
    right = min((x for x in walls if x >= box.x1 - 2), default=None)
    if left is None or right is None:
        return None
    spans = [y for y, x0, x1 in level if x0 <= left + SLACK and x1 >= right - SLACK]
    top = max((y for y in spans if y <= middle), default=None)
    bottom = min((y for y in spans if y > middle), default=None)
    return None if top is None or bottom is None else BBox(left, top, right, bottom)
