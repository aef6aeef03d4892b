"""What reportlab lacks for our nodes: paragraphs without air around them, things placed and turned; and its fonts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.platypus import Flowable, Paragraph

from carnet.pipeline.teach.typst import font_folders

SYSTEM_FONTS = Path("/usr/share/fonts/truetype")
_FILES = {
    "DejaVu Sans": ("DejaVuSans", "-Bold", "-Oblique", "-BoldOblique"),
    "DejaVu Serif": ("DejaVuSerif", "-Bold", "-Italic", "-BoldItalic"),
    "DejaVu Sans Condensed": ("DejaVuSansCondensed", "-Bold", "-Oblique", "-BoldOblique"),
    "Roboto": ("Roboto-Regular", "Roboto-Bold", "Roboto-Italic", "Roboto-BoldItalic"),
    "Source Serif Pro": ("SourceSerifPro-Regular", "SourceSerifPro-Bold", "SourceSerifPro-It", "SourceSerifPro-BoldIt"),
    "Source Sans Pro": ("SourceSansPro-Regular", "SourceSansPro-Bold", "SourceSansPro-It", "SourceSansPro-BoldIt"),
    "Manrope": ("Manrope-Regular", "Manrope-Bold", "Manrope-Regular", "Manrope-Bold"),
    "Caladea": ("Caladea-Regular", "Caladea-Bold", "Caladea-Italic", "Caladea-BoldItalic"),
    "Lato": ("Lato-Regular", "Lato-Bold", "Lato-Italic", "Lato-BoldItalic"),
    "Open Sans": ("OpenSans-Regular", "OpenSans-Bold", "OpenSans-Italic", "OpenSans-BoldItalic"),
    "Carlito": ("Carlito-Regular", "Carlito-Bold", "Carlito-Italic", "Carlito-BoldItalic"),
}
STANDARD = {
    "Helvetica": ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "Helvetica-BoldOblique"),
    "Times": ("Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic"),
}
"""The fonts that every PDF reader has: never embedded, Latin letters only."""


@cache
def faces(family: str) -> tuple[str, str, str, str]:
    """Names of the regular, bold, italic and bold italic face, registered. NotImplementedError where one is missing."""
    if family in STANDARD:
        return STANDARD[family]
    first, *others = _FILES.get(family, ("",))
    names = [first, *(first + o if o.startswith("-") else o for o in others)]
    if not first:
        raise NotImplementedError(f"no TrueType files known for {family}")
    out = [_registered(f"{family} {i}", name) for i, name in enumerate(names)]
    pdfmetrics.registerFontFamily(family, *out)
    return out[0], out[1], out[2], out[3]


def _registered(name: str, file: str) -> str:
    for folder in (*font_folders(), SYSTEM_FONTS):
        for path in sorted(folder.rglob(f"{file}.ttf")):
            try:
                pdfmetrics.registerFont(TTFont(name, str(path)))
            except TTFError as error:
                raise NotImplementedError(f"{path.name}: {error}") from None
            return name
    raise NotImplementedError(f"no file {file}.ttf")


@cache
def has_letter(face: str, letter: str) -> bool:
    """Can a face print a letter?"""
    font = pdfmetrics.getFont(face)
    if isinstance(font, TTFont):
        return ord(letter) in font.face.charToGlyph
    try:
        letter.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


class Text(Paragraph):  # type: ignore[misc]  # reportlab has no types
    """A paragraph from the head of its first capitals to the foot of its last line, as nodes count heights."""

    def _trims(self) -> tuple[float, float]:
        size, leading = self.style.fontSize, self.style.leading
        return 0.3 * size, leading - size

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        wide, high = Paragraph.wrap(self, width, height + sum(self._trims()))
        return wide, max(0.0, high - sum(self._trims()))

    def split(self, width: float, height: float) -> list[Any]:
        parts: list[Any] = Paragraph.split(self, width, height + sum(self._trims()))
        return parts

    def draw(self) -> None:
        self.canv.saveState()
        self.canv.translate(0, -self._trims()[1])
        Paragraph.draw(self)
        self.canv.restoreState()


class Held(Flowable):  # type: ignore[misc]
    """Things one below the other, in a cell or wherever a single thing is asked for."""

    def __init__(self, some: Sequence[Any]) -> None:
        super().__init__()
        self.some = list(some)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        sizes = [f.wrapOn(self.canv, width, height) for f in self.some]
        self.heights = [h for _, h in sizes]
        self.width, self.height = max((w for w, _ in sizes), default=0.0), sum(self.heights)
        return self.width, self.height

    def draw(self) -> None:
        down = self.height
        for flowable, high in zip(self.some, self.heights, strict=True):
            down -= high
            flowable.drawOn(self.canv, 0, down)


class Placed(Flowable):  # type: ignore[misc]
    """A thing at a place of its own on the page, counted from the paper's top left corner."""

    def __init__(self, child: Flowable, x: float, y: float, width: float, paper_height: float) -> None:
        super().__init__()
        self.child, self.x, self.y, self.room, self.paper_height = child, x, y, width, paper_height

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return 0.0, 0.0

    def draw(self) -> None:
        here_x, here_y = self.canv.absolutePosition(0, 0)
        _, high = self.child.wrapOn(self.canv, self.room, self.paper_height)
        self.child.drawOn(self.canv, self.x - here_x, self.paper_height - self.y - high - here_y)


class Turned(Flowable):  # type: ignore[misc]
    """A thing turned clockwise; it takes the room that it has after the turn. `long`: its width before."""

    def __init__(self, child: Flowable, angle: float, long: float) -> None:
        super().__init__()
        self.child, self.angle, self.long = child, math.radians(-angle), long

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.wide, self.high = self.child.wrapOn(self.canv, self.long, 2000.0)
        self.wide = max(self.wide, self.long)
        k, s = abs(math.cos(self.angle)), abs(math.sin(self.angle))
        self.width, self.height = self.wide * k + self.high * s, self.wide * s + self.high * k
        return self.width, self.height

    def draw(self) -> None:
        self.canv.saveState()
        self.canv.translate(self.width / 2, self.height / 2)
        self.canv.rotate(math.degrees(self.angle))
        self.child.drawOn(self.canv, -self.wide / 2, -self.high / 2)
        self.canv.restoreState()


class Photo(Flowable):  # type: ignore[misc]
    """A raster picture of a size."""

    def __init__(self, png: bytes, width: float, height: float) -> None:
        super().__init__()
        self.png, self.width, self.height = png, width, height

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        self.canv.drawImage(ImageReader(BytesIO(self.png)), 0, 0, self.width, self.height)
