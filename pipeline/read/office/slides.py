"""A presentation without LibreOffice: each slide a page, its shapes where they are, their lines where they would be."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pptx
from pptx.enum.shapes import MSO_SHAPE_TYPE

from carnet.pipeline.errors import UnreadableDocument
from carnet.pipeline.read.reading import Reading, ReadOptions
from carnet.schemas.layout import BBox, Page, Shape, Style, Word

_POINT = 12700.0  # EMU
_LETTER = 0.5
"""Width of a letter, of its size, on the average of French text in common fonts."""
_LINE = 1.2
_INSET = 5.0
_TITLE, _BODY = 28.0, 16.0
"""Sizes where neither run, paragraph nor shape states one."""
_DEEPEST = 6


def read_slides(data: bytes, asked: ReadOptions) -> Reading:
    """Words with boxes: shapes stand where the file says, words in them where lines of about this width would break.

    Raises UnreadableDocument.
    """
    deck = pptx.Presentation(io.BytesIO(data))
    if len(deck.slides) > asked.limits.pages:
        raise UnreadableDocument(f"too many slides: more than {asked.limits.pages}")
    width, height = (deck.slide_width or 0) / _POINT, (deck.slide_height or 0) / _POINT
    pages = tuple(_page(slide, number, width, height) for number, slide in enumerate(deck.slides, start=1))
    return Reading(pages)


def _page(slide: Any, number: int, width: float, height: float) -> Page:
    words: list[Word] = []
    shapes: list[Shape] = []
    for shape in _shapes(slide.shapes):
        box = _box(shape)
        if box is None:
            continue
        if shape.shape_type == MSO_SHAPE_TYPE.PICTURE:
            shapes.append(Shape("picture", box))
        elif getattr(shape, "has_table", False) and shape.has_table:
            words += _of_table(shape.table, box, number)
        elif shape.has_text_frame:
            shapes += _ground(shape, box)
            words += _of_frame(shape.text_frame, box, number, _default(shape))
    return Page(number, width, height, tuple(words), tuple(shapes))


def _shapes(shapes: Any, depth: int = 0) -> Iterator[Any]:
    """Those in groups too. Places inside a group are taken as those of the slide, as most programs write them."""
    for shape in shapes:
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            if depth < _DEEPEST:
                yield from _shapes(shape.shapes, depth + 1)
        else:
            yield shape


def _box(shape: Any) -> BBox | None:
    sides = shape.left, shape.top, shape.width, shape.height
    if any(side is None for side in sides):
        return None
    left, top, width, height = (side / _POINT for side in sides)
    return BBox(left, top, left + width, top + height) if width > 0 and height > 0 else None


def _ground(shape: Any, box: BBox) -> list[Shape]:
    """The filled or outlined box behind a text."""
    fill = _color(lambda: shape.fill.fore_color.rgb)
    stroke = _color(lambda: shape.line.color.rgb)
    return [Shape("box", box, fill, stroke)] if fill or stroke else []


def _color(ask: Any) -> str | None:
    """As #rrggbb; None where the file names a colour of its theme, or none."""
    try:
        found = ask()
    except (AttributeError, TypeError, ValueError, KeyError):
        return None
    return f"#{str(found).lower()}" if found is not None else None


def _default(shape: Any) -> Style:
    if shape.is_placeholder and "TITLE" in str(shape.placeholder_format.type):
        return Style(_TITLE, True)
    return Style(_BODY)


# ---- lines


@dataclass
class _Pen:
    """Where the next word goes inside a box."""

    box: BBox
    page: int
    x: float
    y: float

    def word(self, text: str, style: Style, indent: float) -> Word:
        width = len(text) * _LETTER * style.size
        if self.x + width > self.box.x1 - _INSET and self.x > self.box.x0 + _INSET + indent:
            self.line(style.size, indent)
        box = BBox(self.x, self.y + 0.1 * style.size, self.x + width, self.y + 1.1 * style.size)
        self.x += width + _LETTER * style.size * 0.6
        return Word(text, self.page, box, style)

    def line(self, size: float, indent: float) -> None:
        self.x, self.y = self.box.x0 + _INSET + indent, self.y + _LINE * size


def _of_frame(frame: Any, box: BBox, page: int, default: Style) -> Iterator[Word]:
    pen = _Pen(box, page, box.x0 + _INSET, box.top + _INSET)
    for paragraph in frame.paragraphs:
        runs = [(run.text, _style(run, paragraph, default)) for run in paragraph.runs if run.text.strip()]
        if not runs:
            pen.y += _LINE * default.size
            continue
        yield from _of_paragraph(pen, runs, paragraph)
        pen.y += 0.4 * runs[-1][1].size


def _of_paragraph(pen: _Pen, runs: Sequence[tuple[str, Style]], paragraph: Any) -> Iterator[Word]:
    size = runs[0][1].size
    indent = paragraph.level * 1.2 * size
    pen.x = pen.box.x0 + _INSET + indent
    if _has_bullet(paragraph):
        yield pen.word("•", runs[0][1], indent)
        indent += 1.2 * size
    for text, style in runs:
        for line, part in enumerate(text.replace("\v", "\n").split("\n")):
            if line:
                pen.line(style.size, indent)
            yield from (pen.word(word, style, indent) for word in part.split())
    pen.line(size, 0.0)


def _has_bullet(paragraph: Any) -> bool:
    properties = paragraph._p.pPr
    return properties is not None and any(child.tag.endswith(("}buChar", "}buAutoNum")) for child in properties)


def _style(run: Any, paragraph: Any, default: Style) -> Style:
    font, above = run.font, paragraph.font
    size = font.size or above.size
    bold = font.bold if font.bold is not None else above.bold
    return Style(
        size=size.pt if size else default.size,
        bold=default.bold if bold is None else bool(bold),
        italic=bool(font.italic),
        color=_color(lambda: font.color.rgb if font.color and font.color.type else None),
        font=font.name or "",
    )


def _of_table(table: Any, box: BBox, page: int) -> Iterator[Word]:
    top = box.top
    for row in table.rows:
        left, height = box.x0, row.height / _POINT
        for cell, column in zip(row.cells, table.columns, strict=False):
            width = column.width / _POINT
            if not cell.is_spanned:
                yield from _of_frame(cell.text_frame, BBox(left, top, left + width, top + height), page, Style(12.0))
            left += width
        top += height
