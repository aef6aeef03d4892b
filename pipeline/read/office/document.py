"""A Word document without LibreOffice: paragraphs and tables in order, as text with mark-up, without places."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace

import docx
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from carnet.pipeline.read.reading import Reading, ReadOptions
from carnet.pipeline.read.text import read_text

_HEADING = re.compile(r"^(?:heading|titre|überschrift)\s*(\d)$|^(title|titel)$", re.IGNORECASE)
_LIST = re.compile(r"list|liste|puce|bullet", re.IGNORECASE)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST = 6


def read_document(data: bytes, asked: ReadOptions) -> Reading:
    """Headings by their styles, bullets, tables by rows; a note where text boxes were left out."""
    document = docx.Document(io.BytesIO(data))
    lines = list(_lines(document.iter_inner_content()))
    reading = read_text("\n".join(lines).encode(), asked)
    boxes = sum(1 for _ in document.element.body.iter(f"{_W}txbxContent"))
    if boxes:
        note = f"weak_reading: {boxes} text boxes of the document were left out"
        reading = replace(reading, pages=tuple(replace(p, notes=(*p.notes, note)) for p in reading.pages))
    return reading


def _lines(items: Iterator[Paragraph | Table], depth: int = 0) -> Iterator[str]:
    for item in items:
        if isinstance(item, Paragraph):
            yield from _of_paragraph(item)
        elif depth < _DEEPEST:
            yield ""
            yield from _of_table(item, depth)
            yield ""


def _of_paragraph(paragraph: Paragraph) -> Iterator[str]:
    text = " ".join(paragraph.text.split())
    if not text:
        yield ""
        return
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    heading = _HEADING.match(style)
    if heading:
        yield from ("", f"{'#' * min(6, int(heading.group(1) or 1))} {text}", "")
    elif _LIST.search(style) or paragraph._p.pPr is not None and paragraph._p.pPr.numPr is not None:
        yield f"{'  ' * _level(paragraph)}- {text}"
    elif _is_bold(paragraph):
        yield from ("", f"**{text}**")
    else:
        yield from (text, "")


def _level(paragraph: Paragraph) -> int:
    found = paragraph._p.find(f"{_W}pPr/{_W}numPr/{_W}ilvl")
    level = found.get(f"{_W}val", "0") if found is not None else "0"
    return min(5, int(level)) if level.isdecimal() else 0


def _is_bold(paragraph: Paragraph) -> bool:
    written = [run for run in paragraph.runs if run.text.strip()]
    return bool(written) and all(run.bold for run in written)


def _of_table(table: Table, depth: int) -> Iterator[str]:
    """A line a row, cells parted by bars. A table of one column only frames what is in it."""
    for row in table.rows:
        cells = list(_cells(row.cells))
        if len(cells) == 1:
            yield from _lines(cells[0].iter_inner_content(), depth + 1)
        else:
            yield f"| {' | '.join(_flat(cell) for cell in cells)} |"


def _cells(cells: tuple[_Cell, ...]) -> Iterator[_Cell]:
    """Each once: a merged cell is given for each column it spans."""
    last = None
    for cell in cells:
        if cell._tc is not last:
            yield cell
        last = cell._tc


def _flat(cell: _Cell) -> str:
    return " ".join(cell.text.replace("|", "/").split())
