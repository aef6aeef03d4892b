"""Pictures that may hold text nobody read: what they hide must not count as absent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from carnet.schemas.layout import BBox, Page

PICTURE_PAGE = "text_in_picture: nothing but pictures on the page: their text, if any, was not read"
DRAWN_PAGE = "text_in_picture: the page is a drawing: its text, if it has any, was not read"
_NOTABLE = 0.04
"""Share of a page without words that its pictures cover; a logo covers less."""
_STROKES = 50
"""Curves of a drawing, or of letters that were turned into outlines."""
_MOST_BARS = 12
_FEWEST = 3
_REPEATED = 3
"""A picture at the same place of so many pages is furniture."""


def is_text_picture(page: Page) -> bool:
    """Nothing on it can be read as letters, and something is there to be looked at."""
    if page.words or not page.width:
        return False
    unread = any(note.startswith(("garbled_text", "hidden_text")) for note in page.notes)
    return PICTURE_PAGE in page.notes or DRAWN_PAGE in page.notes or (unread and bool(page.shapes))


def picture_regions(page: Page, pages: Sequence[Page]) -> list[BBox]:
    """Pictures like a line or a bar of text that hold none, and that are not at the same place of several pages."""
    if not page.words:
        return []
    bars = [box for box in _pictures(page) if _is_bar(box, page) and not _written_on(box, page)]
    if not bars:
        return []
    places = Counter(_place(box) for other in pages for box in {_place(b): b for b in _pictures(other)}.values())
    alone = {_place(box): box for box in bars if places[_place(box)] < _REPEATED or len(pages) < _REPEATED}
    return list(alone.values())[:_MOST_BARS]


def _is_bar(box: BBox, page: Page) -> bool:
    return 7 <= box.height <= 90 and box.width >= 3 * box.height and box.width >= 40 and _inside(box, page) == box


def note_pictures(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    """Pages with a note where the whole page is a picture, or where its lines hold pictures of words."""
    places = Counter(_place(box) for page in pages for box in {_place(b): b for b in _pictures(page)}.values())
    return tuple(_noted(page, places) for page in pages)


def _noted(page: Page, places: Counter[tuple[int, ...]]) -> Page:
    if not page.words:
        note = PICTURE_PAGE if _covered(page) > _NOTABLE else DRAWN_PAGE if _is_drawn(page) else None
        return replace(page, notes=(*page.notes, note)) if note else page
    strips = sum(places[_place(box)] < _REPEATED for box in _pictures_of_words(page))
    if strips < _FEWEST:
        return page
    note = f"text_in_picture: {strips} pictures among its lines may hold words that were not read"
    return replace(page, notes=(*page.notes, note))


def _is_drawn(page: Page) -> bool:
    return sum(shape.kind == "curve" for shape in page.shapes) >= _STROKES


def _covered(page: Page) -> float:
    """Share of the page under pictures, which a scanner may have cut in strips."""
    if not page.width:
        return 0.0
    area = sum(max(0.0, _inside(b, page).width) * max(0.0, _inside(b, page).height) for b in _pictures(page))
    return area / (page.width * page.height)


def _inside(box: BBox, page: Page) -> BBox:
    return BBox(max(0.0, box.x0), max(0.0, box.top), min(page.width, box.x1), min(page.height, box.bottom))


def _pictures_of_words(page: Page) -> Iterator[BBox]:
    """Pictures with the form of a line of text, without text on them."""
    for box in _pictures(page):
        if 5 <= box.height <= 24 and box.width >= 4 * box.height and box.width >= 40 and not _written_on(box, page):
            yield box


def _written_on(box: BBox, page: Page) -> bool:
    return any(
        word.box is not None and word.box.x_overlap(box) > 1 and word.box.y_overlap(box) > 0.4 * word.box.height
        for word in page.words
    )


def _pictures(page: Page) -> Iterator[BBox]:
    return (shape.box for shape in page.shapes if shape.kind == "picture")


def _place(box: BBox) -> tuple[int, ...]:
    return round(box.x0 / 3), round(box.top / 3), round(box.width / 3), round(box.height / 3)
