"""Pages of a PDF whose text is in pictures: which they are, and the same pages with the words an engine reads there."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from carnet.pipeline.read.keep import KeptWords
from carnet.pipeline.read.limits import LimitExceeded
from carnet.pipeline.read.ocr.alike import styles_of
from carnet.pipeline.read.ocr.engines import engine_for
from carnet.pipeline.read.ocr.scanned import Scanned, scan
from carnet.pipeline.read.ocr.spots import Engine, EngineFailed
from carnet.pipeline.read.pictures import is_text_picture, picture_regions
from carnet.pipeline.read.reading import ReadOptions
from carnet.schemas.layout import BBox, Page, Word

if TYPE_CHECKING:
    from PIL.Image import Image

_log = logging.getLogger(__name__)
MOST_PIXELS = 40_000_000
_DOUBTFUL = 0.7
_SURE = 0.6
"""What stands in a picture among text is taken for words only when the engine is so sure: a photo holds many shapes."""
_NAMED = 8


def with_recognised(pages: tuple[Page, ...], data: bytes, asked: ReadOptions) -> tuple[Page, ...]:
    """Pages without text, and pictures like lines of text, read by the engine that is there; with notes on what is in
    doubt. As they were where nothing needs it or no engine is there."""
    wanted = {page.number: regions for page in pages if (regions := _wanted(page, pages))}
    engine = engine_for(asked.ocr) if wanted else None
    if engine is None:
        return pages
    scans: dict[int, list[Scanned]] = {}
    troubles: dict[int, str] = {}
    for count, (number, regions) in enumerate(wanted.items()):
        if count >= asked.limits.recognised:
            troubles[number] = f"page_unreadable: pictures of more than {asked.limits.recognised} pages are not read"
            continue
        try:
            with asked.recognising(number):
                scans[number] = list(_scans(data, number, regions, engine, asked))
        except (EngineFailed, LimitExceeded) as error:
            troubles[number] = f"page_unreadable: its text is in a picture, which was not read: {error}"
    return _with_words(pages, scans, troubles, engine)


def _wanted(page: Page, pages: Sequence[Page]) -> tuple[BBox | None, ...]:
    """None stands for the whole page."""
    return (None,) if is_text_picture(page) else tuple(picture_regions(page, pages))


# ---- pictures


def _scans(
    data: bytes, number: int, regions: Sequence[BBox | None], engine: Engine, asked: ReadOptions
) -> Iterator[Scanned]:
    picture = draw_page(data, number, engine.dpi, asked)
    kept = KeptWords(asked.keep)
    for region in regions:
        if region is None:
            yield scan(picture, number, engine, kept)
        else:
            yield _of_region(picture, number, region, engine, kept)


def draw_page(data: bytes, number: int, dpi: float, asked: ReadOptions) -> Image:
    """The whole page, what is cut off in print too: places are counted from its corner.

    Raises EngineFailed where it is too large or can't be drawn.
    """
    import pypdfium2

    try:
        with contextlib.closing(pypdfium2.PdfDocument(data, password=asked.password)) as document:
            page: Any = document[number - 1]
            page.set_cropbox(*page.get_mediabox())
            width, height = page.get_size()
            scale = dpi / 72
            if not 0 < width * height * scale**2 <= MOST_PIXELS:
                raise EngineFailed(f"a page of {width:g} x {height:g} points is too large")
            picture: Image = page.render(scale=scale).to_pil()
            return picture.convert("RGB")
    except (pypdfium2.PdfiumError, MemoryError) as error:
        raise EngineFailed("it can't be drawn") from error


def _of_region(picture: Image, number: int, region: BBox, engine: Engine, kept: KeptWords) -> Scanned:
    points = 72 / engine.dpi
    sides = [round(side / points) for side in (region.x0, region.top, region.x1, region.bottom)]
    margin = round(engine.dpi / 30)  # engines miss letters at the very edge
    part = picture.crop(
        (max(0, sides[0]), max(0, sides[1]), min(picture.width, sides[2]), min(picture.height, sides[3]))
    )
    framed = _framed(part, margin)
    scanned = scan(framed, number, engine, kept, whole=False)
    lines = tuple(line for line in scanned.lines if min(one.spot.confidence for one in line) >= _SURE)
    left, top = (max(0, sides[at]) - margin for at in (0, 1))
    return replace(scanned, lines=lines, left=left * points, top=top * points)


def _framed(part: Image, margin: int) -> Image:
    """With a margin in the colour of its corner."""
    from PIL import ImageOps

    return ImageOps.expand(part, margin, part.getpixel((0, 0)))  # type: ignore[arg-type]


# ---- pages


def _with_words(
    pages: tuple[Page, ...], scans: dict[int, list[Scanned]], troubles: dict[int, str], engine: Engine
) -> tuple[Page, ...]:
    styles = styles_of((one.seen, one.points) for some in scans.values() for one in some)
    out: list[Page] = []
    for page in pages:
        trouble = troubles.get(page.number)
        page = replace(page, notes=(*page.notes, trouble)) if trouble else page
        some = scans.get(page.number, [])
        words = [word for one in some for word in one.words(styles)]
        out.append(_with(page, some, words) if words else page)
    count = len({page.number for page, before in zip(out, pages, strict=True) if page.words != before.words})
    return _told(out, count, engine) if count else tuple(out)


def _with(page: Page, scans: Sequence[Scanned], words: Sequence[Word]) -> Page:
    """The page with these words. What is drawn on a scanned page replaces the one picture that it was."""
    weak = [word.text for word in words if (word.confidence or 0) < _DOUBTFUL and any(c.isalnum() for c in word.text)]
    notes = tuple(note for note in page.notes if not note.startswith("text_in_picture"))
    if weak:
        named = ", ".join(repr(text) for text in weak[:_NAMED]) + (", …" if len(weak) > _NAMED else "")
        notes += (f"weak_reading: {len(weak)} words of a picture are in doubt: {named}",)
    if page.words:
        return replace(page, words=(*page.words, *words), notes=notes)
    shapes = tuple(shape for one in scans for shape in one.shapes())
    return replace(page, words=tuple(words), shapes=shapes, notes=notes, turn=scans[0].turn)


def _told(pages: Sequence[Page], count: int, engine: Engine) -> tuple[Page, ...]:
    what = f"{count} page{'s' if count > 1 else ''}"
    note = f"weak_reading: text of {what} was recognised in pictures, by {engine.name}: look at figures and names"
    return tuple(replace(page, notes=(*page.notes, note)) if at == 0 else page for at, page in enumerate(pages))
