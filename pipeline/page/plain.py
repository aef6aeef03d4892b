"""Text without boxes as sheets: each line at a height of its own, so that the same relations hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from carnet.pipeline.page.fragments import Fragment, Sheet, cuts, not_crowded
from carnet.schemas.layout import BBox, Page, Passage, Word

_SIZE = 10.0
_PITCH = 12.5
_LETTER = 5.0  # width of a letter
_LINES = 60
"""Lines of one sheet: long texts are looked at piece by piece, cut at an empty line."""


def plain_sheets(pages: Sequence[Page], marks: frozenset[str]) -> list[Sheet]:
    """Sheets of a text: the reader's words are lines, their `font` numbers the paragraphs. An empty line's height parts
    two paragraphs; headings are as much larger as their rank is."""
    out: list[Sheet] = []
    number = line = 0
    for some in _cut([w for p in pages for w in p.words]):
        sheet = not_crowded(_sheet(some, marks, len(out) + 1, number, line))
        out.append(sheet)
        number += len(sheet.fragments)
        line += len(sheet.lines)
    return out


def _cut(words: Sequence[Word]) -> list[list[Word]]:
    out: list[list[Word]] = [[]]
    for word in words:
        fresh = out[-1] and out[-1][-1].style.font != word.style.font
        if len(out[-1]) >= _LINES and fresh or len(out[-1]) >= 2 * _LINES:
            out.append([])
        out[-1].append(word)
    return out if out[0] else []


def _sheet(words: Sequence[Word], marks: frozenset[str], page: int, number: int, line: int) -> Sheet:
    fragments: list[Fragment] = []
    lines: list[Passage] = []
    top = 40.0
    last = None
    for word in words:
        if last is not None and word.style.font != last:
            top += 0.7 * _PITCH
        last = word.style.font
        style = replace(word.style, size=word.style.size or _SIZE, font="")
        passage = Passage.of_words([word])
        indent = len(word.text) - len(word.text.lstrip())
        for start, end, joint, marked in cuts(passage, marks):
            piece = passage.slice(start, end)
            x0 = 50 + _LETTER * (indent + start)
            box = BBox(x0, top, x0 + max(_LETTER, _LETTER * len(piece.text)), top + style.size)
            fragments.append(
                Fragment(number + len(fragments), page, line + len(lines), start, end, piece, box, style, joint, marked)
            )
        lines.append(passage)
        top += max(_PITCH, 1.25 * style.size)
    return Sheet(page, 600.0, max(842.0, top + 40), tuple(fragments), (), tuple(lines))
