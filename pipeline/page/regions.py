"""Drawn boxes that may hold text, the smallest first."""

from __future__ import annotations

from dataclasses import dataclass

from carnet.pipeline.page import tolerances
from carnet.schemas.layout import BBox, Page, Shape

_WHITE = (None, "#ffffff")
_TWIN = 2.5  # points: a fill and its outline are drawn as two shapes


@dataclass(frozen=True, slots=True)
class Region:
    """A visible box. `number`: from 1, the smallest first."""

    number: int
    box: BBox
    fill: str | None
    stroke: str | None

    def holds(self, box: BBox) -> bool:
        """Does the box stand in it? Its middle counts in height, since letters may stand over their box's foot."""
        middle = (box.top + box.bottom) / 2
        inside = self.box.x0 - 2 <= box.x0 and box.x1 <= self.box.x1 + 2
        return inside and self.box.top - 1 <= middle <= self.box.bottom + 1


def regions(page: Page) -> tuple[Region, ...]:
    """Visible boxes of a page high enough for a line and smaller than the page."""
    kept: list[Shape] = []
    for shape in page.shapes:
        if not _may_hold(shape, page):
            continue
        twin = next((i for i, o in enumerate(kept) if _same(o.box, shape.box)), None)
        if twin is None:
            kept.append(shape)
        elif kept[twin].fill in _WHITE and shape.fill not in _WHITE:
            kept[twin] = shape
    kept.sort(key=lambda s: s.box.width * s.box.height)
    return tuple(Region(n, s.box, None if s.fill in _WHITE else s.fill, s.stroke) for n, s in enumerate(kept, start=1))


def _may_hold(shape: Shape, page: Page) -> bool:
    box = shape.box
    if shape.kind != "box" or box.height < 7 or box.width < 14:
        return False
    if box.width * box.height > tolerances.PAGE_SHARE * page.width * page.height:
        return False
    if shape.fill not in _WHITE or shape.stroke not in _WHITE:
        return True
    return shape.fill == "#ffffff" and any(
        s.kind == "box" and s.fill not in _WHITE and s is not shape and s.box.contains(box) for s in page.shapes
    )


def _same(a: BBox, b: BBox) -> bool:
    return max(abs(a.x0 - b.x0), abs(a.x1 - b.x1), abs(a.top - b.top), abs(a.bottom - b.bottom)) < _TWIN
