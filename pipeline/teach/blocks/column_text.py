"""Text that runs through columns: full pages of them, or, where there is less, columns of about equal height."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from carnet.pipeline.teach.nodes import Box, Cell, Columns, Grid, Node, Para, Picture, Place, Rule, Space, Stack


def columned(
    nodes: Sequence[Node],
    count: int,
    gap: float,
    width: float,
    size: float,
    room: float,
    between: float = 0.0,
    even: bool = True,
) -> Node:
    """The nodes in `count` columns over a width. `room`: height of a page's text; `even`: columns of about equal height
    where less than a page is full."""
    flow = Stack(tuple(nodes), gap=between)
    if count == 1:
        return flow
    each = (width - gap * (count - 1)) / count
    pieces = _pieces(flow, 0.0)
    whole = sum(tall(n, each, size) + after for n, after in pieces)
    if not even or whole > room * count * 0.8:
        return Columns(flow, count, gap)
    cells = [Cell(_column(some)) for some in _dealt(pieces, count, whole / count, each, size)]
    return Grid(("1fr",) * count, (tuple(cells),), gap_x=gap)


Piece = tuple[Node, float]  # a node, and the room behind it


def _pieces(node: Node, after: float) -> list[Piece]:
    """What may be parted by a column's foot: stacks taken apart."""
    if not isinstance(node, Stack) or node.keep:
        return [(node, after)]
    last = len(node.children) - 1
    return [p for i, child in enumerate(node.children) for p in _pieces(child, after if i == last else node.gap)]


def _dealt(pieces: Sequence[Piece], count: int, share: float, width: float, size: float) -> list[list[Piece]]:
    """The pieces by columns of about `share` height."""
    columns: list[list[Piece]] = [[]]
    used = 0.0
    for node, after in pieces:
        high = tall(node, width, size) + after
        if columns[-1] and used + high / 2 > share and len(columns) < count:
            columns.append([])
            used = 0.0
        if columns[-1] or not isinstance(node, (Space, Rule)):
            columns[-1].append((node, after))
            used += high
    return columns + [[] for _ in range(count - len(columns))]


def _column(pieces: Sequence[Piece]) -> Node | None:
    """One column: the pieces with their room between."""
    if not pieces:
        return None
    out: list[Node] = []
    for node, after in pieces:
        out += [node, Space(after)] if after else [node]
    return Stack(tuple(out), gap=0)


def loosened(node: Node | None, width: float, size: float, room: float) -> Node | None:
    """The node, with whatever is too high for a page free to be parted at its foot."""
    match node:
        case Stack(children=some):
            inner = tuple(c for k in some if (c := loosened(k, width, size, room)) is not None)
            return replace(node, children=inner, keep=node.keep and tall(node, width, size) < room)
        case Box(child=child, inset=inset) if node.height is None:
            kept = node.keep and tall(node, width, size) < room
            return replace(node, child=loosened(child, width - 2 * inset, size, room), keep=kept)
        case Columns(child=child, count=count, gap=gap):
            inside = loosened(child, (width - gap * (count - 1)) / count, size, room)
            return replace(node, child=inside or Stack(()))
        case Grid():
            return _loosened_grid(node, width, size, room)
    return node


def _loosened_grid(grid: Grid, width: float, size: float, room: float) -> Grid:
    wide = _widths(grid, width)
    rows = []
    for row in grid.rows:
        at, cells = 0, []
        for cell in row:
            inside = sum(wide[at : at + cell.colspan]) - 2 * grid.inset
            cells.append(replace(cell, child=loosened(cell.child, inside, size, room)))
            at += cell.colspan
        rows.append(tuple(cells))
    low = all(_grid_tall(replace(grid, rows=(row,)), width, size) < room for row in grid.rows)
    return replace(grid, rows=tuple(rows), breakable=grid.breakable or not low)


def tall(node: Node | None, width: float, size: float) -> float:
    """About how high a node gets in a column of that width."""
    match node:
        case Para():
            own = max((r.look.size or node.look.size or size for r in node.runs), default=size)
            pieces = "".join(r.text for r in node.runs).split("\n")
            rows = sum(max(1, -(-len(p) * own * 0.5 // max(width - 12.0 * bool(node.item), 20.0))) for p in pieces)
            return float(rows) * own * 1.32 - own * 0.5
        case Stack(children=some, gap=gap):
            return sum(tall(c, width, size) for c in some) + gap * max(0, len(some) - 1)
        case Box(child=child, inset=inset, height=height):
            return height if isinstance(height, (int, float)) else tall(child, width - 2 * inset, size) + 2 * inset
        case Space(height=height) | Picture(height=height):
            return height
        case Rule(weight=weight):
            return weight
        case Grid():
            return _grid_tall(node, width, size)
        case Place():
            return 0.0
    return size


def _grid_tall(grid: Grid, width: float, size: float) -> float:
    wide = _widths(grid, width)
    high = 0.0
    for row in grid.rows:
        at, most = 0, 0.0
        for cell in row:
            most = max(most, tall(cell.child, sum(wide[at : at + cell.colspan]) - 2 * grid.inset, size))
            at += cell.colspan
        high += most + 2 * grid.inset + grid.gap_y
    return high


def _widths(grid: Grid, width: float) -> list[float]:
    """Points of each column; a width of its text's counts as a share like others."""
    fixed = sum(w for w in grid.widths if not isinstance(w, str))
    free = max(10.0, width - fixed - grid.gap_x * (len(grid.widths) - 1))
    shares = [_share(w) for w in grid.widths]
    return [
        free * s / (sum(shares) or 1.0) if isinstance(w, str) else float(w)
        for w, s in zip(grid.widths, shares, strict=True)
    ]


def _share(width: float | str) -> float:
    if not isinstance(width, str):
        return 0.0
    number = re.fullmatch(r"([\d.]+)fr", width)
    return float(number[1]) if number else 0.6
