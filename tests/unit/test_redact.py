"""Words taken out of a file: nobody finds them, the rest stays where it was."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable

import pdfplumber
import pytest
from reportlab.pdfgen.canvas import Canvas

from carnet.pipeline.errors import UnreadableDocument
from carnet.pipeline.redact import redact

NAME = re.compile(r"Aline\s+Verdeau|a\.verdeau@brenoux\.example")


def spans(text: str) -> Iterable[tuple[int, int]]:
    return [match.span() for match in NAME.finditer(text)]


def pdf(*, title: str = "Fiches", link: str | None = None, apart: bool = False) -> bytes:
    into = io.BytesIO()
    page = Canvas(into, pagesize=(400, 300), invariant=1)
    page.setTitle(title)
    page.drawString(40, 250, "Contexte : un réseau ancien")
    if apart:
        page.drawString(40, 200, "Contact : Aline")
        page.drawString(121, 200, "Verdeau, directrice")
    else:
        page.drawString(40, 200, "Contact : Aline Verdeau, directrice")
    page.drawString(40, 180, "a.verdeau@brenoux.example")
    if link:
        page.linkURL(link, (40, 175, 200, 195))
    page.showPage()
    page.drawString(40, 250, "Une autre page")
    page.save()
    return into.getvalue()


def texts(data: bytes) -> list[str]:
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [" ".join(page.extract_text().split()) for page in document.pages]


@pytest.mark.parametrize("apart", [False, True])
def test_a_person_leaves_a_pdf_and_the_rest_stays(apart: bool) -> None:
    made = redact(pdf(apart=apart), "application/pdf", spans)
    first, second = texts(made)
    assert "Verdeau" not in first and "Aline" not in first and "@" not in first
    assert "Contexte : un réseau ancien" in first and "directrice" in first and "Contact" in first
    assert second == "Une autre page"


def test_what_stands_in_a_box_goes_too() -> None:
    made = redact(pdf(), "application/pdf", spans, {1: [(150, 80, 400, 110)]})
    assert "directrice" not in texts(made)[0] and "Contact" in texts(made)[0]


def test_a_link_to_the_address_goes() -> None:
    data = pdf(link="mailto:a.verdeau@brenoux.example")
    assert b"a.verdeau" in data
    assert b"a.verdeau" not in redact(data, "application/pdf", spans)


def test_what_can_not_be_taken_out_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="can't be taken out"):
        redact(pdf(title="Fiche d'Aline Verdeau"), "application/pdf", spans)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_text(encoding: str) -> None:
    data = "Élu : Aline Verdeau, directrice".encode(encoding)
    assert redact(data, "text/plain", spans) == "Élu : , directrice".encode(encoding)
