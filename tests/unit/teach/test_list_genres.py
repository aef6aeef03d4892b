"""Genres of many missions a page, and texts: the same from the same seed, and truthful in what they mark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from random import Random

import pytest

from carnet.pipeline.teach import plain
from carnet.pipeline.teach.blocks.column_text import tall
from carnet.pipeline.teach.blocks.items import broken
from carnet.pipeline.teach.blocks.typed import Typist, wrapped
from carnet.pipeline.teach.content import Brochure
from carnet.pipeline.teach.genres import registry
from carnet.pipeline.teach.invent import brochure as invent
from carnet.pipeline.teach.nodes import Mark, Paper, Para, Run, paper_paras
from carnet.pipeline.teach.speak import voice as speak
from carnet.schemas.roles import Role

GENRES = (
    "halves", "cards", "numbered-index", "by-year", "by-client", "place-client", "work-list", "timeline",
    "running", "leaflet", "plates", "trainings", "bibliography", "dossiers", "yearbook", "bulleted",
    "sentences", "table", "table-bands", "ticks", "domain-tables", "transposed", "table-cards", "sheet-cut",
    "margin-client", "two-storey", "masonry", "alternate",
)  # fmt: skip
SEEDS = range(6)
TEXTS = {**plain.LEARN, **plain.MEASURE}


def composed(genre: str, seed: int) -> tuple[Brochure, Paper]:
    rng = Random(f"{genre}/{seed}")
    brochure = invent(rng)
    compose = {**registry.LEARN, **registry.MEASURE}[genre]
    return brochure, compose(rng, brochure, speak(rng, brochure))


@pytest.mark.parametrize("genre", GENRES)
def test_same_seed_same_paper(genre: str) -> None:
    assert composed(genre, 3) == composed(genre, 3)
    assert composed(genre, 3)[1] != composed(genre, 4)[1]


@pytest.mark.parametrize("genre", GENRES)
def test_marks_name_missions_of_the_brochure(genre: str) -> None:
    for seed in SEEDS:
        brochure, paper = composed(genre, seed)
        known = {m.ordinal for m in brochure.missions}
        printed = {r.mark.mission for p in paper_paras(paper) for r in p.runs} - {0}
        assert printed <= known


@pytest.mark.parametrize("genre", GENRES)
def test_values_are_printed_as_they_are_in_the_mission(genre: str) -> None:
    """A run marked as a client prints the client of that mission, or stands for it ("idem")."""
    for seed in SEEDS:
        brochure, paper = composed(genre, seed)
        values = {m.ordinal: m.values for m in brochure.missions}
        for para in paper_paras(paper):
            for run in para.runs:
                if run.mark.role is Role.AMOUNT and any(c.isdigit() for c in run.text):
                    assert run.text in values[run.mark.mission][Role.AMOUNT].text


def test_a_shared_client_is_the_client_of_every_mission_below() -> None:
    for seed in range(20):
        brochure, paper = composed("by-client", seed)
        clients = {m.ordinal: m.values[Role.CLIENT].text for m in brochure.missions if m.has(Role.CLIENT)}
        said = ""
        for para in paper_paras(paper):
            for run in para.runs:
                if run.mark.role is Role.GROUP_CLIENT:
                    said = run.text
                elif run.mark.mission:
                    assert clients[run.mark.mission] == said


def test_a_brochure_of_nothing_marks_no_mission() -> None:
    for seed in range(20):
        _, paper = composed("nothing", seed)
        assert not any(r.mark.mission for p in paper_paras(paper) for r in p.runs)


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_texts_are_the_same_from_the_same_seed(name: str) -> None:
    def text(seed: int) -> str:
        rng = Random(f"{name}/{seed}")
        brochure = invent(rng)
        return TEXTS[name](rng, brochure, speak(rng, brochure)).text

    assert [text(s) for s in SEEDS] == [text(s) for s in SEEDS]
    assert len({text(s) for s in SEEDS}) == len(SEEDS)


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_lines_of_a_text_print_its_paragraphs(name: str) -> None:
    """Every letter of a paragraph stands on a line, in its role."""
    for seed in SEEDS:
        rng = Random(f"{name}/{seed}")
        brochure = invent(rng)
        text = TEXTS[name](rng, brochure, speak(rng, brochure))
        assert letters(r for line in text.lines for r in line) == letters(r for p in text.paras for r in p.runs)


def letters(runs: Iterable[Run]) -> Counter[tuple[Mark, str]]:
    """Letters of each mark; of what is no mark-up."""
    return Counter((r.mark, c) for r in runs for c in r.text if r.mark.role is not Role.FURNITURE and not c.isspace())


def test_lines_are_no_wider_than_the_typist_may() -> None:
    typist = Typist(False, 20)
    typist.para((Run("une phrase assez longue pour trois lignes au moins", Mark(Role.CONTEXT, 1)),), "- ", "  ")
    assert [sum(len(r.text) for r in line) <= 20 for line in typist.lines] == [True] * len(typist.lines)
    assert len(typist.lines) == 3


def test_a_word_wider_than_the_line_stays_whole() -> None:
    lines = wrapped((Run("a anticonstitutionnellement b", Mark(Role.TITLE, 1)),), 5)
    assert ["".join(r.text for r in line) for line in lines] == ["a ", "anticonstitutionnellement ", "b"]


def test_addresses_break_behind_a_sign() -> None:
    mail = Run("prenom.nom@ville-exemple.fr", Mark(Role.EMAIL, 1))
    (run,) = broken((mail,), 80.0, 9.0)
    assert run.text.split("\n") == ["prenom.nom@", "ville-exemple.", "fr"]
    assert broken((mail,), 400.0, 9.0) == (mail,)


def test_more_text_is_taller() -> None:
    short, long = (Para((Run("mot " * n, Mark(Role.CONTEXT, 1)),)) for n in (5, 80))
    assert tall(long, 200.0, 10.0) > 3 * tall(short, 200.0, 10.0)
