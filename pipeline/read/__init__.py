"""Files -> pages of words. A new format is one file here and one line in READERS."""

from __future__ import annotations

from collections.abc import Callable

from carnet.pipeline.errors import UnreadableDocument
from carnet.pipeline.read.reading import PLAINLY, Reading, ReadOptions

Reader = Callable[[bytes, ReadOptions], Reading]


def _pdf(data: bytes, asked: ReadOptions) -> Reading:
    from carnet.pipeline.read.pdf import read_pdf

    return read_pdf(data, asked)


def _text(data: bytes, asked: ReadOptions) -> Reading:
    from carnet.pipeline.read.text import read_text

    return read_text(data, asked)


def _office(media_type: str) -> Reader:
    def reader(data: bytes, asked: ReadOptions) -> Reading:
        from carnet.pipeline.read.office import read_office

        return read_office(data, media_type, asked)

    return reader


def _picture(data: bytes, asked: ReadOptions) -> Reading:
    from carnet.pipeline.read.pdf import read_pdf
    from carnet.pipeline.read.picture import picture_to_pdf

    return read_pdf(picture_to_pdf(data, asked), asked)


PDF = "application/pdf"
_OOXML = "application/vnd.openxmlformats-officedocument"
OFFICE = {
    ".docx": f"{_OOXML}.wordprocessingml.document",
    ".pptx": f"{_OOXML}.presentationml.presentation",
    ".xlsx": f"{_OOXML}.spreadsheetml.sheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".odp": "application/vnd.oasis.opendocument.presentation",
}
PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
READERS: dict[str, Reader] = {
    PDF: _pdf,
    "text/plain": _text,
    "text/markdown": _text,
    **{media_type: _office(media_type) for media_type in OFFICE.values()},
    **{media_type: _picture for media_type in PICTURES.values()},
}

MEDIA_TYPES = {".pdf": PDF, ".txt": "text/plain", ".md": "text/markdown", **OFFICE, **PICTURES}
"""By the ending of the file's name."""


def read(data: bytes, media_type: str, name: str = "", asked: ReadOptions = PLAINLY) -> Reading:
    """Pages of words; UnreadableDocument when no reader takes the file."""
    if not data:
        raise UnreadableDocument("empty file: 0 bytes")
    reader = READERS.get(media_type)
    if reader is None:
        raise UnreadableDocument(f"{media_type or 'unknown type'}: expected {expected()}")
    return reader(data, asked)


def expected() -> str:
    """The files that are read, by their endings."""
    return f"a file of type {', '.join(MEDIA_TYPES)}"


def as_pdf(data: bytes, media_type: str, asked: ReadOptions = PLAINLY) -> bytes:
    """The PDF whose pages are those of the reading; UnreadableDocument where a reading has no pages to look at."""
    if media_type in OFFICE.values():
        from carnet.pipeline.read.office import office_to_pdf
        from carnet.pipeline.read.office.printing import NotPrinted

        try:
            return office_to_pdf(data, media_type, asked)
        except NotPrinted as why:
            raise UnreadableDocument(f"its pages can't be drawn: {why}") from why
    if media_type in PICTURES.values():
        from carnet.pipeline.read.picture import picture_to_pdf

        return picture_to_pdf(data, asked)
    return data
