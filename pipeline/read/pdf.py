"""PDF -> pages of words and shapes, through pdfplumber.

What pdfminer can't read, page or file, is tried once more after pdfium has written it anew.
"""

from __future__ import annotations

import contextlib
import io
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pdfminer.pdftypes
import pdfplumber

from carnet.pipeline.errors import UnreadableDocument
from carnet.pipeline.read.kinds import is_pdf, kind_of
from carnet.pipeline.read.limits import BoundedZlib, LimitExceeded
from carnet.pipeline.read.page_tree import Leaves, leaves_of
from carnet.pipeline.read.pdf_page import read_page
from carnet.pipeline.read.pictures import DRAWN_PAGE, PICTURE_PAGE, note_pictures
from carnet.pipeline.read.reading import OFF, PLAINLY, Reading, ReadOptions
from carnet.schemas.layout import Page

if TYPE_CHECKING:
    from carnet.pipeline.read.ocr.spots import Engine

_log = logging.getLogger(__name__)
_ZLIB = BoundedZlib()
vars(pdfminer.pdftypes).update(zlib=_ZLIB, decompress_corrupted=_ZLIB.up_to_damage)
_METADATA_LETTERS = 1000
TO_DO = (
    "to have its text recognised, install an engine (`pip install 'carnet[ocr]'` or "
    "`apt-get install tesseract-ocr tesseract-ocr-fra`) and ingest it again"
)
"""What helps where letters are only drawn."""


def read_pdf(data: bytes, asked: ReadOptions = PLAINLY) -> Reading:
    """Every page's words with box and style, and its boxes, rules and pictures; a page that can't be read is empty
    and says why in its notes.

    Raises UnreadableDocument with one sentence: not a PDF, encrypted, damaged, no page, no text.
    """
    document = _with_most_pages(_open(data, asked), data, asked)
    pages = note_pictures(_all_pages(document, asked))
    empty = [page.number for page in pages if not page.words and (_damaged(page) or not page.notes)]
    if empty and not document.repaired:
        pages = note_pictures(_mended(pages, empty, data, asked))
    pages = _recognised(pages, data, asked)
    _refuse_without_words(pages, asked)
    first = pages[0]
    pages = (replace(first, notes=(*first.notes, *_on_the_whole(document))), *pages[1:])
    return Reading(pages, _metadata(document.pdf))


def read_pdf_page(data: bytes, number: int, asked: ReadOptions = PLAINLY) -> Page:
    """One page alone, as `read_pdf` reads it; UnreadableDocument where there is none."""
    found = tuple(_pages(_with_most_pages(_open(data, asked), data, asked), asked, [number]))
    if not found:
        raise UnreadableDocument(f"no page {number}")
    return _recognised(note_pictures(found), data, asked)[0]


def _recognised(pages: tuple[Page, ...], data: bytes, asked: ReadOptions) -> tuple[Page, ...]:
    """With the words of pictures, where there is an engine to read them."""
    if asked.ocr == OFF or not any(shape.kind in ("picture", "curve") for page in pages for shape in page.shapes):
        return pages
    from carnet.pipeline.read.ocr.pages import with_recognised

    return with_recognised(pages, data, asked)


def _on_the_whole(document: _Document) -> Iterator[str]:
    """What is to be said of the file, on its first page."""
    if document.repaired:
        yield "weak_reading: the file is damaged and was repaired before it was read"
    elif document.damaged:
        yield "page_unreadable: tables of the file are damaged, pages or letters may be missing"
    stated, there = document.leaves.stated, len(document.leaves.pages)
    if stated is not None and stated > there:
        yield f"page_unreadable: the file says it has {stated} pages, there are only {there}"


# ---- opening ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Document:
    """An open PDF and its pages. `damaged`: streams met while it was opened can't be unpacked whole."""

    pdf: Any  # pdfplumber's PDF
    leaves: Leaves
    damaged: bool = False
    repaired: bool = False

    @property
    def is_complete(self) -> bool:
        return self.leaves.found >= max(len(self.leaves.pages), self.leaves.stated or 0)


def _open(data: bytes, asked: ReadOptions) -> _Document:
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
        if isinstance(cause, LimitExceeded):
            raise UnreadableDocument(f"its tables can't be read: {cause}") from error
        if isinstance(cause, UnreadableDocument):
            raise UnreadableDocument(str(cause)) from error
    repaired = _repaired(data, asked)
    if repaired is None:
        raise UnreadableDocument(_what_else(cause, kind, data))
    return repaired


def _opened(data: bytes, asked: ReadOptions) -> _Document:
    damaged = _ZLIB.damaged
    pdf = _unlocked(data, asked.password or "")
    most = asked.limits.pages
    leaves = leaves_of(pdf.doc, most)
    if len(leaves.pages) > most:
        raise UnreadableDocument(f"too many pages: more than {most}")
    if not leaves.found:
        raise ValueError("no page in it")
    return _Document(pdf, leaves, _ZLIB.damaged > damaged)


def _with_most_pages(document: _Document, data: bytes, asked: ReadOptions) -> _Document:
    """Where pages are lost, the document as pdfium understands it, if it finds more of them."""
    if document.repaired or document.is_complete:
        return document
    anew = _repaired(data, asked)
    return anew if anew and anew.leaves.found > document.leaves.found else document


def _unlocked(data: bytes, password: str) -> Any:
    """pdfplumber's PDF. An accent in a password is written as Latin-1 or, against the rules, as UTF-8."""
    try:
        return pdfplumber.open(io.BytesIO(data), password=password)
    except Exception as error:
        if password.isascii() or not _is_encryption(_cause(error)):
            raise
    return pdfplumber.open(io.BytesIO(data), password=password.encode().decode("latin-1"))


def _repaired(data: bytes, asked: ReadOptions) -> _Document | None:
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
    """What pdfplumber's PdfminerException was made of; a limit of ours, whatever a library made of it."""
    while type(error).__name__ == "PdfminerException" and error.args and isinstance(error.args[0], BaseException):
        error = error.args[0]
    deeper: BaseException | None = error
    while deeper is not None:
        if isinstance(deeper, LimitExceeded) and deeper.__cause__ is None:
            return deeper
        deeper = deeper.__cause__
    return error


def _is_encryption(error: BaseException) -> bool:
    return type(error).__name__ in ("PDFPasswordIncorrect", "PDFEncryptionError")


def _locked(error: BaseException, asked: ReadOptions) -> str:
    if type(error).__name__ == "PDFEncryptionError":
        return "encrypted in a way that carnet can't open; save it without a password first"
    return "encrypted: the password does not open it" if asked.password else "encrypted: needs a password"


def _what_else(cause: BaseException, kind: str | None, data: bytes) -> str:
    """Of a file that nobody can open."""
    if kind and b" obj" not in data:
        return f"not a PDF: it is {kind}"
    return f"damaged PDF: {_damage(cause, data)}" if is_pdf(data) else "not a PDF"


def _damage(cause: BaseException, data: bytes) -> str:
    return "its end is missing" if b"%%EOF" not in data[-2048:] else told(cause)


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


def _all_pages(document: _Document, asked: ReadOptions) -> tuple[Page, ...]:
    """In order. Of a long document pages from all over it are read first: better to know by the twentieth that it costs
    too much than by the last but one."""
    count = len(document.leaves.pages)
    if count <= asked.limits.long:
        return tuple(_pages(document, asked))
    tried = {page.number: page for page in _pages(document, asked, spread(count, asked.limits.tried))}
    asked.judge(len(tried), count)
    others = [number for number in range(1, count + 1) if number not in tried]
    tried |= {page.number: page for page in _pages(document, asked, others)}
    return tuple(tried[number] for number in sorted(tried))


def spread(count: int, some: int) -> list[int]:
    """Numbers of some pages of so many, from the middle of equal parts.

    >>> spread(300, 6)
    [26, 76, 126, 176, 226, 276]
    """
    return [int((place + 0.5) * count / some) + 1 for place in range(some)]


def _pages(document: _Document, asked: ReadOptions, only: Iterable[int] = ()) -> Iterator[Page]:
    wanted = frozenset(only)
    for number, printed in enumerate(document.leaves.pages, start=1):
        if not wanted or number in wanted:
            yield (
                Page(number, 0, 0, (), (), (_LOST,)) if printed is None else _page(document.pdf, printed, number, asked)
            )


_LOST = "page_unreadable: it is missing, the file's list of pages leads to nothing"


def _page(pdf: Any, printed: Any, number: int, asked: ReadOptions) -> Page:
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
    return any(note.endswith("can't be understood") for note in page.notes)


def _mended(pages: tuple[Page, ...], empty: list[int], data: bytes, asked: ReadOptions) -> tuple[Page, ...]:
    """Pages without words on which pdfium sees letters, read from the file as pdfium writes it; or at least a note."""
    letters = {n: count for n, count in _letters_seen(data, empty, asked).items() if count}
    if not letters:
        return pages
    document = _repaired(data, asked)
    better: dict[int, Page] = {}
    if document is not None and len(document.leaves.pages) == len(pages):
        better = {page.number: page for page in _pages(document, asked, letters) if page.words}
    return tuple(better.get(page.number) or _with_loss(page, letters.get(page.number, 0)) for page in pages)


def _with_loss(page: Page, letters: int) -> Page:
    if not letters or _damaged(page):
        return page
    note = f"page_unreadable: {letters} letters seem to be on it, none could be read"
    return replace(page, notes=(*page.notes, note))


def _letters_seen(data: bytes, numbers: Iterable[int], asked: ReadOptions) -> dict[int, int]:
    """How many letters pdfium finds on pages."""
    import pypdfium2

    counts: dict[int, int] = {}
    try:
        with asked.guard(0), contextlib.closing(pypdfium2.PdfDocument(data, password=asked.password)) as document:
            for number in numbers:
                with contextlib.suppress(pypdfium2.PdfiumError):  # a page that pdfium can't load
                    text = document[number - 1].get_textpage().get_text_bounded()
                    counts[number] = sum(not c.isspace() and c >= " " for c in text)
    except Exception:
        _log.debug("pdfium can't read it", exc_info=True)
    return counts


def _refuse_without_words(pages: tuple[Page, ...], asked: ReadOptions) -> None:
    if any(page.words for page in pages):
        return
    failures = [note.partition(": ")[2] for page in pages for note in page.notes if note.startswith("page_unreadable")]
    unread = [p for p in pages if any(n.startswith("page_unreadable") for n in p.notes)]
    if len(unread) == len(pages):
        raise UnreadableDocument(
            f"its only page can't be read: {failures[0]}"
            if len(pages) == 1
            else f"none of its {len(pages)} pages can be read: {failures[0]}"
        )
    garbled = [p for p in pages if any(n.startswith("garbled_text") for n in p.notes)]
    hidden = [p for p in pages if any(n.startswith("hidden_text") for n in p.notes)]
    turned = [p for p in pages if any(n.startswith("turned_text") for n in p.notes)]
    pictures = [p for p in pages if PICTURE_PAGE in p.notes]
    drawings = [p for p in pages if DRAWN_PAGE in p.notes]
    if garbled:
        what = f"the letters of {_count(garbled)} have no Unicode value"
        if _engine(asked):  # the letters are no picture: it does not look at them
            raise UnreadableDocument(f"no readable text: {what}; export the PDF anew")
        raise UnreadableDocument(f"no readable text: {what}; export the PDF anew, or {TO_DO}")
    kinds = [
        (pictures, "of pictures"),
        (drawings, "of drawings"),
        (turned, "of turned text"),
        (hidden, "of hidden text"),
        (unread, "unreadable"),
    ]
    counted = [f"{_count(some)} {what}" for some, what in kinds if some]
    told_of = {page.number for some, _ in kinds for page in some}
    blank = [page for page in pages if page.number not in told_of]
    if blank:
        counted.append(f"{_count(blank)} without text or pictures")
    advice = f"; {_advice(asked)}" if pictures or drawings else ""
    raise UnreadableDocument(f"no text layer: {', '.join(counted)}{advice}")


def _advice(asked: ReadOptions) -> str:
    engine = _engine(asked)
    return f"{engine.name} recognised no text in them" if engine else TO_DO


def _engine(asked: ReadOptions) -> Engine | None:
    from carnet.pipeline.read.ocr.engines import engine_for

    return engine_for(asked.ocr)


def _count(pages: list[Page]) -> str:
    return f"{len(pages)} page{'s' if len(pages) > 1 else ''}"


def _metadata(pdf: Any) -> Mapping[str, str]:
    return {str(k): v[:_METADATA_LETTERS] for k, v in (pdf.metadata or {}).items() if isinstance(v, str)}
