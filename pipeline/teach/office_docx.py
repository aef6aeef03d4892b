"""Nodes -> a Word document, as far as its text flows: tables, sections with columns. Writer prints it."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from io import BytesIO
from itertools import groupby
from typing import Any

import docx
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from carnet.pipeline.teach.html_style import picture
from carnet.pipeline.teach.nodes import (
    Box,
    Cell,
    Chain,
    Columns,
    Grid,
    Mark,
    Node,
    PageBreak,
    Paper,
    Para,
    Picture,
    Rule,
    Sheet,
    Space,
    Stack,
    paras,
    spots_of,
)
from carnet.pipeline.teach.office_docx_text import Setting, element, fill_paragraph
from carnet.pipeline.teach.office_text import Measure, points

_LEAST = 1.0  # points: a table in Word needs a paragraph behind it


def document(paper: Paper, font: str, coded: bool) -> tuple[bytes, tuple[Mark, ...]]:
    """The docx of a paper in one font, and the marks of its coded runs. NotImplementedError for what Word would need
    frames for."""
    s = Setting(paper, coded, font, Measure(paper, font))
    doc = docx.Document()
    normal = doc.styles["Normal"]
    normal.font.name, normal.font.size = font, Pt(paper.size)
    normal.paragraph_format.space_after = Pt(0)
    for i, sheet in enumerate(sh for sh in paper.sheets if sh.children):
        section = doc.sections[0] if i == 0 else doc.add_section(WD_SECTION.NEW_PAGE)
        _page(s, section, sheet)
        room = sheet.width - sheet.margins[0] - sheet.margins[2]
        s.fresh, s.gap, s.fill = False, 0.0, sheet.fill
        for child in sheet.children:
            if isinstance(child, Columns):
                _columned(s, doc, child, sheet, room)
            else:
                _node(s, doc, child, room)
    out = BytesIO()
    doc.save(out)
    return out.getvalue(), tuple(s.marks)


# ---- pages


def _page(s: Setting, section: Any, sheet: Sheet) -> None:
    left, top, right, bottom = sheet.margins
    section.page_width, section.page_height = Pt(sheet.width), Pt(sheet.height)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = (
        Pt(left), Pt(right), Pt(top), Pt(bottom)
    )  # fmt: skip
    section.header_distance, section.footer_distance = Pt(0.4 * top), Pt(0.4 * bottom)
    _count(section, 1, 0)
    for part, node in ((section.header, sheet.header), (section.footer, sheet.footer)):
        part.is_linked_to_previous = False
        if node:
            _node(s, part, node, sheet.width - left - right)
            _drop_first(part)


def _drop_first(part: Any) -> None:
    """Without the empty paragraph that new headers and cells begin with, where something else stands there."""
    first: Any = part.paragraphs[0]._p
    body = first.getparent()
    if (
        body is not None
        and not first.xpath(".//w:r")
        and len(body) > 1
        and body[-1].tag == qn("w:p")
        and body[-1] is not first
    ):
        body.remove(first)


def _columned(s: Setting, doc: Any, node: Columns, sheet: Sheet, room: float) -> None:
    section = doc.add_section(WD_SECTION.CONTINUOUS)
    _count(section, node.count, node.gap)
    _node(s, doc, node.child, (room - node.gap * (node.count - 1)) / node.count)
    after = doc.add_section(WD_SECTION.CONTINUOUS)
    _count(after, 1, 0)


def _count(section: Any, count: int, gap: float) -> None:
    cols = section._sectPr.xpath("./w:cols")[0]
    cols.set(qn("w:num"), str(count))
    cols.set(qn("w:space"), str(round(gap * 20)))


# ---- nodes: `into` is the body, a cell, a header or a footer


def _node(s: Setting, into: Any, node: Node | None, room: float) -> None:
    match node:
        case None:
            return
        case Para():
            if any(r.text for r in node.runs):
                fill_paragraph(s, _new(s, into), node)
        case Stack(children=some, gap=gap):
            for i, child in enumerate(some):
                s.gap += gap if i else 0.0
                _node(s, into, child, room)
        case Grid():
            _table(s, into, node, room)
        case Box():
            _box(s, into, node, room)
        case Chain():
            _chain(s, into, node, room)
        case Rule(color=color, weight=weight):
            _edge(_empty(s, into), color, weight)
        case Space(height=height):
            s.gap += height
        case PageBreak():
            s.fresh, s.gap = True, 0.0
        case Picture(width=width, height=height, color=color):
            png = base64.b64decode(picture(color).partition(",")[2])
            wide = min(room, width if isinstance(width, float | int) else room)
            _new(s, into).add_run().add_picture(BytesIO(png), Pt(wide), Pt(height))
        case _:  # what says nothing is left out
            if any(paras(node)):
                raise NotImplementedError(type(node).__name__)


def _new(s: Setting, into: Any) -> Any:
    """The next paragraph, with the room before it."""
    paragraph = into.add_paragraph()
    form = paragraph.paragraph_format
    form.space_before, form.space_after = Pt(min(s.gap, 300.0)), Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.MULTIPLE, 0.98
    if s.fresh:
        form.page_break_before = True
    if s.fill and not hasattr(into, "_tc"):
        shade = element("w:shd", val="clear", color="auto", fill=s.fill[1:])
        paragraph._p.get_or_add_pPr().insert_element_before(shade, "w:spacing", "w:ind", "w:jc", "w:rPr")
    s.gap, s.fresh = 0.0, False
    return paragraph


def _empty(s: Setting, into: Any) -> Any:
    """A paragraph of next to no height."""
    paragraph = _new(s, into)
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = Pt(_LEAST)
    paragraph.add_run().font.size = Pt(1)
    return paragraph


def _edge(paragraph: Any, color: str, weight: float) -> None:
    border = element("w:bottom", val="single", sz=str(max(2, round(weight * 8))), space="1", color=color[1:])
    holder = OxmlElement("w:pBdr")
    holder.append(border)
    paragraph._p.get_or_add_pPr().insert_element_before(holder, "w:shd", "w:spacing", "w:ind", "w:jc", "w:rPr")


# ---- boxes and grids are tables


def _box(s: Setting, into: Any, node: Box, room: float) -> None:
    if node.child is None and not node.height:
        return
    wide = s.measure.wide(node, room) if node.width is None else points(node.width, room)
    cell = Cell(node.child, fill=node.fill, valign=node.valign)
    grid = Grid((wide,), ((cell,),), inset=node.inset, stroke=node.stroke, stroke_width=node.stroke_width)
    high = node.height if isinstance(node.height, (int, float)) else None
    _table(s, into, grid, room, high, node.sides, node.keep)


def _chain(s: Setting, into: Any, node: Chain, room: float) -> None:
    """Things side by side, as wide as they are: a table of one row, another where there is no room."""
    for _, row in groupby(s.measure.chained(node, room), key=lambda placed: placed[2]):
        placed = list(row)
        wide = tuple(min(room, w) for _, _, _, w in placed)
        _table(s, into, Grid(wide, (tuple(Cell(child) for child, *_ in placed),), gap_x=node.gap), room)


def _table(
    s: Setting, into: Any, node: Grid, room: float, high: float | None = None, sides: str = "trbl", keep: bool = False
) -> None:
    """A table. Gaps between columns are columns of their own."""
    if s.gap or s.fresh:
        _empty(s, into)
    wide = s.measure.columns(node, room)
    by = 2 if node.gap_x else 1
    sized = [w for i, p in enumerate(wide) for w in ((node.gap_x, p) if i and node.gap_x else (p,))]
    spots = list(spots_of(node))
    rows = max((y + c.rowspan for _, y, c in spots), default=1)
    table = into.add_table(rows, len(sized), Pt(sum(sized))) if _is_part(into) else into.add_table(rows, len(sized))
    table.autofit = False
    _table_style(table, node, sized, sides)
    for column, width in zip(table.columns, sized, strict=True):
        for cell in column.cells:
            cell.width = Pt(width)
    for x, y, cell in spots:
        target = table.cell(y, x * by)
        if cell.colspan > 1 or cell.rowspan > 1:
            target = target.merge(table.cell(y + cell.rowspan - 1, (x + cell.colspan - 1) * by))
        inside = sum(wide[x : x + cell.colspan]) + node.gap_x * (cell.colspan - 1) - 2 * node.inset
        _cell(s, target, cell, inside)
    for n, row in enumerate(table.rows):
        _row(row, n < node.head_rows, keep or not node.breakable, high)
    s.gap = max(0.0, node.gap_y)
    _empty(s, into)


def _is_part(into: Any) -> bool:
    """Headers and footers ask for the width of a table."""
    return hasattr(into, "is_linked_to_previous")


def _table_style(table: Any, node: Grid, sized: Sequence[float], sides: str) -> None:
    properties = table._tbl.tblPr
    names = {"t": "top", "l": "left", "b": "bottom", "r": "right"}
    borders = OxmlElement("w:tblBorders")
    if node.stroke:
        size, color = str(max(2, round(node.stroke_width * 8))), node.stroke[1:]
        drawn = [n for c, n in names.items() if c in sides and not (node.rules and c in "lr")]
        drawn += ["insideH"] if len(node.rows) > 1 else []
        drawn += [] if node.rules or len(node.widths) == 1 else ["insideV"]
        for name in ("top", "left", "bottom", "right", "insideH", "insideV"):
            if name in drawn:
                borders.append(element(f"w:{name}", val="single", sz=size, space="0", color=color))
    properties.append(borders)
    properties.append(element("w:tblLayout", type="fixed"))
    margins = OxmlElement("w:tblCellMar")
    for name in ("top", "left", "bottom", "right"):
        margins.append(element(f"w:{name}", w=str(round(node.inset * 20)), type="dxa"))
    properties.append(margins)
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, sized, strict=True):
        column.w = Pt(width)


def _cell(s: Setting, target: Any, cell: Cell, inside: float) -> None:
    if cell.fill:
        target._tc.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=cell.fill[1:]))
    if cell.valign != "top":
        where = {"horizon": "center", "bottom": "bottom"}[cell.valign]
        target._tc.get_or_add_tcPr().append(element("w:vAlign", val=where))
    s.gap = 0.0
    _node(s, target, cell.child, max(5.0, inside))
    s.gap = 0.0
    first = target.paragraphs[0]
    if len(target._tc.xpath("./w:p|./w:tbl")) > 1:
        target._tc.remove(first._p)
    else:
        first.paragraph_format.line_spacing = Pt(4)


def _row(row: Any, head: bool, whole: bool, high: float | None) -> None:
    properties = row._tr.get_or_add_trPr()
    if whole:
        properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))
    if high:
        row.height, row.height_rule = Pt(high), WD_ROW_HEIGHT_RULE.AT_LEAST
