"""What a file is that says it is a PDF, by its first bytes."""

from __future__ import annotations

HEAD = 1024
"""A PDF's header stands within so many bytes."""

_KINDS = (
    (b"PK\x03\x04", "a ZIP archive"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (.doc, .xls, .ppt)"),
    (b"{\\rtf", "an RTF document"),
    (b"%!PS", "a PostScript file"),
    (b"\xc5\xd0\xd3\xc6", "a PostScript file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"BM", "a bitmap picture"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"version https://git-lfs", "a pointer of Git LFS; fetch the file itself"),
)
_MARKUP = ((b"<!doctype html", "a web page"), (b"<html", "a web page"), (b"<?xml", "an XML file"))
_OFFICE = ((b"word/", "a Word document"), (b"ppt/", "a PowerPoint document"), (b"xl/", "an Excel workbook"))


def is_pdf(data: bytes) -> bool:
    """Does the mark of a PDF stand near its beginning, as readers of PDF allow?"""
    return b"%PDF-" in data[:HEAD]


def kind_of(data: bytes) -> str | None:
    """In words, None where it can't be told.

    >>> kind_of(b"<!DOCTYPE html><title>Connexion")
    'a web page'
    """
    start = data[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, kind in _KINDS:
        if data.startswith(magic):
            if magic == b"PK\x03\x04":
                return next((office for name, office in _OFFICE if name in data[:65536]), kind)
            return kind
    for magic, kind in _MARKUP:
        if start.lower().startswith(magic):
            return kind
    if data and not data.strip(b"\x00"):
        return "nothing but zero bytes"
    return "plain text" if data and _is_text(data[:4096]) else None


def _is_text(data: bytes) -> bool:
    odd = sum(byte < 9 or 13 < byte < 32 for byte in data)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(data) - 4:
            return False
    return odd == 0
