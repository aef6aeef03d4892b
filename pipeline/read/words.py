"""Letters -> words with box and look."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Generator, Iterable, Sequence
from typing import Any

from pdfplumber.utils.text import WordExtractor

from carnet.pipeline.read.colors import as_hex
from carnet.pipeline.read.fonts import is_bold, is_italic
from carnet.pipeline.read.letters import UNKNOWN, Char
from carnet.pipeline.read.spacing import closed_up
from carnet.schemas.layout import BBox, Style, Word

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_NEAR = 0.18
"""Of the letter size: a wider gap parts two words."""
_LEVEL = 2.5
"""So many points two letters of a line may be apart in height."""


class _Grouping(WordExtractor):
    """pdfplumber's lines and words, for upright letters and without what nobody asks of a word here."""

    def iter_chars_to_words(self, ordered_chars: Iterable[Char], direction: str) -> Generator[list[Char], None, None]:
        word: list[Char] = []
        x0 = top = reach = 0.0
        for char in ordered_chars:
            if char["text"].isspace():
                if word:
                    yield word
                word = []
                continue
            x, y = char["x0"], char["top"]
            if word and (x < x0 or x > reach or abs(y - top) > _LEVEL or _leads_to(word, char)):
                yield word
                word = []
            word.append(char)
            x0, top, reach = x, y, char["x1"] + _NEAR * char["size"]
        if word:
            yield word

    def merge_chars(self, ordered_chars: Sequence[Char]) -> Char:
        return {"text": "".join([self.expansions.get(c["text"]) or c["text"] for c in ordered_chars])}


_GROUPING = _Grouping(x_tolerance_ratio=_NEAR, y_tolerance=_LEVEL, expand_ligatures=True)


def words_of(chars: Sequence[Char], number: int) -> Iterable[Word]:
    """Letters of page `number` as words, with boxes in points from the top left, in the order of drawing."""
    styles: dict[tuple[Any, ...], Style] = {}
    blanks = [c for c in chars if c["text"].isspace()]
    for found, members in closed_up(_grouped(chars), blanks):
        text = clean(found)
        if not text.strip(UNKNOWN):
            continue
        box = BBox(
            min([c["x0"] for c in members]),
            min([c["top"] for c in members]),
            max([c["x1"] for c in members]),
            max([c["bottom"] for c in members]),
        )
        yield Word(text, number, box, _style(members, styles))


def _grouped(chars: Sequence[Char]) -> Iterable[tuple[str, list[Char]]]:
    """Letters of each word. Very large letters apart, or an initial would swallow the lines beside it; a hyphen set
    on its own at a line end goes back to its word."""
    sizes = sorted(c["size"] for c in chars)
    large = 1.8 * sizes[len(sizes) // 2] if sizes else 0
    for group in ([c for c in chars if c["size"] < large], [c for c in chars if c["size"] >= large]):
        last: tuple[str, list[Char]] | None = None
        for word, members in _GROUPING.iter_extract_tuples(group):
            text = word["text"]
            if last and text in _HYPHENS and _touches(last[1][-1], members[0]):
                last = (last[0] + text, last[1] + members)
                continue
            if last:
                yield last
            last = (text, members)
        if last:
            yield last


def _leads_to(word: Sequence[Char], char: Char) -> bool:
    """Do dots lead from a label to the value that begins here? Its look is its own, not that of the dots."""
    last = word[-1]["text"]
    if last not in _LEADERS or char["text"] == last or not char["text"].isalnum():
        return False
    return len(word) >= _LEADER and all([c["text"] == last for c in word[-_LEADER:]])


_LEADERS = frozenset("._·…")
_LEADER = 4
"""Signs of one kind in a row that lead from one text to another; three may stand for what is left out."""
_HYPHENS = frozenset("-\u2010\u2011\u00ad")


def _touches(a: Char, b: Char) -> bool:
    return bool(abs(b["x0"] - a["x1"]) < 0.1 * a["size"] and abs(b["bottom"] - a["bottom"]) < 0.3 * a["size"])


def _style(members: Sequence[Char], styles: dict[tuple[Any, ...], Style]) -> Style:
    """The look of most of the word's letters."""
    look = _look(members)
    if look not in styles:
        font = str(look[0]).split("+", 1)[-1]
        styles[look] = Style(
            size=look[1],
            bold=is_bold(font),
            italic=is_italic(font),
            color=as_hex(look[2]),
            font=font,
        )
    return styles[look]


def _look(members: Sequence[Char]) -> tuple[Any, ...]:
    first = members[0]
    font, size, color = first["fontname"], first["size"], first["non_stroking_color"]
    if all([c["size"] == size and c["fontname"] == font and c["non_stroking_color"] == color for c in members]):
        return font, round(size, 1), color
    looks = Counter((c["fontname"], round(c["size"], 1), c["non_stroking_color"]) for c in members)
    return looks.most_common(1)[0][0]


def style_of(members: Sequence[Char]) -> Style:
    """The look of most of these letters."""
    return _style(members, {})


def clean(text: str) -> str:
    """Ligatures as letters, without marks that print nothing, accents as one letter with theirs."""
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", text.translate(_CLEANED))


_CLEANED: dict[int, str | None] = {
    **dict.fromkeys(range(0x20)),
    # zero width and direction marks
    **dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e")),
    **dict.fromkeys(map(ord, "\u2060\u2066\u2067\u2068\u2069\ufeff")),
    **{ord(ligature): letters for ligature, letters in _LIGATURES.items()},
}
