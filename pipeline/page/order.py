"""One order of a page among others: strips from top to bottom, columns within a strip, lines within a column.

No decision rests on it alone; the network weighs who comes before whom beside what stands above, beside and in the same
box.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from carnet.pipeline.page import tolerances

Index = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.floating]
Flags = npt.NDArray[np.bool_]

ORDERED = ("before", "after", "head_before")
"""Relations by that order, in the order of `neighbours`.

before, after: the neighbours within a page. head_before: the nearest before on the page that is larger or bolder: for
the top of a column, the heading at the foot of the column before it.
"""

_GUTTER = 0.8
"""White this wide, in letter sizes, parts two columns."""
_STRAY = 0.04
"""Share of the lines that may run into a gutter."""
_ACROSS = 0.15
"""The same of the gutter between columns that lines across part into storeys."""
_LEAST_LINES = 3
"""A column has as many lines at least."""


def column_order(boxes: Numbers, page: Index, large: Flags) -> Index:
    """The rank of each fragment in the document. `boxes`: x0, top, x1, bottom in letter sizes; `large`: set larger
    than the running text: alone in its height, such a line starts a new strip."""
    rank = np.zeros(len(boxes), np.int64)
    start = 0
    for number in np.unique(page):
        here = np.flatnonzero(page == number)
        strips = [here[strip] for strip in _strips(boxes[here], large[here])]
        for storey in (strip[storey] for strip in strips for storey in _storeys(boxes[strip])):
            for some in (storey[column] for column in side_by_side(boxes[storey])):
                ordered = some[np.lexsort((boxes[some, 0], np.round(boxes[some, 1] * 2)))]
                rank[ordered] = np.arange(start, start + len(ordered))
                start += len(ordered)
    return rank


def neighbours(rank: Index, page: Index, size: Numbers, bold: Flags) -> Index:
    """One row for each of ORDERED, one column for each fragment: indices into the document, -1 for nobody. `size`:
    logarithm of the letter size."""
    out = np.full((len(ORDERED), len(rank)), -1, np.int64)
    for number in np.unique(page):
        here = np.flatnonzero(page == number)
        here = here[np.argsort(rank[here], kind="stable")]
        out[0, here[1:]], out[1, here[:-1]] = here[:-1], here[1:]
        out[2, here] = _heads_before(here, size[here], bold[here])
    return out


def _heads_before(here: Index, size: Numbers, bold: Flags) -> Index:
    rise, margin = size[None, :] - size[:, None], np.log(tolerances.PROMINENT)
    over = (rise > margin) | (bold[None, :] & ~bold[:, None] & (rise > -margin))
    last = np.where(np.tril(over, -1), np.arange(len(here)), -1).max(axis=1)
    return np.where(last >= 0, here[last], -1)


def _strips(boxes: Numbers, large: Flags) -> list[Index]:
    """Cut above every large line that nothing stands beside."""
    order = np.argsort(boxes[:, 1], kind="stable")
    tops = []
    for i in np.flatnonzero(large):
        beside = (boxes[:, 1] < boxes[i, 3] - _TOUCH) & (boxes[:, 3] > boxes[i, 1] + _TOUCH)
        if beside.sum() == 1 or not (beside & ~large).any():
            tops.append(float(boxes[i, 1]))
    edges = [-np.inf, *sorted(tops), np.inf]
    out = []
    for low, high in zip(edges, edges[1:], strict=False):
        some = order[(boxes[order, 1] >= low - 1e-6) & (boxes[order, 1] < high - 1e-6)]
        if len(some):
            out.append(some)
    return out


def _storeys(boxes: Numbers) -> list[Index]:
    """A strip cut at the lines that run across the white between most of those that stand side by side: a title, or a
    line of facts, over columns of text. A line that only runs into the white cuts nothing: the column behind it goes
    on beside it. Below a line across the gutter is none until a line begins behind it."""
    top, bottom = boxes[:, 1], boxes[:, 3]
    level = (top[:, None] < bottom[None, :] - _TOUCH) & (bottom[:, None] > top[None, :] + _TOUCH)
    beside = np.asarray(level.sum(axis=1) > 1)
    if beside.sum() < 2 * _LEAST_LINES:
        return [np.arange(len(boxes))]
    edges = np.array([e for e in _gutters(boxes[beside], _ACROSS) if _begin_behind(boxes[beside], e)]).reshape(-1)
    behind = (boxes[:, :1] > edges) & (boxes[:, :1] < edges + _COLUMN)
    goes_on = _with_level(level, behind)
    runs = (boxes[:, :1] < edges - _GUTTER) & (boxes[:, 2:3] > edges + _GUTTER) & ~goes_on
    crossed = _with_level(level, runs)
    order = np.argsort(top, kind="stable")
    apart = _until_begun(crossed[order], goes_on[order] & ~crossed[order])
    cuts = np.flatnonzero((apart[1:] != apart[:-1]).any(axis=1)) + 1
    return [some for some in np.split(order, cuts) if len(some)]


def _with_level(level: Flags, some: Flags) -> Flags:
    """Lines × gutters: of those and of the lines level with them."""
    return np.asarray(level.astype(np.float32) @ some.astype(np.float32) > 0)


def _until_begun(crossed: Flags, begun: Flags) -> Flags:
    """Lines × gutters, from top to bottom: from a line that crosses a gutter to the next that begins behind it."""
    out = np.zeros_like(crossed)
    apart = np.zeros(crossed.shape[1], bool)
    for n in range(len(crossed)):
        apart = (apart | crossed[n]) & ~begun[n]
        out[n] = apart
    return out


def side_by_side(boxes: Numbers, least: int = _LEAST_LINES) -> list[Index]:
    """Parts between which white runs down the strip, but for a line or two, from left to right; all in one where one
    of them has fewer lines than `least`."""
    edges = _gutters(boxes)
    side = np.searchsorted(edges, (boxes[:, 0] + np.minimum(boxes[:, 2], boxes[:, 0] + _HEAD)) / 2)
    out = [np.flatnonzero(side == n) for n in range(len(edges) + 1)]
    if any(0 < len(part) < least for part in out):
        return [np.arange(len(boxes))]
    return [part for part in out if len(part)]


def _gutters(boxes: Numbers, stray: float = _STRAY) -> Numbers:
    """The middles of white bands between lines, where they are whitest. `stray`: share of the lines that may run in."""
    left, right = float(boxes[:, 0].min()), float(boxes[:, 2].max())
    bins = np.arange(left, right + _BIN, _BIN)
    first = np.clip(np.searchsorted(bins, boxes[:, 0]), 0, len(bins) - 1)
    last = np.clip(np.searchsorted(bins, boxes[:, 2]), 0, len(bins) - 1)
    change = np.zeros(len(bins) + 1)
    np.add.at(change, first, 1)
    np.add.at(change, last, -1)
    lines = np.cumsum(change)[:-1]
    low = lines <= stray * len(boxes)
    out = []
    for start, end in _runs(low):
        white = _BIN * (end - start) >= _GUTTER and start > 0 and end < len(low)
        whitest = [run for run in _runs(lines[start:end] == lines[start:end].min())] if white else []
        if whitest:
            left, right = max(whitest, key=lambda run: run[1] - run[0])
            out.append(float(bins[start + left] + (right - left) * _BIN / 2))
    return np.array(out)


def _begin_behind(boxes: Numbers, edge: float) -> bool:
    """Do lines of a column begin right behind its white?"""
    behind = (boxes[:, 0] > edge) & (boxes[:, 0] < edge + _COLUMN)
    return bool(behind.sum() >= max(_LEAST_LINES, _OF_COLUMN * len(boxes)))


def _runs(flags: Flags) -> list[tuple[int, int]]:
    """Where runs of what is true begin and end."""
    steps = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in zip(steps[::2], steps[1::2], strict=True)]


_OF_COLUMN = 0.2
"""Share of the lines that stand side by side which begin behind such a gutter, at least."""
_COLUMN = 2.5
"""Letter sizes behind the middle of the white in which the lines of a column begin."""
_TOUCH = 0.2
"""Letter sizes by which lines side by side are level."""
_BIN = 0.4
_HEAD = 4.0
"""A line belongs to the column where its first letters stand."""
