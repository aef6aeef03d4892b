"""Lines of a narrow justified column whose blanks are as wide as gutters: they are one line all the same."""

from __future__ import annotations

from collections.abc import Sequence

from carnet.pipeline.page import tolerances
from carnet.pipeline.page.segments import Segment

_WIDEST = 6.0
"""Letter sizes of the widest blank between two words of a justified line."""
_ALIKE = 1.25
"""Factor by which the blanks of one justified line differ at most: letters' own sides are in them."""
_LEAST = 3
"""Parts of a line that its blanks have cut."""
_NEAR = 12.0
"""Letter sizes to a line of the same column that is not cut."""


def rejoined(found: Sequence[Segment]) -> list[Segment]:
    """Segments, those of a justified line in one: between them blanks of one width, and from the left edge to the right
    edge as far as an uncut line near it reaches."""
    out: list[Segment] = []
    by_edge: dict[int, list[Segment]] = {}
    for segment in found:
        by_edge.setdefault(_edge(segment), []).append(segment)
    for row in _rows(found):
        for run in _runs(row):
            near = (s for at in (-1, 0, 1) for s in by_edge.get(_edge(run[0]) + at, ()))
            whole = len(run) >= _LEAST and any(_same_column(run, s) for s in near)
            out += [Segment.of([w for s in run for w in s.words])] if whole else run
    return out


def _edge(segment: Segment) -> int:
    return round(segment.box.x0 / 4)


def _rows(found: Sequence[Segment]) -> list[list[Segment]]:
    """Segments on one height, from left to right."""
    rows: list[list[Segment]] = []
    for segment in sorted(found, key=lambda s: (s.box.top, s.box.x0)):
        if rows and abs(rows[-1][0].box.top - segment.box.top) < 0.2 * segment.size:
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [sorted(row, key=lambda s: s.box.x0) for row in rows]


def _runs(row: Sequence[Segment]) -> list[list[Segment]]:
    """Neighbours in one look with blanks of one width between them."""
    out: list[list[Segment]] = []
    blanks: list[float] = []
    for segment in row:
        last = out[-1][-1] if out else None
        blank = segment.box.x0 - last.box.x1 if last else 0.0
        alike = not blanks or max(*blanks, blank) <= _ALIKE * min(*blanks, blank)
        if last and last.words[-1].style == segment.words[0].style and blank < _WIDEST * segment.size and alike:
            out[-1].append(segment)
            blanks.append(blank)
        else:
            out.append([segment])
            blanks = []
    return out


def _same_column(run: Sequence[Segment], other: Segment) -> bool:
    """Is the other a line of several words right over or under, with the same edges?"""
    size, first, last = run[0].size, run[0].box, run[-1].box
    edge = tolerances.SAME_EDGE * size
    level = abs(other.box.x0 - first.x0) < edge and abs(other.box.x1 - last.x1) < edge
    return level and len(other.words) > len(run) and 0 < abs(other.box.top - first.top) < _NEAR * size
