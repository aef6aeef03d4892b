"""What each printed glyph is: read from a twin of the document whose runs are set in colours that number them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import playa

from carnet.pipeline.teach.nodes import Mark
from carnet.schemas.layout import BBox

_SLACK = 1.0  # points by which a glyph's middle may stand outside the word's box


@dataclass(frozen=True, slots=True)
class Glyph:
    """A printed glyph: the middle of its box, and the mark of its run."""

    x: float
    y: float
    mark: Mark


class Truth:
    """The marks of a document's glyphs, by page (1 is the first)."""

    def __init__(self, pages: Sequence[Sequence[Glyph]]) -> None:
        self.pages = [sorted(page, key=lambda g: g.x) for page in pages]
        self._xs = [[g.x for g in page] for page in self.pages]

    def marks(self, page: int, boxes: Iterable[BBox]) -> Counter[Mark]:
        """How many glyphs of each mark stand in the boxes of a page."""
        found: Counter[Mark] = Counter()
        glyphs, xs = self.pages[page - 1], self._xs[page - 1]
        for box in boxes:
            for glyph in glyphs[bisect_left(xs, box.x0 - _SLACK) : bisect_left(xs, box.x1 + _SLACK)]:
                if box.top - _SLACK <= glyph.y <= box.bottom + _SLACK:
                    found[glyph.mark] += 1
        return found

    def first_page(self, mission: int) -> int | None:
        """The page on which a mission starts."""
        return next((n for n, page in enumerate(self.pages, 1) if any(g.mark.mission == mission for g in page)), None)


def read_truth(coded: bytes, marks: Sequence[Mark]) -> Truth:
    """The truth of a coded PDF. `marks`: of the run with each number, the first is 1."""
    document = playa.parse(coded, space="screen")
    pages = []
    for page in document.pages:
        glyphs = []
        for text in page.texts:
            for glyph in text:
                number = _number(glyph.gstate.ncolor.values)
                if 0 < number <= len(marks) and (glyph.text or "").strip():
                    x0, y0, x1, y1 = glyph.bbox
                    glyphs.append(Glyph((x0 + x1) / 2, (y0 + y1) / 2, marks[number - 1]))
        pages.append(glyphs)
    return Truth(pages)


def _number(color: Sequence[float]) -> int:
    if len(color) != 3:
        return 0
    red, green, blue = (round(255 * float(c)) for c in color)
    return (red << 16) + (green << 8) + blue
