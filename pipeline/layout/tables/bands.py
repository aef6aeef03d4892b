"""Lines that span the table: headings between its rows."""

from __future__ import annotations

from collections.abc import Sequence

from carnet.pipeline.layout.segments import segments
from carnet.pipeline.layout.tables.columns import Columns
from carnet.pipeline.layout.tables.measures import middle_of
from carnet.schemas.layout import BBox, Page, Passage, Word

TableLine = tuple[list[Word], bool]
"""A line of a table, and whether it is a band."""


def is_band(line: Sequence[Word], columns: Columns, separators: Sequence[float], page: Page) -> bool:
    """A row that spans the table: one run of words, and shaded, between rules, bold or italic."""
    if len(segments(line, 2.0)) > 1:
        return False
    return is_lone_band(line, columns, page, separators) or _is_marked(line)


def is_lone_band(line: Sequence[Word], columns: Columns, page: Page, separators: Sequence[float]) -> bool:
    """A single run of words in a shade, or between two rules, that no other cell shares."""
    if len(segments(line, 1.2)) > 1:
        return False
    box = BBox.around(w.box for w in line if w.box)
    middle = (box.top + box.bottom) / 2
    width = columns.edges[-1] - columns.edges[0]
    shade = any(
        s.kind == "box"
        and s.fill not in (None, "#ffffff")
        and s.box.top - 1 <= middle <= s.box.bottom + 1
        and s.box.height < 3.2 * box.height
        and s.box.width > 0.85 * width
        and s.box.x0 <= box.x0 + 2
        for s in page.shapes
    )
    above = [y for y in separators if y <= middle]
    below = [y for y in separators if y > middle]
    alone = bool(above and below and below[0] - above[-1] < 3.0 * box.height)
    over_edges = crosses(line, columns, 0.7)
    starts_left = box.x0 < columns.edges[0] + 0.08 * width
    return (over_edges or starts_left and _is_marked(line)) and (shade or alone)


def _is_marked(line: Sequence[Word]) -> bool:
    style = Passage.of_words(line).style
    return style.bold or style.italic


def crosses(line: Sequence[Word], columns: Columns, cell_gap: float) -> bool:
    """Does a run of words on this line go over a column edge?"""
    for segment in segments(line, cell_gap):
        first, last = columns.of(middle_of(segment.words[0])), columns.of(middle_of(segment.words[-1]))
        if first != last:
            return True
    return False
