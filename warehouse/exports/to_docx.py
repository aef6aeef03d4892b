"""A reference list as a Word document: a table that repeats its head on each page, then a fiche a page."""

from __future__ import annotations

import copy
import io
from collections.abc import Iterable
from typing import Any

from docx import Document as open_template
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

from carnet.warehouse.exports.declaration import Declaration
from carnet.warehouse.exports.document import Cell, Column, Document, Fiche, words
from carnet.warehouse.exports.packed import midnight, without_times

FONT = "Arial"
INK, SOFT = RGBColor(0x1D, 0x27, 0x33), RGBColor(0x5C, 0x6B, 0x7A)
HEAD, STRIPE, LINE = "24506B", "F4F7F9", "CFD8DF"
SHORT, LONG = Cm(21), Cm(29.7)
MARGIN = Cm(1.6)


def to_docx(document: Document) -> bytes:
    word = open_template()
    _set_up(word, document)
    _heading(word, document)
    if document.rows:
        table_in(word, document.columns, document.rows, LONG - 2 * MARGIN)
    else:
        word.add_paragraph(words()["none"])
    if document.declaration:
        declaration_in(word, document.declaration)
    if document.fiches:
        _turn(word.add_section(WD_SECTION.NEW_PAGE), is_landscape=False)
    for place, fiche in enumerate(document.fiches):
        _fiche(word, fiche, is_first=place == 0)
    into = io.BytesIO()
    word.save(into)
    return without_times(into.getvalue())


def _set_up(word: Word, document: Document) -> None:
    """Page, fonts, language, properties; nothing is left of the template's own."""
    _turn(word.sections[0], is_landscape=True)
    for name, size, space in (
        ("Normal", 9.5, 3),
        ("Title", 16, 2),
        ("Heading 1", 14, 8),
        ("Heading 2", 11, 3),
        ("List Bullet", 9.5, 3),
    ):
        style = word.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), INK
        style.paragraph_format.space_after = Pt(space)
        _plain_fonts(style.element.get_or_add_rPr())
    for name in ("Title", "Heading 1", "Heading 2"):
        word.styles[name].font.bold = True
    word.styles["Heading 2"].font.color.rgb = RGBColor.from_string(HEAD)
    for border in word.styles["Title"].element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
    for lang in word.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), "fr-FR")
    properties = word.core_properties
    properties.title, properties.author, properties.last_modified_by = document.title[:255], document.firm[:255], ""
    properties.comments, properties.language = "", "fr-FR"
    properties.created = properties.modified = midnight(document.day)
    package = word.part.package
    for name in [name for name, rel in package.rels.items() if rel.reltype.endswith("/thumbnail")]:
        package.rels.pop(name)
    _footer(word, document.running_title)


def _turn(section: Any, *, is_landscape: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if is_landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (LONG, SHORT) if is_landscape else (SHORT, LONG)
    section.left_margin = section.right_margin = MARGIN if is_landscape else Cm(2.2)
    section.top_margin, section.bottom_margin, section.footer_distance = Cm(1.6), Cm(1.7), Cm(0.9)


def _plain_fonts(properties: Any) -> None:
    """The same font for every script: the template's theme fonts are nowhere but in Word."""
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)


def _footer(word: Word, name: str) -> None:
    foot = word.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    before, between = words()["page"].split("{page}")[0], words()["page"].split("{page}")[1].split("{pages}")[0]
    for text, code in ((f"{name}   ·   {before}" if name else before, "PAGE"), (between, "NUMPAGES")):
        _run(foot, text, 8, SOFT)
        _field(foot, code)


def _field(paragraph: Paragraph, code: str) -> None:
    """Filled in by the program that shows the document."""
    for kind in ("begin", "instr", "separate", "text", "end"):
        run = _run(paragraph, "1" if kind == "text" else "", 8, SOFT)
        if kind == "instr":
            text = OxmlElement("w:instrText")
            text.set(qn("xml:space"), "preserve")
            text.text = f" {code} "
            run._r.append(text)
        elif kind != "text":
            char = OxmlElement("w:fldChar")
            char.set(qn("w:fldCharType"), kind)
            run._r.append(char)


def _run(paragraph: Paragraph, text: str, size: float, colour: RGBColor) -> Any:
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(size), colour
    return run


def _heading(word: Word, document: Document) -> None:
    word.add_paragraph(document.title, style="Title")
    if document.subtitle:
        _run(word.add_paragraph(), document.subtitle, 10, SOFT)
    facts = word.add_paragraph()
    facts.paragraph_format.space_before, facts.paragraph_format.space_after = Pt(4), Pt(10)
    for place, (name, text) in enumerate(document.facts):
        if place:
            facts.add_run().add_break()
        _run(facts, f"{name} : ", 9.5, SOFT)
        facts.add_run(text).bold = True


def declaration_in(word: Word, declaration: Declaration) -> None:
    head = word.add_paragraph()
    head.add_run(declaration.title).bold = True
    head.paragraph_format.space_before = Pt(18)
    for line in (declaration.text, *declaration.lines):
        word.add_paragraph(line).paragraph_format.keep_with_next = line != declaration.lines[-1]


def table_in(word: Word, columns: tuple[Column, ...], rows: Iterable[tuple[Cell, ...]], width: int) -> Table:
    """Rows are copies of one, filled: python-docx would look at the whole table for each cell."""
    table: Table = word.add_table(rows=2, cols=len(columns))
    total = sum(column.weight for column in columns)
    _frame(table, [width * column.weight // total for column in columns])
    head, model = table.rows
    for column, cell in zip(columns, head.cells, strict=True):
        _run(cell.paragraphs[0], column.label, 8.5, RGBColor(0xFF, 0xFF, 0xFF)).bold = True
        _shade(cell._tc, HEAD)
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in (head, model):
        row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))
    for column, cell in (*zip(columns, head.cells, strict=True), *zip(columns, model.cells, strict=True)):
        cell.paragraphs[0].paragraph_format.space_after = Pt(0)
        if column.name in ("amount", "number"):
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    table._tbl.remove(model._tr)
    for cell in model.cells:
        _fill(cell.paragraphs[0], Cell(""))
    striped = copy.deepcopy(model._tr)
    for tc in striped.tc_lst:
        _shade(tc, STRIPE)
    for number, cells in enumerate(rows):
        row = copy.deepcopy(striped if number % 2 else model._tr)
        for shown, tc in zip(cells, row.tc_lst, strict=True):
            (run,) = Paragraph(tc.p_lst[0], table).runs
            run.text = shown.text
            if shown.is_open:
                run.italic, run.font.color.rgb = True, SOFT
        table._tbl.append(row)
    return table


def _fill(paragraph: Paragraph, cell: Cell, size: float = 8.5) -> None:
    run = _run(paragraph, cell.text, size, SOFT if cell.is_open else INK)
    if cell.is_open:
        run.italic = True


def _frame(table: Table, widths: list[int]) -> None:
    """Fixed widths, a line below each row, air around the text."""
    table.autofit = False
    properties = table._tbl.tblPr
    borders, margins = OxmlElement("w:tblBorders"), OxmlElement("w:tblCellMar")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", LINE)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    for side, twips in (("top", "60"), ("left", "85"), ("bottom", "60"), ("right", "85")):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), twips)
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    layout = properties.find(qn("w:tblLayout"))
    layout.addprevious(borders)
    layout.addnext(margins)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Emu(width)
        for cell in column.cells:
            cell.width = Emu(width)


def _shade(tc: Any, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    tc.get_or_add_tcPr().append(shade)


def _fiche(word: Word, fiche: Fiche, *, is_first: bool) -> None:
    word.add_paragraph(fiche.title, style="Heading 1").paragraph_format.page_break_before = (
        fiche.has_page and not is_first
    )
    table = word.add_table(rows=len(fiche.facts), cols=2)
    _frame(table, [Cm(3.6), Cm(13)])
    for row, (name, shown) in zip(table.rows, fiche.facts, strict=True):
        for cell, filled in zip(row.cells, (Cell(name), shown), strict=True):
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)
            _fill(cell.paragraphs[0], filled, 9.5)
    for name, texts in fiche.parts:
        word.add_paragraph(name, style="Heading 2")
        for text in texts:
            word.add_paragraph(text, style="List Bullet" if len(texts) > 1 else "Normal")
