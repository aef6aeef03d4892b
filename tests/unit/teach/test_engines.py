"""Engines that set drawn brochures: the same text whoever sets it, and a twin that tells each glyph's mark."""

from __future__ import annotations

from collections import Counter
from random import Random

import pypdfium2
import pytest

from carnet.pipeline.teach import chromium, engines, html, reports
from carnet.pipeline.teach.html_nodes import Setting
from carnet.pipeline.teach.html_style import habits
from carnet.pipeline.teach.nodes import (
    Box,
    Cell,
    Chain,
    Columns,
    Grid,
    Look,
    Mark,
    PageBreak,
    Paper,
    Para,
    Picture,
    Place,
    Rule,
    Run,
    Sheet,
    Space,
    Stack,
    Turned,
)
from carnet.pipeline.teach.truth import read_truth
from carnet.schemas.roles import Role

needs_chromium = pytest.mark.skipif(chromium.program() is None, reason="Chromium is not installed")
CAN = ["typst", "reports", pytest.param("html", marks=needs_chromium)]


def para(text: str, role: Role = Role.FRONT, mission: int = 0, **more: object) -> Para:
    return Para((Run(text, Mark(role, mission)),), **more)  # type: ignore[arg-type]


def full_paper() -> Paper:
    """Every kind of node, on sheets of two sizes, with running heads that number pages."""
    cells = tuple((Cell(para(f"Client {n}", Role.CLIENT, n)), Cell(para(f"Titre {n}", Role.TITLE, n))) for n in (1, 2))
    head = (Cell(para("Client", Role.HEAD), fill="#eeeeee"), Cell(para("Intitulé", Role.HEAD)))
    first = Sheet(
        (
            Place(Picture(100, 40), 300, 0),
            Stack((para("Références", Role.FRONT), para("Suite", Role.FRONT, item=1, marker="–")), gap=8),
            Grid((120.0, "1fr"), (head, *cells), inset=3, stroke="#000000", head_rows=1),
            Box(para("Lyon", Role.PLACE, 1), fill="#dddddd", valign="horizon", height=40),
            Chain((Box(para("bois", Role.OTHER, 1), width=None), para("béton", Role.OTHER, 1))),
            Space(6),
            Rule(),
            PageBreak(),
            Place(Turned(Box(para("Énergie", Role.DOMAIN), width=120), 90), 400, 100),
            para("Seconde page", Role.CONTEXT, 2),
        ),
        header=para("Atelier", Role.FURNITURE),
        footer=Para((Run("{page} / {pages}", Mark(Role.FURNITURE)),), align="right"),
        fill="#fdfbf6",
    )
    second = Sheet((Columns(Stack((para("Un.", Role.RESULTS, 2), para("Deux.", Role.RESULTS, 2)))),), 842, 595)
    return Paper((first, second), font="DejaVu Sans")


@pytest.mark.parametrize("engine", CAN)
def test_every_glyph_is_told_by_its_twin(engine: str) -> None:
    used, (plain, coded) = engines.set_twins(full_paper(), engine)
    assert used == engine
    truth = read_truth(coded.pdf, coded.marks)
    told = Counter(g.mark for page in truth.pages for g in page)
    letters = {
        "Client1": (Role.CLIENT, 1),
        "Titre2": (Role.TITLE, 2),
        "Lyon": (Role.PLACE, 1),
        "Énergie": (Role.DOMAIN, 0),
    }
    for text, (role, mission) in letters.items():
        assert told[Mark(role, mission)] == len(text)
    assert told[Mark(Role.RESULTS, 2)] == len("Un.Deux.")
    assert truth.first_page(2) == 1
    assert len(truth.pages) == 3


@pytest.mark.parametrize("engine", CAN)
def test_the_twin_has_the_same_text_and_pages(engine: str) -> None:
    _, (plain, coded) = engines.set_twins(full_paper(), engine)
    texts = ["".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(plain.pdf)]
    assert "1/3" in texts[0]
    assert "2/3" in texts[1]
    twin = ["".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(coded.pdf)]
    assert [Counter(t) - Counter(u) for t, u in zip(texts, twin, strict=True)] == [Counter()] * 3


@pytest.mark.parametrize("engine", CAN)
def test_the_same_glyphs_each_time(engine: str) -> None:
    paper = full_paper()
    one, other = (engines.set_twins(paper, engine)[1][1] for _ in range(2))
    assert read_truth(one.pdf, one.marks).pages == read_truth(other.pdf, other.marks).pages


def test_what_reportlab_cannot_do_is_set_by_typst() -> None:
    inside = Box(Columns(para("Texte", Role.CONTEXT, 1)))
    paper = Paper((Sheet((inside,)),))
    with pytest.raises(NotImplementedError, match="columns"):
        reports.twins(paper)
    assert engines.set_twins(paper, "reports")[0] == "typst"


def test_what_reportlab_would_cut_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "_MOST_PIECES", 1)
    with pytest.raises(NotImplementedError, match="pieces"):
        reports.twins(full_paper())


def test_engines_by_lot_are_all_drawn() -> None:
    drawn = Counter(engines.by_lot(Random(n)) for n in range(300))
    expected = {name for name, engine in engines.ENGINES.items() if engine.can()}
    assert set(drawn) == expected
    assert drawn["typst"] > 0.5 * sum(drawn.values())


def test_html_keeps_signs_and_blanks() -> None:
    paper = Paper((Sheet((Para((Run("A & B <x>  5 €\nfin", Mark(Role.TITLE, 1), Look(upper=True)),)),)),))
    s = Setting(paper, False, habits(Random(1), paper))
    text = html.document(s, html.legs(paper))
    assert "A &amp; B &lt;X&gt;" in text
    assert "5 €<br>FIN" in text


def test_a_page_break_starts_a_leg() -> None:
    nodes = (para("a"), Stack((para("b"), PageBreak(), para("c"))), PageBreak())
    assert [len(leg.nodes) for leg in html.legs(Paper((Sheet(nodes),)))] == [2, 1]
