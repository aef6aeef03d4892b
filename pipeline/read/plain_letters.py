"""Letters of a text file as a reader sees them: one letter for each, no marks that print nothing, no calls of notes."""

from __future__ import annotations

import html
import re
import unicodedata

from carnet.pipeline.read.calls import is_call, without_raised

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_CLEANED: dict[int, str | None] = {
    **dict.fromkeys(
        map(ord, "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")
    ),
    **{ord(ligature): letters for ligature, letters in _LIGATURES.items()},
}
_SOFT = re.compile("\u00ad(?=[^\n])")
_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[a-zA-Z]{2,8});")
_CALL = re.compile(r"(?:\[\^\w{1,8}\](?!:)|(?:\^\{|<sup>)\s?(?:\d{1,2}|[*†‡])\s?(?:\}|</sup>))")
_COMBINING = {"´": "\u0301", "ˊ": "\u0301", "ˋ": "\u0300", "ˆ": "\u0302", "¨": "\u0308", "¸": "\u0327"}
_APART = re.compile(r"(?P<before>[^\W\d_]{0,2})(?P<mark>[´ˊˋˆ¨¸]) ?(?P<letter>[A-Za-zı])")
_SPACED = re.compile(
    r"(?<!\S)[^\W\d_](?:[ \u00a0][^\W\d_]){3,40}(?:[ \u00a0]{2,6}[^\W\d_](?:[ \u00a0][^\W\d_]){0,40}){0,12}(?!\S)"
)
_LONGEST_WORD = 14


def plain_letters(text: str) -> str:
    """Accents as one letter with theirs, ligatures as letters; soft hyphens stay at line ends, where they join.

    >>> plain_letters("Mobilite\\u0301 : 24 500[^1] €")
    'Mobilité : 24 500 €'
    """
    text = _ENTITY.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text
    if text.isascii() and "[^" not in text and "^{" not in text and "<sup>" not in text and not _SPACED.search(text):
        return text
    text = unicodedata.normalize("NFC", _SOFT.sub("", text).translate(_CLEANED))
    text = _SPACED.sub(_closed, _APART.sub(_joined, text))
    return without_raised(_CALL.sub(lambda found: _kept(found, text), text))


def _joined(found: re.Match[str]) -> str:
    """ "mobilit´e": the accent is drawn apart; in "l´eau" it stands for an apostrophe."""
    before, letter = found["before"], {"ı": "i"}.get(found["letter"], found["letter"])
    one = unicodedata.normalize("NFC", letter + _COMBINING[found["mark"]])
    if len(one) > 1 or found["mark"] == "´" and len(before) == 1:
        return found[0]
    return before + one


def _kept(found: re.Match[str], text: str) -> str:
    """Nothing of a call; the figure of a power ("m^{2}")."""
    return "" if is_call(text[max(0, found.start() - 8) : found.start()]) else found[0]


def _closed(found: re.Match[str]) -> str:
    """ "C L I E N T" is one word; several are told apart by wider gaps, and left alone where there are none."""
    words = re.split(r"[ \u00a0]{2,}", found[0])
    closed = [re.sub(r"[ \u00a0]", "", word) for word in words]
    return " ".join(closed) if all(len(word) <= _LONGEST_WORD for word in closed) else found[0]
