"""Rules and edges of shades that part rows."""

from __future__ import annotations

from collections.abc import Sequence

from carnet.pipeline.layout.tables.columns import Columns
from carnet.schemas.layout import Shape


def find_separators(shapes: Sequence[Shape], low: float, high: float, start: float, end: float) -> list[float]:
    """Heights at which a rule or the edge of a shade runs over most of the table's width."""
    marks: dict[int, list[tuple[float, float]]] = {}
    for shape in shapes:
        box = shape.box
        if box.x1 < low or box.x0 > high or shape.kind == "picture":
            continue
        if shape.kind == "rule" and box.width > 6 and box.height < 3:
            heights = [(box.top + box.bottom) / 2]
        elif shape.kind == "box" and box.height < 0.6 * (end - start) + 40:
            heights = [box.top, box.bottom]
        else:
            continue
        for y in heights:
            if start - 4 < y < end + 4:
                marks.setdefault(round(y / 2), []).append((box.x0, box.x1))
    out: list[float] = []
    for key, spans in sorted(marks.items()):
        near = spans + marks.get(key + 1, [])
        if _covered(near, low, high) > 0.6 * (high - low) and (not out or 2 * key - out[-1] > 5):
            out.append(2.0 * key)
    return out


def column_separators(shapes: Sequence[Shape], columns: Columns, column: int, start: float, end: float) -> list[float]:
    """Those that run over one column, whether over the others or not."""
    return find_separators(shapes, columns.edges[column] + 2, columns.edges[column + 1] - 2, start, end)


def _covered(spans: Sequence[tuple[float, float]], low: float, high: float) -> float:
    total, at = 0.0, low
    for x0, x1 in sorted(spans):
        x0, x1 = max(x0, at), min(x1, high)
        if x1 > x0:
            total += x1 - x0
            at = x1
    return total
