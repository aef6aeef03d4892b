"""Drawn boxes that hold text: cards, side boxes, bands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from carnet.pipeline.layout.pairs import Pair
from carnet.pipeline.layout.segments import Segment
from carnet.pipeline.rules.labels import Labels
from carnet.schemas.layout import BBox, Page, Shape

_PAGE_SHARE = 0.85  # a box this large is the page's own background


@dataclass
class Container:
    """A drawn box with the segments and the pairs of drawn forms that stand directly in it and the boxes inside it."""

    box: BBox
    fill: str | None = None
    segments: list[Segment] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    children: list[Container] = field(default_factory=list)

    @property
    def plain(self) -> bool:
        return not self.children and not self.pairs


def nest(page: Page, segments: Sequence[Segment], pairs: Sequence[Pair] = ()) -> Container:
    """The page as a container: each segment and each pair of a drawn form in the smallest drawn box around it."""
    root = Container(BBox(0, 0, page.width, page.height))
    boxes = [Container(s.box, s.fill) for s in _candidates(page)]
    boxes.sort(key=lambda c: c.box.width * c.box.height)
    for segment in segments:
        home = next((c for c in boxes if _holds(c.box, segment.box)), root)
        home.segments.append(segment)
    for pair in pairs:
        next((c for c in boxes if _holds(c.box, pair.box)), root).pairs.append(pair)
    used = _merge_same([c for c in boxes if c.segments or c.pairs])
    # a box counts as a place of its own when it holds text itself or other such boxes
    shells = [c for c in boxes if not (c.segments or c.pairs) and sum(_within(u.box, c.box) for u in used) >= 2]
    placed: list[Container] = []
    for inner in sorted(used + shells, key=lambda c: c.box.width * c.box.height):
        placed.append(inner)
    for i, inner in enumerate(placed):
        outer = next((c for c in placed[i + 1 :] if _within(inner.box, c.box)), root)
        outer.children.append(inner)
    return root


def dissolve_label_cells(outer: Container, labels: Labels) -> None:
    """Cells of a drawn two-column table: a box that holds a label, with its value beside it, boxed or not, is no place
    of its own. Their segments go to `outer`, where label and value find each other."""
    while True:
        cells = [c for c in outer.children if c.plain and _is_label_cell(c, outer, labels)]
        if not cells:
            return
        gone = {id(c) for c in cells}
        for cell in cells:
            gone |= {id(c) for c in outer.children if c.plain and _beside(cell.box, c.box)}
        for child in [c for c in outer.children if id(c) in gone]:
            outer.segments.extend(child.segments)
        outer.children = [c for c in outer.children if id(c) not in gone]


def _is_label_cell(cell: Container, outer: Container, labels: Labels) -> bool:
    text = " ".join(s.text for s in sorted(cell.segments, key=lambda s: (s.box.top, s.box.x0)))
    size = max(s.size for s in cell.segments)
    if len(text) > 60 or cell.box.height > 12 * size or len(cell.segments) > 3:
        return False
    right = [s for s in outer.segments if _beside(cell.box, s.box)]
    right += [s for c in outer.children if c.plain and c is not cell and _beside(cell.box, c.box) for s in c.segments]
    if not right or labels.match(right[0].text):
        return False
    hit = labels.match(text)
    return hit is not None or any(
        labels.match(" ".join(s.text for s in c.segments)) for c in outer.children if _stacked(c.box, cell.box)
    )


def _beside(cell: BBox, other: BBox) -> bool:
    """Right of the cell, touching it or nearly, on its height."""
    return -3 < other.x0 - cell.x1 < 30 and other.y_overlap(cell) > 0.5 * min(other.height, cell.height)


def _stacked(a: BBox, b: BBox) -> bool:
    return abs(a.x0 - b.x0) < 2 and abs(a.x1 - b.x1) < 2 and min(abs(a.top - b.bottom), abs(b.top - a.bottom)) < 3


def _candidates(page: Page) -> list[Shape]:
    """Boxes that may hold text: visible, smaller than the page, high enough for a line."""
    area = page.width * page.height
    out: list[Shape] = []
    for shape in page.shapes:
        box = shape.box
        if shape.kind != "box" or box.height < 7 or box.width < 20 or box.width * box.height > _PAGE_SHARE * area:
            continue
        if shape.fill in (None, "#ffffff") and shape.stroke in (None, "#ffffff") and not _on_colour(shape, page):
            continue
        twin = next((o for o in out if _same(o.box, box)), None)
        if twin:
            if twin.fill in (None, "#ffffff") and shape.fill not in (None, "#ffffff"):
                out[out.index(twin)] = shape
            continue
        out.append(shape)
    return out


def _on_colour(shape: Shape, page: Page) -> bool:
    """A white box on a coloured one (a logo in a title bar)."""
    return shape.fill == "#ffffff" and any(
        s.kind == "box" and s.fill not in (None, "#ffffff") and _within(shape.box, s.box) for s in page.shapes
    )


def _merge_same(used: list[Container]) -> list[Container]:
    """A filled band straight on top of a box of the same width (a box with its title bar) joins it."""
    used.sort(key=lambda c: c.box.top)
    merged: list[Container] = []
    for item in used:
        for other in merged:
            touching = -4 < item.box.top - other.box.bottom < 4
            aligned = abs(item.box.x0 - other.box.x0) < 3 and abs(item.box.x1 - other.box.x1) < 3
            if touching and aligned and other.box.height < 40 and item.box.height > other.box.height:
                other.box = BBox.around([other.box, item.box])
                other.segments.extend(item.segments)
                other.pairs.extend(item.pairs)
                other.fill = item.fill
                break
        else:
            merged.append(item)
    return merged


def _same(a: BBox, b: BBox) -> bool:
    return max(abs(a.x0 - b.x0), abs(a.x1 - b.x1), abs(a.top - b.top), abs(a.bottom - b.bottom)) < 2.5


def _holds(box: BBox, inner: BBox) -> bool:
    middle = (inner.top + inner.bottom) / 2
    return box.x0 - 2 <= inner.x0 and inner.x1 <= box.x1 + 2 and box.top - 1 <= middle <= box.bottom + 1


def _within(inner: BBox, outer: BBox) -> bool:
    return not _same(inner, outer) and outer.contains(inner, 2.5)
