"""Ligatures to which a font gives a letter of the private area of Unicode: which letters they stand for."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence

from carnet.pipeline.read.letters import UNKNOWN, Char

_KNOWN = {"\uf001": "fi", "\uf002": "fl", "\uf000": "ff", "\uf003": "ffi", "\uf004": "ffl"}
"""What old fonts of Apple and Microsoft agree on."""
_ASCII = range(0xF021, 0xF07F)
"""Fonts of signs put their letters here: with other letters around them they are these letters."""
_PRIVATE = range(0xE000, 0xF900)
_FORMS = ("fi", "ffi", "fl", "ff", "ffl")
_CLOSE = 0.15
"""A ligature is nearly as wide as its letters side by side."""
_VOWELS = frozenset("aeiouy")


def with_ligatures(chars: Sequence[Char]) -> tuple[list[Char], list[str]]:
    """Letters of the private area inside words put right, where width and neighbours tell which they are; the others
    become unknown letters, with a note. A sign that stands alone is a bullet and stays."""
    private = {text for text in {char["text"] for char in chars} if len(text) == 1 and ord(text) in _PRIVATE}
    places = [at for at, char in enumerate(chars) if char["text"] in private and _in_word(chars, at)] if private else []
    if not places:
        return list(chars), []
    read = _readings(chars, places)
    out = list(chars)
    lost = 0
    for at in places:
        text = read.get((chars[at]["fontname"], chars[at]["text"]))
        lost += text is None
        out[at] = {**chars[at], "text": text or UNKNOWN, **({} if text else {"glyph": chars[at]["text"]})}
    notes = [f"garbled_text: {lost} letters have a meaning of their font's own"] if lost else []
    return out, notes


def _in_word(chars: Sequence[Char], at: int) -> bool:
    """Does it touch a letter of its line?"""
    char = chars[at]
    before = at > 0 and chars[at - 1]["text"].isalpha() and _touches(chars[at - 1], char)
    after = at + 1 < len(chars) and chars[at + 1]["text"].isalpha() and _touches(char, chars[at + 1])
    return before or after


def _touches(a: Char, b: Char) -> bool:
    return bool(abs(b["x0"] - a["x1"]) < 0.12 * a["size"] and abs(b["bottom"] - a["bottom"]) < 0.2 * a["size"])


def _readings(chars: Sequence[Char], places: Sequence[int]) -> Mapping[tuple[str, str], str | None]:
    uses: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at in places:
        uses[chars[at]["fontname"], chars[at]["text"]].append(at)
    widths: dict[tuple[str, str], float] = {}
    for char in chars:
        widths.setdefault((char["fontname"], char["text"]), (char["x1"] - char["x0"]) / max(char["size"], 0.1))
    read = {key: _KNOWN.get(key[1]) or _letter(key[1]) or _form(chars, ats, widths) for key, ats in uses.items()}
    elsewhere = {code: text for (_, code), text in read.items() if text}
    return {
        key: text or next((f for f in _able(chars, uses[key], widths) if f == elsewhere.get(key[1])), None)
        for key, text in read.items()
    }


def _letter(text: str) -> str | None:
    return chr(ord(text) - 0xF000) if ord(text) in _ASCII and chr(ord(text) - 0xF000).isalpha() else None


def _form(chars: Sequence[Char], places: Sequence[int], widths: Mapping[tuple[str, str], float]) -> str | None:
    """The only form that fits; of several the first, where a consonant behind it shows that it ends with "i"."""
    able = _able(chars, places, widths)
    certain = len(able) == 1 or any(not _before_vowel(chars, at) for at in places)
    return able[0] if able and certain else None


def _able(chars: Sequence[Char], places: Sequence[int], widths: Mapping[tuple[str, str], float]) -> list[str]:
    """The forms that have the width and can stand in all these words, the most common one first."""
    char = chars[places[0]]
    width = (char["x1"] - char["x0"]) / max(char["size"], 0.1)
    likely = [form for form in _FORMS if _fits(form, width, char["fontname"], widths)]
    return [form for form in likely if all(_can_stand(form, chars, at) for at in places)]


def _fits(form: str, width: float, font: str, widths: Mapping[tuple[str, str], float]) -> bool:
    """As wide as its letters; those that the page does not print in this font are taken from its "i" and "t"."""
    narrow = widths.get((font, "i")) or widths.get((font, "l"))
    f = widths.get((font, "f")) or widths.get((font, "t")) or (narrow and 1.15 * narrow)
    if not f or not narrow:
        return len(form) == 2
    whole = form.count("f") * f + (len(form) - form.count("f")) * narrow
    return abs(width - whole) < _CLOSE * whole


def _before_vowel(chars: Sequence[Char], at: int) -> bool:
    if at + 1 >= len(chars) or not _touches(chars[at], chars[at + 1]):
        return False
    return unicodedata.normalize("NFD", chars[at + 1]["text"])[:1].lower() in _VOWELS


def _can_stand(form: str, chars: Sequence[Char], at: int) -> bool:
    """Only "i" has a consonant or the end of the word behind it; "ffi" and "ff" open no word."""
    opens = at == 0 or not chars[at - 1]["text"].isalpha() or not _touches(chars[at - 1], chars[at])
    if opens and form.startswith("ff"):
        return False
    return form.endswith("i") or _before_vowel(chars, at)
