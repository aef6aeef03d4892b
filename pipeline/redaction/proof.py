"""The proof that a redacted PDF is its original without some letters: every other letter is there, at its place, and
the pages look the same but for the gaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from carnet.pipeline.errors import UnreadableDocument
from carnet.pipeline.redaction.glyphs import Box, DrawnGlyphs, Glyph, GlyphPlace
from carnet.pipeline.redaction.marks import SIGNS

_MOVED = 0.5
"""Points. pdfminer counts the space between letters otherwise at the end of a string."""
_SCALE, _FINE = 1.0, 4.0
"""Dots to a point; finer where a page seems to look otherwise."""
_TONE = 24
"""Of 256: smoothing of edges."""
_MARGIN = 2.0
"""Points around a letter into which its ink may reach."""

Gone = Mapping[int, Sequence[Glyph]]
"""Letters that were taken out, by page."""


@dataclass(frozen=True)
class AllowedChange:
    """What may look otherwise: where letters were taken out; where links, notes and fields were changed, in a page's
    own axes (x0, low, x1, high); pages on which letters tell something else than they show."""

    gone: Gone = field(default_factory=dict)
    notes: Mapping[int, Sequence[Box]] = field(default_factory=dict)
    spoken: Set[int] = frozenset()


def gone_from(drawn: DrawnGlyphs, places: Set[GlyphPlace]) -> Gone:
    """Those of pages that lose any."""
    lost = {n: [glyph for glyph in glyphs if glyph.place in places] for n, glyphs in enumerate(drawn.pages, 1)}
    return {number: glyphs for number, glyphs in lost.items() if glyphs}


def same_letters(before: DrawnGlyphs, after: DrawnGlyphs, gone: Set[GlyphPlace], pages: Set[int]) -> None:
    """Letter by letter, in the order of drawing, on the pages that were changed.

    Raises UnreadableDocument where they are not.
    """
    if len(before.pages) != len(after.pages):
        raise UnreadableDocument(f"it would have {len(after.pages)} pages, not {len(before.pages)}")
    for number, (was, now) in enumerate(zip(before.pages, after.pages, strict=True), 1):
        if number in pages:
            _same([glyph for glyph in was if glyph.place not in gone], now, number)


def _same(left: Sequence[Glyph], now: Sequence[Glyph], number: int) -> None:
    for one, other in zip(left, now, strict=False):
        if one.text != other.text or _distance(one.box, other.box) > _MOVED:
            raise UnreadableDocument(f"page {number}: {one.text!r} would be changed or moved")
    marks = "".join(glyph.text for glyph in now[len(left) :])
    if len(now) < len(left) or marks.replace(SIGNS, ""):
        raise UnreadableDocument(f"page {number}: it would have {len(now)} letters, not {len(left)}")


def _distance(one: Box, other: Box) -> float:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def same_look(before: bytes, after: bytes, change: AllowedChange, password: str | None = None) -> None:
    """Letter by letter and dot by dot as pdfium, another reader, sees them, but for what changes.

    Raises UnreadableDocument where they are not.
    """
    with _open(before, password) as old, _open(after, password) as new:
        if len(old) != len(new):
            raise UnreadableDocument(f"it would have {len(new)} pages, not {len(old)}")
        for number in range(1, len(old) + 1):
            one, other = old[number - 1], new[number - 1]
            boxes = [glyph.box for glyph in change.gone.get(number, ())]
            if number not in change.spoken:
                _same_seen(one, other, boxes, number)
            notes = [_from_top(rect, one) for rect in change.notes.get(number, ())]
            _same_picture(one, other, boxes + notes, number)
            one.close()
            other.close()


def not_seen(before: bytes, bare: bytes, gone: Gone, password: str | None = None) -> None:
    """Where letters were, something else is seen now: they did not stand in a picture or a drawing too. `bare`: without
    marks in their place.

    Raises UnreadableDocument where they did.
    """
    with _open(before, password) as old, _open(bare, password) as new:
        for number, glyphs in gone.items():
            was, now = _Picture(old[number - 1], _FINE), _Picture(new[number - 1], _FINE)
            if any(was.still_shows(now, glyph.box) for glyph in glyphs if not glyph.text.isspace()):
                raise UnreadableDocument(f"page {number}: the words would still be seen, in a picture or a drawing")


def _open(data: bytes, password: str | None) -> Any:
    import pypdfium2

    return pypdfium2.PdfDocument(data, password=password)


# ---- letters, as pdfium sees them -----------------------------------------------------------------------------------


def _same_seen(one: Any, other: Any, gone: Sequence[Box], number: int) -> None:
    """Nothing comes, nothing moves, and what goes stood in a box."""
    was, now = list(_seen(one)), list(_seen(other))
    left = set(was)
    strange = [
        sign for sign in now
        if not any(near in left for near in _around(sign)) and not (sign[0] in SIGNS and _in_one(sign, gone, one))
    ]  # fmt: skip
    if strange:
        raise UnreadableDocument(f"page {number}: {strange[0][0]!r} would be changed or moved")
    stays = set(now)
    lost = [sign for sign in was if not any(near in stays for near in _around(sign)) and not _in_one(sign, gone, one)]
    if lost:
        raise UnreadableDocument(f"page {number}: {lost[0][0]!r} would be lost")


_Sign = tuple[str, int, int]


def _seen(page: Any) -> Iterator[_Sign]:
    """Each letter and its middle, in points."""
    import pypdfium2.raw as pdfium

    letters = page.get_textpage()
    for n in range(letters.count_chars()):
        sign = chr(pdfium.FPDFText_GetUnicode(letters.raw, n))
        if sign > " " and not sign.isspace() and not pdfium.FPDFText_IsGenerated(letters.raw, n):
            left, bottom, right, top = letters.get_charbox(n)
            yield sign, round((left + right) / 2), round((bottom + top) / 2)
    letters.close()


def _around(sign: _Sign) -> Iterator[_Sign]:
    letter, x, y = sign
    return ((letter, x + dx, y + dy) for dx in (0, -1, 1) for dy in (0, -1, 1))


def _in_one(sign: _Sign, boxes: Sequence[Box], page: Any) -> bool:
    """Whether it stood in one of the boxes."""
    return any(
        x0 - _MARGIN <= sign[1] <= x1 + _MARGIN and low - _MARGIN <= sign[2] <= high + _MARGIN
        for x0, low, x1, high in (_upright(box, page) for box in boxes)
    )


def _upright(box: Box, page: Any) -> Box:
    """From the top left of the page as it is shown to pdfium's axes: x0, low, x1, high."""
    left, low, right, high = page.get_mediabox()
    x0, top, x1, bottom = box
    turned = page.get_rotation()
    if turned == 90:
        return left + top, low + x0, left + bottom, low + x1
    if turned == 180:
        return right - x1, low + top, right - x0, low + bottom
    if turned == 270:
        return right - bottom, high - x1, right - top, high - x0
    return left + x0, high - bottom, left + x1, high - top


def _from_top(rect: Box, page: Any) -> Box:
    """The other way."""
    left, low, right, high = page.get_mediabox()
    x0, y0, x1, y1 = rect
    turned = page.get_rotation()
    if turned == 90:
        return y0 - low, x0 - left, y1 - low, x1 - left
    if turned == 180:
        return right - x1, y0 - low, right - x0, y1 - low
    if turned == 270:
        return high - y1, right - x1, high - y0, right - x0
    return x0 - left, high - y1, x1 - left, high - y0


# ---- pictures of pages ----------------------------------------------------------------------------------------------


def _same_picture(one: Any, other: Any, boxes: Sequence[Box], number: int) -> None:
    was, now = _Picture(one, _SCALE), _Picture(other, _SCALE)
    if was.shape != now.shape:
        raise UnreadableDocument(f"page {number}: it would have another size")
    if was.differs(now, boxes) and _Picture(one, _FINE).differs(_Picture(other, _FINE), boxes):
        raise UnreadableDocument(f"page {number}: it would look otherwise")


_Dots = tuple[int, int, int, int]


class _Picture:
    """A page as it is seen, in tones of grey."""

    def __init__(self, page: Any, scale: float) -> None:
        self.scale = scale
        bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
        self.shape = (bitmap.width, bitmap.height)
        raw, stride = bytes(bitmap.buffer), bitmap.stride
        self.rows = [bytearray(raw[y * stride : y * stride + bitmap.width]) for y in range(bitmap.height)]
        box, crop = page.get_mediabox(), page.get_cropbox()
        self.shift = (crop[0] - box[0], box[3] - crop[3])
        bitmap.close()

    def dots(self, box: Box, margin: float = 0.0) -> _Dots:
        x0, top, x1, bottom = box
        dx, dy = self.shift
        left, high = int((x0 - dx - margin) * self.scale), int((top - dy - margin) * self.scale)
        right, low = int((x1 - dx + margin) * self.scale) + 1, int((bottom - dy + margin) * self.scale) + 1
        width, height = self.shape
        return max(0, left), max(0, high), min(width, right), min(height, low)

    def still_shows(self, other: _Picture, box: Box) -> bool:
        """The same is seen where a letter was, and it is more than an even ground."""
        dots = self.dots(box)
        was = self._part(dots)
        return bool(was) and max(was) - min(was) > 2 * _TONE and was == other._part(dots)

    def _part(self, dots: _Dots) -> bytes:
        left, high, right, low = dots
        return b"".join(bytes(row[left:right]) for row in self.rows[high:low])

    def differs(self, other: _Picture, boxes: Sequence[Box]) -> bool:
        """Outside the boxes. Letters stand on whole dots: one may be rounded to the next."""
        for box in boxes:
            self._blank(self.dots(box, _MARGIN))
            other._blank(self.dots(box, _MARGIN))
        return any(
            self._strange(other, x, y) or other._strange(self, x, y)
            for y, (one, two) in enumerate(zip(self.rows, other.rows, strict=True))
            if one != two
            for x, (a, b) in enumerate(zip(one, two, strict=True))
            if abs(a - b) > _TONE
        )

    def _blank(self, dots: _Dots) -> None:
        left, high, right, low = dots
        for row in self.rows[high:low]:
            row[left:right] = bytes(max(0, right - left))

    def _strange(self, other: _Picture, x: int, y: int) -> bool:
        """A dot of a tone that the other has nowhere around it."""
        near = int(self.scale) // 2 or 1
        rows = other.rows[max(0, y - near) : y + near + 1]
        around = [tone for row in rows for tone in row[max(0, x - near) : x + near + 1]]
        return not min(around) - _TONE <= self.rows[y][x] <= max(around) + _TONE
