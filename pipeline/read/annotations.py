"""What is written over a page: values of form fields and free texts, as letters at their place.

pdfminer draws the page's own content alone, so that a brochure filled in as a form would be read without its values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import apply_matrix_rect, decode_text

from carnet.pipeline.read.letters import Char
from carnet.schemas.layout import BBox

_MOST = 2000
_LETTERS = 4000
_DEPTH = 10
"""So far up the names and values of a field are looked for."""
_HIDDEN = 0b100010
"""Flags of an annotation that is hidden, or not shown on the screen."""
_MULTILINE, _PASSWORD = 1 << 12, 1 << 13
_SIZE = re.compile(r"(-?\d{1,3}(?:\.\d{1,9})?)\s{1,9}Tf")
_USUAL_SIZE = 10.0
_WIDTH = 0.5
"""Of the letter size: about the width of a letter."""
_INDENT = 2.0
_NOTES = ("Text", "Popup")


def annotations_of(printed: Any, left: float, bottom: float) -> tuple[list[Char], list[str]]:
    """Letters of fields and free texts of a page in the order of its list, and a note on comments, which are no part
    of the printed page. `left`, `bottom`: as for the page's own letters."""
    chars: list[Char] = []
    comments = 0
    for annotation in _annotations(printed):
        kind = _name(annotation.get("Subtype"))
        text = _text(annotation, kind)
        if not text.strip():
            continue
        if kind in _NOTES:
            comments += 1
            continue
        box = _box(annotation, printed, left, bottom)
        if box is not None:
            chars += _letters(text[:_LETTERS], box, annotation, kind)
    notes = [f"hidden_text: {comments} comments are pinned to the page and were left out"] if comments else []
    return chars, notes


def _annotations(printed: Any) -> Iterator[dict[str, Any]]:
    listed = resolve1(printed.annots)
    for reference in listed[:_MOST] if isinstance(listed, list) else ():
        annotation = resolve1(reference)
        if isinstance(annotation, dict) and not _int(annotation.get("F")) & _HIDDEN:
            yield annotation


def _text(annotation: dict[str, Any], kind: str) -> str:
    """The value of a text or choice field; the words of a free text or a comment."""
    if kind in ("FreeText", "Text"):
        return _string(annotation.get("Contents"))
    if kind != "Widget" or _int(_inherited(annotation, "Ff")) & _PASSWORD and _field(annotation) == "Tx":
        return ""
    value = resolve1(_inherited(annotation, "V"))
    if _field(annotation) == "Tx":
        return _string(value)
    if _field(annotation) == "Ch":
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(filter(None, (_choice(annotation, _string(one)) for one in chosen[:_DEPTH])))
    return ""


def _field(annotation: dict[str, Any]) -> str:
    return _name(_inherited(annotation, "FT"))


def _choice(annotation: dict[str, Any], value: str) -> str:
    """What the list shows for a value."""
    options = resolve1(_inherited(annotation, "Opt"))
    for option in options[:_MOST] if isinstance(options, list) else ():
        pair = resolve1(option)
        if isinstance(pair, list) and len(pair) == 2 and _string(pair[0]) == value:
            return _string(pair[1])
    return value


def _inherited(annotation: dict[str, Any], key: str) -> Any:
    """A field's own entry, or that of the field it is part of."""
    field: Any = annotation
    for _ in range(_DEPTH):
        if not isinstance(field, dict):
            return None
        if key in field:
            return field[key]
        field = resolve1(field.get("Parent"))
    return None


def _box(annotation: dict[str, Any], printed: Any, left: float, bottom: float) -> BBox | None:
    corners = resolve1(annotation.get("Rect"))
    numbers = [resolve1(corner) for corner in corners] if isinstance(corners, list) else []
    if len(numbers) != 4 or not all(isinstance(n, int | float) for n in numbers):
        return None
    x0, y0, x1, y1 = apply_matrix_rect(_matrix(printed), (numbers[0], numbers[1], numbers[2], numbers[3]))
    return BBox(x0 + left, bottom - y1, x1 + left, bottom - y0)


def _matrix(printed: Any) -> tuple[float, float, float, float, float, float]:
    """As pdfminer turns the page's own content."""
    x0, y0, x1, y1 = printed.mediabox
    turned = {90: (0, -1, 1, 0, -y0, x1), 180: (-1, 0, 0, -1, x1, y1), 270: (0, 1, -1, 0, y1, -x0)}
    return turned.get(printed.rotate, (1, 0, 0, 1, -x0, -y0))


def _letters(text: str, box: BBox, annotation: dict[str, Any], kind: str) -> Iterator[Char]:
    """The text in lines that the box holds; one line stands in the middle of a field."""
    size = _size(annotation, box)
    several = kind == "FreeText" or bool(_int(_inherited(annotation, "Ff")) & _MULTILINE)
    lines = _lines(text, max(box.width - 2 * _INDENT, size), size) if several else [" ".join(text.split())]
    high = box.top + _INDENT if len(lines) > 1 else (box.top + box.bottom - size) / 2
    for row, line in enumerate(lines):
        yield from _line(line, box.x0 + _INDENT, high + 1.2 * size * row, size)


def _size(annotation: dict[str, Any], box: BBox) -> float:
    found = _SIZE.search(_string(_inherited(annotation, "DA")))
    size = abs(float(found[1])) if found else 0.0
    return size or max(4.0, min(_USUAL_SIZE, 0.7 * box.height))


def _lines(text: str, width: float, size: float) -> Sequence[str]:
    most = max(1, int(width / (_WIDTH * size)))
    out: list[str] = []
    for line in re.split(r"\r\n?|\n", text):
        kept = ""
        for word in line.split():
            if kept and len(kept) + 1 + len(word) > most:
                out.append(kept)
                kept = ""
            kept = f"{kept} {word}".strip()
        out.append(kept)
    return out


def _line(text: str, x: float, top: float, size: float) -> Iterator[Char]:
    step = _WIDTH * size
    for at, letter in enumerate(text):
        x0 = x + at * step
        yield {
            "text": letter, "fontname": "annotation", "size": size, "upright": True, "non_stroking_color": (0,),
            "x0": x0, "x1": x0 + step, "top": top, "bottom": top + size, "doctop": top,
            "width": step, "height": size, "invisible": False,
        }  # fmt: skip


def _string(value: Any) -> str:
    value = resolve1(value)
    return decode_text(value) if isinstance(value, bytes) else value if isinstance(value, str) else ""


def _int(value: Any) -> int:
    value = resolve1(value)
    return value if isinstance(value, int) else 0


def _name(value: Any) -> str:
    value = resolve1(value)
    return str(value.name) if isinstance(value, PSLiteral) else ""
