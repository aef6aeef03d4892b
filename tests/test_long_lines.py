"""A brochure with a very long line in it, as text and as PDF, is read or refused at a cost that grows with it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import pytest

from carnet.pipeline.errors import UnreadableDocument
from carnet.pipeline.extract import extract
from carnet.pipeline.read.limits import LIMITS
from carnet.pipeline.rules import load_rules
from carnet.pipeline.settle import settle
from carnet.schemas.source import SourceFile
from tests.bare_pdf import one_page
from tests.effort import check_growth

RULES = load_rules()
LONG = 125_000
"""Letters; what takes the square of it would take half a minute and more."""
WORST = [
    "a", "A", "A-", "1", " ", "(", "- ", ": ", "a.", "a@", "d'", "Aa ", "Mme A ", "A et B, ", "groupement avec ", "1.",
    "mars 2020 ", "12 \u20ac ", "**a** ", "[a](b) ", "![a](", "<b", "^{a", "| a ", "\u202e", "\u0301", "\u00a0",
]  # fmt: skip
PLACES = ["# Ville de Morcy : {}", "Contexte\n\n{}", "Contact : {}", "Montant : {}", "Partenaires : {}"]


def read_as(media_type: str) -> Callable[[bytes], None]:
    """Both halves of the work; without the trained model, which takes 2000 letters at most."""

    def read(data: bytes) -> None:
        with contextlib.suppress(UnreadableDocument):
            settle(extract(data, SourceFile(sha256="0" * 64, name="a", media_type=media_type), RULES))

    return read


def check_in_a_text(unit: str, place: str) -> None:
    def text(size: int) -> bytes:
        line = unit * (size // len(unit))
        return f"# Ville de Morcy : \u00e9tude\n\n{place.format(line)}\n\nMontant : 20 000 \u20ac\n".encode()

    check_growth(read_as("text/markdown"), text, LONG)


QUICK = [(unit, PLACES[at % len(PLACES)]) for at, unit in enumerate(WORST)]
"""Each unit somewhere; the slow test has all other places."""


@pytest.mark.parametrize(("unit", "place"), QUICK)
def test_in_a_text(unit: str, place: str) -> None:
    check_in_a_text(unit, place)


@pytest.mark.slow
@pytest.mark.parametrize(("unit", "place"), [(u, p) for u in WORST for p in PLACES if (u, p) not in QUICK])
def test_anywhere_in_a_text(unit: str, place: str) -> None:
    check_in_a_text(unit, place)


IN_PDF = ["a", "A-", "1", "(", "a@", "d'", "A et B, ", "groupement avec ", "mars 2020 "]
TITLE = b"BT /F1 18 Tf 30 TL 50 18900 Td (Ville de Morcy : etude des transports) Tj T* /F1 5 Tf 6 TL "


@pytest.mark.slow
@pytest.mark.parametrize("unit", IN_PDF)
@pytest.mark.parametrize("label", ["Montant : 20 000 euros HT) Tj T* (Contexte :) Tj T* (", "Contact : "])
@pytest.mark.parametrize("step", ["", " T*"], ids=["one line", "lines"])
def test_in_a_pdf(unit: str, label: str, step: str) -> None:
    """A page of the greatest size holds 60 000 letters of it; what is more is left out."""
    pieces = unit.replace("(", "\\(") * 40

    def page(size: int) -> bytes:
        content = TITLE + f"({label}) Tj ".encode() + f"({pieces}) Tj{step} ".encode() * (size // (40 * len(unit)))
        return one_page(content + b"ET", page=b"/MediaBox [0 0 19000 19000]")

    check_growth(read_as("application/pdf"), page, LIMITS.letters)
