"""Words that a line of their own is drawn under: a label that is underlined ends where its line does, as in
"Maître d'ouvrage Ville de Lens"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from carnet.pipeline.page.segments import Segment
from carnet.schemas.layout import BBox, Shape, Word

_ABOVE, _BELOW = 0.35, 0.2
"""Letter sizes from the foot of a word's box to the line under it: it is drawn through letters that hang below."""
_COVERED = 0.4
"""Of a word's width at least: letters that hang below part the line."""
_OVER = 0.4
"""Letter sizes that the line of words may reach beyond them; one that reaches further parts rows or columns."""


def underlined(found: Iterable[Segment], shapes: Sequence[Shape]) -> frozenset[int]:
    """id() of the words that are underlined in segments where others are not."""
    drawn = sorted((s.box for s in shapes if s.kind == "rule" and s.box.height < s.box.width), key=_top)
    if not drawn:
        return frozenset()
    tops = [box.top for box in drawn]
    out: set[int] = set()
    for segment in found:
        if len(segment.words) < 2:
            continue
        foot, size = segment.box.bottom, segment.size
        near = drawn[bisect_left(tops, foot - _ABOVE * size) : bisect_left(tops, foot + _BELOW * size)]
        own = [line for line in near if _is_within(line, segment.box, _OVER * size)]
        lined = [id(word) for word in segment.words if own and _is_over(word, own)]
        if len(lined) < len(segment.words):
            out.update(lined)
    return frozenset(out)


def _top(box: BBox) -> float:
    return box.top


def _is_within(line: BBox, box: BBox, over: float) -> bool:
    return line.x0 > box.x0 - over and line.x1 < box.x1 + over


def _is_over(word: Word, lines: Sequence[BBox]) -> bool:
    assert word.box
    covered = sum(max(0.0, line.x_overlap(word.box)) for line in lines)
    return covered > _COVERED * word.box.width
