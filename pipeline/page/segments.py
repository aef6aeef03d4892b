"""Words of a page -> segments: runs of words on one line with ordinary gaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from carnet.schemas.layout import BBox, Passage, Style, Word


@dataclass(frozen=True)
class Segment:
    """A run of words on one printed line; `box` is around them."""

    words: tuple[Word, ...]
    box: BBox

    @cached_property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    @cached_property
    def passage(self) -> Passage:
        return Passage.of_words(self.words)

    @property
    def style(self) -> Style:
        return self.passage.style

    @cached_property
    def size(self) -> float:
        return max(w.style.size for w in self.words)

    @staticmethod
    def of(words: Iterable[Word]) -> Segment:
        kept = tuple(words)
        return Segment(kept, BBox.around(w.box for w in kept if w.box))


def rows_of(words: Sequence[Word]) -> list[list[Word]]:
    """Words grouped by printed line, top to bottom, left to right within a line."""
    placed = [((b.top + b.bottom) / 2, b.x0, b.bottom - b.top, w) for w in words if (b := w.box)]
    placed.sort(key=_MIDDLE_AND_LEFT)
    rows: list[list[tuple[float, float, float, Word]]] = []
    for one in placed:
        middle, _, height, _ = one
        for row in rows[: -_ROWS_BACK - 1 : -1]:
            row_middle, _, row_height, _ = row[0]
            low, high = (height, row_height) if height < row_height else (row_height, height)
            if abs(middle - row_middle) < 0.42 * low + 0.08 * high:
                row.append(one)
                break
        else:
            rows.append([one])
    return [[one[3] for one in sorted(row, key=_LEFT)] for row in rows]


_MIDDLE_AND_LEFT, _LEFT = itemgetter(0, 1), itemgetter(1)
_ROWS_BACK = 3
"""So many rows above are looked at."""


def segments(
    words: Sequence[Word],
    gap: float,
    walls: Sequence[tuple[float, float, float]] = (),
    marks: frozenset[str] = frozenset(),
) -> list[Segment]:
    """Segments of a page: rows cut where the gap exceeds `gap` letter sizes, or at a wall (x, top, bottom). The text of
    a list item may hang further away from its mark, one of `marks`."""
    out: list[Segment] = []
    for row in rows_of(words):
        run: list[Word] = []
        for word in row:
            hangs = len(run) == 1 and run[0].text in marks and run[0].text not in _EMPTY
            if run and _parted(run[-1], word, _HANGING if hangs else gap, walls):
                out.append(Segment.of(run))
                run = []
            run.append(word)
        out.append(Segment.of(run))
    return out


_HANGING = 3.0  # letter sizes
_EMPTY = "-–—*+·"  # also the sign of an empty cell


def _parted(a: Word, b: Word, gap: float, walls: Sequence[tuple[float, float, float]]) -> bool:
    assert a.box and b.box
    size = max(min(a.style.size, b.style.size), 4.0)
    if b.box.x0 - a.box.x1 > gap * size:
        return True
    if not walls:
        return False
    middle = (a.box.top + a.box.bottom) / 2
    return any(a.box.x1 - 1 <= x <= b.box.x0 + 1 and top <= middle <= bottom for x, top, bottom in walls)
