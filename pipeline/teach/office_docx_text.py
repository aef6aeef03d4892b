"""Text in Word documents: list signs, runs in their looks or numbers, fields for the numbers of pages."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from carnet.pipeline.teach.nodes import PLAIN, Look, Mark, Paper, Para, Run, with_look
from carnet.pipeline.teach.office_text import Measure


@dataclass
class Setting:
    """A document being written. `gap`: room before the next paragraph; `fresh`: it starts a page; `fill`: of the
    page, drawn behind its paragraphs."""

    paper: Paper
    coded: bool
    font: str
    measure: Measure
    marks: list[Mark] = field(default_factory=list)
    gap: float = 0.0
    fresh: bool = False
    fill: str | None = None


def fill_paragraph(s: Setting, paragraph: Any, para: Para) -> None:
    """A paragraph's alignment, list sign and runs."""
    listed = para.item and not para.marker
    broken = any("\n" in r.text for r in para.runs)  # a broken line would be spread over the whole width
    align = "justify" if s.paper.justify and para.align == "left" and not broken else para.align
    paragraph.alignment = {"left": 0, "center": 1, "right": 2, "justify": 3}[align]
    if para.item:
        depth = s.paper.size * 1.2 * para.item
        paragraph.paragraph_format.left_indent = Pt(depth)
        paragraph.paragraph_format.first_line_indent = Pt(-s.paper.size * 1.2)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(depth))
    if para.item and not listed:
        sign = Run(para.marker + "\t", para.runs[0].mark, Look(size=para.look.size))
        _run(s, paragraph, sign, PLAIN)
    if listed:
        paragraph.style = "List Bullet"
        s.marks.append(para.runs[0].mark)
        sign_look = OxmlElement("w:rPr")
        sign_look.append(element("w:color", val=f"{len(s.marks):06x}" if s.coded else s.paper.color[1:]))
        paragraph._p.get_or_add_pPr().append(sign_look)
    for run in para.runs:
        _run(s, paragraph, run, para.look)


def _run(s: Setting, paragraph: Any, run: Run, around: Look) -> None:
    look = with_look(replace(run, look=around), run.look).look
    s.marks.append(run.mark)
    color = f"#{len(s.marks):06x}" if s.coded else look.color or s.paper.color
    text = run.text.upper() if look.upper else run.text
    for i, line in enumerate(text.split("\n")):
        if i:
            paragraph.add_run().add_break(WD_BREAK.LINE)
        for piece in _pieces(line):
            made = paragraph.add_run("" if piece in _FIELDS else piece)
            if piece in _FIELDS:
                _insert_field(made, _FIELDS[piece])
            _dress(made, look, color, look.font and s.font or s.font)


_FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}


def _pieces(line: str) -> list[str]:
    out: list[str] = []
    for i, part in enumerate(line.split("{page}")):
        out += ["{page}"] if i else []
        for k, rest in enumerate(part.split("{pages}")):
            out += ["{pages}"] if k else []
            out += [rest] if rest else []
    return out


def _insert_field(made: Any, name: str) -> None:
    for kind in ("begin", "", "end"):
        if kind:
            made._r.append(element("w:fldChar", fldCharType=kind))
        else:
            code = OxmlElement("w:instrText")
            code.text = name
            made._r.append(code)


def _dress(made: Any, look: Look, color: str, font: str) -> None:
    made.font.name = font
    made.font.color.rgb = RGBColor.from_string(color[1:].upper())
    if look.size:
        made.font.size = Pt(round(look.size * 2) / 2)
    made.font.bold, made.font.italic = bool(look.bold), bool(look.italic)
    if look.underline:
        made.font.underline = True
    if look.small_caps:
        made.font.small_caps = True
    if look.tracking:
        made._r.get_or_add_rPr().append(element("w:spacing", val=str(round(look.tracking * 20))))


def element(tag: str, **values: str) -> Any:
    """An element of the file's XML with its values."""
    made = OxmlElement(tag)
    for name, value in values.items():
        made.set(qn(f"w:{name}"), value)
    return made
