"""A file without some of its words: the same file, page for page, in which nobody finds them any more."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from carnet.pipeline.errors import UnreadableDocument

Spans = Callable[[str], Iterable[tuple[int, int]]]
"""Which parts of a text are to go: (start, end)."""
Box = tuple[float, float, float, float]
"""x0, top, x1, bottom from the top left of a page, in points."""
NO_BOXES: Mapping[int, Iterable[Box]] = {}


def redact(data: bytes, media_type: str, spans: Spans, boxes: Mapping[int, Iterable[Box]] = NO_BOXES) -> bytes:
    """The file without the words at `spans` of its text, nor those printed in `boxes` (by page, from 1).

    UnreadableDocument in one sentence where they can't be taken out for good.
    """
    made = _redact_pdf(data, spans, boxes) if media_type == "application/pdf" else _redact_text(data, spans)
    for text in _texts_of(made) if media_type == "application/pdf" else (_decoded(made)[0],):
        if any(True for _ in spans(text)):
            raise UnreadableDocument("the words stand where they can't be taken out (a picture, a form, an attachment)")
    return made


def _redact_text(data: bytes, spans: Spans) -> bytes:
    text, encoding = _decoded(data)
    for start, end in sorted(spans(text), reverse=True):
        text = text[:start] + text[end:]
    return text.encode(encoding)


def _decoded(data: bytes) -> tuple[str, str]:
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1"), "latin-1"


def _redact_pdf(data: bytes, spans: Spans, boxes: Mapping[int, Iterable[Box]]) -> bytes:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        for number in range(len(document)):
            page = document[number]
            changed = _redact_page(page, spans, boxes.get(number + 1, ()))
            changed |= _drop_links(page, spans)
            if changed:
                page.gen_content()
            page.close()
        into = io.BytesIO()
        document.save(into)
    return into.getvalue()


def _redact_page(page: Any, spans: Spans, boxes: Iterable[Box]) -> bool:
    """Each piece of text that holds a letter that is to go keeps the others, at its place and in its font."""
    import pypdfium2.raw as pdfium

    letters = page.get_textpage()
    text = letters.get_text_range()
    count = letters.count_chars()
    if len(text) != count:  # letters beyond the 16-bit range: they would shift the places
        text = "".join(chr(pdfium.FPDFText_GetUnicode(letters.raw, n)) for n in range(count))
    gone = {n for start, end in spans(text) for n in range(start, end)} | _inside(letters, count, page, boxes)
    if not gone:
        return False
    pieces: dict[int, tuple[Any, list[int]]] = {}
    for n in range(count):
        piece = pdfium.FPDFText_GetTextObject(letters.raw, n)
        if piece:
            address = ctypes.addressof(piece.contents)
            pieces.setdefault(address, (piece, []))[1].append(n)
    for piece, places in pieces.values():
        if gone & set(places):
            _set_text(piece, "".join(text[n] for n in places if n not in gone))
    return True


def _inside(letters: Any, count: int, page: Any, boxes: Iterable[Box]) -> set[int]:
    """Letters whose middle is in one of the boxes."""
    boxes, height = list(boxes), page.get_height()
    found = set()
    for n in range(count) if boxes else ():
        left, bottom, right, top = letters.get_charbox(n)
        x, y = (left + right) / 2, height - (bottom + top) / 2
        if any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in boxes):
            found.add(n)
    return found


def _set_text(piece: Any, text: str) -> None:
    import pypdfium2.raw as pdfium

    encoded = (text.strip() or " ").encode("utf-16-le") + b"\0\0"
    buffer = ctypes.create_string_buffer(encoded, len(encoded))
    if not pdfium.FPDFText_SetText(piece, ctypes.cast(buffer, pdfium.FPDF_WIDESTRING)):
        raise UnreadableDocument("its letters can't be changed")


def _drop_links(page: Any, spans: Spans) -> bool:
    """Links to somebody's address ("mailto:…")."""
    import pypdfium2.raw as pdfium

    dropped = False
    for n in reversed(range(pdfium.FPDFPage_GetAnnotCount(page.raw))):
        note = pdfium.FPDFPage_GetAnnot(page.raw, n)
        action = pdfium.FPDFLink_GetAction(pdfium.FPDFAnnot_GetLink(note)) if note else None
        length = pdfium.FPDFAction_GetURIPath(page.pdf.raw, action, None, 0) if action else 0
        uri = ctypes.create_string_buffer(max(1, length))
        if length:
            pdfium.FPDFAction_GetURIPath(page.pdf.raw, action, uri, length)
        if note:
            pdfium.FPDFPage_CloseAnnot(note)
        if any(True for _ in spans(uri.value.decode("utf-8", "replace").removeprefix("mailto:"))):
            dropped = bool(pdfium.FPDFPage_RemoveAnnot(page.raw, n)) or dropped
    return dropped


def _texts_of(data: bytes) -> Iterator[str]:
    """All that can be read in a PDF: its pages, and every string of its objects (metadata, links, bookmarks)."""
    import pypdfium2
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser

    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            yield page.get_textpage().get_text_range()
            page.close()
    objects = PDFDocument(PDFParser(io.BytesIO(data)))
    for table in objects.xrefs:
        for number in table.get_objids():
            yield from _strings_of(objects.getobj(number))


def _strings_of(value: Any, depth: int = 0) -> Iterator[str]:
    from pdfminer.pdftypes import PDFStream
    from pdfminer.utils import decode_text

    if isinstance(value, bytes):
        yield decode_text(value)
    elif isinstance(value, PDFStream):
        yield from _strings_of(value.attrs, depth + 1)
        if str(value.attrs.get("Subtype", "")).strip("/'") in ("XML", "/'XML'"):
            yield value.get_data().decode("utf-8", "replace")
    elif depth < 8 and isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _strings_of(item, depth + 1)
