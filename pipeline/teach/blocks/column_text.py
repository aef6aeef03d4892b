"""Text that runs through columns: full pages of them, or, where there is less, columns of about equal height."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.teach.nodes import Box, Columns, Grid, Node, Para, Picture, Place, Rule, Space, Stack


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
    """The nodes in `count` columns over a width. `room`: height of a page's text; `even`: columns of equal height where
    less than a page is full."""
    flow = Stack(tuple(nodes), gap=between)
    if count == 1:
        return flow
    each = (width - gap * (count - 1)) / count
    whole = sum(tall(n, each, size) for n in nodes) + between * max(0, len(nodes) - 1)
    if not even or whole > room * count * 0.8:
        return Columns(flow, count, gap)
    longest = max((tall(n, each, size) for n in nodes if isinstance(n, Stack) and n.keep), default=0.0)
    high = whole / count + max(longest * 0.6, size * 1.6)
    return Box(Columns(flow, count, gap), inset=0, height=round(min(high, room), 1), keep=False)


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
