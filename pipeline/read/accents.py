"""Accents drawn apart from their letters, as TeX does in its old fonts: "´" over "E" is "É". One that the file does not
name, over the small capitals of some fonts, is left out: "Edifice" is better read than "E� difice"."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from carnet.pipeline.read.letters import UNKNOWN, Char

_COMBINING = {
    "´": "\u0301", "`": "\u0300", "ˋ": "\u0300", "ˊ": "\u0301", "^": "\u0302", "ˆ": "\u0302", "¨": "\u0308",
    "~": "\u0303", "˜": "\u0303", "¸": "\u0327", "ˇ": "\u030c", "˚": "\u030a", "˘": "\u0306", "¯": "\u0304",
}  # fmt: skip
_DOTLESS = {"ı": "i", "ȷ": "j"}


def with_accents(chars: Sequence[Char]) -> list[Char]:
    """Each accent put on the letter that is drawn over the same place right before or after it."""
    if not any(
        text in _COMBINING or text == UNKNOWN or unicodedata.combining(text[:1])
        for text in {char["text"] for char in chars}
    ):
        return list(chars)
    out: list[Char] = []
    waiting: Char | None = None
    for char in chars:
        if waiting is not None and (whole := _composed(waiting, char)):
            out[-1] = whole
            waiting = None
            continue
        if out and _is_nameless(char) and _over(char, out[-1]):
            continue
        accent = _accent(char)
        if accent and out and (whole := _composed(char, out[-1])):
            out[-1] = whole
            continue
        out.append(char)
        waiting = char if accent else None
    return out


def _is_nameless(char: Char) -> bool:
    """A sign without width that nothing tells the letter of."""
    return bool(char["text"] == UNKNOWN and char["x1"] - char["x0"] < 0.02 * char["size"])


def _accent(char: Char) -> str | None:
    text = char["text"]
    return _COMBINING.get(text) or (text if len(text) == 1 and unicodedata.combining(text) else None)


def _composed(accent: Char, letter: Char) -> Char | None:
    """The letter with the accent, where they stand in one place and there is such a letter."""
    mark, text = _accent(accent), str(letter["text"])
    base = _DOTLESS.get(text, text)
    if not mark or len(base) != 1 or not base.isalpha() or not _over(accent, letter):
        return None
    one = unicodedata.normalize("NFC", base + mark)
    return {**letter, "text": one} if len(one) == 1 else None


def _over(accent: Char, letter: Char) -> bool:
    """Does the middle of the accent stand over the letter, on its line?"""
    middle = (accent["x0"] + accent["x1"]) / 2
    near = abs(accent["bottom"] - letter["bottom"]) < letter["size"]
    return bool(near and letter["x0"] - 0.05 * letter["size"] <= middle <= letter["x1"])
