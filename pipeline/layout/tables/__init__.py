"""Tables: a row of column heads that the lexicon knows, and the rows beneath it, ruled, shaded or parted by white.

The heads are found (heads.py). Where rules draw every cell under them, the rules give the rows (lattice.py). Elsewhere
the heads give the columns (columns.py); the lines beneath are taken as long as they fit the
columns (lines.py) or are bands over the whole width (bands.py); rules, shades and white part them into rows (rows.py,
separators.py), and rows into cells, of which some stand for several rows (cells.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from carnet.pipeline.layout.segments import rows_of, segments
from carnet.pipeline.layout.tables.cells import Row, cells_of, is_within, spanning_columns, with_merged, with_spanning
from carnet.pipeline.layout.tables.columns import Columns, edges_of, walls_of
from carnet.pipeline.layout.tables.heads import Header, find_headers
from carnet.pipeline.layout.tables.lattice import find_lattice, lattice_rows
from carnet.pipeline.layout.tables.lines import above_text, fitting_lines
from carnet.pipeline.layout.tables.measures import level_of, middle_of
from carnet.pipeline.layout.tables.rows import group_into_rows
from carnet.pipeline.layout.tables.separators import find_separators
from carnet.pipeline.rules.labels import Labels
from carnet.schemas.layout import BBox, Page, Passage, Word


@dataclass
class Table:
    """`rows`: cells by column; a row of one cell with `band` true spans the table."""

    columns: Columns
    box: BBox
    rows: list[Row] = field(default_factory=list)
    words: set[int] = field(default_factory=set)  # id() of the words it took
    header: BBox | None = None
    reaches_foot: bool = False


def find_tables(
    page: Page, words: Sequence[Word], labels: Labels, cell_gap: float, carried: Columns | None
) -> list[Table]:
    """Tables of a page from top to bottom. `carried`: columns of a table that ran to the foot of the page before."""
    walls = walls_of(page.shapes)
    lines = [sorted(segments(row, cell_gap, walls), key=lambda s: s.box.x0) for row in rows_of(words)]
    lines.sort(key=lambda line: min(s.box.top for s in line))
    headers = [h for h in find_headers(lines, labels) if not _in_fact_bar(h, page, words)]
    tables: list[Table] = []
    if carried and lines:
        start = min(s.box.top for s in lines[0])
        end = headers[0].box.top if headers else page.height
        table = _body(page, words, carried, start - 2, end, cell_gap, labels, strict=True)
        if table.rows:
            tables.append(table)
    for i, header in enumerate(headers):
        end = headers[i + 1].box.top if i + 1 < len(headers) else page.height
        drawn = _drawn(header, page, words, end)
        if drawn is not None:
            tables.append(drawn)
            continue
        below = [w for w in words if w.box and w.box.top > header.box.bottom - 1 and w.box.bottom < end + 1]
        columns = Columns(header.heads, edges_of(header, below, page.shapes))
        table = _body(page, words, columns, header.box.bottom, end, cell_gap, labels, strict=False)
        if not table.rows:
            continue
        table.header = header.box
        table.box = BBox.around([table.box, header.box])
        table.words |= {id(w) for cell in header.cells for s in cell for w in s.words}
        tables.append(table)
    return tables


_BAR_LINES = 7
"""At most so many lines of values stand in a bar of facts."""


def _in_fact_bar(header: Header, page: Page, words: Sequence[Word]) -> bool:
    """Labels in a filled box that ends with the few lines of their values: facts of one mission, each under its label,
    and no column heads."""
    height = header.box.height / max(1, max(len(cell) for cell in header.cells))
    around = [
        s.box
        for s in page.shapes
        if s.kind == "box" and s.fill not in (None, "#ffffff") and s.box.contains(header.box, 3)
        and 1.6 * height < s.box.bottom - header.box.bottom < _BAR_LINES * 1.6 * height
    ]  # fmt: skip
    if not around:
        return False
    box = min(around, key=lambda b: b.height)
    first = BBox.around(s.box for s in header.cells[0])
    tops = sorted(
        w.box.top for w in words
        if w.box and first.bottom < w.box.top < box.bottom and abs(w.box.x0 - first.x0) < 0.5 * height
    )  # fmt: skip
    return not any(b - a > 1.6 * height for a, b in pairwise(tops))  # one value under the first label, not a row each


def _drawn(header: Header, page: Page, words: Sequence[Word], end: float) -> Table | None:
    """The table under these heads, where rules draw its cells."""
    lattice = find_lattice([BBox.around(s.box for s in cell) for cell in header.cells], page.shapes, end)
    rows = lattice_rows(lattice, words) if lattice else []
    if lattice is None or len(rows) < 2:
        return None
    box = BBox.around([header.box, *(box for _, _, box in rows)])
    table = Table(Columns(header.heads, lattice.edges), box, rows, header=header.box)
    table.words = {id(w) for w in words if w.box and is_within(w, box)}
    table.reaches_foot = not any(w.box.top > box.bottom + 1 for w in words if w.box)
    return table


def _body(
    page: Page,
    words: Sequence[Word],
    columns: Columns,
    start: float,
    end: float,
    cell_gap: float,
    labels: Labels,
    strict: bool,
) -> Table:
    """The rows under the heads, until a line that does not fit the columns."""
    low, high = columns.edges[0], columns.edges[-1]
    inside = [
        w
        for w in words
        if w.box and level_of(w) > start and w.box.bottom < end + 1.5 and w.box.x1 > low - 4 and w.box.x0 < high + 4
    ]
    separators = find_separators(page.shapes, low, high, start, end)
    spanning = spanning_columns(columns, page.shapes, separators, start, end)
    single = [w for w in inside if columns.of(middle_of(w)) not in spanning]
    facts = above_text(single, labels)
    of_fiche = len(facts) < len(single)
    taken = fitting_lines(facts, columns, separators, page, cell_gap, strict)
    table = Table(columns, BBox(low, start, high, start + 1))
    for group, band in group_into_rows(taken, columns, separators, of_fiche):
        flat = [w for line in group for w in line]
        box = BBox.around(w.box for w in flat if w.box)
        if band:
            table.rows.append((True, (Passage.join([Passage.of_words(line) for line in group]),), box))
        else:
            table.rows.append((False, cells_of(flat, columns), box))
        table.words |= {id(w) for w in flat}
    if table.rows:
        table.rows = with_spanning(table.rows, spanning, inside, columns)
        table.rows = with_merged(table.rows, page.shapes, columns, separators)
        table.box = BBox.around([r[2] for r in table.rows])
        table.words |= {id(w) for w in inside if columns.of(middle_of(w)) in spanning and is_within(w, table.box)}
        rest = [w for w in words if w.box and w.box.top > table.box.bottom + 1]
        table.reaches_foot = not rest
    return table
