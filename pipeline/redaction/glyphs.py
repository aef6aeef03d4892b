"""Every letter that a PDF draws: where it stands on its page, and which bytes of which operator draw it."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal, NamedTuple

import pdfplumber
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, dict_value
from pdfminer.utils import MATRIX_IDENTITY, mult_matrix
from pdfplumber.page import Page as PlumberPage

import carnet.pipeline.read.pdf  # noqa: F401 - bounds what pdfminer unpacks
from carnet.pipeline.errors import UnreadableDocument
from carnet.pipeline.read.letters import UNKNOWN

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom from the top left of a page, in points."""
Stream = tuple[Literal["page", "form"], int]
"""The contents of a page by its number, or a form (a pattern) by the number of its object."""


class GlyphPlace(NamedTuple):
    """Bytes `start` to `end` of string `part` of the stream's `shown`-th operator that shows text."""

    stream: Stream
    shown: int
    part: int
    start: int
    end: int


class GlyphStyle(NamedTuple):
    """How a letter is set: its axes on the page, size and width within them, colour, rendering mode, boldness."""

    matrix: tuple[float, float, float, float, float, float]
    size: float
    width: float
    color: tuple[float, ...]
    mode: int
    is_bold: bool


class Glyph(NamedTuple):
    """`string`: all bytes of its string. `advance`: how far it moves the next one, as an operator's array says it."""

    text: str
    box: Box
    place: GlyphPlace
    string: bytes
    advance: float
    look: GlyphStyle

    @property
    def size(self) -> float:
        """As it stands on the page."""
        return abs(self.look.size) * math.hypot(*self.look.matrix[2:4])

    def from_end_of(self, other: Glyph) -> tuple[float, float]:
        """How far it begins behind the other letter, along that one's line and below it, however turned."""
        a, b, c, d, e, f = other.look.matrix
        x, y = self.look.matrix[4] - e - a * other.look.width, self.look.matrix[5] - f - b * other.look.width
        along, down = math.hypot(a, b) or 1.0, math.hypot(c, d) or 1.0
        return (x * a + y * b) / along, -(x * c + y * d) / down


@dataclass(frozen=True)
class DrawnGlyphs:
    """The letters of each page, in the order of drawing; `aside`: those of forms that no page draws (the look of a
    note or a field, patterns, what was left in the file)."""

    pages: tuple[tuple[Glyph, ...], ...]
    aside: Mapping[int, tuple[Glyph, ...]]

    def everything(self) -> Iterator[tuple[int, tuple[Glyph, ...]]]:
        """Number of the page and its letters; 0 for what stands on none."""
        yield from enumerate(self.pages, 1)
        yield from ((0, glyphs) for glyphs in self.aside.values())


def glyphs_of(data: bytes, password: str | None = None, only: Set[int] | None = None) -> DrawnGlyphs:
    """Of all pages, or of some (by number) and none of the others. UnreadableDocument where one can't be read."""
    with _told("damaged PDF"), pdfplumber.open(io.BytesIO(data), password=password or "") as pdf:
        device = _Device(pdf.rsrcmgr)
        pages = []
        for number, page in enumerate(PDFPage.create_pages(pdf.doc), 1):
            with _told(f"page {number}: its letters can't be read"):
                pages.append(_of_page(pdf, page, number, device) if only is None or number in only else ())
        with _told("what no page draws can't be read"):
            forms = {number: _of_form(form, device) for number, form in _forms(pdf.doc, device.executed)}
        return DrawnGlyphs(tuple(pages), forms)


@contextmanager
def _told(what: str) -> Iterator[None]:
    """pdfminer raises anything on damaged files."""
    try:
        yield
    except (UnreadableDocument, MemoryError):
        raise
    except Exception as error:
        raise UnreadableDocument(what) from error


def _of_page(pdf: Any, page: Any, number: int, device: _Device) -> tuple[Glyph, ...]:
    frame = PlumberPage(pdf, page, number)
    device.begin(("page", number))
    _Interpreter(pdf.rsrcmgr, device).process_page(page)
    return tuple(device.taken(float(frame.mediabox[0]), float(frame.height) + float(frame.mediabox[1])))


def _forms(document: Any, executed: set[int]) -> Iterator[tuple[int, PDFStream]]:
    """Those that no page has drawn."""
    for number in sorted({n for table in document.xrefs for n in table.get_objids()} - executed):
        stream = document.getobj(number)
        if isinstance(stream, PDFStream) and _has_operators(stream) and number not in executed:
            yield number, stream


def _has_operators(stream: PDFStream) -> bool:
    name = getattr(stream.get("Subtype"), "name", None)
    return name == "Form" or stream.get("PatternType") == 1


def _of_form(form: PDFStream, device: _Device) -> tuple[Glyph, ...]:
    """As if it were a page of its own."""
    device.begin(("form", form.objid or 0))
    device.begin_page(_NoPage, MATRIX_IDENTITY)
    resources = dict_value(form.get("Resources") or {})
    _Interpreter(device.rsrcmgr, device).render_contents(resources, [form])
    return tuple(device.taken(0.0, 0.0))


class _NoPage:
    mediabox = (0.0, 0.0, 1.0, 1.0)


@dataclass
class _Shown:
    """An operator that shows text, while its letters are drawn."""

    stream: Stream = ("page", 0)
    number: int = 0
    strings: tuple[Any, ...] = ()
    codes: list[tuple[int, int, int]] = field(default_factory=list)
    spacing: tuple[float, float] = (0.0, 0.0)
    mode: int = 0


class _Device(PDFPageAggregator):
    """Takes note of each letter that is drawn, and of the bytes that drew it."""

    def __init__(self, manager: Any) -> None:
        super().__init__(manager, laparams=None)
        self.executed: set[int] = set()
        self.shown = _Shown()
        self._first: Stream | None = None
        self._back: tuple[float, float, float, float, float, float] = MATRIX_IDENTITY
        self._letters: list[tuple[LTChar, GlyphPlace, bytes, float, GlyphStyle]] = []

    def begin(self, stream: Stream) -> None:
        self._first, self._letters = stream, []

    def begin_page(self, page: Any, ctm: Any) -> None:
        super().begin_page(page, ctm)
        self._back = _inverse(ctm)

    def entered(self, streams: Sequence[Any]) -> Stream:
        """Which stream is executed now: the one that was begun, or a form that it draws."""
        first, self._first = self._first, None
        numbers = [stream.objid for stream in streams if getattr(stream, "objid", None)]
        self.executed.update(numbers)
        return first or ("form", numbers[0] if numbers else 0)

    def taken(self, left: float, low: float) -> Iterator[Glyph]:
        for item, place, string, advance, look in self._letters:
            box = (item.x0 + left, low - item.y1, item.x1 + left, low - item.y0)
            yield Glyph(item.get_text(), box, place, string, advance, look)

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        strings = tuple(seq)
        font = textstate.font
        self.shown.strings = strings
        self.shown.codes = [
            (part, *code) for part, s in enumerate(strings) if isinstance(s, bytes) for code in _codes(font, s)
        ][::-1]
        self.shown.mode = textstate.render
        self.shown.spacing = (textstate.charspace, 0.0 if font.is_multibyte() else textstate.wordspace)
        super().render_string(textstate, strings, ncs, graphicstate)

    def render_char(
        self, matrix: Any, font: Any, fontsize: float, scaling: float, rise: float, cid: int, ncs: Any, state: Any
    ) -> float:  # fmt: skip
        width, shift = font.char_width(cid), font.char_disp(cid)
        item = LTChar(matrix, font, fontsize, scaling, rise, _text(font, cid), width, shift, ncs, state)
        part, start, end = self.shown.codes.pop()
        string: bytes = self.shown.strings[part]
        letters, words = self.shown.spacing
        spaced = letters + (words if string[start:end] == b" " else 0.0)
        advance = 1000 * (width + (spaced / fontsize if fontsize else 0.0))
        place = GlyphPlace(self.shown.stream, self.shown.number, part, start, end)
        axes = mult_matrix(matrix, self._back)
        look = GlyphStyle(
            axes,
            fontsize,
            float(item.adv),
            _numbers(_hashable(state.ncolor)),
            self.shown.mode,
            _is_bold(str(font.fontname)),
        )
        self._letters.append((item, place, string, advance, look))
        return float(item.adv)


def _inverse(matrix: Any) -> tuple[float, float, float, float, float, float]:
    """Of a page's axes, which are turned by right angles and moved."""
    a, b, c, d, e, f = matrix
    return a, c, b, d, -(a * e + b * f), -(c * e + d * f)


def _hashable(color: Any) -> Any:
    return tuple(map(str, color)) if isinstance(color, list) else color


@lru_cache(maxsize=1024)
def _numbers(color: Any) -> tuple[float, ...]:
    """A colour of grey, of light or of ink; black for what has no numbers (a pattern)."""
    parts = color if isinstance(color, tuple | list) else (color,)
    if len(parts) in (1, 3, 4) and all(isinstance(part, int | float) for part in parts):
        return tuple(float(part) for part in parts)
    return (0.0,)


@lru_cache(maxsize=1024)
def _is_bold(name: str) -> bool:
    return bool(re.search(r"bold|black|heavy|semi|demi", name, re.IGNORECASE))


def _text(font: Any, cid: int) -> str:
    try:
        text = str(font.to_unichr(cid))
    except Exception:  # pdfminer's PDFUnicodeNotDefined, and what a damaged map raises
        return UNKNOWN
    return UNKNOWN if not text or text.startswith("(cid:") or text == "\x00" else text


def _codes(font: Any, string: bytes) -> Iterator[tuple[int, int]]:
    """Where the code of each letter begins and ends: the shortest bytes that the font takes for one."""
    start = 0
    for end in range(1, len(string) + 1):
        if list(font.decode(string[start:end])):
            yield start, end
            start = end


class _Interpreter(PDFPageInterpreter):
    """Counts the operators that show text, stream by stream."""

    device: _Device
    stream: Stream = ("page", 0)
    count = 0

    def render_contents(self, resources: Any, streams: Sequence[Any], ctm: Any = MATRIX_IDENTITY) -> None:
        self.stream = self.device.entered(streams)
        super().render_contents(resources, streams, ctm)

    def do_TJ(self, seq: Any) -> None:
        self.device.shown = _Shown(self.stream, self.count)
        self.count += 1
        super().do_TJ(seq)

    def do__w(self, aw: Any, ac: Any, s: Any) -> None:
        """pdfminer stays on the line."""
        self.do_Tw(aw)
        self.do_Tc(ac)
        self.do__q(s)
