"""Which letters of a page a reader can see, and what is to be said of the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from carnet.schemas.layout import BBox, Shape

Char = dict[str, Any]
"""A letter in the form pdfplumber's word grouping takes."""

UNKNOWN = "\ufffd"
"""Stands for a letter without Unicode value: better a hole that shows than a word that is wrong."""

_WHITES = frozenset(((1,), (1, 1, 1), (0, 0, 0, 0)))
_VALUELESS = frozenset((UNKNOWN, "\x00"))
_SMALLEST = 1.5
_FEW = 3
"""So many hidden letters are an accident of the layout, not worth a word."""


def visible(
    chars: Sequence[Char], shapes: Sequence[Shape], window: BBox, clipped: int
) -> tuple[list[Char], list[Char], list[str]]:
    """Upright letters that are seen: on the page, drawn, not tiny, not white on white, not printed twice; turned ones
    that are seen; and notes on the rest. `clipped`: letters left out before, for they stand outside their form."""
    drawn = _without_hidden_layer(chars, shapes, window)
    kept: list[Char] = []
    turned: list[Char] = []
    backs = [s.box for s in shapes if s.kind == "picture" or s.fill not in (None, "#ffffff")]
    garbled = white = tiny = outside = 0
    seen: dict[tuple[str, int], CellWidths] = {}
    left, top, right, bottom = window.x0, window.top, window.x1, window.bottom
    for char in drawn:
        text = char["text"]
        blank = text.isspace()
        if not (char["x1"] >= left and char["x0"] <= right and char["bottom"] >= top and char["top"] <= bottom):
            outside += not blank  # so is what has no place (not a number)
            continue
        if not char["size"] >= _SMALLEST:
            tiny += not blank
            continue
        is_white = not blank and char["non_stroking_color"] in _WHITES and not _on_dark(char, backs)
        if not char["upright"]:
            if is_white:
                white += 1
            else:
                turned.append(char)
            continue
        if text in _VALUELESS or len(text) > 1 and (text.startswith("(cid:") or UNKNOWN in text):
            garbled += 1
            char["glyph"], text = text, UNKNOWN
            char["text"] = UNKNOWN
        if is_white:
            white += 1
        elif text >= " " and (blank or not _printed_twice(char, text, seen)):
            kept.append(char)
    undrawn = 0 if drawn is chars else sum(c["invisible"] and not c["text"].isspace() for c in chars)
    hidden = ((white, "white on white"), (undrawn, "not drawn"), (tiny, "too small to see"), (clipped, "cut off"))
    notes = [f"hidden_text: {count} letters are {how} and were left out" for count, how in hidden if count > _FEW]
    if outside > 20:
        notes.append(f"hidden_text: {outside} letters stand outside the page and were left out")
    if garbled and (_inside_words(kept) or garbled > 0.2 * len(kept)):
        notes.append(f"garbled_text: {garbled} of {len(kept)} letters have no Unicode value")
    return kept, turned, notes


def _without_hidden_layer(chars: Sequence[Char], shapes: Sequence[Shape], window: BBox) -> Sequence[Char]:
    """Letters that are drawn. The undrawn ones over a picture of the page are what a scanner's program read in it:
    where little else is on the page, they are its text."""
    undrawn = [c for c in chars if c["invisible"]]
    if not undrawn:
        return chars
    drawn = [c for c in chars if not c["invisible"]]
    area = window.width * window.height
    scanned = any(s.kind == "picture" and s.box.width * s.box.height > 0.5 * area for s in shapes)
    return chars if scanned and len(drawn) < len(undrawn) else drawn


def _on_dark(char: Char, backs: Sequence[BBox]) -> bool:
    """Is there a box or picture behind this white letter?"""
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return any(b.x0 <= x <= b.x1 and b.top <= y <= b.bottom for b in backs)


def _printed_twice(char: Char, text: str, seen: dict[tuple[str, int], CellWidths]) -> bool:
    """The same letter again within a fraction of its width: a shadow or a fake bold. Looked for in cells of 2 by 2
    points, which remember the last one."""
    x, y, size = char["x0"], char["top"], char["size"]
    col, row = int(x / 2), int(y / 2)
    cell = col * _ROWS + row
    cells = seen.get((text, int(size)))
    if cells is None:
        seen[text, int(size)] = {cell: (x, y)}
        return False
    near = max(0.6, 0.12 * size)
    if near < 2 and x >= 0 <= y:
        right, down = x - 2 * col, y - 2 * row
        around = _AROUND[(right < near) + 2 * (right + near >= 2) + 4 * (down < near) + 8 * (down + near >= 2)]
    else:
        left, top = max(col - 1, int((x - near) / 2)), max(row - 1, int((y - near) / 2))
        cols, rows = (
            range(left, min(col + 1, int((x + near) / 2)) + 1),
            range(top, min(row + 1, int((y + near) / 2)) + 1),
        )
        around = tuple((i - col) * _ROWS + j - row for i in cols for j in rows)
    for far in around:
        other = cells.get(cell + far)
        if other is not None and abs(other[0] - x) < near and abs(other[1] - y) < near:
            return True
    cells[cell] = (x, y)
    return False


CellWidths = dict[int, tuple[float, float]]
_ROWS = 1_000_000
"""More than any page has."""
_AROUND = [
    tuple(i * _ROWS + j for i in range(-left, right + 1) for j in range(-up, down + 1))
    for down in (0, 1)
    for up in (0, 1)
    for right in (0, 1)
    for left in (0, 1)
]
"""The cells that are looked at, by the sides of its own to which a letter stands near."""


def _inside_words(chars: Sequence[Char]) -> bool:
    """Does a letter without Unicode value touch others? One that stands alone is a bullet of a symbol font."""
    return any(
        (a["text"] == UNKNOWN) != (b["text"] == UNKNOWN)
        and not (a["text"] + b["text"]).replace(UNKNOWN, "").isspace()
        and abs(b["x0"] - a["x1"]) < 0.1 * a["size"]
        and abs(b["top"] - a["top"]) < 0.3 * a["size"]
        for a, b in zip(chars, chars[1:], strict=False)
    )
