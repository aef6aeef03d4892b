"""Which cells of a worksheet are a list: a row of heads, under it one record after the other in the same columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from carnet.pipeline.read.office.cells import CellPlace, Merge, SheetCell, SheetLooks

_COLUMNS, _WIDE = 3, 60
"""Columns of a list. Fewer may as well be labels and values; more are figures."""
_RECORDS = 2
_HEAD = 60
"""Letters of a head."""
_FACT = 30
"""Letters of a date or an amount."""


@dataclass(frozen=True, slots=True)
class Record:
    """Rows that belong together: the heads, a mission, a line over missions (`band`)."""

    top: int
    bottom: int
    band: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A list's columns from first to last, its records in order; the first one is the heads."""

    left: int
    right: int
    records: tuple[Record, ...]

    @property
    def columns(self) -> range:
        return range(self.left, self.right + 1)


SheetRows = Mapping[int, Mapping[int, SheetCell]]


def listings(cells: Mapping[CellPlace, SheetCell], merges: Sequence[Merge], looks: SheetLooks) -> list[Listing]:
    """The lists of a worksheet, top to bottom."""
    rows: dict[int, dict[int, SheetCell]] = {}
    for (row, column), cell in cells.items():
        rows.setdefault(row, {})[column] = cell
    found: list[Listing] = []
    for row in sorted(rows):
        if (not found or row > found[-1].records[-1].bottom) and _is_head(rows[row], looks):
            found += _under(row, rows, merges)
    return found


def _is_head(row: Mapping[int, SheetCell], looks: SheetLooks) -> bool:
    """Three short texts or more in one font, each another, none with a figure or announcing what stands beside it."""
    texts = [" ".join(cell.text.split()) for cell in row.values()]
    return (
        len(texts) >= _COLUMNS
        and max(row) - min(row) < _WIDE
        and len(set(texts)) == len(texts)
        and len({looks.font(cell.look) for cell in row.values()}) == 1
        and not any(cell.is_number for cell in row.values())
        and not any(len(t) > _HEAD or t.endswith(":") or any(c.isdigit() for c in t) for t in texts)
    )


def _under(head: int, rows: SheetRows, merges: Sequence[Merge]) -> list[Listing]:
    """The list under a row of heads, none where too few rows are like records."""
    left, right = min(rows[head]), max(rows[head])
    inside = [m for m in merges if m.top > head and left <= m.left and m.right <= right]
    half = len(rows[head]) / 2
    records, full = [Record(head, head)], 0
    for row in _body(head, rows, left, right, inside):
        said = rows.get(row, {})
        full += len(said) >= half
        if _goes_on(row, said, inside, left, half, records[-1]):
            records[-1] = Record(records[-1].top, row)
        else:
            alone = len(said) == 1 and min(said) == left and not _spans_rows(row, left, inside)
            records.append(Record(row, row, band=alone))
    return [Listing(left, right, tuple(records))] if full >= _RECORDS else []


def _body(head: int, rows: SheetRows, left: int, right: int, merges: Sequence[Merge]) -> Iterator[int]:
    """Rows down to the last one whose cells stand under the heads; one blank row parts no list."""
    row, end = head + 1, max(max(rows), *(m.bottom for m in merges if m.top in rows), head)
    while row <= end:
        said = rows.get(row, {})
        if any(not left <= column <= right for column in said):
            return
        if not said and not any(m.top < row <= m.bottom for m in merges):
            after = rows.get(row + 1, {})
            if not after or any(not left <= column <= right for column in after):
                return
        yield row
        row += 1


def _goes_on(
    row: int, said: Mapping[int, SheetCell], merges: Sequence[Merge], left: int, half: float, last: Record
) -> bool:
    """Is a row the rest of the record above? Most of its cells are parts of those above and what it adds is no figure,
    or it says little: nothing in the first column, or only words in small letters."""
    over = sum(m.right - m.left + 1 for m in merges if m.top < row <= m.bottom and m.top >= last.top)
    if len(said) >= half:
        return False
    if over >= half:
        return len(said) <= 1 or not any(_figure(cell) for cell in said.values())
    if not said or last.band:
        return False
    return min(said) > left and not over or all(cell.text.strip()[0].islower() for cell in said.values())


def _figure(cell: SheetCell) -> bool:
    """A date, an amount: what a mission has of its own."""
    return cell.is_number or len(cell.text) <= _FACT and any(letter.isdigit() for letter in cell.text)


def _spans_rows(row: int, column: int, merges: Sequence[Merge]) -> bool:
    return any(m.holds((row, column)) and m.bottom > m.top for m in merges)
