"""One page as a reader sees it: its picture, and its words with their places on it."""

from __future__ import annotations

import io
from dataclasses import dataclass

from carnet.pipeline.errors import UnreadableDocument
from carnet.pipeline.read.pdf import read_pdf_page
from carnet.pipeline.read.reading import PLAINLY, ReadOptions
from carnet.schemas.layout import Word

WIDTH = 1400
"""Pixels; sharp on a wide screen, and small print can still be read."""
MOST_PIXELS = 8_000_000


@dataclass(frozen=True)
class PageView:
    """`width`, `height`: of the page in points, the measure of the words' boxes and of all evidence."""

    picture: bytes  # PNG
    width: float
    height: float
    words: tuple[Word, ...]


def view_page(data: bytes, number: int, asked: ReadOptions = PLAINLY) -> PageView:
    """Page `number` of a PDF, counted from 1; UnreadableDocument where there is none or nothing can draw it. The whole
    page is drawn, what is cut off in print too: places are counted from its corner."""
    import pypdfium2

    try:
        with asked.guard(0), pypdfium2.PdfDocument(data, password=asked.password) as document:
            if not 0 < number <= len(document):
                raise UnreadableDocument(f"no page {number}: it has {len(document)}")
            page = document[number - 1]
            page.set_cropbox(*page.get_mediabox())
            width, height = page.get_size()
            if not (0 < width <= asked.limits.points and 0 < height <= asked.limits.points):
                raise UnreadableDocument(f"page {number} has no size that can be drawn")
            scale = min(WIDTH / width, (MOST_PIXELS / (width * height)) ** 0.5)
            picture = page.render(scale=scale).to_pil()
            page.close()
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(f"page {number} can't be drawn: {error}") from error
    read = read_pdf_page(data, number, asked)
    shown = picture.convert("RGB")
    if read.turn:
        on_side = abs(read.turn) % 180 == 90
        shown = shown.rotate(read.turn, fillcolor=(255, 255, 255), expand=on_side)
        width, height = (height, width) if on_side else (width, height)
    into = io.BytesIO()
    shown.quantize(256).save(into, "PNG")
    words = tuple(word for word in read.words if word.box is not None)
    return PageView(into.getvalue(), width, height, words)
