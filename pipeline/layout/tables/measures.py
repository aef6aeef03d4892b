"""Where words and lines stand, and their usual size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from carnet.pipeline.layout.segments import rows_of
from carnet.schemas.layout import Word


def usual_size(sizes: Iterable[float]) -> float:
    """The size in the middle of all; 10 points where there is none."""
    values = sorted(sizes)
    return float(values[len(values) // 2]) if values else 10.0


def middle_of(word: Word) -> float:
    """Where the middle of a word stands on its line, in points from the left."""
    assert word.box
    return (word.box.x0 + word.box.x1) / 2


def level_of(word: Word) -> float:
    """The height of its middle: the boxes of tight lines overlap."""
    assert word.box
    return (word.box.top + word.box.bottom) / 2


def top_of(line: Sequence[Word]) -> float:
    """Where the tallest word of a line begins, in points from the top of the page."""
    return min(w.box.top for w in line if w.box)


def height_of(line: Sequence[Word]) -> float:
    """Where the middle of a line stands: rules of tight tables touch its letters."""
    return (top_of(line) + max(w.box.bottom for w in line if w.box)) / 2


def top_down(words: Sequence[Word]) -> list[list[Word]]:
    """Words as lines, from the top of the page down."""
    return sorted(rows_of(words), key=top_of)
