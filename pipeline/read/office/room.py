"""How wide columns and how high rows of a worksheet must be for all that is in their cells to be printed."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence
from itertools import chain

from carnet.pipeline.read.office.cells import CellPlace, Merge, SheetCell, SheetLooks
from carnet.pipeline.read.office.listing import Listing

_WORD = 30
"""Letters: a longer word is cut."""
_FIGURE = 16
"""A figure with the signs of its format; what has no room prints as "###"."""
_WIDEST = 90
_LINES = 18
"""Of a cell, before its column is made wider."""
_HIGHEST = 400.0
"""Points; Excel's own limit is 409."""
_PLAIN = 11.0
_LEADING, _MARGIN = 1.3, 3.0
_SLACK = 0.92
"""Of the letters that would fit: some letters are wide, bold ones too, and other fonts may stand in."""


def wide_enough(
    listing: Listing, cells: Mapping[CellPlace, SheetCell], merges: Sequence[Merge], widths: Mapping[int, float]
) -> dict[int, float]:
    """Widths in figures of a list's columns, as they are or wider: no word cut, no figure without room, no cell of more
    lines than a row can hold."""
    over = {spot: m for m in merges if m.right > m.left for spot in [(m.top, m.left)]}
    found = {column: widths[column] for column in listing.columns}
    for (row, column), cell in cells.items():
        if column in found and _in(listing, row) and (row, column) not in over:
            found[column] = max(found[column], _needs(cell))
    return found


def _in(listing: Listing, row: int) -> bool:
    return listing.records[0].top <= row <= listing.records[-1].bottom


def _needs(cell: SheetCell) -> float:
    if cell.is_number:
        return _FIGURE
    longest = max((len(word) for word in cell.text.split()), default=0)
    return max(min(longest, _WORD) / _SLACK + 1, min(len(cell.text) / _LINES / _SLACK, _WIDEST))


def high_enough(
    cells: Mapping[CellPlace, SheetCell], wrapped: set[CellPlace], merges: Sequence[Merge], widths: Mapping[int, float],
    looks: SheetLooks, heights: Mapping[int, float],
) -> dict[int, float]:  # fmt: skip
    """Heights in points of the rows that must be higher than they are. What a merged cell lacks, its last row gets."""
    merged = {(m.top, m.left): m for m in merges}
    found: dict[int, float] = {}
    for spot in wrapped:
        cell, merge = cells[spot], merged.get(spot)
        width = sum(widths[c] for c in range(spot[1], (merge.right if merge else spot[1]) + 1))
        need = min(_height(cell, width, looks.size(cell.look)), _HIGHEST)
        if merge is None or merge.bottom == merge.top:
            _raise(found, spot[0], need, heights)
    for spot, merge in merged.items():
        if spot in wrapped and merge.bottom > merge.top:
            width = sum(widths[c] for c in range(merge.left, merge.right + 1))
            there = sum(found.get(r, heights[r]) for r in range(merge.top, merge.bottom))
            need = _height(cells[spot], width, looks.size(cells[spot].look)) - there
            _raise(found, merge.bottom, min(need, _HIGHEST), heights)
    return found


def _raise(found: dict[int, float], row: int, need: float, heights: Mapping[int, float]) -> None:
    if need > found.get(row, heights[row]):
        found[row] = need


def _height(cell: SheetCell, width: float, size: float) -> float:
    letters = max(4, math.floor((width - 1) * _SLACK * _PLAIN / size))
    lines = chain.from_iterable(textwrap.wrap(part, letters) or [""] for part in cell.text.splitlines())
    return sum(1 for _ in lines) * size * _LEADING + _MARGIN
