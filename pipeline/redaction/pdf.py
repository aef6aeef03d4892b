"""A PDF without some of its words, proved to be the same otherwise."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf

from carnet.pipeline.errors import UnreadableDocument
from carnet.pipeline.redaction import marks as drawing
from carnet.pipeline.redaction import objects, proof
from carnet.pipeline.redaction.finding import gone, texts_of
from carnet.pipeline.redaction.glyphs import DrawnGlyphs, glyphs_of
from carnet.pipeline.redaction.streams import take_out
from carnet.pipeline.redaction.wanted import Marks, RedactionTarget


def redact_pdf(
    data: bytes, wanted: RedactionTarget, password: str | None = None, marks: Marks = "narrow"
) -> bytes:  # fmt: skip
    """The same file, its protection kept, without older states of it; as it is where nothing of what is wanted stands
    in it.

    Raises UnreadableDocument.
    """
    try:
        return _redacted(_sound(data, password), wanted, password, marks) or data
    except pikepdf.PdfError as error:
        raise UnreadableDocument("damaged PDF: its objects can't be understood") from error


def _sound(data: bytes, password: str | None) -> bytes:
    """As qpdf writes it: pdfminer and qpdf then see the same objects. Where it is protected, as it is."""
    with pikepdf.open(io.BytesIO(data), password=password or "") as pdf:
        return data if pdf.is_encrypted else _saved(pdf)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    into = io.BytesIO()
    pdf.save(into, encryption=bool(pdf.is_encrypted), deterministic_id=not pdf.is_encrypted)
    return into.getvalue()


def _redacted(data: bytes, wanted: RedactionTarget, password: str | None, marks: Marks) -> bytes | None:
    before = glyphs_of(data, password)
    places = gone(before, wanted)
    if not places and not any(map(wanted.anywhere, _seen(data, password))):
        return None
    with pikepdf.open(io.BytesIO(data), password=password or "") as pdf:
        if len(pdf.pages) != len(before.pages):
            raise UnreadableDocument("damaged PDF: nobody can say how many pages it has")
        cleaned = objects.clean(pdf, wanted)
        take_out(pdf, {g.place: g for _, glyphs in before.everything() for g in glyphs if g.place in places}.values())
        bare = _saved(pdf)
        drawing.draw(pdf, before, places, marks)
        made = _saved(pdf)
    lost = proof.gone_from(before, places)
    after = glyphs_of(made, password, lost.keys())
    proof.same_letters(before, after, places, lost.keys())
    proof.not_seen(data, bare, lost, password)
    proof.same_look(data, made, proof.AllowedChange(lost, cleaned.notes, cleaned.spoken), password)
    _nobody_in(made, after, wanted, password)
    return made


def _nobody_in(made: bytes, drawn: DrawnGlyphs, wanted: RedactionTarget, password: str | None) -> None:
    for text in (*texts_of(drawn), *_seen(made, password)):
        if wanted.anywhere(text):
            raise UnreadableDocument("the words stand where they can't be taken out")


def said_in(data: bytes, password: str | None = None) -> Iterator[str]:
    """All that can be read in a PDF."""
    yield from texts_of(glyphs_of(data, password))
    yield from _seen(data, password)


def _seen(data: bytes, password: str | None) -> Iterator[str]:
    """What pdfium reads on its pages, and what stands beside them."""
    import pypdfium2

    with pypdfium2.PdfDocument(data, password=password) as document:
        for page in document:
            yield page.get_textpage().get_text_range()
            page.close()
    with pikepdf.open(io.BytesIO(data), password=password or "") as pdf:
        yield from objects.spoken(pdf)
