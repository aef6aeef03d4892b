"""Who stands beside, over and under whom on a page: indices into the page's fragments, -1 where there is nobody."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from carnet.pipeline.page import tolerances
from carnet.pipeline.page.fragments import Sheet

Index = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]

RELATIONS = ("left", "right", "above", "below", "head", "aligned_above", "aligned_below", "top", "row_first")
"""In the order of `Relations.all()`.

left, right: the nearest on the same line. above, below: the nearest whose width overlaps. head: the nearest above
that is larger or bolder. aligned_*: the nearest with the same left edge. top: the first of the same column of cells
or lines. row_first: the first on the same line.
"""


@dataclass(frozen=True)
class Geometry:
    """The fragments of a page as columns of numbers."""

    x0: Numbers
    x1: Numbers
    top: Numbers
    bottom: Numbers
    size: Numbers
    bold: Numbers

    @staticmethod
    def of(sheet: Sheet) -> Geometry:
        f = sheet.fragments
        rows = np.array([(g.box.x0, g.box.x1, g.box.top, g.box.bottom, g.style.size, g.style.bold) for g in f], float)
        return Geometry(*(rows.reshape(len(f), 6).T))


def relations(g: Geometry) -> Index:
    """One row for each of RELATIONS, one column for each fragment."""
    n = len(g.x0)
    if n == 0:
        return np.zeros((len(RELATIONS), 0), np.int64)
    overlap_y = np.minimum(g.bottom[:, None], g.bottom) - np.maximum(g.top[:, None], g.top)
    height = np.minimum((g.bottom - g.top)[:, None], g.bottom - g.top)
    same_line = overlap_y > tolerances.LINE_OVERLAP * height
    overlap_x = np.minimum(g.x1[:, None], g.x1) - np.maximum(g.x0[:, None], g.x0)
    same_column = overlap_x > 0
    np.fill_diagonal(same_line, False)
    np.fill_diagonal(same_column, False)
    left = same_line & (g.x0[None, :] < g.x0[:, None])
    right = same_line & (g.x0[None, :] > g.x0[:, None])
    above = same_column & ~same_line & (g.top[None, :] < g.top[:, None])
    below = same_column & ~same_line & (g.top[None, :] > g.top[:, None])
    edge = np.abs(g.x0[:, None] - g.x0) < tolerances.SAME_EDGE * np.maximum(g.size[:, None], g.size)
    larger = g.size[None, :] > tolerances.PROMINENT * g.size[:, None]
    bolder = (g.bold[None, :] > g.bold[:, None]) & (g.size[None, :] > g.size[:, None] / tolerances.PROMINENT)
    rise = g.top[:, None] - g.bottom[None, :]
    fall = g.top[None, :] - g.bottom[:, None]
    aside = g.x0[:, None] - g.x1[None, :]
    beyond = g.x0[None, :] - g.x1[:, None]
    return np.stack(
        [
            _nearest(left, aside),
            _nearest(right, beyond),
            _nearest(above, rise),
            _nearest(below, fall),
            _nearest(above & (larger | bolder), rise),
            _nearest(above & edge, rise),
            _nearest(below & edge, fall),
            _nearest(above, g.top[None, :] + np.zeros((n, 1))),
            _nearest(left, g.x0[None, :] + np.zeros((n, 1))),
        ]
    )


def _nearest(allowed: npt.NDArray[np.bool_], distance: Numbers) -> Index:
    """For each row the column with the least distance among those allowed, -1 where none is."""
    far = np.where(allowed, distance, np.inf)
    index = far.argmin(axis=1)
    return np.where(np.isfinite(far[np.arange(len(index)), index]), index, -1).astype(np.int64)
