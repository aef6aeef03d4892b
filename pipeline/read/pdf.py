"""PDF -> pages of words and shapes, through pdfplumber.

What pdfminer can't read, page or file, is tried once more after pdfium has written it anew.
"""

from __future__ import annotations

import io
import itertools
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pdfminer.pdftypes
import pdfplumber
from pdfminer.pdfpage import PDFPage

from pipeline.errors import UnreadableDocument
from pipeline.read.kinds import is_pdf, kind_of
from pipeline.read.limits import BoundedZlib, LimitExceeded
from pipeline.read.pdf_page import read_page
from pipeline.read.pictures import note_pictures
from pipeline.read.reading import PLAINLY, Asked, Reading
from schemas.layout import Page

_log = logging.getLogger(__name__)
_ZLIB = BoundedZlib()
vars(pdfminer.pdftypes).update(zlib=_ZLIB, decompress_corrupted=_ZLIB.up_to_damage)
_METADATA_LETTERS = 1000


def read_pdf(data: bytes, asked: Asked = PLAINLY) -> Reading:
    """Every page's words with box and style, and its boxes, rules and pictures; a page that can't be read is empty
    and says why in its notes.

    Raises UnreadableDocument with one sentence: not a PDF, encrypted, damaged, no page, no text.
    """
    document = _open(data, asked)
    pages = tuple(_pages(document, asked))
    failed = [page.number for page in pages if _damaged(page)]
    if failed and not document.repaired:
        pages = _mended(pages, failed, data, asked)
    pages = note_pictures(pages)
    _refuse_without_words(pages)
    if document.repaired:
        first = pages[0]
        note = "weak_reading: the file is damaged and was repaired before it was read"
        pages = (replace(first, notes=(*first.notes, note)), *pages[1:])
    return Reading(pages, _metadata(document.pdf))


# ---- opening ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Document:
    """An open PDF, and the pages of its page tree as far as it can be followed."""

    pdf: Any  # pdfplumber's PDF
    pages: tuple[Any, ...]
    repaired: bool = False


def _open(data: bytes, asked: Asked) -> _Document:
    kind = kind_of(data)
    if kind and not is_pdf(data[:16]) and (kind != "plain text" or not is_pdf(data)):
        raise UnreadableDocument(f"not a PDF: it is {kind}")
    try:
        with asked.guard(0):
            return _opened(data, asked)
    except Exception as error:  # pdfminer raises anything on damaged files
        _log.debug("can't be opened", exc_info=True)
        cause = _cause(error)
        if _is_encryption(cause):
            raise UnreadableDocument(_locked(cause, asked)) from error
        if isinstance(cause, UnreadableDocument | LimitExceeded):
            raise UnreadableDocument(str(cause)) from error
    repaired = _repaired(data, asked)
    if repaired is None:
        raise UnreadableDocument(f"damaged PDF: {told(cause)}" if b"%PDF" in data else "not a PDF")
    return repaired


def _opened(data: bytes, asked: Asked) -> _Document:
    pdf = pdfplumber.open(io.BytesIO(data), password=asked.password or "")
    most = asked.limits.pages
    pages = tuple(itertools.islice(PDFPage.create_pages(pdf.doc), most + 1))
    if len(pages) > most:
        raise UnreadableDocument(f"too many pages: more than {most}")
    if not pages:
        raise ValueError("no page in it")
    return _Document(pdf, pages)


def _repaired(data: bytes, asked: Asked) -> _Document | None:
    """The document as pdfium understands it; None where it does not."""
    import pypdfium2

    try:
        with asked.guard(0):
            known = pypdfium2.PdfDocument(data, password=asked.password)
            if not 0 < len(known) <= asked.limits.pages:
                return None
            anew = io.BytesIO()
            known.save(anew, flags=3)  # without encryption
            known.close()
            return replace(_opened(anew.getvalue(), asked), repaired=True)
    except Exception:
        _log.debug("can't be repaired", exc_info=True)
        return None


def _cause(error: BaseException) -> BaseException:
    """What pdfplumber's PdfminerException was made of."""
    while type(error).__name__ == "PdfminerException" and error.args and isinstance(error.args[0], BaseException):
        error = error.args[0]
    return error


def _is_encryption(error: BaseException) -> bool:
    return type(error).__name__ in ("PDFPasswordIncorrect", "PDFEncryptionError")


def _locked(error: BaseException, asked: Asked) -> str:
    if type(error).__name__ == "PDFEncryptionError":
        return "encrypted in a way that carnet can't open; save it without a password first"
    return "encrypted: the password does not open it" if asked.password else "encrypted: needs a password"


def told(error: BaseException) -> str:
    """Why a page or file can't be read, in words; the library's own would help nobody."""
    if isinstance(error, LimitExceeded | UnreadableDocument):
        return str(error)
    if isinstance(error, MemoryError):
        return "it takes too much memory"
    if isinstance(error, RecursionError):
        return "its objects are nested too deeply"
    if str(error) == "no page in it":
        return "no page in it"
    return "its objects can't be understood"


# ---- pages --------------------------------------------------------------------------------------------------------


def _pages(document: _Document, asked: Asked, only: Iterable[int] = ()) -> Iterator[Page]:
    wanted = frozenset(only)
    for number, printed in enumerate(document.pages, start=1):
        if not wanted or number in wanted:
            yield _page(document.pdf, printed, number, asked)


def _page(pdf: Any, printed: Any, number: int, asked: Asked) -> Page:
    damaged = _ZLIB.damaged
    try:
        with asked.guard(number):
            page = read_page(pdf, printed, number, asked.limits)
    except Exception as error:  # a damaged page costs that page, not the file
        cause = _cause(error)
        _log.debug("page %d can't be read", number, exc_info=True)
        return Page(number, 0, 0, (), (), (f"page_unreadable: {told(cause)}",))
    if _ZLIB.damaged > damaged:
        note = "page_unreadable: a part of it is damaged, text may be missing"
        return replace(page, notes=(*page.notes, note))
    return page


def _damaged(page: Page) -> bool:
    return not page.words and any(note.endswith("can't be understood") for note in page.notes)


def _mended(pages: tuple[Page, ...], failed: list[int], data: bytes, asked: Asked) -> tuple[Page, ...]:
    """Pages that failed, read from what pdfium makes of the file."""
    document = _repaired(data, asked)
    if document is None or len(document.pages) != len(pages):
        return pages
    better = {page.number: page for page in _pages(document, asked, failed) if page.words}
    return tuple(better.get(page.number, page) for page in pages)


def _refuse_without_words(pages: tuple[Page, ...]) -> None:
    if any(page.words for page in pages):
        return
    failures = [note.partition(": ")[2] for page in pages for note in page.notes if note.startswith("page_unreadable")]
    unread = [page for page in pages if not page.width]
    if len(unread) == len(pages):
        raise UnreadableDocument(
            f"its only page can't be read: {failures[0]}"
            if len(pages) == 1
            else f"none of its {len(pages)} pages can be read: {failures[0]}"
        )
    garbled = [p for p in pages if any(n.startswith("garbled_text") for n in p.notes)]
    hidden = [p for p in pages if any(n.startswith("hidden_text") for n in p.notes)]
    turned = [p for p in pages if any(n.startswith("turned_text") for n in p.notes)]
    pictures = [p for p in pages if any(n.startswith("text_in_picture") for n in p.notes)]
    if garbled:
        raise UnreadableDocument(f"no readable text: the letters of {_count(garbled)} have no Unicode value")
    kinds = [(pictures, "of pictures"), (turned, "of turned text"), (hidden, "of hidden text"), (unread, "unreadable")]
    counted = [f"{_count(some)} {what}" for some, what in kinds if some]
    told_of = {page.number for some, _ in kinds for page in some}
    blank = [page for page in pages if page.number not in told_of]
    if blank:
        counted.append(f"{len(blank)} blank page{'s' if len(blank) > 1 else ''}")
    raise UnreadableDocument(f"no text layer: {', '.join(counted)}")


def _count(pages: list[Page]) -> str:
    return f"{len(pages)} page{'s' if len(pages) > 1 else ''}"


def _metadata(pdf: Any) -> Mapping[str, str]:
    return {str(k): v[:_METADATA_LETTERS] for k, v in (pdf.metadata or {}).items() if isinstance(v, str)}
