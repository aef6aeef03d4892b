"""Cells that stand closer than a gutter usually is: "59 800 Rachel Bonnefoy" is a figure set to the right and, a blank
and a half further, the column of the names."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from carnet.pipeline.layout.segments import Segment
from carnet.pipeline.page import tolerances
from carnet.schemas.layout import Word

_NARROW = 0.45
"""Letter sizes: a gap narrower than that is a blank between words."""
_WIDER = 1.6
"""Factor by which the gap is wider than the blanks of its line, or of its page where it is the line's only one."""
_EDGES = 3
"""Lines that begin at one edge and make it a column's."""


def at_gutters(found: Sequence[Segment]) -> list[Segment]:
    """Segments, cut where a gap wider than their blanks ends at the left edge of a column."""
    wide = [(s, at) for s in found for at in range(1, len(s.words)) if _gap(s.words, at) >= _NARROW * s.size]
    if not wide:
        return list(found)
    usual = median(_gap(s.words, at) / s.size for s in found for at in range(1, len(s.words)))
    edges = [(s.box.x0, s.box.top) for s in found]
    edges += [(box.x0, box.top) for s, at in wide if (box := s.words[at].box)]
    cuts: dict[int, list[int]] = {}
    for segment, at in wide:
        others = [_gap(segment.words, i) / segment.size for i in range(1, len(segment.words)) if i != at]
        blank = max(usual, median(others) if others else 0.0)
        if _gap(segment.words, at) >= _WIDER * blank * segment.size and _at_edge(segment.words[at], segment, edges):
            cuts.setdefault(id(segment), []).append(at)
    return [part for s in found for part in _cut(s, cuts.get(id(s), []))]


def _at_edge(word: Word, segment: Segment, edges: Sequence[tuple[float, float]]) -> bool:
    assert word.box
    near = tolerances.SAME_EDGE * segment.size
    x0, top = word.box.x0, word.box.top
    tops = {round(y / segment.size) for x, y in edges if abs(x - x0) < near and abs(y - top) > near}
    return len(tops) >= _EDGES


def _gap(words: Sequence[Word], at: int) -> float:
    before, after = words[at - 1].box, words[at].box
    return after.x0 - before.x1 if before and after else 0.0


def _cut(segment: Segment, at: Sequence[int]) -> list[Segment]:
    if not at:
        return [segment]
    ends = [0, *at, len(segment.words)]
    return [Segment.of(segment.words[a:b]) for a, b in zip(ends, ends[1:], strict=False)]
