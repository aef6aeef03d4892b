"""Cells that stand closer than a gutter usually is: "59 800 Rachel Bonnefoy" is a figure set to the right and, a blank
and a half further, the column of the names. And cells of justified text that stand closer than its blanks are wide."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from math import inf
from statistics import median

from carnet.pipeline.page import tolerances
from carnet.pipeline.page.segments import Segment
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
    firsts = sorted((word.box.x0, word.box.top) for word in _firsts(found, wide) if word.box)
    cuts: dict[int, list[int]] = {}
    blanks = {id(s): median(_gaps(s)) for s, _ in wide if len(s.words) > 2}
    for segment, at in wide:
        blank = max(usual, blanks.get(id(segment), 0.0))
        if _gap(segment.words, at) >= _WIDER * blank * segment.size and _at_edge(segment.words[at], segment, firsts):
            cuts.setdefault(id(segment), []).append(at)
    return [part for s in found for part in _cut(s, cuts.get(id(s), []))]


def behind_stretched(found: Sequence[Segment]) -> list[Segment]:
    """Segments, cut behind the stretched line of a justified cell where the next column begins."""
    ends = [(s, at) for s in found for at in range(3, len(s.words)) if _ends_stretched(s, at)]
    if not ends:
        return list(found)
    firsts = sorted((word.box.x0, word.box.top) for word in _firsts(found, ends) if word.box)
    cuts: dict[int, list[int]] = {}
    for segment, at in ends:
        if _at_edge(segment.words[at], segment, firsts):
            cuts.setdefault(id(segment), []).append(at)
    return [part for s in found for part in _cut(s, cuts.get(id(s), []))]


def _ends_stretched(segment: Segment, at: int) -> bool:
    """Is the gap before a word narrower than the two blanks before it, which are alike? They are those of a justified
    cell, the gap parts it from the next: "Communauté   d'agglomération   de  Contractualisation"."""
    least, most = sorted(_gap(segment.words, i) for i in (at - 2, at - 1))
    gap = _gap(segment.words, at)
    return gap >= _NARROW * segment.size and most <= _ALIKE * least and least >= _NARROWER * gap


_ALIKE, _NARROWER = 1.1, 1.15
"""Factors by which the blanks of one stretched line differ at most, by which they are wider than the gap at its end."""


def _firsts(found: Sequence[Segment], wide: Sequence[tuple[Segment, int]]) -> Iterator[Word]:
    """Words that begin a segment, or would if it were cut."""
    yield from (s.words[0] for s in found)
    yield from (s.words[at] for s, at in wide)


def _gaps(segment: Segment) -> list[float]:
    """Between its words, in letter sizes, without the widest."""
    return sorted(_gap(segment.words, at) / segment.size for at in range(1, len(segment.words)))[:-1]


def _at_edge(word: Word, segment: Segment, firsts: Sequence[tuple[float, float]]) -> bool:
    """Do other lines begin where the word stands? `firsts`: left edge and top of those that may, sorted."""
    assert word.box
    near = tolerances.SAME_EDGE * segment.size
    x0, top = word.box.x0, word.box.top
    tops: set[int] = set()
    for at in range(bisect_right(firsts, (x0 - near, inf)), len(firsts)):
        x, y = firsts[at]
        if x >= x0 + near or len(tops) >= _EDGES:
            break
        if abs(y - top) > near:
            tops.add(round(y / segment.size))
    return len(tops) >= _EDGES


def _gap(words: Sequence[Word], at: int) -> float:
    before, after = words[at - 1].box, words[at].box
    return after.x0 - before.x1 if before and after else 0.0


def _cut(segment: Segment, at: Sequence[int]) -> list[Segment]:
    if not at:
        return [segment]
    ends = [0, *at, len(segment.words)]
    return [Segment.of(segment.words[a:b]) for a, b in zip(ends, ends[1:], strict=False)]
