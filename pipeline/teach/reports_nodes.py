"""Nodes as what reportlab lets flow over pages: paragraphs, and tables for whatever has sides."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import (
    BalancedColumns,
    HRFlowable,
    KeepTogether,
    Spacer,
    Table,
)
from reportlab.platypus import PageBreak as Break

from carnet.pipeline.teach.html_nodes import widths
from carnet.pipeline.teach.html_style import picture
from carnet.pipeline.teach.nodes import (
    PLAIN,
    Box,
    Cell,
    Chain,
    Columns,
    Grid,
    Look,
    Mark,
    Node,
    PageBreak,
    Paper,
    Para,
    Picture,
    Place,
    Rule,
    Run,
    Sheet,
    Space,
    Stack,
    Turned,
    spots_of,
    with_look,
)
from carnet.pipeline.teach.reports_parts import Held, Photo, Placed, Text, faces, has_letter
from carnet.pipeline.teach.reports_parts import Turned as TurnedFlow

_CAP = 0.7  # height of capitals in letter sizes
SERIFS = frozenset({"Libertinus Serif", "New Computer Modern", "DejaVu Serif", "Source Serif Pro", "Caladea"})
NO_FILE = frozenset({"Libertinus Serif", "New Computer Modern", "Hanken Grotesk"})  # none that reportlab can embed


@dataclass
class Setting:
    """A document being made. `total`: its pages, once known. `face`: the family instead of the paper's."""

    paper: Paper
    coded: bool
    face: str | None
    total: int = 0
    marks: list[Mark] = field(default_factory=list)


def flowables(
    s: Setting, node: Node | None, room: float, sheet: Sheet | None = None, corner: tuple[float, float] = (0.0, 0.0)
) -> list[Any]:
    """What flows for a node. `room`: the width there is; `sheet`, `corner`: known where things may be placed."""
    match node:
        case None:
            return []
        case Para():
            return _para(s, node)
        case Stack():
            return _stack(s, node, room, sheet, corner)
        case Grid():
            return [_grid(s, node, room)]
        case Box():
            return [_box(s, node, room)]
        case Columns(child=child, count=count, gap=gap):
            if sheet is None:
                raise NotImplementedError("columns inside of something")
            inner = flowables(s, child, (room - gap * (count - 1)) / count)
            return [BalancedColumns(inner, count, needed=40, innerPadding=gap, leftPadding=0, rightPadding=0)]
        case Rule(color=color, weight=weight, width=width):
            return [HRFlowable(_points(width, room), weight, "butt", HexColor(color), 0, 0, "LEFT")]
        case Space(height=height):
            return [Spacer(1, height)]
        case PageBreak():
            return [Break()]
        case Place(child=child, x=x, y=y, width=width):
            if sheet is None:
                raise NotImplementedError("a placed thing inside of something")
            inner = Held(flowables(s, child, width or room))
            return [Placed(inner, corner[0] + x, corner[1] + y, width or room, sheet.height)]
        case Turned(child=child, angle=angle):
            return [TurnedFlow(Held(flowables(s, child, _natural(s, child))), angle, _natural(s, child))]
        case Picture(width=width, height=height, color=color):
            png = base64.b64decode(picture(color).partition(",")[2])
            return [Photo(png, _points(width, room), height)]
        case Chain():
            return _chain(s, node, room)
    raise TypeError(f"no such node: {node!r}")


def _stack(s: Setting, node: Stack, room: float, sheet: Sheet | None, corner: tuple[float, float]) -> list[Any]:
    out: list[Any] = []
    for child in node.children:
        gap = node.gap if out and not isinstance(child, (Space, Place)) else 0.0
        out += [*([Spacer(1, gap)] if gap else []), *flowables(s, child, room, sheet, corner)]
    return [KeepTogether(out)] if node.keep and sheet and out else out


def _chain(s: Setting, node: Chain, room: float) -> list[Any]:
    """Rows of things as wide as they are."""
    rows: list[list[Node]] = [[]]
    used = 0.0
    for child in node.children:
        wide = min(room, _natural(s, child))
        if rows[-1] and used + wide > room:
            rows.append([])
            used = 0.0
        rows[-1].append(child)
        used += wide + node.gap
    grids = [
        Grid(tuple(min(room, _natural(s, c)) for c in r), (tuple(Cell(c) for c in r),), gap_x=node.gap)
        for r in rows
        if r
    ]
    return _stack(s, Stack(tuple(grids), gap=4.0), room, None, (0.0, 0.0))


def _natural(s: Setting, node: Node | None) -> float:
    """Width of a thing that is as wide as its words."""
    match node:
        case Para(runs=runs, look=look):
            lines: list[float] = [0.0]
            for run in runs:
                at = _look(run, look)
                for i, piece in enumerate((run.text.upper() if at.upper else run.text).split("\n")):
                    lines += [0.0] if i else []
                    lines[-1] += stringWidth(piece, _face(s, at), at.size or s.paper.size)
            return max(lines) + 1.0 + (12.0 if node.item else 0.0)
        case Stack(children=some):
            return max((_natural(s, c) for c in some), default=0.0)
        case Box(child=child, inset=inset, width=width):
            return float(width) if isinstance(width, (int, float)) else _natural(s, child) + 2 * inset
        case Grid(rows=rows) if rows:
            each = [
                w if not isinstance(w, str) else max(_natural(s, r[i].child) if i < len(r) else 0.0 for r in rows)
                for i, w in enumerate(node.widths)
            ]
            return sum(each) + node.gap_x * (len(each) - 1) + 2 * node.inset * len(each)
        case Chain(children=some, gap=gap):
            return sum(_natural(s, c) + gap for c in some)
        case Picture(width=width) if not isinstance(width, str):
            return width
    return 80.0


def _points(width: float | str | None, room: float) -> float:
    if isinstance(width, str):
        return room * float(width.rstrip("%")) / 100 if width.endswith("%") else room
    return room if width is None else width


# ---- boxes and grids are tables


def _box(s: Setting, node: Box, room: float) -> Table:
    wide = min(room, _natural(s, node)) if node.width is None else _points(node.width, room)
    style = [*_padding(node.inset), ("VALIGN", *_ONE, _VALIGN[node.valign])]
    if node.fill:
        style.append(("BACKGROUND", *_ONE, HexColor(node.fill)))
    if node.stroke:
        style += [(f"LINE{_LINES[c]}", *_ONE, node.stroke_width, HexColor(node.stroke)) for c in node.sides]
    high = None if node.height is None else [_points(node.height, 100.0)]
    radii = {"cornerRadii": [min(node.radius, wide / 2)] * 4} if node.radius else {}
    inner = flowables(s, node.child, wide - 2 * node.inset)
    return _styled([[inner]], [wide], high, style, not node.keep and not high, **radii)


_ONE = ((0, 0), (0, 0))
_LINES = {"t": "ABOVE", "r": "AFTER", "b": "BELOW", "l": "BEFORE"}
_VALIGN = {"top": "TOP", "horizon": "MIDDLE", "bottom": "BOTTOM"}


def _padding(inset: float) -> list[Any]:
    return [(f"{side}PADDING", (0, 0), (-1, -1), inset) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]


def _styled(
    data: list[list[Any]], wide: Sequence[float], high: Any, style: list[Any], parted: bool, **more: Any
) -> Table:
    return Table(data, wide, high, style, hAlign="LEFT", splitInRow=int(parted), **more)


def _grid(s: Setting, node: Grid, room: float) -> Table:
    """A table. Gaps are columns and rows of their own, for else fills would cover them."""
    wide = _grid_widths(s, node, room)
    by_x, by_y = (2 if node.gap_x else 1), (2 if node.gap_y else 1)
    spots = list(spots_of(node))
    rows = max((y + c.rowspan for _, y, c in spots), default=1)
    data: list[list[Any]] = [[""] * (by_x * (len(wide) - 1) + 1) for _ in range(by_y * (rows - 1) + 1)]
    style = [*_padding(0.0)]
    for x, y, cell in spots:
        at, end = (x * by_x, y * by_y), ((x + cell.colspan - 1) * by_x, (y + cell.rowspan - 1) * by_y)
        inside = sum(wide[x : x + cell.colspan]) + node.gap_x * (cell.colspan - 1) - 2 * node.inset
        data[at[1]][at[0]] = flowables(s, cell.child, max(1.0, inside))
        style += _cell_style(node, cell, at, end)
    sized = [w for i, p in enumerate(wide) for w in ((node.gap_x, p) if i and node.gap_x else (p,))]
    heights = [None if n % by_y == 0 else node.gap_y for n in range(len(data))]
    repeat = by_y * node.head_rows if rows > node.head_rows else 0
    return _styled(data, sized, heights, style, node.breakable, repeatRows=repeat)


def _grid_widths(s: Setting, node: Grid, room: float) -> list[float]:
    """Points of each column; where some are as wide as their text, that first."""
    if not any(w == "auto" for w in node.widths):
        return widths(node, room)
    natural = [0.0] * len(node.widths)
    for x, _, cell in spots_of(node):
        if cell.colspan == 1:
            natural[x] = max(natural[x], _natural(s, cell.child) + 2 * node.inset)
    known = tuple(n if w == "auto" else w for w, n in zip(node.widths, natural, strict=True))
    over = sum(w for w in known if not isinstance(w, str)) + node.gap_x * (len(known) - 1) - room
    if over > 0:
        known = tuple(w if isinstance(w, str) else w * max(0.2, 1 - over / (over + room)) for w in known)
    return widths(replace(node, widths=known), room)


def _cell_style(node: Grid, cell: Cell, at: tuple[int, int], end: tuple[int, int]) -> list[Any]:
    style: list[Any] = [("VALIGN", at, end, _VALIGN[cell.valign])]
    style += [(f"{side}PADDING", at, end, node.inset) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
    if at != end:
        style.append(("SPAN", at, end))
    if cell.fill:
        style.append(("BACKGROUND", at, end, HexColor(cell.fill)))
    if node.stroke:
        sides = ("LINEABOVE", "LINEBELOW") if node.rules else ("BOX",)
        style += [(side, at, end, node.stroke_width, HexColor(node.stroke)) for side in sides]
    return style


# ---- text

_ALIGN = {"left": 0, "center": 1, "right": 2, "justify": 4}


def _para(s: Setting, para: Para) -> list[Any]:
    sizes = [_look(r, para.look).size or s.paper.size for r in para.runs]
    size = max(sizes, default=s.paper.size)
    leading = s.paper.leading if para.leading is None else para.leading
    align = "justify" if s.paper.justify and para.align == "left" else para.align
    if not any(r.text for r in para.runs):
        return []
    indent = (size * 1.1 + size * 1.2 * (para.item - 1)) if para.item else para.hanging
    style = ParagraphStyle(
        "p", fontName=_face(s, PLAIN), fontSize=size, leading=size * (leading + _CAP), alignment=_ALIGN[align],
        textColor=HexColor(s.paper.color), leftIndent=indent, firstLineIndent=-para.hanging if not para.item else 0,
        bulletIndent=size * 1.2 * max(0, para.item - 1), bulletFontName=_face(s, PLAIN), bulletFontSize=size,
        splitLongWords=1, allowWidows=0,
    )  # fmt: skip
    bullet = ""
    if para.item:
        sign = Run(para.marker or "•", para.runs[0].mark, Look(size=para.look.size))
        bullet = f"<bullet>{_run(s, sign, PLAIN)}</bullet>"
    return [Text(bullet + "".join(_run(s, r, para.look) for r in para.runs), style)]


def _look(run: Run, around: Look) -> Look:
    return with_look(replace(run, look=around), run.look).look


def _face(s: Setting, look: Look) -> str:
    family = s.face or look.font or s.paper.font
    if family in NO_FILE:
        family = "Times" if family in SERIFS else "Helvetica"
    return faces(family)[(1 if look.bold else 0) + (2 if look.italic else 0)]


def _run(s: Setting, run: Run, around: Look) -> str:
    look = _look(run, around)
    s.marks.append(run.mark)
    color = f"#{len(s.marks):06x}" if s.coded else look.color or s.paper.color
    size = look.size or s.paper.size
    text = run.text.upper() if look.upper or look.small_caps else run.text
    size = round(size * 0.82, 2) if look.small_caps else size
    pieces = "".join(_faced(_face(s, look), text))
    inner = f"<u>{pieces}</u>" if look.underline else pieces
    return f'<font color="{color}" size="{size}">{inner}</font>'


def _faced(face: str, text: str) -> Iterable[str]:
    """Text in its face; letters that the face lacks in another that has them."""
    spare = faces("DejaVu Sans")[0]
    for has, letters in groupby(text.replace("\t", " "), key=lambda c: c == "\n" or has_letter(face, c)):
        piece = escape("".join(letters)).replace("\n", "<br/>").replace("  ", " \u00a0")
        yield f'<font name="{face if has else spare}">{piece}</font>'
