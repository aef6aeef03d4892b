"""Files -> pages of words. A new format is one file here and one line in READERS."""

from __future__ import annotations

from collections.abc import Callable

from carnet.pipeline.errors import UnreadableDocument
from carnet.pipeline.read.reading import PLAINLY, Asked, Reading


def _pdf(data: bytes, asked: Asked) -> Reading:
    from carnet.pipeline.read.pdf import read_pdf

    return read_pdf(data, asked)


def _text(data: bytes, asked: Asked) -> Reading:
    from carnet.pipeline.read.text import read_text

    return read_text(data, asked)


READERS: dict[str, Callable[[bytes, Asked], Reading]] = {
    "application/pdf": _pdf,
    "text/plain": _text,
    "text/markdown": _text,
}

MEDIA_TYPES = {".pdf": "application/pdf", ".txt": "text/plain", ".md": "text/markdown"}
"""By the ending of the file's name."""


def read(data: bytes, media_type: str, name: str = "", asked: Asked = PLAINLY) -> Reading:
    """Pages of words; UnreadableDocument when no reader takes the file."""
    if not data:
        raise UnreadableDocument("empty file: 0 bytes")
    reader = READERS.get(media_type)
    if reader is None:
        raise UnreadableDocument(f"{media_type or 'unknown type'}: expected a PDF, .txt or .md file")
    return reader(data, asked)
