"""One page of a PDF -> words and shapes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTContainer, LTCurve, LTFigure, LTImage, LTLine, LTRect
from pdfplumber.page import Page as PlumberPage

from carnet.pipeline.read.annotations import annotations_of
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
    """Words and shapes of a page, in pdfplumber's coordinates.

    Raises whatever pdfminer raises on a damaged page.
    """
    frame, odd = _frame(pdf, printed, number, limits)
    width, height = float(frame.width), float(frame.height)
    device = _Device(pdf.rsrcmgr, pageno=number, limits=limits)
    interpreter = Layered(pdf.rsrcmgr, device)
    interpreter.off = layers_off(pdf.doc)
    interpreter.process_page(printed)
    left, low = map(float, frame.mediabox[:2])
    items, clipped = _flat(device.get_result())
    notes = device.notes()
    shapes = shapes_of((i for i in items if type(i) is not LTChar), left, height + low)
    chars = [_char(item, left, height + low) for item in items if type(item) is LTChar]
    written, comments = annotations_of(printed, left, height + low)
    kept, turned, found = visible([*chars, *written], shapes, _window(frame, width, height), clipped)
    plain, wide, doubts = mended(kept)
    words = [word for letters in (with_list_marks(plain), *wide) for word in words_of(letters, number)]
    words += drawn_marks(shapes, words)
    tabs, left_out = tabs_of(turned, len(kept), number, _window(frame, width, height))
    said = (*odd, *notes, *found, *doubts, *comments, *left_out)
    return Page(number, width, height, tuple(words), tuple(shapes), said, tuple(tabs))


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


class _Device(PDFPageAggregator):
    """Collects what is drawn on a page, no more than a page may hold."""

    def __init__(self, manager: Any, pageno: int, limits: Limits) -> None:
        super().__init__(manager, pageno=pageno, laparams=None)
        self._limits = limits
        self._letters = self._shapes = 0

    def notes(self) -> list[str]:
        over = [
            f"more than {most} {what} on one page, the rest was left out"
            for what, count, most in (
                ("letters", self._letters, self._limits.letters),
                ("drawn shapes", self._shapes, self._limits.shapes),
            )
            if count > most
        ]
        return [f"page_unreadable: {sentence}" for sentence in over]

    def render_string(self, textstate: Any, seq: Iterable[Any], ncs: Any, graphicstate: Any) -> None:
        seq = list(seq)
        letters = sum(len(part) for part in seq if isinstance(part, bytes))
        self._letters += letters
        if self._letters > self._limits.letters:
            return
        before = len(self.cur_item)
        super().render_string(textstate, seq, ncs, graphicstate)
        if textstate.render in _INVISIBLE:
            for item in self.cur_item._objs[before:]:
                item.invisible = True  # type: ignore[attr-defined]  # a note of ours on pdfminer's object

    def paint_path(self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Sequence[Any]) -> None:
        self._shapes += 1
        if self._shapes <= self._limits.shapes and len(path) <= self._limits.segments:
            super().paint_path(gstate, stroke, fill, evenodd, path)


_INVISIBLE = (3, 7)
"""Text rendering modes that draw nothing: the text layer of a scan, or a hidden text."""

Clip = tuple[float, float, float, float]


def _flat(page: LTContainer[Any]) -> tuple[list[Any], int]:
    """All that is drawn, forms opened; and how many letters stand outside the form that holds them, where a viewer
    does not show them."""
    items: list[Any] = []
    clipped = 0
    for item, clip in _walk(page, None):
        if clip and type(item) is LTChar and _outside(item, clip):
            clipped += not item.get_text().isspace()
        else:
            items.append(item)
    return items, clipped


def _walk(container: LTContainer[Any], clip: Clip | None) -> Iterator[tuple[Any, Clip | None]]:
    for item in container._objs:
        if isinstance(item, LTFigure):
            yield from _walk(item, (item.x0, item.y0, item.x1, item.y1))
        elif isinstance(item, LTChar | LTRect | LTLine | LTCurve | LTImage):
            yield item, clip


def _outside(item: LTChar, clip: Clip) -> bool:
    return bool(item.x1 < clip[0] or item.x0 > clip[2] or item.y1 < clip[1] or item.y0 > clip[3])


def _char(item: LTChar, left: float, bottom: float) -> Char:
    """A letter as pdfplumber gives it, without its general conversion of every attribute of every object, which takes
    half the time of reading a page."""
    color = item.graphicstate.ncolor
    font = item.fontname
    top = bottom - item.y1
    return {
        "text": item.get_text(),
        "fontname": font.decode("latin-1") if isinstance(font, bytes) else font,
        "size": item.size,
        "upright": item.upright,
        "non_stroking_color": color if isinstance(color, tuple) else (color,),
        "x0": item.x0 + left,
        "x1": item.x1 + left,
        "top": top,
        "bottom": bottom - item.y0,
        "doctop": top,
        "width": item.width,
        "height": item.height,
        "invisible": hasattr(item, "invisible"),
    }


def _window(frame: PlumberPage, width: float, height: float) -> BBox:
    """What a viewer shows of the page: its crop box, unless that lies beside the page."""
    whole = BBox(float(frame.mediabox[0]), float(frame.mediabox[1]), 0, 0)
    whole = BBox(whole.x0, whole.top, whole.x0 + width, whole.top + height)
    crop = BBox(*map(float, frame.cropbox))
    cut = BBox(max(whole.x0, crop.x0), max(whole.top, crop.top), min(whole.x1, crop.x1), min(whole.bottom, crop.bottom))
    return cut if cut.width > 1 and cut.height > 1 else whole
