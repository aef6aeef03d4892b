"""Bytes of a text -> its letters, whatever program wrote them; and what is doubtful about them."""

from __future__ import annotations

import codecs
import re

_LIKELY = ["cp1252", "mac_roman", "cp850", "iso8859_15"]
"""Encodings of one byte a letter in which French is found; of equal chances the first."""
_WINDOW = 200_000
_C1 = re.compile("[\x80-\x9f]")
_TWICE = re.compile("[\u00c2-\u00c5\u00e2\u00e3][^\x00-\x7f]|[\u00c2-\u00c5] ")
"""How a letter looks whose bytes were read in the wrong encoding: "mobilitÃ©"."""


def decode(data: bytes) -> tuple[str, list[str]]:
    """The text, and what is doubtful about it. A few wrong bytes do not make another encoding of a text that is full of
    letters in UTF-8: read otherwise, "Référence" would be "RÃ©fÃ©rence"."""
    text, notes = _decoded(data)
    text, twice = _read_once(text)
    return text, [*notes, *twice]


def _decoded(data: bytes) -> tuple[str, list[str]]:
    wide = _utf16(data)
    if wide:
        text = data.decode(wide, errors="replace")
        return text, _doubts(text.count("\ufffd"))
    text = data.decode("utf-8-sig", errors="replace")
    wrong = text.count("\ufffd")
    if wrong == 0:
        return text, []
    if sum(letter > "\x7f" for letter in text) > 4 * wrong:
        return text, _doubts(wrong)
    return _in_one_byte(data)


def _utf16(data: bytes) -> str | None:
    """With its mark; or without, where every second byte of plain letters is zero."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and not data.startswith(codecs.BOM_UTF32_LE):
        return "utf-16"
    head = data[:2000]
    for first, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros, others = head[first::2], head[1 - first :: 2]
        if len(zeros) > 20 and zeros.count(0) > 0.7 * len(zeros) and 0 not in others:
            return name
    return None


def _in_one_byte(data: bytes) -> tuple[str, list[str]]:
    """The likeliest of the encodings of one byte a letter; Windows' own where nothing tells."""
    from charset_normalizer import from_bytes  # only those pay who have a text in it

    best = from_bytes(_telling(data), cp_isolation=_LIKELY).best()
    name = best.encoding if best else "cp1252"
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        name = "latin-1"
        text = data.decode(name)
    told = [] if name in ("cp1252", "latin-1") else [f"weak_reading: the letters are read as {name}, which is a guess"]
    return text, told + _doubts(len(_C1.findall(text)))


def _telling(data: bytes) -> bytes:
    """The lines that hold other letters than ASCII, up to some length."""
    return b"\n".join(line for line in data[:_WINDOW].splitlines() if not line.isascii())


def _read_once(text: str) -> tuple[str, list[str]]:
    """Lines that were read in the wrong encoding and saved again, put right by ftfy ("mobilitÃ©" is "mobilité").
    What it does not put right is said."""
    lines = text.split("\n")
    if not _TWICE.search(text):
        return text, []
    import ftfy  # only those pay who have such a text

    mended = [ftfy.fix_encoding(line) if _TWICE.search(line) else line for line in lines]
    changed = sum(a != b for a, b in zip(lines, mended, strict=True))
    left = sum(bool(_TWICE.search(line)) for line in mended)
    notes = [f"weak_reading: {changed} lines were saved in the wrong encoding and put right"] if changed else []
    notes += [f"garbled_text: {left} lines look as if they were saved in the wrong encoding"] if left else []
    return "\n".join(mended), notes


def _doubts(wrong: int) -> list[str]:
    return [f"garbled_text: {wrong} letters are damaged: their bytes have no meaning"] if wrong else []
