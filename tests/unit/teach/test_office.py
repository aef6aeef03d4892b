"""Office files of drawn brochures: all that is marked stands in the file, each run in the colour that numbers it."""

from __future__ import annotations

import importlib
import re
import zipfile
from dataclasses import replace
from html import unescape
from io import BytesIO

import pytest

from carnet.pipeline.teach.nodes import (
    Box,
    Cell,
    Chain,
    Columns,
    Grid,
    Mark,
    Node,
    Paper,
    Para,
    Place,
    Run,
    Sheet,
    Stack,
)
from carnet.schemas.roles import Role

KINDS = ["docx", "xlsx", "pptx"]


def document(kind: str, paper: Paper, coded: bool) -> tuple[bytes, tuple[Mark, ...]]:
    if kind == "pptx":
        pytest.importorskip("pptx", reason="python-pptx is not installed")
    made: tuple[bytes, tuple[Mark, ...]] = importlib.import_module(f"carnet.pipeline.teach.office_{kind}").document(
        paper, "Carlito", coded
    )
    return made


@pytest.fixture(autouse=True)
def _letters_of_a_standard_font(monkeypatch: pytest.MonkeyPatch) -> None:
    """Widths are measured without the font's own file."""
    monkeypatch.setattr("carnet.pipeline.teach.office_text._LIKE", {"Carlito": "Helvetica"})


def paper(*extra: Node) -> Paper:
    rows = (
        (Cell(Para((Run("Client", Mark(Role.HEAD)),)), colspan=2),),
        (
            Cell(Para((Run("Ville de Lyon", Mark(Role.CLIENT, 1)),))),
            Cell(Stack((Para((Run("12 k€", Mark(Role.AMOUNT, 1)), Run(" HT", Mark(Role.AMOUNT, 1)))),))),
        ),
    )
    text = Para((Run("Contexte difficile", Mark(Role.CONTEXT, 1)),), item=1)
    nodes = (Grid((150.0, "1fr"), rows, stroke="#000000"), Box(text, fill="#eeeeee"), *extra)
    return Paper((Sheet(nodes, header=Para((Run("Atelier", Mark(Role.FURNITURE)),))),))


def xml(data: bytes) -> str:
    with zipfile.ZipFile(BytesIO(data)) as file:
        return unescape("".join(file.read(n).decode() for n in file.namelist() if n.endswith(".xml")))


@pytest.mark.parametrize("kind", KINDS)
def test_each_number_is_a_colour_of_the_coded_file(kind: str) -> None:
    data, marks = document(kind, paper(), coded=True)
    colours = {int(c, 16) for c in re.findall(r"(?:FF|\"|K)(0000[0-9A-Fa-f]{2})", xml(data))}
    assert set(range(1, len(marks) + 1)) <= colours
    assert {Mark(Role.CLIENT, 1), Mark(Role.AMOUNT, 1), Mark(Role.CONTEXT, 1), Mark(Role.FURNITURE)} <= set(marks)


@pytest.mark.parametrize("kind", KINDS)
def test_the_twin_differs_in_colours_alone(kind: str) -> None:
    plain, coded = (xml(document(kind, paper(), coded)[0]) for coded in (False, True))
    bare = [re.sub(r"[0-9A-Fa-f]{6,8}|\d{4}-\d\d-\d\dT[\d:]+Z", "", text) for text in (plain, coded)]
    assert bare[0] == bare[1]
    for text in ("Ville de Lyon", "12 k€", "Contexte difficile"):
        assert text in plain


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_text_that_would_need_a_frame_is_refused(kind: str) -> None:
    placed = Place(Para((Run("Titre", Mark(Role.TITLE, 1)),)))
    with pytest.raises(NotImplementedError, match="Place"):
        document(kind, paper(placed), coded=False)
    assert document(kind, paper(replace(placed, child=Box(None, fill="#eeeeee"))), coded=False)


def test_columns_of_a_word_document_are_a_section() -> None:
    flow = Columns(Para((Run("Texte courant", Mark(Role.APPROACH, 1)),)), count=3)
    assert 'w:num="3"' in xml(document("docx", paper(flow), coded=False)[0])


def test_what_is_measured_on_is_learned_from_in_no_kind_of_file() -> None:
    from carnet.pipeline.teach.genres.registry import LEARN
    from carnet.pipeline.teach.office import OFFICE

    assert {genre for kind in OFFICE.values() for genre in kind.genres} <= set(LEARN)


def test_columns_are_as_wide_as_what_stands_in_them() -> None:
    """An empty column has no width of its own, and what is chained in Word is as wide as it is, and goes on below."""
    from carnet.pipeline.teach.office_text import Measure

    some = Para((Run("Logements", Mark(Role.DOMAIN, 1)),))
    measure = Measure(paper(), "Carlito")
    wide = measure.columns(Grid(("auto", "auto", "1fr"), ((Cell(None), Cell(some), Cell(some)),), inset=4.0), 500.0)
    assert wide[0] < 10.0 < wide[1] < 100.0 < wide[2]
    data, _ = document("docx", paper(Chain((some,) * 12)), coded=False)
    tables = xml(data).split("<w:tbl>")[-2:]
    first, second = (t.count("Logements") for t in tables)
    assert first > second > 0 and first + second == 12


def test_a_broken_line_of_a_justified_paragraph_is_not_stretched() -> None:
    text = Para((Run("Anselme Berrimont\ngérant", Mark(Role.TEAM, 1)),))
    data, _ = document("docx", replace(paper(text), justify=True), coded=False)
    (found,) = [p for p in xml(data).split("<w:p>") if "Berrimont" in p]
    assert 'w:jc w:val="left"' in found
