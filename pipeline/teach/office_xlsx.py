"""Nodes -> a workbook: paragraphs and cells in merged cells over narrow columns, as forms are. Calc prints it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break

from carnet.pipeline.teach.nodes import (
    Box,
    Cell,
    Columns,
    Grid,
    Mark,
    Node,
    PageBreak,
    Paper,
    Para,
    Picture,
    Rule,
    Run,
    Sheet,
    Space,
    Stack,
    paras,
    spots_of,
    with_look,
)
from carnet.pipeline.teach.office_text import Measure
from carnet.schemas.roles import Role

_NEAR = 9.0  # points: edges of columns that near are one
_MOST = 24  # columns of a worksheet
_HIGHEST = 400.0  # points of a row
_FORMATS = {9: (595, 842), 8: (842, 1191), 1: (612, 792)}  # A4, A3, letter, as workbooks number them


@dataclass
class Setting:
    """A workbook being made."""

    paper: Paper
    coded: bool
    measure: Measure
    marks: list[Mark] = field(default_factory=list)


@dataclass
class Tab:
    """A worksheet being filled: edges of its columns in points, the next row."""

    ws: Any
    edges: Sequence[float]
    fill: str | None = None  # of the page
    row: int = 1

    def column(self, x: float) -> int:
        """The column that starts at (or near) a place."""
        return min(range(len(self.edges)), key=lambda i: abs(self.edges[i] - x)) + 1


def document(paper: Paper, font: str, coded: bool) -> tuple[bytes, tuple[Mark, ...]]:
    """The xlsx of a paper in one font, and the marks of its coded runs. NotImplementedError for what no cells hold."""
    s = Setting(paper, coded, Measure(paper, font, 1.0))
    book = Workbook()
    book.remove(book.active)
    for number, sheet in enumerate(paper.sheets, 1):
        nodes = list(_flat(sheet.children))
        if any(any(paras(n)) for n in nodes):
            _tab(s, book.create_sheet(f"Feuil{number}"), sheet, nodes)
    out = BytesIO()
    book.save(out)
    return out.getvalue(), tuple(s.marks)


def _flat(nodes: Iterable[Node]) -> Iterable[Node]:
    """Rows-to-be: stacks, running columns and boxes taken apart; pictures left out."""
    for node in nodes:
        match node:
            case Stack(children=some, gap=gap):
                for i, child in enumerate(some):
                    yield from [Space(gap)] if i and gap > 3 else []
                    yield from _flat([child])
            case Columns(child=child):
                yield from _flat([child])
            case Picture():
                yield Space(node.height / 4)
            case Para() | Grid() | Box() | Space() | Rule() | PageBreak():
                yield node
            case _:
                if any(paras(node)):
                    raise NotImplementedError(type(node).__name__)


def _tab(s: Setting, ws: Any, sheet: Sheet, nodes: Sequence[Node]) -> None:
    room = sheet.width - sheet.margins[0] - sheet.margins[2]
    edges = _edges(s, nodes, room)
    if len(edges) > _MOST:
        raise NotImplementedError("too many columns")
    for i, edge in enumerate(edges):
        end = edges[i + 1] if i + 1 < len(edges) else room
        ws.column_dimensions[get_column_letter(i + 1)].width = max(0.6, ((end - edge) * 4 / 3 - 5) / 7 + 0.71)
    _paged(s, ws, sheet)
    tab = Tab(ws, edges, sheet.fill)
    for node in nodes:
        _node(s, tab, node, room)


def _edges(s: Setting, nodes: Sequence[Node], room: float) -> list[float]:
    """Where columns start: wherever a column of any grid does."""
    found = {0.0}
    for grid in (n for n in nodes if isinstance(n, Grid)):
        x = 0.0
        for width in s.measure.columns(grid, room)[:-1]:
            x += width + grid.gap_x
            found.add(x)
    out = [0.0]
    for edge in sorted(found):
        if edge - out[-1] > _NEAR and room - edge > _NEAR:
            out.append(edge)
    return out


def _paged(s: Setting, ws: Any, sheet: Sheet) -> None:
    """Paper, margins, running head and foot."""
    size = tuple(sorted((sheet.width, sheet.height)))
    setup = ws.page_setup
    setup.paperSize = min(_FORMATS, key=lambda k: sum(abs(a - b) for a, b in zip(size, _FORMATS[k], strict=True)))
    setup.orientation = "landscape" if sheet.width > sheet.height else "portrait"
    ws.sheet_properties.pageSetUpPr.fitToPage = True
    setup.fitToWidth, setup.fitToHeight = 1, 0
    margins = ws.page_margins
    margins.left, margins.top, margins.right, margins.bottom = (m / 72 for m in sheet.margins)
    margins.header, margins.footer = sheet.margins[1] * 0.4 / 72, sheet.margins[3] * 0.4 / 72
    for part, node in ((ws.oddHeader, sheet.header), (ws.oddFooter, sheet.footer)):
        said = list(paras(node))
        places = (part.left, part.right) if len(said) > 1 else (part.center,)
        for place, para in zip(places, said, strict=False):
            place.text, place.size = _plain(para), 8
            s.marks.append(para.runs[0].mark if para.runs else Mark(Role.FURNITURE))
            place.color = f"{len(s.marks):06X}" if s.coded else s.paper.color[1:].upper()


def _plain(para: Para) -> str:
    text = "".join(r.text for r in para.runs).replace("&", "&&")
    return text.replace("{pages}", "&N").replace("{page}", "&P")


# ---- rows


def _node(s: Setting, tab: Tab, node: Node, room: float) -> None:
    match node:
        case Para():
            _row(s, tab, [(0.0, room, Cell(node))], 1.0)
        case Box(child=child):
            cell = Cell(child, fill=node.fill, valign=node.valign)
            _row(s, tab, [(0.0, room, cell)], 2 + node.inset, node.stroke)
        case Space(height=height):
            _high(tab, min(height, 200.0))
            tab.row += 1
        case Rule(color=color):
            for n in range(1, len(tab.edges) + 1):
                tab.ws.cell(tab.row, n).border = Border(top=_side(color, False))
            _high(tab, 3.0)
            tab.row += 1
        case PageBreak():
            if tab.row > 1:
                tab.ws.row_breaks.append(Break(id=tab.row - 1))
        case Grid():
            _grid(s, tab, node, room)


def _grid(s: Setting, tab: Tab, node: Grid, room: float) -> None:
    wide, spots = s.measure.columns(node, room), spots_of(node)
    first = tab.row
    for y in range(max((y + c.rowspan for _, y, c in spots), default=0)):
        here = [(sum(wide[:x]) + node.gap_x * x, _width(wide, x, c, node), c) for x, at, c in spots if at == y]
        _row(s, tab, here, node.inset, node.stroke, node.rules)
    if node.head_rows and first < 30:
        tab.ws.print_title_rows = f"{first}:{first + node.head_rows - 1}"


def _width(wide: Sequence[float], x: int, cell: Cell, node: Grid) -> float:
    return sum(wide[x : x + cell.colspan]) + node.gap_x * (cell.colspan - 1)


def _row(
    s: Setting, tab: Tab, cells: Sequence[tuple[float, float, Cell]], inset: float, stroke: str | None = None,
    rules: bool = False,
) -> None:  # fmt: skip
    """One row. Merged cells do not grow by themselves: its height is measured."""
    high = 8.0
    for x, width, cell in cells:
        if cell.rowspan == 1:
            high = max(high, sum(s.measure.high(p, width - 6) + 2 for p in paras(cell.child)) + 2 * min(inset, 5.0))
        _cell(s, tab, cell, tab.column(x), max(tab.column(x), tab.column(x + width) - 1), x + width, stroke, rules)
    if high > _HIGHEST:
        raise NotImplementedError("a row higher than rows are")
    _high(tab, high)
    tab.row += 1


def _high(tab: Tab, height: float) -> None:
    tab.ws.row_dimensions[tab.row].height = round(max(2.0, height), 1)


def _cell(
    s: Setting, tab: Tab, cell: Cell, first: int, last: int, right: float, stroke: str | None, rules: bool
) -> None:
    if right > tab.edges[-1] + _NEAR:  # to the very edge of the sheet
        last = len(tab.edges)
    bottom = tab.row + cell.rowspan - 1
    for row in range(tab.row, bottom + 1):
        for column in range(first, last + 1):
            _style(tab.ws.cell(row, column), cell.fill or tab.fill, stroke, rules)
    some = list(paras(cell.child))
    target = tab.ws.cell(tab.row, first)
    if some:
        target.value = _rich(s, some)
        align = {"left": "left", "center": "center", "right": "right", "justify": "justify"}[some[0].align]
        vertical = {"top": "top", "horizon": "center", "bottom": "bottom"}[cell.valign]
        target.alignment = Alignment(align, vertical, wrap_text=True)
    if last > first or bottom > tab.row:
        tab.ws.merge_cells(start_row=tab.row, start_column=first, end_row=bottom, end_column=last)


def _style(target: Any, fill: str | None, stroke: str | None, rules: bool) -> None:
    if fill:
        target.fill = PatternFill("solid", fgColor="FF" + fill[1:].upper())
    if stroke:
        side, none = _side(stroke, True), Side()
        target.border = Border(none if rules else side, none if rules else side, side, side)


def _side(color: str, thin: bool) -> Side:
    return Side("thin" if thin else "medium", color="FF" + color[1:].upper())


# ---- text


def _rich(s: Setting, some: Sequence[Para]) -> CellRichText:
    """All paragraphs of a cell, a line break between them; list marks are letters."""
    blocks: list[TextBlock] = []
    for i, para in enumerate(some):
        runs = list(para.runs)
        if para.item and runs:
            runs.insert(0, Run((para.marker or "-") + " ", runs[0].mark, runs[0].look))
        for n, run in enumerate(runs):
            text = ("\n" if i and n == 0 else "") + run.text
            blocks += _block(s, replace(run, text=text), para)
    return CellRichText(*blocks)


def _block(s: Setting, run: Run, para: Para) -> list[TextBlock]:
    look = with_look(replace(run, look=para.look), run.look).look
    s.marks.append(run.mark)
    color = f"{len(s.marks):06x}" if s.coded else (look.color or s.paper.color)[1:]
    text = run.text.upper() if look.upper or look.small_caps else run.text
    if not text:
        return []
    font = InlineFont(
        rFont=s.measure.font, sz=round((look.size or s.paper.size) * 2) / 2, b=bool(look.bold), i=bool(look.italic),
        u="single" if look.underline else None, color="FF" + color.upper(),
    )  # fmt: skip
    return [TextBlock(font, text)]
