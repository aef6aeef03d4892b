"""Text and Markdown (often a converter's text of a brochure) -> lines with the rank their mark-up gives them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from carnet.pipeline.errors import UnreadableDocument
from carnet.pipeline.read.encodings import decode
from carnet.pipeline.read.kinds import kind_of
from carnet.pipeline.read.plain_letters import plain_letters
from carnet.pipeline.read.reading import PLAINLY, Reading, ReadOptions
from carnet.schemas.layout import Page, Style, Word

_HEADING = re.compile(r"^(#{1,6})\s+(\S.*)?$")
_BLANKS = re.compile(r"([^\S\n]{40})[^\S\n]+")
"""Wider than any indent or gap of a table. Patterns that look for signs between blanks take the square of a run."""
_BOLD_LINE = re.compile(r"^\s*\*\*(.+?)\*\*\s*(?::\s*)?$")
_SUPERSCRIPT = re.compile(r"\^\{([^{}]{0,12})\}")
_TAG = re.compile(r"</?(?:ul|ol|li|br|p|b|i|strong|em|div|span|table|tr|td|th|sup|sub)\b[^<>]{0,200}>", re.IGNORECASE)
_PIPE_RULE = re.compile(r"^\s*(?:\|\s*)?(?::?-{2,}:?\s*\|\s*)+(?::?-{2,}:?\s*)?$")
_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,1000}\)")
_SIZES = {1: 24.0, 2: 19.0, 3: 15.0, 4: 13.0, 5: 12.0, 6: 11.5}
_BULLET = re.compile(r"^\s*(?:[-*•▶►▸❑○●–]|\d{1,2}[.)])\s")
_TABBED_MARK = re.compile(
    r"^(\s*)(?:([^\w\s|#§])|([o§Øüv\uf000-\uf0ff])|(\d{1,2}[.)]))\t+(?=[^\t]*[^\W\d_]{3})(?=[^\t]+$)"
)
"""The mark of a list as word processors give it to the clipboard: a sign or a letter of a font of signs, and a tab."""


def read_text(data: bytes, asked: ReadOptions = PLAINLY) -> Reading:
    """One page without boxes; each paragraph is one word-like unit per printed line.

    Raises UnreadableDocument for bytes that are no text.
    """
    most = asked.limits.text_bytes
    if len(data) > most:
        raise UnreadableDocument(f"too long: a text of {len(data) / 1e6:.0f} MB, the limit is {most / 1e6:.0f} MB")
    text, notes = decode(data)
    if "\x00" in text:
        raise UnreadableDocument(f"not a text file: it is {kind_of(data) or 'binary data, it holds zero bytes'}")
    text = plain_letters(text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n\n").split("\n")
    longest = asked.limits.line
    cut = sum(len(line) > longest for line in lines)
    if cut:
        notes.append(f"page_unreadable: {cut} lines are longer than {longest} letters, the rest of each was left out")
    return Reading((Page(1, 0, 0, tuple(_words(line[:longest] for line in lines)), notes=tuple(notes)),))


def _words(lines: Iterable[str]) -> list[Word]:
    """A word per paragraph line; lines that follow each other without a blank line or a marker share a `font` number,
    by which the layout joins them into one block."""
    words: list[Word] = []
    group = 0
    for raw in lines:
        line, style = _line(raw)
        if not line.strip():
            group += 1
            continue
        if style.size != 10.0 or style.bold or _BULLET.match(line) or "\t" in line:
            group += 1
        words.append(Word(line, None, None, Style(style.size, style.bold, False, None, str(group))))
        if style.size != 10.0 or style.bold or "\t" in line:
            group += 1
    return words


def _line(raw: str) -> tuple[str, Style]:
    line = _IMAGE.sub("", _BLANKS.sub(r"\1", raw))
    line = _TABBED_MARK.sub(_spaced_mark, _TAG.sub(" ", line))
    if _PIPE_RULE.match(line):
        return "", Style(10.0)
    signs = line.strip()
    if len(signs) >= 3 and signs[0] in "*_" and len(set(signs)) == 1:
        return line.rstrip(), Style(10.0)  # a drawn line, no mark of bold letters
    heading = _HEADING.match(line)
    if heading:
        return _plain((heading.group(2) or "").rstrip().rstrip("#")), Style(_SIZES[len(heading.group(1))], True)
    if line.strip().startswith("|") and line.count("|") >= 2:
        return "\t".join(_plain(c.strip()) for c in line.strip().strip("|").split("|")), Style(10.0)
    bold = _BOLD_LINE.match(line)
    if bold and "**" not in bold.group(1):
        return _plain(bold.group(1)), Style(10.0, True)
    return _plain(line), Style(10.0)


def _spaced_mark(found: re.Match[str]) -> str:
    indent, sign, letter, number = found.groups()
    return indent.replace("\t", "    ") + (sign or number or (letter and "•")) + " "


def _plain(text: str) -> str:
    """Mark-up inside a line dropped: superscripts, bold marks."""
    return _SUPERSCRIPT.sub(r"\1", text).replace("**", "").rstrip()
