"""List marks that are no letters: drawn with a letter that has no Unicode value, or as a dot or a small square."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from carnet.pipeline.read.letters import UNKNOWN, Char
from carnet.schemas.layout import BBox, Shape, Word

MARK = "•"
_UNUSED = frozenset(f"(cid:{code})" for code in (127, 129, 141, 143, 144, 157))
"""Codes that WinAnsiEncoding leaves unused: they print a bullet (ISO 32000-1, annex D.2, note 3)."""
_MOST = 300
"""With more letters without value than this a page is garbled, and nothing can be told from one of them."""
_REACH = 3.0
"""So many letter sizes a mark stands at most before its text."""


def with_list_marks(chars: Sequence[Char]) -> Sequence[Char]:
    """`chars` with "•" for what is surely a mark: a letter without value at the start of a line, which is a bullet by
    the standard or opens two lines of a column one after the other (an icon for a phone, then one for a mail, do not).
    """
    unknown = [c for c in chars if c["text"] == UNKNOWN]
    if not 0 < len(unknown) <= _MOST:
        return chars
    leading = sorted((c for c in unknown if _leads(c, chars)), key=lambda c: (round(c["x0"] / 2), c["top"]))
    again = set(_following_itself(leading))
    for char in leading:
        if char["glyph"] in _UNUSED or _name(char) in again:
            char["text"] = MARK
    return chars


def _leads(mark: Char, chars: Sequence[Char]) -> bool:
    """Alone at the left of a line of text."""
    reach = _REACH * mark["size"]
    after = False
    for char in chars:
        if char is mark or char["text"].isspace() or not _same_line(mark, char):
            continue
        if mark["x0"] - reach < char["x0"] <= mark["x0"]:
            return False
        if mark["x0"] < char["x0"] < mark["x1"] + reach:
            if char["text"] == UNKNOWN or char["x0"] - mark["x1"] < 0.1 * mark["size"]:
                return False
            after = True
    return after


def _same_line(a: Char, b: Char) -> bool:
    middle = (a["top"] + a["bottom"]) / 2
    return bool(b["top"] < middle < b["bottom"])


def _following_itself(leading: Sequence[Char]) -> Iterator[tuple[str, str]]:
    for a, b in zip(leading, leading[1:], strict=False):
        if _name(a) == _name(b) and round(a["x0"] / 2) == round(b["x0"] / 2):
            yield _name(a)


def _name(char: Char) -> tuple[str, str]:
    return char["fontname"], char["glyph"]


def drawn_marks(shapes: Sequence[Shape], words: Sequence[Word]) -> list[Word]:
    """A word "•" for each filled dot or small square right before the first word of a line (browsers draw them so)."""
    dots = [s.box for s in shapes if s.fill not in (None, "#ffffff") and _is_dot(s.box)]
    if not 0 < len(dots) <= _MOST:
        return []
    rows: dict[int, list[Word]] = {}
    for word in words:
        if word.box:
            for key in range(int(word.box.top / _ROW), int(word.box.bottom / _ROW) + 1):
                rows.setdefault(key, []).append(word)
    found = [(dot, *_marked(dot, rows.get(int((dot.top + dot.bottom) / 2 / _ROW), ()))) for dot in dots]
    edges = {round(dot.x0) + near for dot, word, before in found if word and not before for near in (-1, 0, 1)}
    return [
        Word(MARK, word.page, dot, word.style)
        for dot, word, before in found
        if word and (not before or round(dot.x0) in edges)
    ]


_ROW = 8.0
"""Height of the strips in which words are looked up, in points."""


def _is_dot(box: BBox) -> bool:
    return 0.8 <= box.width <= 8 and 0.75 <= box.width / max(box.height, 0.1) <= 1.33


def _marked(dot: BBox, row: Sequence[Word]) -> tuple[Word | None, bool]:
    """The word before which the dot stands, and whether another stands near before the dot: of the same line, unless
    the dot stands under one that opens a line, in a column that is near the next."""
    middle = (dot.top + dot.bottom) / 2
    near = [w for w in row if w.box and w.box.top < middle < w.box.bottom]
    behind = [w for w in near if w.box and -0.1 * w.style.size <= w.box.x0 - dot.x1 < 2.2 * w.style.size]
    if not behind:
        return None, False
    word = min(behind, key=lambda w: w.box.x0 if w.box else 0)
    before = any(w.box and w.box.x0 < dot.x0 and dot.x0 - w.box.x1 < 2.2 * word.style.size for w in near)
    fits = 0.12 * word.style.size < dot.height < 0.75 * word.style.size
    return word if fits else None, before
