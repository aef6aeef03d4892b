"""Soft hyphens inside words, which a viewer shows as nothing or as a dash: no part of the word, but where a capital
follows, or in an address. There no word is parted, and the font says so for every hyphen: "Mont\u00adBergnies" is
"Mont-Bergnies", "accueil@macro\u00adlogistique.example" has one too.

Browsers print each as a blank over which the next letter stands: a blank that takes no room."""

from __future__ import annotations

import re
from collections.abc import Sequence

from carnet.pipeline.read.letters import Char

_SOFT = "\u00ad"
_ROOM = 0.15
"""Letter sizes that a hyphen takes at least where it is drawn."""
_PROPER = re.compile("[A-ZÀ-Þ]|[a-zà-ÿ]{1,4}[-\u00ad][A-ZÀ-Þ]")
"""How a proper name goes on behind a hyphen of its own: "Mont-Bergnies", "Eure-et-Loir"."""


def without_soft_hyphens(chars: Sequence[Char]) -> list[Char]:
    """The letter before takes the place of each that is not the last of its line; that one joins two lines."""
    chars = _without_blanks_of_no_room(chars)
    if not any(char["text"] == _SOFT for char in chars):
        return list(chars)
    out: list[Char] = []
    for at, (char, after) in enumerate(zip(chars, [*chars[1:], None], strict=True)):
        if char["text"] == _SOFT and out and after is not None and _goes_on(char, after) and _goes_on(out[-1], char):
            behind = "".join(c["text"] for c in chars[at + 1 : at + 7])
            room = char["x1"] - char["x0"]
            proper = _PROPER.match(behind) and out[-1]["text"].islower()
            if room > 0 and (proper or room > _ROOM * char["size"] and _in_address(chars, at)):
                out.append({**char, "text": "-"})
            else:
                out[-1] = {**out[-1], "x1": max(out[-1]["x1"], char["x1"])}
        else:
            out.append(char)
    return out


def _without_blanks_of_no_room(chars: Sequence[Char]) -> Sequence[Char]:
    """Without blanks on whose own place the next letter stands."""
    pairs = zip(chars, chars[1:], strict=False)
    return [char for char, after in pairs if char["text"] != " " or not _stands_on(after, char)] + list(chars[-1:])


def _in_address(chars: Sequence[Char], at: int) -> bool:
    """Is the letter part of an e-mail or web address?"""
    start, end = at, at
    while start > 0 and at - start < _LONGEST and not chars[start - 1]["text"].isspace():
        start -= 1
    while end + 1 < len(chars) and end - at < _LONGEST and not chars[end + 1]["text"].isspace():
        end += 1
    word = "".join(char["text"] for char in chars[start : end + 1])
    return "@" in word or word.startswith("www.") or "://" in word


_LONGEST = 80  # letters of an address on either side


def _stands_on(after: Char, blank: Char) -> bool:
    size = blank["size"]
    level = abs(blank["bottom"] - after["bottom"]) < 0.2 * size
    return bool(
        level
        and after["text"] != " "
        and blank["x1"] - blank["x0"] > 0.1 * size
        and abs(after["x0"] - blank["x0"]) < 0.05 * size
    )


def _goes_on(char: Char, after: Char) -> bool:
    level = abs(char["bottom"] - after["bottom"]) < 0.2 * char["size"]
    return bool(level and -0.1 * char["size"] < after["x0"] - char["x1"] < 0.2 * char["size"])
