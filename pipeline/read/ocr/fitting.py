"""Where a line of text begins, to the dot: engines draw their boxes with a margin, or around the mark of a list too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from carnet.pipeline.read.ocr.drawn import Pixels
from carnet.pipeline.read.ocr.looks import SeenWord, ink_of

_BEFORE = 0.5
"""Letter sizes left of the box in which its first letter may begin."""
_GAP = 0.2
"""Letter sizes: letters of a word are closer than this."""
_MARK = 0.8
_MARK_GAP = 0.3
"""A mark of a list is no wider, and stands so far from the text."""


def fitted(pixels: Pixels, line: Sequence[SeenWord]) -> list[SeenWord]:
    """The line, its first word from where its ink begins, without a mark that stands in its box."""
    first, size = line[0], line[0].look.size
    left = max(0, int(first.spot.x0 - _BEFORE * size))
    top, bottom = max(0, int(first.look.base - 0.85 * size)), int(first.look.base + 0.25 * size)
    part = pixels[top:bottom, left : first.spot.x1]
    columns = np.flatnonzero(ink_of(part).any(axis=0)) if part.size else np.array([])
    if not columns.size:
        return list(line)
    groups = np.split(columns, np.flatnonzero(np.diff(columns) > _GAP * size) + 1)
    inside = [group for group in groups if left + group[-1] > first.spot.x0]
    if len(inside) > 1 and len(first.spot.text) > 2 and _is_mark(inside[0], inside[1], size):
        inside.pop(0)
    if not inside:
        return list(line)
    return [replace(first, spot=replace(first.spot, x0=left + int(inside[0][0]))), *line[1:]]


def _is_mark(group: Pixels, following: Pixels, size: float) -> bool:
    return bool(group[-1] - group[0] < _MARK * size and following[0] - group[-1] > _MARK_GAP * size)
