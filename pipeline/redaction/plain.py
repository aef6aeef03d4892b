"""A text file without some of its words, proved to be the same otherwise."""

from __future__ import annotations

import codecs
import re

from carnet.pipeline.errors import UnreadableDocument
from carnet.pipeline.redaction.wanted import MARK, RedactionTarget, beside, letters, marked

_WORD = re.compile(r"\w+")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def redact_text(data: bytes, wanted: RedactionTarget) -> bytes:
    """A mark stands where words were; every other byte is as before. Raises UnreadableDocument."""
    mark, encoding = _encoding(data)
    text = data[len(mark) :].decode(encoding, "surrogateescape")
    if text.encode(encoding, "surrogateescape") != data[len(mark) :]:
        raise UnreadableDocument("its bytes are no text that can be written again as it was")
    spans = [*wanted.spans(text), *(span for person in wanted.persons for span in beside(text, person))]
    gone = letters(text, spans)
    made = marked(text, gone, _printable(MARK, encoding))
    _same_words(text, made, gone)
    if wanted.anywhere(made):
        raise UnreadableDocument("the words stand where they can't be taken out")
    return mark + made.encode(encoding, "surrogateescape")


def _encoding(data: bytes) -> tuple[bytes, str]:
    """The mark at the beginning, and what the rest is written in."""
    for mark, encoding in _BOMS:
        if data.startswith(mark) and not data.startswith(codecs.BOM_UTF32_LE):
            return mark, encoding
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    if wrong == 0 or sum(letter > "\x7f" for letter in text) > 4 * wrong:
        return b"", "utf-8"
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return b"", "latin-1"
    return b"", "cp1252"


def _printable(mark: str, encoding: str) -> str:
    try:
        mark.encode(encoding)
    except UnicodeEncodeError:
        return "[...]"
    return mark


def _same_words(before: str, after: str, gone: set[int]) -> None:
    """Word by word; what is left of a word that went in part counts as one."""
    left = "".join(" " if n in gone else letter for n, letter in enumerate(before))
    if _WORD.findall(left) != _WORD.findall(after):
        raise UnreadableDocument("other words than those would change")


def text_of(data: bytes) -> str:
    """The bytes of a text file as letters, by its mark or by guess; the mark itself is none of them."""
    mark, encoding = _encoding(data)
    return data[len(mark) :].decode(encoding, "replace")
