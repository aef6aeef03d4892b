"""The columns under the heads: where one ends and the next begins."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from carnet.pipeline.layout.tables.heads import Header
from carnet.schemas.layout import BBox, Passage, Shape, Word


@dataclass(frozen=True)
class Columns:
    """Column heads with their edges: column i spans edges[i] to edges[i + 1]."""

    heads: tuple[Passage, ...]
    edges: tuple[float, ...]

    def of(self, x: float) -> int | None:
        if not self.edges[0] - 6 <= x <= self.edges[-1] + 6:
            return None
        for i in range(len(self.heads)):
            if x < self.edges[i + 1]:
                return i
        return len(self.heads) - 1


def edges_of(header: Header, below: Sequence[Word], shapes: Sequence[Shape]) -> tuple[float, ...]:
    """Between two heads a rule that is drawn there, else the gap that the fewest words cross."""
    boxes = [BBox.around(s.box for s in cell) for cell in header.cells]
    walls = [x for x, top, bottom in walls_of(shapes) if bottom > header.box.top and top < header.box.bottom + 12]
    spans = [w.box for w in below if w.box]
    edges: list[float] = []
    for left, right in pairwise(boxes):
        drawn = [x for x in walls if left.x0 + 4 < x < right.x1 - 4]
        edges.append(_nearest(drawn, (left.x1 + right.x0) / 2) if drawn else _gap(left, right, spans))
    lefts = [b.x0 for b in spans if b.x1 < boxes[0].x1 + 2 and b.x0 > boxes[0].x0 - 60] + [boxes[0].x0]
    rights = [b.x1 for b in spans if b.x0 > edges[-1]] + [boxes[-1].x1]
    return (min(lefts) - 2, *edges, max(rights) + 2)


def walls_of(shapes: Sequence[Shape]) -> list[tuple[float, float, float]]:
    """Vertical rules and sides of boxes as (x, top, bottom)."""
    walls = []
    for shape in shapes:
        box = shape.box
        if shape.kind == "rule" and box.height > 6 and box.width < 3:
            walls.append(((box.x0 + box.x1) / 2, box.top, box.bottom))
        elif shape.kind == "box" and box.width > 8 and shape.stroke not in (None, "#ffffff"):
            walls.extend([(box.x0, box.top, box.bottom), (box.x1, box.top, box.bottom)])
    return walls


def _nearest(values: Sequence[float], to: float) -> float:
    return min(values, key=lambda v: abs(v - to))


def _gap(left: BBox, right: BBox, spans: Sequence[BBox]) -> float:
    """The x between two column heads that the fewest words cross; the widest such gap."""
    low, high = left.x0 + 3, right.x1 - 3
    marks = sorted(
        {low, high, *(b.x0 for b in spans if low < b.x0 < high), *(b.x1 for b in spans if low < b.x1 < high)}
    )
    wide = [s for s in spans if s.x0 < s.x1]
    starts, ends = sorted([s.x0 for s in wide]), sorted([s.x1 for s in wide])
    best: tuple[float, float, float] | None = None
    for a, b in pairwise(marks):
        x = (a + b) / 2
        crossed = bisect_left(starts, x) - bisect_right(ends, x)
        crossed += 100 * (left.x0 < x < left.x1 - 1 or right.x0 + 1 < x < right.x1)
        key = (crossed, -(b - a), x)
        if best is None or key < best:
            best = key
    return best[2] if best else (left.x1 + right.x0) / 2
