"""Small raised figures behind a word: calls of footnotes, left out so that "24 500¹ €" is not 245 001."""

from __future__ import annotations

from collections.abc import Sequence

from carnet.pipeline.read.calls import RAISED, is_call
from carnet.pipeline.read.letters import Char

_SMALL = 0.82
"""Of the size of the letter before: a raised figure is smaller."""
_HIGH = 0.15
"""Of that size: so much higher it stands."""
_FAR = 0.3
_MOST = 2
_MARKS = frozenset("*†‡")


def without_calls(chars: Sequence[Char]) -> list[Char]:
    """The letters without calls. A raised figure behind a unit stays ("m²"), and so does a raised word ("1er")."""
    figures = {text for text in {char["text"] for char in chars} if _is_figure(text)}
    out: list[Char] = []
    behind = 0
    for at, char in enumerate(chars):
        if at < behind:
            continue
        if char["text"] in figures:
            end = _end_of_call(chars, at, out)
            if end > at and is_call(_text_before(out)):
                behind = end
                continue
        out.append(char)
    return out


def _end_of_call(chars: Sequence[Char], at: int, before: Sequence[Char]) -> int:
    """Where the row of raised figures ends that begins here; `at` where there is none."""
    base = before[-1] if before else None
    if base is None:
        return at
    end, last = at, base
    while end < len(chars) and end - at <= _MOST and _is_figure(chars[end]["text"]) and _raised(chars[end], base, last):
        last = chars[end]
        end += 1
    if end - at > _MOST or end == at:
        return at
    goes_on = end < len(chars) and _raised(chars[end], base, last) and chars[end]["text"].isalnum()
    return at if goes_on else end


def _is_figure(text: str) -> bool:
    return (len(text) == 1 and text.isdecimal()) or text in RAISED or text in _MARKS


def _raised(char: Char, base: Char, last: Char) -> bool:
    near = -0.1 * base["size"] <= char["x0"] - last["x1"] < _FAR * base["size"]
    if char["text"] in RAISED:
        return bool(near and abs(char["bottom"] - base["bottom"]) < 0.5 * base["size"])
    small = char["size"] < _SMALL * base["size"]
    higher = _HIGH * base["size"] < base["bottom"] - char["bottom"] < base["size"]
    return bool(near and small and higher)


def _text_before(chars: Sequence[Char]) -> str:
    """The last letters of the line so far."""
    last = chars[-8:]
    return "".join(c["text"] for c in last if abs(c["bottom"] - last[-1]["bottom"]) < 0.2 * c["size"])
