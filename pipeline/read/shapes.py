"""What is drawn on a page beside its text."""

from __future__ import annotations

from collections.abc import Iterable

from carnet.pipeline.read.canvas import DrawnPath
from carnet.pipeline.read.colors import as_hex
from carnet.schemas.layout import BBox, Shape

_THIN = 3
_FARTHEST = 100_000.0


def shapes_of(drawn: Iterable[DrawnPath], left: float, bottom: float) -> list[Shape]:
    """Boxes, rules, curves and pictures, in this order; `left` and `bottom` turn pdfminer's coordinates to ours."""
    kinds: dict[str, list[Shape]] = {"rect": [], "line": [], "curve": [], "picture": []}
    for item in drawn:
        x0, y0, x1, y1 = item.corners
        box = BBox(x0 + left, bottom - y1, x1 + left, bottom - y0)
        if all(-_FARTHEST < side < _FARTHEST for side in (box.x0, box.top, box.x1, box.bottom)):
            kinds[item.kind].append(_shape(item, box, left, bottom))
    return [shape for shapes in kinds.values() for shape in shapes]


def _shape(item: DrawnPath, box: BBox, left: float, bottom: float) -> Shape:
    if item.kind == "picture":
        return Shape("picture", box)
    if item.kind == "line":
        return Shape("rule", box, None, as_hex(item.stroking))
    other = "box" if item.kind == "rect" or _boxy(item, box, left, bottom) else "curve"
    return _painted("rule" if _is_thin(box) else other, box, item)


def _is_thin(box: BBox) -> bool:
    return min(box.width, box.height) < _THIN


def _painted(kind: str, box: BBox, item: DrawnPath) -> Shape:
    return Shape(kind, box, as_hex(item.filling) if item.fill else None, as_hex(item.stroking) if item.stroke else None)


def _boxy(curve: DrawnPath, box: BBox, left: float, bottom: float) -> bool:
    """Is this path a rectangle, perhaps with rounded corners? Most of its points lie on its outline."""
    points = [(x + left, bottom - y) for x, y in curve.points]
    if not 4 <= len(points) <= 40:
        return False
    near = 0.5 + 0.08 * min(box.width, box.height)
    on_edge = sum(
        min(abs(x - box.x0), abs(x - box.x1)) <= near or min(abs(y - box.top), abs(y - box.bottom)) <= near
        for x, y in points
    )
    corners = sum(
        min(abs(x - box.x0), abs(x - box.x1)) <= 3 * near and min(abs(y - box.top), abs(y - box.bottom)) <= 3 * near
        for x, y in points
    )
    return bool(on_edge == len(points) and corners >= 4)
