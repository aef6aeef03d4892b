"""A reference list in a firm's own Word document: its letterhead, its words, its columns.

A document without any marks gets the usual list at its end. One with marks such as {{ titre }} or {{ objet }} is filled
in: a row of a table that names columns is there once for each mission, and so is what stands between
{{ pour chaque mission }} and {{ fin }}. Marks are names, not expressions: nothing in a template is run.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from docx import Document as open_docx
from docx.document import Document as Word
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from carnet.schemas.spelling import without_accents
from carnet.warehouse.exports import french
from carnet.warehouse.exports.document import WEIGHTS, Document, cell, words
from carnet.warehouse.exports.packed import midnight, without_times
from carnet.warehouse.exports.references import Reference
from carnet.warehouse.exports.to_docx import declaration_in, table_in

MARK = re.compile(r"\{\{([^{}]{0,80})\}\}")
BIGGEST = 64 << 20
"""Bytes of all parts of a template, unpacked."""
SHIELD = "\ue000"
"""Stands within braces that a brochure prints, until all marks are filled: they are no marks."""
FieldNames = Mapping[str, str]


class TemplateRefused(Exception):
    """A file that is no template for a list; one sentence in French, for who made it."""


@dataclass(frozen=True)
class Template:
    """`columns`: those that it shows of each mission; empty: the list's own."""

    data: bytes
    columns: tuple[str, ...]
    has_marks: bool


def read_template(data: bytes) -> Template:
    """TemplateRefused for what is no Word document, and for a mark that means nothing."""
    word = _opened(data)
    marks = [_folded(str(mark)) for paragraph in _paragraphs(word) for mark in MARK.findall(paragraph.text)]
    known = {**_names("row"), **_names("whole"), _bound("each"): "", _bound("end"): ""}
    for mark in marks:
        if mark not in known:
            raise TemplateRefused(words()["template"]["unknown"].format(mark=mark, known=", ".join(sorted(known))))
    bounds = [mark for mark in marks if mark in (_bound("each"), _bound("end"))]
    if bounds != [_bound("each"), _bound("end")] * (len(bounds) // 2):
        raise TemplateRefused(words()["template"]["unpaired"])
    shown = [_names("row")[mark] for mark in marks if mark in _names("row")]
    has_list = any(_names("whole").get(mark) == "list" for mark in marks)
    return Template(data, () if has_list else tuple(dict.fromkeys(shown)), bool(marks))


def fill_template(template: Template, document: Document) -> bytes:
    """The template as a document with the list in it; what a brochure prints is text there."""
    word = _opened(template.data)
    if template.has_marks:
        _fill_blocks(word, document)
        _fill_rows(word, document)
        _fill_whole(word, document)
        _unshield(word)
    else:
        _append(word, document)
    properties = word.core_properties
    properties.title, properties.language = document.title[:255], "fr-FR"
    properties.modified = midnight(document.day)
    into = io.BytesIO()
    word.save(into)
    return without_times(into.getvalue())


def _opened(data: bytes) -> Word:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > BIGGEST:
                raise TemplateRefused(words()["template"]["big"])
        return open_docx(io.BytesIO(data))
    except (zipfile.BadZipFile, PackageNotFoundError, ValueError, KeyError, OSError, SyntaxError):
        raise TemplateRefused(words()["template"]["no_word"]) from None


def _folded(text: str) -> str:
    """
    >>> _folded("  Période  de la liste ")
    'periode de la liste'
    """
    return " ".join(without_accents(text).lower().split())


@cache
def _names(kind: str) -> FieldNames:
    """What a mark may say, and the name of what stands there then."""
    told = {_folded(mark): name for mark, name in words()["template"][kind].items()}
    labels = {_folded(words()["columns"][name]): name for name in WEIGHTS} if kind == "row" else {}
    return labels | told


def _bound(which: str) -> str:
    return _folded(str(words()["template"][which]))


# ---- where marks may stand ----


def _paragraphs(word: Word) -> Iterator[Paragraph]:
    """Of the body, of tables in tables, of text boxes, heads and feet."""
    for part in (word, *(piece for section in word.sections for piece in _edges(section))):
        yield from _within(part._element, part)


def _edges(section: Any) -> Iterator[Any]:
    names = ("header", "footer", "first_page_header", "first_page_footer", "even_page_header", "even_page_footer")
    return (edge for name in names if not (edge := getattr(section, name)).is_linked_to_previous)


def _within(element: Any, parent: Any) -> Iterator[Paragraph]:
    return (Paragraph(found, parent) for found in list(element.iter(qn("w:p"))))


# ---- filling in ----


def _fill_rows(word: Word, document: Document) -> None:
    """Each row that names columns, once for each mission."""
    for tr in list(word.element.body.iter(qn("w:tr"))):
        if any(_is_of_row(mark) for found in _within(tr, word) for mark in MARK.findall(found.text)):
            _repeat([tr], word, document)


def _fill_blocks(word: Word, document: Document) -> None:
    """What stands between the two bounds, once for each mission."""
    block: list[Any] | None = None
    for element in list(word.element.body):
        text = _folded("".join(t.text or "" for t in element.iter(qn("w:t"))))
        if text == f"{{{{ {_bound('each')} }}}}":
            block = []
            element.getparent().remove(element)
        elif text == f"{{{{ {_bound('end')} }}}}" and block is not None:
            _repeat(block, word, document)
            element.getparent().remove(element)
            block = None
        elif block is not None:
            block.append(element)


def _repeat(elements: list[Any], word: Word, document: Document) -> None:
    """These, next to each other, once for each mission, with its words."""
    if not elements:
        return
    last = elements[-1]
    for reference in document.chosen.references:
        for element in elements:
            made = copy.deepcopy(element)
            last.addnext(made)
            last = made
            for paragraph in _within(made, word):
                _replace(paragraph, partial(_of_mission, reference, document))
    for element in elements:
        element.getparent().remove(element)


def _is_of_row(mark: str) -> bool:
    return _folded(mark) in _names("row")


def _of_mission(reference: Reference, document: Document, mark: str) -> str | None:
    name = _names("row").get(_folded(mark))
    if name is None:
        return None
    return "" if document.look.hides(name) else cell(name, reference, document.look).text


def _fill_whole(word: Word, document: Document) -> None:
    """What is there once: title, candidate, the list itself, the declaration."""
    for paragraph in list(_paragraphs(word)):
        marks = [_names("whole").get(_folded(mark)) for mark in MARK.findall(paragraph.text)]
        if "list" in marks:
            _list_at(paragraph, word, document)
        _replace(paragraph, lambda mark: _of_list(mark, document))


def _of_list(mark: str, document: Document) -> str | None:
    name = _names("whole").get(_folded(mark))
    if name is None:
        return None
    window, said = document.chosen.window, document.declaration
    told: dict[str, str] = {
        "title": document.title, "subtitle": document.subtitle, "firm": document.firm,
        "count": french.number(len(document.chosen.references)), "day": french.day(document.day),
        "window": words()["period"].format(start=french.day(window.start), end=french.day(window.end)),
        "declaration": "\n".join((said.text, *said.lines)) if said else "",
    }  # fmt: skip
    return told.get(name, "")


def _list_at(paragraph: Paragraph, word: Word, document: Document) -> None:
    """The list as a table of the usual look, where its mark stands."""
    section = word.sections[-1]
    width = int(section.page_width or 0) - int(section.left_margin or 0) - int(section.right_margin or 0)
    table = table_in(word, document.columns, document.rows, width)
    paragraph._p.addprevious(table._tbl)


def _append(word: Word, document: Document) -> None:
    """The usual list at the end of a letterhead."""
    section = word.sections[-1]
    width = int(section.page_width or 0) - int(section.left_margin or 0) - int(section.right_margin or 0)
    word.add_paragraph().add_run(document.title).bold = True
    for text in (document.subtitle, *(f"{name} : {said}" for name, said in document.facts)):
        if text:
            word.add_paragraph(text)
    table_in(word, document.columns, document.rows, width)
    if document.declaration:
        word.add_paragraph()
        declaration_in(word, document.declaration)


def _replace(paragraph: Paragraph, told: Callable[[str], str | None]) -> None:
    """Each mark by its words, in the look of the run where it begins; a program may have cut it into several runs."""
    runs = [run for run in paragraph.runs if run._r.find(qn("w:t")) is not None]
    text = "".join(run.text for run in runs)
    for match in reversed(list(MARK.finditer(text))):
        if (said := told(match[1])) is not None:
            _put(runs, match.start(), match.end(), said.replace("{{", f"{{{SHIELD}{{"))


def _unshield(word: Word) -> None:
    for paragraph in _paragraphs(word):
        for text in paragraph._p.iter(qn("w:t")):
            text.text = (text.text or "").replace(SHIELD, "")


def _put(runs: list[Any], start: int, end: int, said: str) -> None:
    """Letters from `start` to `end` of all runs become these; runs without any of them keep all that they hold."""
    at, is_first = 0, True
    for run in runs:
        text = run.text
        first, last = max(start - at, 0), min(end - at, len(text))
        at += len(text)
        if first < last:
            run.text = text[:first] + (said if is_first else "") + text[last:]
            is_first = False


def new_template() -> bytes:
    """A template to begin with: every mark at its place, in a plain look."""
    word = open_docx()
    whole, row = (_spoken(kind) for kind in ("whole", "row"))
    word.add_heading(_mark(whole["title"]), level=1)
    word.add_paragraph(_mark(whole["subtitle"]))
    word.add_paragraph(f"{words()['facts']['firm']} : {_mark(whole['firm'])}, {_mark(whole['window'])}")
    names = ("number", "recipient", "title", "period", "amount", "attestation")
    table: Table = word.add_table(rows=2, cols=len(names), style="Table Grid")
    for head, body, name in zip(table.rows[0].cells, table.rows[1].cells, names, strict=True):
        head.paragraphs[0].add_run(words()["columns"][name]).bold = True
        body.text = _mark(row[name])
    word.add_paragraph()
    word.add_paragraph(_mark(whole["declaration"]))
    into = io.BytesIO()
    word.save(into)
    return without_times(into.getvalue())


def _spoken(kind: str) -> dict[str, str]:
    """The first mark for each name."""
    return {name: mark for mark, name in reversed(words()["template"][kind].items())}


def _mark(text: str) -> str:
    return f"{{{{ {text} }}}}"
