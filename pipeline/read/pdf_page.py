"""One page of a PDF -> words and shapes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pdfplumber.page import Page as PlumberPage

from carnet.pipeline.read.annotations import annotations_of
from carnet.pipeline.read.canvas import Canvas
from carnet.pipeline.read.layers import Layered, layers_off
from carnet.pipeline.read.letters import Char, visible
from carnet.pipeline.read.limits import Limits
from carnet.pipeline.read.marks import drawn_marks, with_list_marks
from carnet.pipeline.read.mend import mended
from carnet.pipeline.read.shapes import shapes_of
from carnet.pipeline.read.tabs import tabs_of
from carnet.pipeline.read.words import words_of
from carnet.schemas.layout import BBox, Page


def read_page(pdf: Any, printed: Any, number: int, limits: Limits) -> Page:
    """Words and shapes of a page, in pdfplumber's coordinates; of one whose text is set on its side, in those of the
    page turned so that it can be read, with `turn` saying by how much.

    Raises whatever pdfminer raises on a damaged page.
    """
    page, turn = _read(pdf, printed, number, limits)
    if not turn:
        return page
    printed.rotate = (printed.rotate + turn) % 360
    printed.attrs["Rotate"] = printed.rotate
    return replace(_read(pdf, printed, number, limits)[0], turn=-90.0 if turn == _CLOCKWISE else 90.0)


def _read(pdf: Any, printed: Any, number: int, limits: Limits) -> tuple[Page, int]:
    """The page as it stands, and the turn in degrees, clockwise, by which nearly all of its text is upright."""
    frame, odd = _frame(pdf, printed, number, limits)
    width, height = float(frame.width), float(frame.height)
    left, low = map(float, frame.mediabox[:2])
    canvas = Canvas(pdf.rsrcmgr, number, limits, left, height + low)
    interpreter = Layered(pdf.rsrcmgr, canvas)
    interpreter.off = layers_off(pdf.doc)
    interpreter.process_page(printed)
    shapes, window = shapes_of(canvas.drawn, left, height + low), _window(frame, width, height)
    written, comments = annotations_of(printed, left, height + low)
    kept, turned, found = visible([*canvas.chars, *written], shapes, window, canvas.clipped)
    plain, wide, doubts = mended(kept)
    words = [word for letters in (with_list_marks(plain), *wide) for word in words_of(letters, number)]
    words += drawn_marks(shapes, words)
    tabs, left_out = tabs_of(turned, len(kept), number, window)
    notes = (*odd, *canvas.notes(), *found, *doubts, *comments, *left_out)
    page = Page(number, width, height, tuple(words), tuple(shapes), notes, tuple(tabs))
    return page, _turn(turned, len(kept))


def _turn(turned: Sequence[Char], upright: int) -> int:
    """The turn of nearly all letters, 0 where upright ones are more than a few."""
    turns = Counter(int(c.get("turn", 0)) for c in turned if not c["text"].isspace())
    turn, letters = max(turns.items(), key=lambda t: t[1], default=(0, 0))
    return turn if letters >= _TURNED and letters >= _NEARLY * (upright + turns.total()) else 0


_CLOCKWISE = 90
_TURNED = 40
"""Letters of a page at least, by which it is turned, and the share of all that they are."""
_NEARLY = 0.8


def _frame(pdf: Any, printed: Any, number: int, limits: Limits) -> tuple[PlumberPage, list[str]]:
    """The page's boxes and rotation; where they make no sense, those of a common page, with a note."""
    box = printed.mediabox  # pdfminer puts US Letter where there is none
    sides = box[2] - box[0], box[3] - box[1]
    if all(1 <= abs(side) <= limits.points for side in sides):
        printed.attrs["MediaBox"] = list(box)
        return PlumberPage(pdf, printed, number), []
    printed.attrs["MediaBox"] = list(_LETTER)
    printed.attrs.pop("CropBox", None)
    printed.mediabox = printed.cropbox = _LETTER
    size = " x ".join(f"{side:g}" for side in sides)
    return PlumberPage(pdf, printed, number), [f"weak_reading: a page of {size} points is read as one of 612 x 792"]


_LETTER = (0.0, 0.0, 612.0, 792.0)


def _window(frame: PlumberPage, width: float, height: float) -> BBox:
    """What a viewer shows of the page: its crop box, unless that lies beside the page."""
    whole = BBox(float(frame.mediabox[0]), float(frame.mediabox[1]), 0, 0)
    whole = BBox(whole.x0, whole.top, whole.x0 + width, whole.top + height)
    crop = BBox(*map(float, frame.cropbox))
    cut = BBox(max(whole.x0, crop.x0), max(whole.top, crop.top), min(whole.x1, crop.x1), min(whole.bottom, crop.bottom))
    return cut if cut.width > 1 and cut.height > 1 else whole
