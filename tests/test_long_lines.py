"""A brochure with a line of a megabyte in it, as text and as PDF, is read or refused in bounded time."""

from __future__ import annotations

import contextlib
import time

import pytest

from carnet.pipeline.errors import UnreadableDocument
from carnet.pipeline.extract import extract
from carnet.pipeline.rules import load_rules
from carnet.pipeline.settle import settle
from carnet.schemas.source import SourceFile
from tests.bare_pdf import one_page

RULES = load_rules()
MEGABYTE = 1_000_000
WORST = [
    "a", "A", "A-", "1", " ", "(", "- ", ": ", "a.", "a@", "d'", "Aa ", "Mme A ", "A et B, ", "groupement avec ", "1.",
    "mars 2020 ", "12 \u20ac ", "**a** ", "[a](b) ", "![a](", "<b", "^{a", "| a ", "\u202e", "\u0301", "\u00a0",
]  # fmt: skip
PLACES = ["# Ville de Morcy : {}", "Contexte\n\n{}", "Contact : {}", "Montant : {}", "Partenaires : {}"]


def seconds(data: bytes, media_type: str) -> float:
    """Of both halves of the work; without the trained model, which takes 2000 letters at most."""
    started = time.process_time()
    with contextlib.suppress(UnreadableDocument):
        settle(extract(data, SourceFile(sha256="0" * 64, name="a", media_type=media_type), RULES))
    return time.process_time() - started


@pytest.mark.parametrize("unit", WORST)
def test_in_a_text(unit: str) -> None:
    place = PLACES[WORST.index(unit) % len(PLACES)]
    line = unit * (MEGABYTE // len(unit))
    text = f"# Ville de Morcy : \u00e9tude\n\n{place.format(line)}\n\nMontant : 20 000 \u20ac\n"
    assert seconds(text.encode(), "text/markdown") < 5


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("unit", WORST)
def test_anywhere_in_a_text(unit: str, place: str) -> None:
    line = unit * (MEGABYTE // len(unit))
    text = f"# Ville de Morcy : \u00e9tude\n\n{place.format(line)}\n\nMontant : 20 000 \u20ac\n"
    assert seconds(text.encode(), "text/markdown") < 5


IN_PDF = ["a", "A-", "1", "(", "a@", "d'", "A et B, ", "groupement avec ", "mars 2020 "]
TITLE = b"BT /F1 18 Tf 30 TL 50 18900 Td (Ville de Morcy : etude des transports) Tj T* /F1 5 Tf 6 TL "


@pytest.mark.slow
@pytest.mark.parametrize("unit", IN_PDF)
@pytest.mark.parametrize("label", ["Montant : 20 000 euros HT) Tj T* (Contexte :) Tj T* (", "Contact : "])
@pytest.mark.parametrize("step", ["", " T*"], ids=["one line", "lines"])
def test_in_a_pdf(unit: str, label: str, step: str) -> None:
    """A page of the greatest size holds 60 000 letters of it."""
    pieces = unit.replace("(", "\\(") * 40
    content = TITLE + f"({label}) Tj ".encode() + f"({pieces}) Tj{step} ".encode() * (MEGABYTE // (40 * len(unit)))
    data = one_page(content + b"ET", page=b"/MediaBox [0 0 19000 19000]")
    assert seconds(data, "application/pdf") < 60
