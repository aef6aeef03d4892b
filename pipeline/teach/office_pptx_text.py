"""Text on slides: boxes of paragraphs, bullets, runs in their looks or numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Pt

from carnet.pipeline.teach.nodes import Look, Mark, Node, Paper, Para, Run, Space, Stack, with_look
from carnet.pipeline.teach.office_text import Measure


@dataclass
class Setting:
    """Slides being made. `down`: how far the present one is filled; `total`: slides, once known."""

    paper: Paper
    coded: bool
    measure: Measure
    tables: bool  # are grids with rules real tables?
    deck: Any
    total: int = 0
    marks: list[Mark] = field(default_factory=list)
    slide: Any = None
    down: float = 0.0


def is_text(node: Node | None) -> bool:
    """Can it all stand in one text box?"""
    if isinstance(node, Stack):
        return bool(node.children) and all(is_text(c) or isinstance(c, Space) for c in node.children)
    return isinstance(node, Para)


def texts_of(node: Node | None, before: float = 0.0) -> list[tuple[Para, float]]:
    """The paragraphs of a text box, each with the room before it."""
    if isinstance(node, Para):
        return [(node, before)]
    out: list[tuple[Para, float]] = []
    for child in node.children if isinstance(node, Stack) else ():
        if isinstance(child, Space):
            before += child.height
            continue
        gap = before + (node.gap if out and isinstance(node, Stack) else 0.0)
        out += texts_of(child, gap)
        before = 0.0
    return out


def text_box(
    s: Setting, some: Sequence[tuple[Para, float]], x: float, y: float, w: float, h: float, inset: float = 0.0
) -> Any:
    """A text box of its own."""
    if len(some) == 1 and sum(len(r.text) for r in some[0][0].runs) < 5:  # a number of a part is not broken
        w = max(w, s.measure.wide(some[0][0], 600.0) + 4)
    shape = s.slide.shapes.add_textbox(Pt(x), Pt(y), Pt(max(w, 4.0)), Pt(max(h, 4.0)))
    fill_text(s, shape.text_frame, some, inset)
    return shape


def fill_text(s: Setting, frame: Any, some: Sequence[tuple[Para, float]], inset: float) -> None:
    """Paragraphs in the frame of a box or shape, `inset` from its edges."""
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Pt(inset)
    frame.vertical_anchor = MSO_ANCHOR.TOP
    write(s, frame, some)


_ALIGN = {"left": PP_ALIGN.LEFT, "center": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT, "justify": PP_ALIGN.JUSTIFY}


def write(s: Setting, frame: Any, some: Sequence[tuple[Para, float]]) -> None:
    """Paragraphs, each with the room before it."""
    for i, (para, before) in enumerate(some):
        paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
        broken = any("\n" in r.text for r in para.runs)  # a broken line would be spread over the whole width
        align = "justify" if s.paper.justify and para.align == "left" and not broken else para.align
        paragraph.alignment, paragraph.line_spacing = _ALIGN[align], s.measure.spacing
        paragraph.space_before = Pt(before)
        if para.item and para.runs:
            _bullet(s, paragraph, para)
        for run in para.runs:
            _run(s, paragraph, run, para.look)


def _bullet(s: Setting, paragraph: Any, para: Para) -> None:
    """The presentation's own bullet, in the colour of the run it marks."""
    size = para.look.size or s.paper.size
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(Pt(size * 1.2 * para.item)))
    properties.set("indent", str(Pt(-size * 1.2)))
    s.marks.append(para.runs[0].mark)
    color = properties.makeelement(qn("a:buClr"), {})
    color.append(color.makeelement(qn("a:srgbClr"), {"val": f"{len(s.marks):06x}" if s.coded else s.paper.color[1:]}))
    properties.append(color)
    properties.append(properties.makeelement(qn("a:buFont"), {"typeface": s.measure.font}))
    properties.append(properties.makeelement(qn("a:buChar"), {"char": para.marker or "•"}))


def _run(s: Setting, paragraph: Any, run: Run, around: Look) -> None:
    look = with_look(replace(run, look=around), run.look).look
    s.marks.append(run.mark)
    color = f"#{len(s.marks):06x}" if s.coded else look.color or s.paper.color
    text = run.text.upper() if look.upper or look.small_caps else run.text
    for i, line in enumerate(text.split("\n")):
        if i:
            paragraph.add_line_break()
        if not line:
            continue
        made = paragraph.add_run()
        made.text = line
        made.font.name, made.font.color.rgb = s.measure.font, rgb(color)
        made.font.size = Pt(round((look.size or s.paper.size) * 2) / 2)
        made.font.bold, made.font.italic = bool(look.bold), bool(look.italic)
        made.font.underline = look.underline
        if look.tracking:
            made.font._rPr.set("spc", str(round(look.tracking * 100)))


def rgb(color: str) -> Any:
    """A colour as slides name it."""
    return RGBColor.from_string(color[1:].upper())  # type: ignore[no-untyped-call]
