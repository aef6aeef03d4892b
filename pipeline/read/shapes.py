"""What is drawn on a page beside its text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pdfminer.layout import LTImage, LTLine, LTRect

from carnet.pipeline.read.colors import as_hex
from carnet.schemas.layout import BBox, Shape

_THIN = 3
_FARTHEST = 100_000.0


def shapes_of(items: Iterable[Any], left: float, bottom: float) -> list[Shape]:
    """Boxes, rules, curves and pictures, in this order; `left` and `bottom` turn pdfminer's coordinates to ours."""
    rects, lines, curves, pictures = [], [], [], []
    for item in items:
        box = BBox(item.x0 + left, bottom - item.y1, item.x1 + left, bottom - item.y0)
        if not all(-_FARTHEST < side < _FARTHEST for side in (box.x0, box.top, box.x1, box.bottom)):
            continue
        if isinstance(item, LTImage):
            pictures.append(Shape("picture", box))
        elif isinstance(item, LTLine):
            lines.append(Shape("rule", box, None, as_hex(item.stroking_color)))
        elif isinstance(item, LTRect):
            rects.append(_painted("rule" if _is_thin(box) else "box", box, item))
        else:
            kind = "rule" if _is_thin(box) else "box" if _boxy(item, box, left, bottom) else "curve"
            curves.append(_painted(kind, box, item))
    return [*rects, *lines, *curves, *pictures]


def _is_thin(box: BBox) -> bool:
    return min(box.width, box.height) < _THIN


def _painted(kind: str, box: BBox, item: Any) -> Shape:
    fill = as_hex(item.non_stroking_color) if item.fill else None
    return Shape(kind, box, fill, as_hex(item.stroking_color) if item.stroke else None)


def _boxy(curve: Any, box: BBox, left: float, bottom: float) -> bool:
    """Is this path a rectangle, perhaps with rounded corners? Most of its points lie on its outline."""
    points = [(x + left, bottom - y) for x, y in curve.pts or []]
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
