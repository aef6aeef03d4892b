"""Nodes -> slides: every thing in a text box or shape at a place of its own. Impress prints it."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Pt

from carnet.pipeline.teach.html import numbered
from carnet.pipeline.teach.html_style import picture
from carnet.pipeline.teach.nodes import (
    Box,
    Chain,
    Columns,
    Grid,
    Mark,
    Node,
    PageBreak,
    Paper,
    Para,
    Picture,
    Place,
    Rule,
    Sheet,
    Space,
    Stack,
    Turned,
    spots_of,
)
from carnet.pipeline.teach.office_pptx_text import Setting, fill_text, is_text, rgb, text_box, texts_of, write
from carnet.pipeline.teach.office_text import Measure

_BLANK = 6  # the layout without placeholders in the library's template


def document(paper: Paper, font: str, coded: bool) -> tuple[bytes, tuple[Mark, ...]]:
    """The pptx of a paper in one font, and the marks of its coded runs. NotImplementedError for what no slide holds."""
    first = _made(paper, font, coded, 0)
    second = _made(paper, font, coded, len(first.deck.slides))
    out = BytesIO()
    second.deck.save(out)
    return out.getvalue(), tuple(second.marks)


def _made(paper: Paper, font: str, coded: bool, total: int) -> Setting:
    deck = Presentation()
    if len({(sh.width, sh.height) for sh in paper.sheets}) > 1:
        raise NotImplementedError("slides of several sizes")
    deck.slide_width, deck.slide_height = Pt(paper.sheets[0].width), Pt(paper.sheets[0].height)
    s = Setting(paper, coded, Measure(paper, font), len(paper.sheets) % 2 == 0, deck, total)
    for sheet in paper.sheets:
        s.slide = None
        for node in _flat(sheet.children):
            _flow(s, sheet, node)
    return s


def _flat(nodes: Iterable[Node]) -> Iterable[Node]:
    for node in nodes:
        if isinstance(node, Stack) and not is_text(node):
            for i, child in enumerate(node.children):
                yield from [Space(node.gap)] if i else []
                yield from _flat([child])
        else:
            yield node


def _flow(s: Setting, sheet: Sheet, node: Node) -> None:
    """The next thing on the present slide, or on a fresh one where it has no room."""
    left, top, right, bottom = sheet.margins
    room = sheet.width - left - right
    if isinstance(node, PageBreak):
        s.slide = None
        return
    if s.slide is None:
        _fresh(s, sheet)
    if isinstance(node, Place):
        _draw(s, node.child, left + node.x, top + node.y, node.width or s.measure.wide(node.child, room))
        return
    high = s.measure.high(node, room)
    if s.down + high > sheet.height - bottom and s.down > top and not isinstance(node, Space):
        _fresh(s, sheet)
        if high > 1.15 * (sheet.height - top - bottom):
            raise NotImplementedError("higher than a slide")
    _draw(s, node, left, s.down, room)
    s.down += high


def _fresh(s: Setting, sheet: Sheet) -> None:
    left, top, right, bottom = sheet.margins
    s.slide, s.down = s.deck.slides.add_slide(s.deck.slide_layouts[_BLANK]), top
    number, room = len(s.deck.slides), sheet.width - left - right
    if sheet.fill:
        fill = s.slide.background.fill
        fill.solid()
        fill.fore_color.rgb = rgb(sheet.fill)
    if isinstance(sheet.background, Place):
        _draw(s, sheet.background.child, sheet.background.x, sheet.background.y, sheet.background.width or sheet.width)
    elif sheet.background:
        _draw(s, sheet.background, 0.0, 0.0, sheet.width)
    if sheet.header:
        node = numbered(sheet.header, number, s.total)
        _draw(s, node, left, max(4.0, 0.7 * top - s.measure.high(node, room)), room)
    if sheet.footer:
        _draw(s, numbered(sheet.footer, number, s.total), left, sheet.height - 0.7 * bottom, room)


# ---- things at their places


def _draw(s: Setting, node: Node | None, x: float, y: float, w: float) -> None:
    match node:
        case None | Space() | PageBreak():
            return
        case Para():
            text_box(s, [(node, 0.0)], x, y, w, s.measure.high(node, w))
        case Stack() if is_text(node):
            text_box(s, texts_of(node), x, y, w, s.measure.high(node, w))
        case Stack(children=some, gap=gap):
            for child in some:
                _draw(s, child, x, y, w)
                y += s.measure.high(child, w) + gap
        case Grid():
            _grid(s, node, x, y, w)
        case Box():
            _box(s, node, x, y, w)
        case Columns(child=child, count=count, gap=gap) if is_text(child):
            shape = text_box(s, texts_of(child), x, y, w, s.measure.high(node, w))
            body = shape.text_frame._txBody.find(qn("a:bodyPr"))
            body.set("numCol", str(count))
            body.set("spcCol", str(Pt(gap)))
        case Rule(color=color, weight=weight, width=width):
            line = s.slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, Pt(x), Pt(y), Pt(x + points(width, w)), Pt(y))
            line.line.color.rgb, line.line.width = rgb(color), Pt(weight)
        case Place(child=child, x=dx, y=dy, width=width):
            _draw(s, child, x + dx, y + dy, width or s.measure.wide(child, w))
        case Turned():
            _turned(s, node, x, y)
        case Picture(width=width, height=height, color=color):
            png = base64.b64decode(picture(color).partition(",")[2])
            s.slide.shapes.add_picture(BytesIO(png), Pt(x), Pt(y), Pt(points(width, w)), Pt(height))
        case Chain():
            for child, dx, dy, wide in s.measure.chained(node, w):
                _draw(s, child, x + dx, y + dy, wide)
        case _:
            raise NotImplementedError(type(node).__name__)


def points(width: float | str | None, room: float) -> float:
    """A width in points; shares are of the room."""
    if isinstance(width, str):
        return room * float(width.rstrip("%")) / 100 if width.endswith("%") else room
    return room if width is None else width


def _box(s: Setting, node: Box, x: float, y: float, w: float) -> None:
    wide = s.measure.wide(node, w) if node.width is None else points(node.width, w)
    high = s.measure.high(node, w)
    if wide <= 0 or high <= 0:
        return
    kind = MSO_SHAPE.ROUNDED_RECTANGLE if node.radius else MSO_SHAPE.RECTANGLE
    shape = s.slide.shapes.add_shape(kind, Pt(x), Pt(y), Pt(wide), Pt(high))
    shape.shadow.inherit = False
    if node.radius:
        shape.adjustments[0] = min(0.5, node.radius / max(1.0, min(wide, high)))
    _paint(shape, node)
    if node.stroke and node.sides != "trbl":
        _sides(s, node, x, y, wide, high)
    if is_text(node.child):
        fill_text(s, shape.text_frame, texts_of(node.child), node.inset)
        anchor = {"top": MSO_ANCHOR.TOP, "horizon": MSO_ANCHOR.MIDDLE, "bottom": MSO_ANCHOR.BOTTOM}
        shape.text_frame.vertical_anchor = anchor[node.valign]
    else:
        _draw(s, node.child, x + node.inset, y + node.inset, wide - 2 * node.inset)


def _paint(shape: Any, node: Box) -> None:
    if node.fill:
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(node.fill)
    else:
        shape.fill.background()
    if node.stroke and node.sides == "trbl":
        shape.line.color.rgb, shape.line.width = rgb(node.stroke), Pt(node.stroke_width)
    else:
        shape.line.fill.background()


def _sides(s: Setting, node: Box, x: float, y: float, w: float, h: float) -> None:
    ends = {"t": (x, y, x + w, y), "b": (x, y + h, x + w, y + h), "l": (x, y, x, y + h), "r": (x + w, y, x + w, y + h)}
    for side in node.sides:
        line = s.slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *(Pt(v) for v in ends[side]))
        line.line.color.rgb, line.line.width = rgb(node.stroke or "#000000"), Pt(node.stroke_width)


def _turned(s: Setting, node: Turned, x: float, y: float) -> None:
    """A text box or shape that is turned about its middle."""
    child = node.child.child if isinstance(node.child, Box) else node.child
    if not is_text(child):
        raise NotImplementedError("a turned thing that is no text")
    wide = s.measure.wide(node.child, 600.0) + 2
    high = s.measure.high(node.child, wide)
    outer_w, outer_h = s.measure.turned(node.angle, wide, high)
    at = x + (outer_w - wide) / 2, y + (outer_h - high) / 2
    shape = text_box(s, texts_of(child), *at, wide, high, node.child.inset if isinstance(node.child, Box) else 0.0)
    if isinstance(node.child, Box):
        _paint(shape, node.child)
    shape.rotation = node.angle


def _grid(s: Setting, node: Grid, x: float, y: float, w: float) -> None:
    wide, high = s.measure.columns(node, w), s.measure.rows(node, w)
    if s.tables and node.stroke and all(c.child is None or is_text(c.child) for r in node.rows for c in r):
        _table(s, node, x, y, wide, high)
        return
    for cx, cy, cell in spots_of(node):
        left = x + sum(wide[:cx]) + node.gap_x * cx
        top = y + sum(high[:cy]) + node.gap_y * cy
        inner = sum(wide[cx : cx + cell.colspan]) + node.gap_x * (cell.colspan - 1)
        tall = sum(high[cy : cy + cell.rowspan]) + node.gap_y * (cell.rowspan - 1)
        if cell.fill or node.stroke:
            sides = "tb" if node.rules else "trbl"
            frame = Box(None, cell.fill, node.stroke, node.stroke_width, sides, width=inner, height=tall)
            _box(s, frame, left, top, inner)
        free = tall - 2 * node.inset - s.measure.high(cell.child, inner - 2 * node.inset)
        lower = {"top": 0.0, "horizon": free / 2, "bottom": free}[cell.valign]
        _draw(s, cell.child, left + node.inset, top + node.inset + max(0.0, lower), inner - 2 * node.inset)


def _table(s: Setting, node: Grid, x: float, y: float, wide: Sequence[float], high: Sequence[float]) -> None:
    size = Pt(x), Pt(y), Pt(sum(wide)), Pt(sum(high))
    table = s.slide.shapes.add_table(len(high), len(wide), *size).table
    table.first_row, table.horz_banding = bool(node.head_rows), False
    for column, width in zip(table.columns, wide, strict=True):
        column.width = Pt(width)
    for row, height in zip(table.rows, high, strict=True):
        row.height = Pt(height)
    for cx, cy, cell in spots_of(node):
        target = table.cell(cy, cx)
        if cell.colspan > 1 or cell.rowspan > 1:
            target.merge(table.cell(cy + cell.rowspan - 1, cx + cell.colspan - 1))
        target.fill.solid()
        target.fill.fore_color.rgb = rgb(cell.fill or "#ffffff")
        for side in ("left", "right", "top", "bottom"):
            setattr(target, f"margin_{side}", Pt(node.inset))
        write(s, target.text_frame, texts_of(cell.child))
