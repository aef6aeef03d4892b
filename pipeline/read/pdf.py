"""PDF -> pages of words and shapes, through pdfplumber."""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import pdfplumber
from pdfminer.layout import LTChar
from pdfplumber.utils.text import WordExtractor

from pipeline.errors import UnreadableDocument
from pipeline.read.reading import Reading
from schemas.layout import BBox, Page, Shape, Style, Word

MAX_PAGES = 2000
MAX_CHARS_PAGE = 60_000
_BOLD = re.compile(r"bold|black|heavy|semi|demi|gras|-bd|medium", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obliq", re.IGNORECASE)
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_EXTRACTOR = WordExtractor(x_tolerance_ratio=0.18, y_tolerance=2.5, expand_ligatures=True)


def read_pdf(data: bytes, password: str | None = None) -> Reading:
    """Every page's words with box and style, and its boxes, rules and pictures.

    Raises UnreadableDocument with one sentence: not a PDF, encrypted, damaged, no page.
    """
    try:
        pdf = pdfplumber.open(io.BytesIO(data), password=password or "")
    except Exception as error:  # pdfminer raises anything on damaged files
        raise UnreadableDocument(_why(error, data)) from error
    with pdf:
        try:
            count = len(pdf.pages)
        except Exception as error:
            raise UnreadableDocument(_why(error, data)) from error
        if count == 0:
            raise UnreadableDocument("no page in it")
        if count > MAX_PAGES:
            raise UnreadableDocument(f"too many pages: {count}, the limit is {MAX_PAGES}")
        pages = []
        for number, page in enumerate(pdf.pages, start=1):
            try:
                pages.append(_page(page, number))
            except Exception as error:  # a damaged page costs that page, not the file
                pages.append(Page(number, 0, 0, (), (), (f"page_unreadable: {type(error).__name__}: {error}",)))
            finally:
                page.close()
        metadata = {str(k): str(v) for k, v in (pdf.metadata or {}).items() if isinstance(v, str)}
    return Reading(tuple(pages), metadata)


def _why(error: Exception, data: bytes) -> str:
    """The refusal in words a person can act on."""
    text = f"{type(error).__name__} {error} {error.__cause__ or ''} {error.__context__ or ''}"
    if "assword" in text or "Encrypt" in text:
        return "encrypted: needs a password"
    if b"%PDF" not in data[:1024]:
        return "not a PDF"
    return f"damaged PDF ({type(error).__name__})"


def _page(page: Any, number: int) -> Page:
    _convert_directly(page)
    width, height = float(page.width), float(page.height)
    notes: list[str] = []
    chars = page.chars
    if len(chars) > MAX_CHARS_PAGE:
        notes.append(f"page_unreadable: {len(chars)} letters on one page, the first {MAX_CHARS_PAGE} were read")
        chars = chars[:MAX_CHARS_PAGE]
    shapes = _shapes(page, width, height)
    kept = _visible(chars, shapes, width, height, notes)
    return Page(number, width, height, tuple(_words(kept, number)), tuple(shapes), tuple(notes))


def _convert_directly(page: Any) -> None:
    """Characters as pdfplumber gives them, without its general conversion of every attribute of every object, which
    takes half the time of reading a page."""
    general = page.process_object
    left, low = page.mediabox[:2]
    height, start, number = page.height, page.initial_doctop, page.page_number

    def convert(item: Any) -> Any:
        if type(item) is not LTChar:
            return general(item)
        top = height - item.y1 + low
        color = item.graphicstate.ncolor
        font = item.fontname
        return {
            "object_type": "char",
            "page_number": number,
            "text": item.get_text(),
            "fontname": font.decode("latin-1") if isinstance(font, bytes) else font,
            "size": item.size,
            "upright": item.upright,
            "non_stroking_color": color if isinstance(color, tuple) else (color,),
            "x0": item.x0 + left,
            "x1": item.x1 + left,
            "top": top,
            "bottom": height - item.y0 + low,
            "doctop": start + top,
            "width": item.width,
            "height": item.height,
        }

    page.process_object = convert


# ---- characters ---------------------------------------------------------------------------------------------------


def _visible(
    chars: Sequence[dict[str, Any]], shapes: Sequence[Shape], width: float, height: float, notes: list[str]
) -> list[dict[str, Any]]:
    """Upright characters a reader can see: inside the page, not turned, not white on white, not printed twice."""
    kept: list[dict[str, Any]] = []
    turned = hidden = garbled = 0
    seen: dict[tuple[str, int, int, int], tuple[float, float]] = {}
    for char in chars:
        text = char["text"]
        if char["x1"] < 0 or char["x0"] > width or char["bottom"] < 0 or char["top"] > height:
            continue
        if not char["upright"] or char["size"] < 1.5:
            turned += not char["upright"]
            continue
        if text.startswith("(cid:") or "\ufffd" in text or text == "\x00":
            garbled += 1
            continue
        if char["non_stroking_color"] in _WHITES and not text.isspace() and not _on_dark(char, shapes):
            hidden += 1
            continue
        if text < " ":
            continue
        if not text.isspace() and _printed_twice(char, seen):
            continue
        kept.append(char)
    if garbled:
        notes.append(f"garbled_text: {garbled} characters have no Unicode value")
    if hidden > 3:
        notes.append(f"hidden_text: {hidden} white characters on white were left out")
    return kept


_WHITES = ((1,), (1.0,), (1, 1, 1), (1.0, 1.0, 1.0), (0, 0, 0, 0), 1, 1.0)


def _on_dark(char: dict[str, Any], shapes: Sequence[Shape]) -> bool:
    """Is there a box or picture behind this white character?"""
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return any(
        (s.kind == "picture" or (s.fill not in (None, "#ffffff")))
        and s.box.x0 <= x <= s.box.x1
        and s.box.top <= y <= s.box.bottom
        for s in shapes
    )


def _printed_twice(char: dict[str, Any], seen: dict[tuple[str, int, int, int], tuple[float, float]]) -> bool:
    """The same letter again within a fraction of its width: a shadow or a fake bold."""
    x, y, size = char["x0"], char["top"], char["size"]
    near = max(0.6, 0.12 * size)
    col, row = int(x / 2), int(y / 2)
    for i in (col - 1, col, col + 1):
        for j in (row - 1, row, row + 1):
            other = seen.get((char["text"], int(size), i, j))
            if other and abs(other[0] - x) < near and abs(other[1] - y) < near:
                return True
    seen[char["text"], int(size), col, row] = (x, y)
    return False


# ---- words --------------------------------------------------------------------------------------------------------


def _words(chars: Sequence[dict[str, Any]], number: int) -> Iterable[Word]:
    styles: dict[tuple[Any, ...], Style] = {}
    for found, members in _grouped(chars):
        text = _clean(found)
        if not text:
            continue
        box = BBox(
            min(c["x0"] for c in members),
            min(c["top"] for c in members),
            max(c["x1"] for c in members),
            max(c["bottom"] for c in members),
        )
        yield Word(text, number, box, _style(members, styles))


def _grouped(chars: Sequence[dict[str, Any]]) -> Iterable[tuple[str, list[dict[str, Any]]]]:
    """Letters of each word. Very large letters apart, or an initial would swallow the lines beside it; a hyphen set
    on its own at a line end goes back to its word."""
    sizes = sorted(c["size"] for c in chars)
    large = 1.8 * sizes[len(sizes) // 2] if sizes else 0
    for group in ([c for c in chars if c["size"] < large], [c for c in chars if c["size"] >= large]):
        last: tuple[str, list[dict[str, Any]]] | None = None
        for word, members in _EXTRACTOR.iter_extract_tuples(group):
            text = word["text"]
            if last and text in _HYPHENS and _touches(last[1][-1], members[0]):
                last = (last[0] + text, last[1] + members)
                continue
            if last:
                yield last
            last = (text, members)
        if last:
            yield last


_HYPHENS = frozenset("-\u2010\u2011\u00ad")


def _touches(a: dict[str, Any], b: dict[str, Any]) -> bool:
    return bool(abs(b["x0"] - a["x1"]) < 0.1 * a["size"] and abs(b["bottom"] - a["bottom"]) < 0.3 * a["size"])


def _style(members: Sequence[dict[str, Any]], styles: dict[tuple[Any, ...], Style]) -> Style:
    """The look of most of the word's letters."""
    looks = Counter((c["fontname"], round(c["size"], 1), c["non_stroking_color"]) for c in members)
    look = looks.most_common(1)[0][0]
    if look not in styles:
        font = str(look[0]).split("+", 1)[-1]
        styles[look] = Style(
            size=look[1],
            bold=bool(_BOLD.search(font)),
            italic=bool(_ITALIC.search(font)),
            color=_hex(look[2]),
            font=font,
        )
    return styles[look]


def _clean(text: str) -> str:
    for ligature, letters in _LIGATURES.items():
        text = text.replace(ligature, letters)
    return unicodedata.normalize("NFC", "".join(c for c in text if c >= " " and c not in _CONTROLS))


_CONTROLS = frozenset(  # zero width and direction marks
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)


# ---- shapes -------------------------------------------------------------------------------------------------------


def _shapes(page: Any, width: float, height: float) -> list[Shape]:
    shapes: list[Shape] = []
    for rect in page.rects:
        box = _box(rect)
        fill = _hex(rect.get("non_stroking_color")) if rect.get("fill") else None
        stroke = _hex(rect.get("stroking_color")) if rect.get("stroke") else None
        thin = min(box.width, box.height) < 3
        shapes.append(Shape("rule" if thin else "box", box, fill, stroke))
    for line in page.lines:
        shapes.append(Shape("rule", _box(line), None, _hex(line.get("stroking_color"))))
    for curve in page.curves:
        box = _box(curve)
        fill = _hex(curve.get("non_stroking_color")) if curve.get("fill") else None
        kind = "rule" if min(box.width, box.height) < 3 else "box" if _boxy(curve, box) else "curve"
        shapes.append(Shape(kind, box, fill, _hex(curve.get("stroking_color")) if curve.get("stroke") else None))
    for image in page.images:
        shapes.append(Shape("picture", _box(image)))
    return shapes


def _boxy(curve: dict[str, Any], box: BBox) -> bool:
    """Is this path a rectangle, perhaps with rounded corners? Most of its points lie on its outline."""
    points = curve.get("pts") or []
    if not 4 <= len(points) <= 40:
        return False
    near = 0.5 + 0.08 * min(box.width, box.height)
    on_edge = sum(
        min(abs(x - box.x0), abs(x - box.x1)) <= near or min(abs(y - box.top), abs(y - box.bottom)) <= near
        for x, y, *_ in points
    )
    corners = sum(
        min(abs(x - box.x0), abs(x - box.x1)) <= 3 * near and min(abs(y - box.top), abs(y - box.bottom)) <= 3 * near
        for x, y, *_ in points
    )
    return bool(on_edge == len(points) and corners >= 4)


def _box(thing: dict[str, Any]) -> BBox:
    return BBox(float(thing["x0"]), float(thing["top"]), float(thing["x1"]), float(thing["bottom"]))


def _hex(color: Any) -> str | None:
    """A PDF colour (grey, RGB or CMYK, 0 to 1) as #rrggbb."""
    if color is None:
        return None
    parts = [color] if isinstance(color, int | float) else list(color) if isinstance(color, tuple | list) else []
    if not parts or not all(isinstance(p, int | float) for p in parts):
        return None
    if len(parts) == 1:
        red = green = blue = float(parts[0])
    elif len(parts) == 3:
        red, green, blue = map(float, parts)
    elif len(parts) == 4:
        cyan, magenta, yellow, black = map(float, parts)
        red, green, blue = ((1 - min(1.0, c * (1 - black) + black)) for c in (cyan, magenta, yellow))
    else:
        return None
    return "#" + "".join(f"{round(255 * min(1.0, max(0.0, c))):02x}" for c in (red, green, blue))
