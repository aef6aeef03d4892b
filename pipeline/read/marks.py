"""List marks drawn with a letter that has no Unicode value: the bullet of a symbol font, or one without a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.read.letters import UNKNOWN, Char

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
