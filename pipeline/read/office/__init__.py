"""Office files -> pages: printed by LibreOffice where it is there, else read as far as the file itself tells."""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace

from carnet.pipeline.errors import UnreadableDocument
from carnet.pipeline.read.kinds import kind_of
from carnet.pipeline.read.office.printing import NotPrinted, printed
from carnet.pipeline.read.reading import Reading, ReadOptions

_log = logging.getLogger(__name__)


def _document(data: bytes, asked: ReadOptions) -> Reading:
    from carnet.pipeline.read.office.document import read_document

    return read_document(data, asked)


def _slides(data: bytes, asked: ReadOptions) -> Reading:
    from carnet.pipeline.read.office.slides import read_slides

    return read_slides(data, asked)


def _as_it_is(data: bytes) -> bytes:
    return data


def _roomy(data: bytes) -> bytes:
    from carnet.pipeline.read.office.sheets import made_printable

    return made_printable(data)


@dataclass(frozen=True)
class Kind:
    """A kind of office file. `mark`: the name of a part that every such file has, or what its part `mimetype` says.
    `alone`: reads it without LibreOffice. `prepare`: makes of it what is printed."""

    name: str
    suffix: str
    mark: str
    alone: Callable[[bytes, ReadOptions], Reading] | None = None
    prepare: Callable[[bytes], bytes] = _as_it_is


_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
KINDS = {
    f"{_OOXML}.wordprocessingml.document": Kind("a Word document", ".docx", "word/document.xml", _document),
    f"{_OOXML}.presentationml.presentation": Kind("a presentation", ".pptx", "ppt/presentation.xml", _slides),
    f"{_OOXML}.spreadsheetml.sheet": Kind("a workbook", ".xlsx", "xl/workbook.xml", prepare=_roomy),
    f"{_ODF}.text": Kind("an OpenDocument text", ".odt", f"{_ODF}.text"),
    f"{_ODF}.presentation": Kind("an OpenDocument presentation", ".odp", f"{_ODF}.presentation"),
}
"""By media type."""
_UNPACKED = 512 << 20
_PARTS = 20_000
_TO_DO = (
    "install LibreOffice (`apt-get install libreoffice-writer libreoffice-impress libreoffice-calc`), or save it as PDF"
)


def read_office(data: bytes, media_type: str, asked: ReadOptions) -> Reading:
    """Pages as LibreOffice prints them; where there is none, as the file's own shapes and paragraphs tell, with a
    note. UnreadableDocument in one sentence: another kind of file, protected, damaged, nothing to read it with."""
    from carnet.pipeline.read.office.properties import properties
    from carnet.pipeline.read.pdf import read_pdf  # neither is needed by who asks whether LibreOffice is there

    try:
        reading = read_pdf(office_to_pdf(data, media_type, asked), asked)
    except NotPrinted as why:
        _log.debug("not printed: %s", why)
        reading = _read_alone(data, KINDS[media_type], asked, str(why))
    return replace(reading, metadata=properties(data))


def office_to_pdf(data: bytes, media_type: str, asked: ReadOptions) -> bytes:
    """The file as LibreOffice prints it, kept by its content; NotPrinted where it is not there or can't."""
    kind = KINDS[media_type]
    _check(data, kind)
    return printed(kind.prepare(data), kind.suffix, asked)


def _read_alone(data: bytes, kind: Kind, asked: ReadOptions, why: str) -> Reading:
    if kind.alone is None:
        raise UnreadableDocument(f"{kind.name} can't be read: {why}; {_TO_DO}")
    try:
        with asked.guard(0):
            reading = kind.alone(data, asked)
    except UnreadableDocument:
        raise
    except Exception as error:  # python-docx and python-pptx raise anything on damaged files
        _log.debug("can't be read", exc_info=True)
        raise UnreadableDocument(f"damaged: {kind.name} whose parts can't be understood") from error
    if not any(page.words for page in reading.pages):
        raise UnreadableDocument(f"no text in it: {kind.name}; {_TO_DO}")
    note = f"weak_reading: read without LibreOffice ({why}): places on pages are rough or unknown"
    first = reading.pages[0]
    return replace(reading, pages=(replace(first, notes=(*first.notes, note)), *reading.pages[1:]))


def _check(data: bytes, kind: Kind) -> None:
    """Is it what its name says? LibreOffice would open anything else that it knows, too."""
    if data.startswith(b"\xd0\xcf\x11\xe0") and "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableDocument("encrypted: save it without a password, or as PDF")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            _check_parts(parts, kind)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError) as error:
        found = kind_of(data)
        what = f"it is {found}" if found and not data.startswith(b"PK") else "it is damaged"
        raise UnreadableDocument(f"not {kind.name}: {what}") from error


def _check_parts(parts: zipfile.ZipFile, kind: Kind) -> None:
    listed = parts.infolist()
    if len(listed) > _PARTS or sum(part.file_size for part in listed) > _UNPACKED:
        raise UnreadableDocument(f"too big: it unpacks to more than {_UNPACKED >> 20} MB or {_PARTS} parts")
    names = {part.filename for part in listed}
    said = parts.open("mimetype").read(200).decode("ascii", "replace").strip() if "mimetype" in names else ""
    if kind.mark not in names and said != kind.mark:
        raise UnreadableDocument(f"not {kind.name}: its main part is missing")
    if b"encryption-data" in (parts.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""):
        raise UnreadableDocument("encrypted: save it without a password, or as PDF")
