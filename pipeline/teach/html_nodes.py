"""Nodes as HTML: boxes as blocks, grids as CSS grids or tables, runs as spans in their looks or in their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from html import escape

from carnet.pipeline.teach.html_style import Habits, picture
from carnet.pipeline.teach.nodes import (
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
    Space,
    Stack,
    Turned,
    with_look,
)
from carnet.schemas.roles import Role

_CAP = 0.7  # height of capitals in letter sizes: Typst's leading goes from a line's foot to the next one's head


@dataclass
class Setting:
    """HTML being written. `marks`: of the coded runs, by number."""

    paper: Paper
    coded: bool
    habits: Habits
    marks: list[Mark] = field(default_factory=list)


def node_html(
    s: Setting, node: Node | None, room: float, corner: tuple[float, float] = (0.0, 0.0), fixed: bool = False
) -> str:
    """The HTML of a node. `room`: the width there is, in points; `corner`: where the text area of the page starts;
    `fixed`: does the height around come from outside?"""
    match node:
        case None | PageBreak():
            return ""
        case Para():
            return _para(s, node)
        case Stack(children=some, gap=gap, keep=keep):
            inner = "".join(node_html(s, c, room) for c in some)
            return f'<div class="s{" k" if keep else ""}" style="--g:{gap}pt">{inner}</div>'
        case Grid():
            return _table(s, node, room) if _tabular(s, node) else _grid(s, node, room)
        case Box():
            return _box(s, node, room)
        case Columns(child=child, count=count, gap=gap):
            fill = "auto;height:100%" if fixed else "balance"  # unbalanced ones fill the page, and a page more
            style = f"column-count:{count};column-gap:{gap}pt;column-fill:{fill}"
            return f'<div style="{style}">{node_html(s, child, (room - gap * (count - 1)) / count)}</div>'
        case Rule(color=color, weight=weight, width=width):
            return f'<div style="width:{_length(width)};border-top:{weight}pt solid {color}"></div>'
        case Space(height=height):
            return f'<div class="v" style="height:{height}pt"></div>'
        case Place():
            return _place(s, node, room, corner)
        case Turned(child=child, angle=angle):
            return f'<div class="t" data-angle="{angle}"><div>{node_html(s, child, room)}</div></div>'
        case Picture(width=width, height=height, color=color):
            return f'<img alt="" src="{picture(color)}" style="width:{_length(width)};height:{height}pt">'
        case Chain(children=some, gap=gap):
            inner = "".join(node_html(s, c, room) for c in some)
            return f'<div class="c" style="column-gap:{gap}pt">{inner}</div>'
    raise TypeError(f"no such node: {node!r}")


def _place(s: Setting, node: Place, room: float, corner: tuple[float, float]) -> str:
    inside = node.width or room
    width = f"width:{node.width}pt;" if node.width else ""
    inner = node_html(s, node.child, inside)
    return f'<div class="at" style="left:{corner[0] + node.x}pt;top:{corner[1] + node.y}pt;{width}">{inner}</div>'


def _box(s: Setting, node: Box, room: float) -> str:
    parts = [f"padding:{node.inset}pt"]
    if node.fill:
        parts.append(f"background:{node.fill}")
    if node.stroke:
        names = {"t": "top", "r": "right", "b": "bottom", "l": "left"}
        parts += [f"border-{names[c]}:{node.stroke_width}pt solid {node.stroke}" for c in node.sides]
    if node.radius:
        parts.append(f"border-radius:{node.radius}pt")
    width = node.width if isinstance(node.width, (int, float)) else room
    parts.append(f"width:{_length(node.width)}" if node.width is not None else "width:fit-content")
    if node.height is not None:
        parts.append(f"height:{_length(node.height)}")
    if node.valign != "top":
        parts.append(f"align-content:{'center' if node.valign == 'horizon' else 'end'}")
    inner = node_html(s, node.child, width - 2 * node.inset, fixed=node.height is not None)
    return f'<div class="b{" k" if node.keep else ""}" style="{";".join(parts)}">{inner}</div>'


# ---- grids: a table where there are rules, heads or by habit; else a CSS grid


def _tabular(s: Setting, node: Grid) -> bool:
    return bool(node.stroke or node.head_rows) or (s.habits.tables and not any(w == "auto" for w in node.widths))


def _grid(s: Setting, node: Grid, room: float) -> str:
    tracks = " ".join(_track(w) for w in node.widths)
    wide = widths(node, room)
    cells = []
    for row in node.rows:
        for at, cell in _columns(row):
            style = [_cell_style(node, cell)]
            if cell.colspan > 1:
                style.append(f"grid-column:span {cell.colspan}")
            if cell.rowspan > 1:
                style.append(f"grid-row:span {cell.rowspan}")
            inner = node_html(s, cell.child, _inside(wide, at, cell, node))
            cells.append(f'<div class="g{"" if node.breakable else " k"}" style="{";".join(style)}">{inner}</div>')
    start = "" if any("fr" in str(w) for w in node.widths) else "justify-content:start;"
    style_ = f"display:grid;{start}grid-template-columns:{tracks};gap:{node.gap_y}pt {node.gap_x}pt"
    return f'<div style="{style_}">{"".join(cells)}</div>'


def _table(s: Setting, node: Grid, room: float) -> str:
    wide, auto = widths(node, room), any(w == "auto" for w in node.widths)
    line = f"{node.stroke_width}pt solid {node.stroke}"
    edge = "" if not node.stroke else f"border-top:{line};border-bottom:{line}" if node.rules else f"border:{line}"
    cols = "".join(
        "<col>" if w == "auto" else f'<col style="width:{p:.2f}pt">' for w, p in zip(node.widths, wide, strict=True)
    )
    head = "".join(_table_row(s, r, node, wide, edge, "th") for r in node.rows[: node.head_rows])
    body = "".join(_table_row(s, r, node, wide, edge, "td") for r in node.rows[node.head_rows :])
    total = "auto" if auto else f"{sum(wide) + node.gap_x * (len(wide) + 1):.2f}pt"
    gaps = (
        f"border-collapse:separate;border-spacing:{node.gap_x}pt {node.gap_y}pt;margin:{-node.gap_y}pt {-node.gap_x}pt;"
    )
    style = f"width:{total};table-layout:{'auto' if auto else 'fixed'};{gaps if node.gap_x or node.gap_y else ''}"
    heads = f"<thead>{head}</thead>" if head else ""
    return (
        f'<div class="w"><table style="{style}"><colgroup>{cols}</colgroup>{heads}<tbody>{body}</tbody></table></div>'
    )


def _table_row(s: Setting, row: Sequence[Cell], node: Grid, wide: Sequence[float], edge: str, tag: str) -> str:
    cells = []
    for at, cell in _columns(row):
        spans = f' colspan="{cell.colspan}"' * (cell.colspan > 1) + f' rowspan="{cell.rowspan}"' * (cell.rowspan > 1)
        inner = node_html(s, cell.child, _inside(wide, at, cell, node))
        cells.append(f'<{tag}{spans} style="{_cell_style(node, cell)};{edge}">{inner}</{tag}>')
    return f"<tr{'' if node.breakable else ' class=k'}>{''.join(cells)}</tr>"


def _columns(row: Sequence[Cell]) -> Iterable[tuple[int, Cell]]:
    at = 0
    for cell in row:
        yield at, cell
        at += cell.colspan


def _cell_style(node: Grid, cell: Cell) -> str:
    at = {"top": "top", "horizon": "middle", "bottom": "bottom"}[cell.valign]
    content = {"top": "start", "horizon": "center", "bottom": "end"}[cell.valign]
    fill = f";background:{cell.fill}" if cell.fill else ""
    return f"padding:{node.inset}pt;vertical-align:{at};align-content:{content}{fill}"


def _inside(wide: Sequence[float], at: int, cell: Cell, node: Grid) -> float:
    return max(1.0, sum(wide[at : at + cell.colspan]) + node.gap_x * (cell.colspan - 1) - 2 * node.inset)


def widths(node: Grid, room: float) -> list[float]:
    """Points of each column; what is as wide as its text counts as three fifths of a share."""
    shares = [_share(w) for w in node.widths]
    fixed = sum(w for w in node.widths if not isinstance(w, str))
    free = max(10.0, room - fixed - node.gap_x * (len(shares) - 1))
    return [
        free * k / (sum(shares) or 1.0) if isinstance(w, str) else float(w)
        for w, k in zip(node.widths, shares, strict=True)
    ]


def _share(width: float | str) -> float:
    if not isinstance(width, str):
        return 0.0
    found = re.fullmatch(r"([\d.]+)fr", width)
    return float(found[1]) if found else 0.6


def _track(width: float | str) -> str:
    if not isinstance(width, str):
        return f"{width}pt"
    return f"minmax(0,{width})" if width.endswith("fr") else width


# ---- text


def _para(s: Setting, para: Para) -> str:
    style = []
    if para.align != "left":
        style.append(f"text-align:{para.align}")
    if para.hanging:
        style.append(f"padding-left:{para.hanging}pt;text-indent:-{para.hanging}pt")
    sizes = {r.look.size or para.look.size or s.paper.size for r in para.runs}
    if para.leading is not None or sizes != {s.paper.size}:
        size = max(sizes, default=s.paper.size)
        leading = s.paper.leading if para.leading is None else para.leading
        style.append(f"font-size:{size}pt;line-height:{line_height(leading)}")
    listed = _marker(s, para) if para.item and para.runs else None
    runs = _dropped(s, para) if para.drop_cap else "".join(_run(s, r, para.look) for r in para.runs)
    text = f'<p class="{s.habits.spaces}{" whole" if para.drop_cap else ""}"{_style(style)}>{runs}</p>'
    return listed.replace("@", text) if listed else text


def _marker(s: Setting, para: Para) -> str:
    """The list around an item: its sign is the browser's own, in the colour of its run."""
    size = para.look.size or s.paper.size
    s.marks.append(para.runs[0].mark)
    color = f"color:#{len(s.marks):06x};" if s.coded else ""
    sign = f"'{_quoted(para.marker)} '" if para.marker else "disc"
    indent = size * 1.1 + size * 1.2 * (para.item - 1)
    style = f"{color}padding-left:{indent:.1f}pt;font-size:{size}pt;list-style-type:{sign}"
    return f'<ul style="{escape(style)}"><li>@</li></ul>'


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'").replace("@", "\\40 ")


def _dropped(s: Setting, para: Para) -> str:
    first, *rest = para.runs
    size = (para.look.size or s.paper.size) * 2.6
    letter = _run(s, replace(first, text=first.text[:1], look=replace(first.look, size=size)), para.look)
    others = "".join(_run(s, r, para.look) for r in (replace(first, text=first.text[1:]), *rest))
    return f'<span class="drop">{letter}</span>{others}'


def _run(s: Setting, run: Run, around: Look) -> str:
    look = with_look(replace(run, look=around), run.look).look
    s.marks.append(run.mark)
    color = f"#{len(s.marks):06x}" if s.coded else look.color
    style = [f"color:{color}"] if color else []
    if look.size:
        style.append(f"font-size:{look.size}pt")
    if look.bold is not None:
        style.append(f"font-weight:{'bold' if look.bold else 'normal'}")
    if look.italic is not None:
        style.append(f"font-style:{'italic' if look.italic else 'normal'}")
    if look.font:
        style.append(f"font-family:{s.habits.family(look.font)}")
    if look.tracking:
        style.append(f"letter-spacing:{look.tracking}pt")
    if look.small_caps:
        style.append("font-variant-caps:small-caps")
    if look.underline:
        style.append("text-decoration:underline")
    text = _text(s, run.text.upper() if look.upper else run.text)
    if s.habits.links and run.mark.role is Role.EMAIL and "@" in run.text:
        text = f'<a href="mailto:{escape(run.text.strip())}">{text}</a>'
    return f"<span{_style(style)}>{text}</span>"


def _text(s: Setting, text: str) -> str:
    """Text as HTML: a newline breaks, blanks stay."""
    text = text.replace("\t", " ")
    if s.habits.spaces == "nb":
        text = re.sub(r" (?= )", "\u00a0", text)
    return escape(text).replace("\n", "<br>")


def line_height(leading: float) -> str:
    """Height of lines in letter sizes, for a space between them."""
    return f"{leading + _CAP:.3f}"


def _style(parts: Sequence[str]) -> str:
    return f' style="{escape(";".join(parts))}"' if parts else ""


def _length(width: float | str | None) -> str:
    return width if isinstance(width, str) else f"{width}pt"
