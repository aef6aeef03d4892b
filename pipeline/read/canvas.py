"""Takes the letters, paths and pictures that are drawn on a page, no more than a page may hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from math import isfinite
from typing import Any, NamedTuple

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTContainer, LTFigure
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.utils import apply_matrix_pt, get_bound, mult_matrix

from carnet.pipeline.read.fonts import told_name
from carnet.pipeline.read.letters import Char
from carnet.pipeline.read.limits import Limits

Corners = tuple[float, float, float, float]
_INVISIBLE = (3, 7)
"""Text rendering modes that draw nothing: the text layer of a scan, or a hidden text."""
_SHORT = 2
"""Strings of so many bytes are looked up as a whole: many programs print each letter apart."""


class DrawnPath(NamedTuple):
    """A path or picture, its corners and points in pdfminer's coordinates. `kind`: line, rect, curve, picture."""

    kind: str
    corners: Corners
    points: Sequence[tuple[float, float]] = ()
    stroke: bool = False
    fill: bool = False
    stroking: Any = None
    filling: Any = None


class Canvas(PDFPageAggregator):
    """pdfminer's device; it makes letters in the form pdfplumber's word grouping takes at once, by pdfminer's
    arithmetic. `left` and `bottom` turn pdfminer's coordinates to ours.

    `clipped`: how many letters stand outside the form that holds them, where a viewer does not show them.
    """

    def __init__(self, manager: Any, number: int, limits: Limits, left: float, bottom: float) -> None:
        super().__init__(manager, pageno=number, laparams=None)
        self.chars: list[Char] = []
        self.drawn: list[DrawnPath] = []
        self.clipped = 0
        self._limits = limits
        self._left, self._bottom = left, bottom
        self._letters = self._paths = 0

    def notes(self) -> list[str]:
        over = [
            f"more than {most} {what} on one page, the rest was left out"
            for what, count, most in (
                ("letters", self._letters, self._limits.letters),
                ("drawn shapes", self._paths, self._limits.shapes),
            )
            if count > most
        ]
        return [f"page_unreadable: {sentence}" for sentence in over]

    # ---- letters --------------------------------------------------------------------------------------------------

    def render_string(self, textstate: Any, seq: Iterable[Any], ncs: Any, graphicstate: Any) -> None:
        seq = list(seq)
        self._letters += sum(len(part) for part in seq if isinstance(part, bytes))
        if self._letters > self._limits.letters:
            return
        matrix = mult_matrix(textstate.matrix, self.ctm)
        straight = matrix[1] == 0 == matrix[2] and isfinite(sum((*matrix, *textstate.linematrix)))
        look = _look(textstate, graphicstate)
        if straight and not textstate.font.is_vertical():
            textstate.linematrix = self._straight(textstate, seq, matrix, look)
        else:
            self._slanted(textstate, seq, ncs, graphicstate, look)

    def _straight(self, state: Any, seq: Sequence[Any], matrix: Any, look: Char) -> tuple[float, float]:
        """The letters of a line that is not turned, which all have the same top and bottom; and where it ends.

        Run for every letter of a brochure: what is the same for all of them is worked out before.
        """
        (a, _, _, d, e, f), (x, y) = matrix, state.linematrix
        size, scaling, font, rise = state.fontsize, state.scaling * 0.01, state.font, state.rise
        charspace, step = state.charspace * scaling, 0.001 * size * scaling
        wordspace = 0 if font.is_multibyte() else state.wordspace * scaling
        low = font.get_descent() * size + rise
        line, left = y * d + f, self._left
        y0, y1 = sorted((d * low + line, d * (low + size) + line))
        top, bottom = self._bottom - y1, self._bottom - y0
        look |= {"upright": a * d * scaling > 0, "size": y1 - y0, "top": top, "bottom": bottom}
        known = vars(font).setdefault("letters_known", {})
        clip, spaced, chars = self._clip(), False, self.chars
        for part in seq:
            if isinstance(part, int | float):
                x -= part * step
                spaced = True
                continue
            for code, text, width in (known.get(part) or _letters(font, part, known)) if type(part) is bytes else ():
                if spaced:
                    x += charspace
                spaced = True
                advance = width * size * scaling
                x0 = x * a + e
                x1 = a * advance + x0
                if x1 < x0:
                    x0, x1 = x1, x0
                x += advance
                if code == 32:
                    x += wordspace
                if clip and _outside(clip, x0, y0, x1, y1):
                    self.clipped += not text.isspace()
                else:
                    chars.append({**look, "text": text, "x0": x0 + left, "x1": x1 + left})
        return x, y

    def _slanted(self, state: Any, seq: Sequence[Any], ncs: Any, graphicstate: Any, look: Char) -> None:
        """Any other line, through pdfminer's own letters."""
        around, line = self.cur_item, LTContainer[Any]((0, 0, 0, 0))
        self.cur_item = line  # type: ignore[assignment]  # takes what is drawn, no more is asked of it here
        super().render_string(state, seq, ncs, graphicstate)
        self.cur_item = around
        clip = self._clip()
        for item in line:
            if clip and _outside(clip, item.x0, item.y0, item.x1, item.y1):
                self.clipped += not item.get_text().isspace()
                continue
            place = {"x0": item.x0 + self._left, "x1": item.x1 + self._left}
            place |= {"top": self._bottom - item.y1, "bottom": self._bottom - item.y0}
            a, b = item.matrix[:2]
            turned = abs(b) > abs(a) and not state.font.is_vertical()
            aslant = min(abs(a), abs(b)) > _ASLANT * max(abs(a), abs(b))
            # pdfminer takes what is turned by sine and cosine for upright
            upright = item.upright and not turned and not aslant
            turn = (90 if b > 0 else 270) if turned else 0
            found = {"text": item.get_text(), "size": item.size, "upright": upright, "turn": turn}
            self.chars.append({**look, **place, **found})

    def _clip(self) -> Corners | None:
        """The form that is drawn, if one is."""
        form = self.cur_item
        return (form.x0, form.y0, form.x1, form.y1) if isinstance(form, LTFigure) else None

    # ---- paths and pictures ---------------------------------------------------------------------------------------

    def paint_path(self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Sequence[Any]) -> None:
        """As pdfminer does, without a second list of all points."""
        self._paths += 1
        if self._paths > self._limits.shapes or len(path) > self._limits.segments:
            return
        shape = "".join(segment[0] for segment in path)
        if shape.count("m") > 1 and shape[0] == "m":
            for part in re.finditer(r"m[^m]+", shape):
                self.paint_path(gstate, stroke, fill, evenodd, path[part.start() : part.end()])
        elif shape[:1] == "m":
            points = [apply_matrix_pt(self.ctm, (path[0] if s[0] == "h" else s)[-2:]) for s in path]
            kind, points = _form(shape, points)
            corners = get_bound(points)
            self.drawn.append(DrawnPath(kind, corners, points, stroke, fill, gstate.scolor, gstate.ncolor))

    def render_image(self, name: str, stream: Any) -> None:
        clip = self._clip()
        assert clip, "a picture is drawn as a form of its own"
        self.drawn.append(DrawnPath("picture", clip))


def _look(textstate: Any, graphicstate: Any) -> Char:
    """What all letters of a string have in common."""
    color = graphicstate.ncolor
    return {
        "fontname": told_name(textstate.font),
        "non_stroking_color": color if isinstance(color, tuple) else (color,),
        "invisible": textstate.render in _INVISIBLE,
    }


def _letters(font: Any, codes: bytes, known: dict[Any, Any]) -> Sequence[tuple[int, str, float]]:
    """Code, text and width of each letter of a string. A font looks each of them up once."""
    found = [known.get(code) or known.setdefault(code, _letter(font, code)) for code in font.decode(codes)]
    if len(codes) <= _SHORT:
        known[codes] = found
    return found


def _letter(font: Any, code: int) -> tuple[int, str, float]:
    try:
        text = font.to_unichr(code)
    except PDFUnicodeNotDefined:
        text = f"(cid:{code})"
    assert isinstance(text, str)
    return code, text, font.char_width(code)


_ASLANT = 0.18
"""Rise to run of a line of text, from which on it is a watermark and no crooked page: ten degrees."""


def _outside(clip: Corners, x0: float, y0: float, x1: float, y1: float) -> bool:
    return x1 < clip[0] or x0 > clip[2] or y1 < clip[1] or y0 > clip[3]


def _form(shape: str, points: list[tuple[float, float]]) -> tuple[str, list[tuple[float, float]]]:
    """Line, rectangle or curve, and the points that count; "ml" is a common slip for "mlh"."""
    if len(shape) > 3 and shape.endswith("lh") and points[-2] == points[0]:
        shape, points = shape[:-2] + "h", points[:-1]
    if shape in ("ml", "mlh"):
        return "line", points[:2]
    if shape in ("mlllh", "mllll") and points[0] == points[4] and _is_square(points):
        (x0, y0), (x1, y1) = points[0], points[2]
        return "rect", [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    return "curve", points


def _is_square(points: Sequence[tuple[float, float]]) -> bool:
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = points[:4]
    return (x0 == x1 and y1 == y2 and x2 == x3 and y3 == y0) or (y0 == y1 and x1 == x2 and y2 == y3 and x3 == x0)
