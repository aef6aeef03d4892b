"""Which letters of a PDF are to go: those of names, however they are set, and of what is printed of a person."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from carnet.pipeline.redaction.glyphs import Box, DrawnGlyphs, Glyph, GlyphPlace
from carnet.pipeline.redaction.wanted import FAR, Printed, RedactionTarget, found, letters

_JOINED = 0.18
_ONE_LINE = 3.0
_NEXT_LINE = 2.5
"""Times the size of the letters: the widest gap within a word, within a line, and the highest line."""
_HYPHENS = "-\u2010\u2011\u00ad"


@dataclass(frozen=True)
class LetterText:
    """Letters as text: `owners[n]` are the glyphs that draw the n-th of it (none: a blank between words)."""

    text: str
    owners: tuple[tuple[Glyph, ...], ...]

    def glyphs(self, places: set[int]) -> Iterator[Glyph]:
        return (glyph for n in places for glyph in self.owners[n])


def gone(drawn: DrawnGlyphs, wanted: RedactionTarget) -> set[GlyphPlace]:
    """The places of all letters that are to go."""
    places: set[GlyphPlace] = set()
    for number, glyphs in drawn.everything():
        places |= {glyph.place for glyph in _of_page(number, glyphs, wanted)}
    return places


def texts_of(drawn: DrawnGlyphs) -> Iterator[str]:
    """All that the letters tell, with words that are broken at the end of a line in one piece too."""
    for _, glyphs in drawn.everything():
        told = as_text(glyphs)
        yield told.text
        yield _unbroken(told).text


def _of_page(number: int, glyphs: Sequence[Glyph], wanted: RedactionTarget) -> Iterator[Glyph]:
    whole = as_text(glyphs)
    mine = set(_named(whole, wanted))
    for person in wanted.persons:
        mine |= {glyph for printed in person if printed.page == number for glyph in _printed(printed, glyphs)}
    for page, box in wanted.places:
        if page == number:
            inside = _inside(glyphs, box)
            mine |= set(_named(as_text(inside), wanted)) | set(_named(as_text(_by_lines(inside)), wanted))
    spans = [(n, n + 1) for n, owners in enumerate(whole.owners) if owners and mine.issuperset(owners)]
    yield from mine
    yield from whole.glyphs(letters(whole.text, spans))


def _named(told: LetterText, wanted: RedactionTarget) -> Iterator[Glyph]:
    for way in (told, _unbroken(told)):
        for start, end in wanted.spans(way.text):
            yield from way.glyphs(set(range(start, end)))


def _printed(printed: Printed, glyphs: Sequence[Glyph]) -> Iterator[Glyph]:
    """The letters in the box that spell the text: others may stand in it."""
    inside = _inside(glyphs, printed.box) if printed.box else ()
    for told in (as_text(inside), as_text(_by_lines(inside))):
        spans = found(printed.text, told.text)
        if spans:
            yield from told.glyphs({n for start, end in spans for n in range(start, end)})
            return


def _inside(glyphs: Sequence[Glyph], box: Box) -> list[Glyph]:
    """Letters whose middle is in the box."""
    x0, top, x1, bottom = box
    return [
        g for g in glyphs
        if x0 <= (g.box[0] + g.box[2]) / 2 <= x1 and top <= (g.box[1] + g.box[3]) / 2 <= bottom
    ]  # fmt: skip


def _by_lines(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """From left to right, line by line, in whatever order they were drawn."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=_middle):
        if lines and _middle(glyph) - _middle(lines[-1][-1]) < 0.4 * glyph.size:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return [glyph for line in lines for glyph in sorted(line, key=lambda g: g.box[0])]


def _middle(glyph: Glyph) -> float:
    return (glyph.box[1] + glyph.box[3]) / 2


def as_text(glyphs: Sequence[Glyph]) -> LetterText:
    """Words with the blanks that a reader sees between them; ligatures as the letters they are."""
    text: list[str] = []
    owners: list[tuple[Glyph, ...]] = []
    last: Glyph | None = None
    for glyph in glyphs:
        signs = unicodedata.normalize("NFKC", glyph.text)
        if last and owners and (_is_twice(glyph, last) or _adds_nothing(signs)):
            owners[-1] += (glyph,)
            continue
        if text and unicodedata.combining(signs[:1]):
            text[-1] = unicodedata.normalize("NFC", text[-1] + signs)[:1]
            owners[-1] += (glyph,)
            continue
        gap = _gap(last, glyph) if last and not signs.isspace() else ""
        text += gap + signs
        owners += [()] * len(gap) + [(glyph,)] * len(signs)
        last = glyph
    return LetterText("".join(text), tuple(owners))


def _is_twice(glyph: Glyph, last: Glyph) -> bool:
    """Bold that is made by drawing each letter twice."""
    along, below = glyph.from_end_of(last)
    width = max(last.look.width * math.hypot(*last.look.matrix[:2]), 0.01)
    return glyph.text == last.text and abs(along + width) < 0.4 * width and abs(below) < 0.2 * glyph.size


def _adds_nothing(signs: str) -> bool:
    return all(unicodedata.category(sign) in ("Cf", "Cc") and sign not in _HYPHENS for sign in signs)


def _gap(last: Glyph, glyph: Glyph) -> str:
    """What stands between two letters that follow each other."""
    size = max(last.size, glyph.size)
    along, below = glyph.from_end_of(last)
    if abs(below) < 0.5 * size and -0.5 * size < along < _ONE_LINE * size:
        return " " if along > _JOINED * size else ""
    return "\n" if 0 < below < _NEXT_LINE * size and along < 0 else FAR


def _unbroken(told: LetterText) -> LetterText:
    """Words that a hyphen breaks at the end of a line, in one piece."""
    kept, n = [], 0
    while n < len(told.text):
        end = n + 1
        if told.text[n] in _HYPHENS:
            blank = len(told.text[end:]) - len(told.text[end : end + 8].lstrip()) - len(told.text[end + 8 :])
            if "\n" in told.text[end : end + blank] and not told.text.startswith(FAR, end):
                n = end + blank
                continue
        kept.append(n)
        n = end
    return LetterText("".join(told.text[n] for n in kept), tuple(told.owners[n] for n in kept))
