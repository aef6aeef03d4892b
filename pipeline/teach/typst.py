"""Nodes -> a PDF set by Typst.

With `coded`, every run is set in a colour that numbers it: the twin that tells the truth.
"""

from __future__ import annotations

import importlib.util
import math
import struct
import tempfile
import zlib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

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
)

FONT_PACKAGES = ("font_roboto", "font_source_serif_pro", "font_source_sans_pro", "font_hanken_grotesk", "font_manrope",
                 "font_caladea", "font_lato")  # fmt: skip
FONTS = ("Libertinus Serif", "New Computer Modern", "DejaVu Sans", "DejaVu Serif", "DejaVu Sans Condensed", "Roboto",
         "Source Serif Pro", "Source Sans Pro", "Hanken Grotesk", "Manrope", "Caladea", "Lato")  # fmt: skip
"""Families to draw from: Typst's own, the DejaVu fonts, and fonts from packages. One that is missing falls back."""


@dataclass
class Setting:
    """Typst source being written. `runs`: marks of the coded runs, by number."""

    paper: Paper
    coded: bool
    marks: list[Mark] = field(default_factory=list)


@dataclass(frozen=True)
class Drawn:
    """A set document and, for a coded one, the mark of each number (1 is the first)."""

    pdf: bytes
    marks: tuple[Mark, ...]


def set_paper(paper: Paper, coded: bool = False) -> Drawn:
    """The PDF of a paper. Raises typst.TypstError where Typst refuses it."""
    import typst

    setting = Setting(paper, coded)
    source = _document(setting)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "main.typ"
        path.write_text(source, encoding="utf-8")
        (Path(folder) / "p.png").write_bytes(_PNG)
        pdf = typst.compile(str(path), root=folder, font_paths=[str(p) for p in font_folders()])
    return Drawn(pdf, tuple(setting.marks))


@cache
def font_folders() -> tuple[Path, ...]:
    """Where the font packages keep their files, as far as they are installed."""
    specs = (importlib.util.find_spec(name) for name in FONT_PACKAGES)
    return tuple(Path(s.origin).parent for s in specs if s and s.origin)


def _png() -> bytes:
    """A grey picture of 8 by 8."""
    rows = b"".join(b"\x00" + bytes(150 + 10 * ((x + y) % 8) for x in range(8)) for y in range(8))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


_PNG = _png()


# ---- document and pages


def _document(s: Setting) -> str:
    p = s.paper
    text = [
        f'#set text(font: ({_string(p.font)}, "DejaVu Sans"), size: {p.size}pt, lang: "fr", fill: rgb("{p.color}"), '
        f"hyphenate: {_bool(p.hyphenate)})",
        f"#set par(leading: {p.leading}em, spacing: {p.leading}em, justify: {_bool(p.justify)})",
        "#set block(spacing: 0pt)",
        "#set smartquote(enabled: false)",
    ]
    title, author = p.metadata.get("title"), p.metadata.get("author")
    if title or author:
        parts = [f"title: {_string(title)}"] if title else []
        parts += [f"author: {_string(author)}"] if author else []
        text.append(f"#set document({', '.join(parts)})")
    for sheet in p.sheets:
        text.append(_sheet(s, sheet))
    return "\n".join(text)


def _sheet(s: Setting, sheet: Sheet) -> str:
    left, top, right, bottom = sheet.margins
    parts = [
        f"width: {sheet.width}pt, height: {sheet.height}pt",
        f"margin: (left: {left}pt, top: {top}pt, right: {right}pt, bottom: {bottom}pt)",
        f"fill: {_color(sheet.fill)}",
        f"header: [{_numbered(s, sheet.header)}]" if sheet.header else "header: none",
        f"footer: [{_numbered(s, sheet.footer)}]" if sheet.footer else "footer: none",
        f"background: place(top + left, block(width: {sheet.width}pt)[{_node(s, sheet.background)}])"
        if sheet.background
        else "background: none",
    ]
    body = "\n".join(_node(s, c) for c in sheet.children)
    return f"#set page({', '.join(parts)})\n{body}\n#pagebreak(weak: true)"


def _numbered(s: Setting, node: Node | None) -> str:
    return _node(s, node)


# ---- nodes


def _node(s: Setting, node: Node | None) -> str:
    match node:
        case None:
            return ""
        case Para():
            return _para(s, node)
        case Stack():
            return _stack(s, node)
        case Grid():
            return _grid(s, node)
        case Box():
            return _box(s, node)
        case Columns(child=child, count=count, gap=gap):
            return f"#columns({count}, gutter: {gap}pt)[{_node(s, child)}]"
        case Rule(color=color, weight=weight, width=width):
            return f"#line(length: {_length(width)}, stroke: {weight}pt + {_color(color)})"
        case Space(height=height):
            return f"#v({height}pt)"
        case PageBreak():
            return "#pagebreak(weak: true)"
        case Place(child=child, x=x, y=y, width=width):
            inner = f"#block(width: {width}pt)[{_node(s, child)}]" if width else _node(s, child)
            return f"#place(top + left, dx: {x}pt, dy: {y}pt)[{inner}]"
        case Turned(child=child, angle=angle):
            return f"#rotate({angle}deg, reflow: true)[{_node(s, child)}]"
        case Picture(width=width, height=height, color=color):
            image = f'image("p.png", width: 100%, height: {height}pt, fit: "stretch")'
            return f"#block(width: {_length(width)}, height: {height}pt, fill: {_color(color)}, clip: true, {image})"
        case Chain(children=some, gap=gap):
            return f"#h({gap}pt)".join(f"#box[{_node(s, c)}]" for c in some)
    raise TypeError(f"no such node: {node!r}")


def _stack(s: Setting, node: Stack) -> str:
    inner = f"\n#v({node.gap}pt, weak: true)\n".join(_node(s, c) for c in node.children)
    return f"#block(breakable: {_bool(not node.keep)}, width: 100%)[{inner}]"


def _grid(s: Setting, node: Grid) -> str:
    stroke = "none"
    if node.stroke:
        line = f"{node.stroke_width}pt + {_color(node.stroke)}"
        stroke = f"(x, y) => (top: {line}, bottom: {line})" if node.rules else line
    head, body = node.rows[: node.head_rows], node.rows[node.head_rows :]
    cells = [_cell(s, c, node) for row in body for c in row]
    if head:
        cells.insert(0, "grid.header(" + ", ".join(_cell(s, c, node) for row in head for c in row) + ")")
    columns = ", ".join(_length(w) for w in node.widths)
    return (
        f"#grid(columns: ({columns},), column-gutter: {node.gap_x}pt, row-gutter: {node.gap_y}pt, "
        f"inset: {node.inset}pt, stroke: {stroke}, {', '.join(cells)})"
    )


def _cell(s: Setting, cell: Cell, grid: Grid) -> str:
    parts = [f"align: {'horizon' if cell.valign == 'horizon' else cell.valign}", f"breakable: {_bool(grid.breakable)}"]
    if cell.colspan > 1:
        parts.append(f"colspan: {cell.colspan}")
    if cell.rowspan > 1:
        parts.append(f"rowspan: {cell.rowspan}")
    if cell.fill:
        parts.append(f"fill: {_color(cell.fill)}")
    return f"grid.cell({', '.join(parts)})[{_node(s, cell.child)}]"


_SIDES = {"t": "top", "r": "right", "b": "bottom", "l": "left"}


def _box(s: Setting, node: Box) -> str:
    parts = [f"inset: {node.inset}pt", f"breakable: {_bool(not node.keep)}"]
    if node.fill:
        parts.append(f"fill: {_color(node.fill)}")
    if node.stroke:
        line = f"{node.stroke_width}pt + {_color(node.stroke)}"
        sides = ", ".join(f"{_SIDES[c]}: {line}" for c in node.sides)
        parts.append(f"stroke: {line}" if node.sides == "trbl" else f"stroke: ({sides})")
    if node.radius:
        parts.append(f"radius: {node.radius}pt")
    if node.width is not None:
        parts.append(f"width: {_length(node.width)}")
    if node.height is not None:
        parts.append(f"height: {_length(node.height)}")
    inner = _node(s, node.child)
    if node.valign != "top":
        inner = f"#align({node.valign})[{inner}]"
    return f"#block({', '.join(parts)})[{inner}]"


# ---- text


def _para(s: Setting, para: Para) -> str:
    runs = "".join(_run(s, r, para.look) for r in para.runs)
    if para.drop_cap:
        runs = _drop_cap(s, para)
    settings = []
    if para.leading is not None:
        settings.append(f"leading: {para.leading}em")
    if para.align == "justify":
        settings.append("justify: true")
    if para.hanging:
        settings.append(f"hanging-indent: {para.hanging}pt")
    body = f"#[#set par({', '.join(settings)})\n{runs}]" if settings else runs
    if para.align in ("right", "center"):
        body = f"#align({para.align})[{body}]"
    if para.item:
        body = _item(s, para, body)
    return f"#block(width: 100%)[{body}]" if not _flowing(para) else f"#block[{body}]"


def _flowing(para: Para) -> bool:
    """Is it as wide as its words (in pills, in columns as wide as their text), not as the place it stands in?"""
    return para.align == "left" and not para.item and not para.drop_cap


def _item(s: Setting, para: Para, body: str) -> str:
    size = para.look.size or s.paper.size
    indent = size * 1.2 * (para.item - 1)
    mark = para.runs[0].mark if para.runs else None
    marker = _run(s, Run(para.marker, mark, Look(size=para.look.size)), PLAIN) if para.marker and mark else ""
    if not para.marker:
        dot = f"#v(0.35em)#circle(radius: {size * 0.16:.2f}pt, fill: rgb({_string(s.paper.color)}))"
        marker = f"#box(height: 0.6em)[{dot}]"
    return f"#grid(columns: ({indent + size * 1.1:.1f}pt, 1fr), [#h({indent:.1f}pt){marker}], [{body}])"


def _drop_cap(s: Setting, para: Para) -> str:
    first, *rest = para.runs
    size = (para.look.size or s.paper.size) * 2.6
    letter = _run(s, Run(first.text[:1], first.mark, Look(size=size)), para.look)
    others = "".join(_run(s, r, para.look) for r in (Run(first.text[1:], first.mark, first.look), *rest))
    return f"#grid(columns: (auto, 1fr), column-gutter: 3pt, [{letter}], [{others}])"


def _run(s: Setting, run: Run, around: Look) -> str:
    look = _over(around, run.look)
    s.marks.append(run.mark)
    color = f"#{len(s.marks):06x}" if s.coded else look.color
    parts = []
    if look.size:
        parts.append(f"size: {look.size}pt")
    if look.bold is not None:
        parts.append(f'weight: "{"bold" if look.bold else "regular"}"')
    if look.italic is not None:
        parts.append(f'style: "{"italic" if look.italic else "normal"}"')
    if color:
        parts.append(f'fill: rgb("{color}")')
    if look.font:
        parts.append(f'font: ({_string(look.font)}, "DejaVu Sans")')
    if look.tracking:
        parts.append(f"tracking: {look.tracking}pt")
    text = run.text.upper() if look.upper else run.text
    out = "".join(_piece(piece) for piece in _lines(text))
    if look.small_caps:
        out = f"#smallcaps[{out}]"
    if look.underline:
        out = f"#underline[{out}]"
    return f"#text({', '.join(parts)})[{out}]"


def _lines(text: str) -> list[str]:
    """Text and line breaks, and the numbers of pages, apart."""
    out: list[str] = []
    for i, line in enumerate(text.split("\n")):
        out += ["\n"] if i else []
        for j, piece in enumerate(line.split("{page}")):
            out += ["{page}"] if j else []
            for k, part in enumerate(piece.split("{pages}")):
                out += ["{pages}"] if k else []
                out += [part] if part else []
    return out


def _piece(text: str) -> str:
    match text:
        case "\n":
            return "#linebreak()"
        case "{page}":
            return '#context counter(page).display("1")'
        case "{pages}":
            return "#context counter(page).final().first()"
    return f"#{_string(text)}"


def _over(around: Look, own: Look) -> Look:
    return Look(
        own.size or around.size,
        around.bold if own.bold is None else own.bold,
        around.italic if own.italic is None else own.italic,
        own.color or around.color,
        own.font or around.font,
        own.upper or around.upper,
        own.small_caps or around.small_caps,
        own.tracking or around.tracking,
        own.underline or around.underline,
    )


# ---- literals


def _string(text: str | None) -> str:
    escaped = (text or "").replace("\\", "\\\\").replace('"', '\\"').replace("\t", " ")
    return f'"{escaped}"'


def _bool(value: bool) -> str:
    return "true" if value else "false"


def _color(color: str | None) -> str:
    return f'rgb("{color}")' if color else "none"


def _length(width: float | str) -> str:
    if isinstance(width, str):
        return width
    return f"{width}pt" if math.isfinite(width) else "auto"
