"""Text without boxes as sheets: each line at a height of its own, so that the same relations hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from carnet.pipeline.page.fragments import Fragment, Sheet, cuts, not_crowded
from carnet.pipeline.rules.list_marks import marker
from carnet.schemas.layout import BBox, Page, Passage, Style, Word

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
    rules: list[tuple[float, float, float]] = []
    top = 40.0
    last = None
    columns = _columns(words)
    looks = _looks(words)
    for word, style in zip(words, looks, strict=True):
        if last is not None and word.style.font != last:
            top += 0.7 * _PITCH
        last = word.style.font
        if drawn_with(word.text):
            x0 = _x(len(word.text) - len(word.text.lstrip()))
            rules.append((x0, x0 + _LETTER * len(word.text.strip()), top - 1))
            top += 0.3 * _PITCH
            continue
        chunks = _chunks(word, columns.get(id(word), ()))
        rows = _rows(chunks, marks)
        broken = len(rows) > 1 and len(chunks) == 1
        for below, (passage, at) in enumerate(rows):
            top += _pitch(style) if broken and below else 0.0
            for start, end, joint, marked in cuts(passage, marks):
                piece = passage.slice(start, end)
                x0 = _x(at + start)
                box = BBox(x0, top, x0 + max(_LETTER, _LETTER * len(piece.text)), top + style.size)
                there = number + len(fragments), page, line + len(lines)
                fragments.append(Fragment(*there, start, end, piece, box, style, joint, marked))
            lines.append(passage)
        top += _pitch(style)
    width = max(_PAGE, *(f.box.x1 + _x(0) for f in fragments)) if fragments else _PAGE
    return Sheet(page, width, max(842.0, top + 40), tuple(fragments), (), tuple(lines), tuple(rules))


_PAGE = 600.0
_CHUNK = re.compile(r"[^\s](?:[^\s]|[ \u00a0\u202f](?=[^\s])){0,2000}")
"""What stands together on a line: parted from the next by two blanks and more, or by a tab."""


def _x(column: int) -> float:
    return 50.0 + _LETTER * column


def _chunks(word: Word, columns: Sequence[int]) -> list[tuple[Passage, int]]:
    """What stands together on a line, with the column of its first letter. `columns`: where the cells of a row that
    tabs part begin, as they would be set."""
    whole = Passage.of_words([word])
    if columns:
        out, at = [], 0
        for cell, column in zip(word.text.split("\t"), columns, strict=False):
            piece = whole.slice(at, at + len(cell))
            out += [(piece, column)] if piece.text else []
            at += len(cell) + 1
        return out
    found = _CHUNK.finditer(word.text)
    return [(whole.slice(m.start(), m.end()), len(word.text[: m.start()].expandtabs(8))) for m in found]


def _columns(words: Sequence[Word]) -> dict[int, list[int]]:
    """By id() of each row of a table whose cells tabs part, the columns in which they would stand."""
    out: dict[int, list[int]] = {}
    tabbed = [[len(c) for c in w.text.split("\t")] if w.text.strip("\t").count("\t") else [] for w in words]
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and len(tabbed[end]) == len(tabbed[at]):
            end += 1
        if len(tabbed[at]) > 1:
            widths = [max(row[i] for row in tabbed[at:end]) + _GUTTER for i in range(len(tabbed[at]))]
            starts = [sum(widths[:i]) for i in range(len(widths))]
            out |= {id(w): starts for w in words[at:end]}
        at = end
    return out


def _rows(chunks: Sequence[tuple[Passage, int]], marks: frozenset[str]) -> list[tuple[Passage, int]]:
    """The chunks of a line, side by side; a paragraph on one long line broken into rows as wide as a page's, with the
    column of the first letter of each."""
    if len(chunks) != 1 or len(chunks[0][0].text) <= _LONG:
        return list(chunks)
    whole, at = chunks[0]
    text = whole.text
    first = marker(text, marks)
    indent = at + first + (marker(text[first:], marks) if first else 0)
    out: list[tuple[Passage, int]] = []
    start = 0
    while len(text) - start > _WIDE:
        end = next((e for e in range(start + _WIDE, start + _WIDE // 2, -1) if _may_break(text, e, marks)), 0)
        if not end:
            break
        out.append((whole.slice(start, end), indent if out else at))
        start = end + 1
    return [*out, (whole.slice(start, len(text)), indent if out else at)]


def _may_break(text: str, at: int, marks: frozenset[str]) -> bool:
    """Is there a blank that no sign of an item follows, and no hyphen stands before?"""
    return text[at] == " " and text[at - 1] not in "-–—:/" and not marker(text[at + 1 : at + 9], marks)


_LONG = 160
"""Letters of a line from which on nobody set it so: it is a paragraph, which the reader's window breaks."""
_WIDE = 100
"""Letters of a row of such a paragraph."""


def _pitch(style: Style) -> float:
    return max(_PITCH, 1.25 * style.size)


_GUTTER = 3  # letters between two columns


def _looks(words: Sequence[Word]) -> list[Style]:
    """How each line looks: as its mark-up says, or larger where a drawn line as wide stands right under it."""
    out = [replace(w.style, size=w.style.size or _SIZE, font="") for w in words]
    for at, (word, under) in enumerate(zip(words, words[1:], strict=False)):
        sign = drawn_with(under.text)
        if sign and not drawn_with(word.text) and abs(len(under.text) - len(word.text)) <= _AS_WIDE:
            larger = _STRONG if sign in "=═━*#" else _WEAK
            out[at] = replace(out[at], size=max(out[at].size, _SIZE * larger), bold=True)
    return out


_AS_WIDE = 3  # letters
_STRONG, _WEAK = 1.9, 1.5
"""How much larger a title is that stands over a drawn line: over "====", over "----"."""
_SIGNS = frozenset("=~-*_^#.─━═")
_BETWEEN = frozenset(" \t|+")


def drawn_with(text: str) -> str:
    """The sign that draws a line, "" for what is no line: "-" of "-----" under a title and of "|----+----|" in a table.

    >>> drawn_with("=====  ==="), drawn_with("a = b")
    ('=', '')
    """
    signs = set(text) - _BETWEEN
    sign = next(iter(signs)) if len(signs) == 1 else ""
    return sign if sign in _SIGNS and text.count(sign) >= _LEAST else ""


_LEAST = 3
