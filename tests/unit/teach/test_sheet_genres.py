"""Genres of one mission a page: the same from the same seed, complete, and truthful in what they mark."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from carnet.pipeline.teach.blocks.facts import Choice, Fact, relabelled, table
from carnet.pipeline.teach.blocks.words import couples, word
from carnet.pipeline.teach.content import Brochure
from carnet.pipeline.teach.genres import registry
from carnet.pipeline.teach.gold import gold
from carnet.pipeline.teach.invent import brochure as invent
from carnet.pipeline.teach.nodes import Cell, Grid, Mark, Paper, Para, Run, paper_paras
from carnet.pipeline.teach.speak import voice as speak
from carnet.pipeline.teach.voice import NARRATIVE
from carnet.schemas.roles import Role

GENRES = [
    "side-bar",
    "info-strip",
    "form-table",
    "bank-form",
    "photo-hero",
    "facts-at-end",
    "spread",
    "slide-columns",
    "slide-kpi",
    "swiss-sheet",
    "magazine",
    "phases-ribbon",
    "logo-client",
    "memo-chapter",
    "bold-leads",
    "board",
    "vertical-title",
    "before-after",
    "quote-led",
    "tabbed-register",
    "recto-verso",
    "dig-sheet",
    "funded-project",
    "two-languages",
    "slide-quadrants",
    "right-flush",
    "recap-block",
    "margin-boxes",
    "attestation",
]
SEEDS = range(6)


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
def test_every_mission_is_printed_with_its_title(genre: str) -> None:
    for seed in SEEDS:
        brochure, paper = composed(genre, seed)
        printed = {(r.mark.mission, r.text) for p in paper_paras(paper) for r in p.runs if r.mark.role is Role.TITLE}
        assert {(m.ordinal, m.values[Role.TITLE].text) for m in brochure.missions if m.has(Role.TITLE)} <= printed


@pytest.mark.parametrize("genre", GENRES)
def test_answers_are_of_the_mission(genre: str) -> None:
    """A mission stands under its own part or under none; no other mission's texts are in it, none is there twice."""
    for seed in SEEDS:
        brochure, paper = composed(genre, seed)
        answers = gold("x", brochure, paper, {})["missions"]
        assert len(answers) == len(brochure.missions)
        for mission, answer in zip(brochure.missions, answers, strict=True):
            assert answer["domain"] in (None, mission.domain)
            for role, texts in zip(NARRATIVE, (mission.context, mission.approach, mission.results), strict=True):
                assert not Counter(answer[role.value]) - Counter(" ".join(t.split()) for t in texts)


@pytest.mark.parametrize("genre", GENRES)
def test_amounts_are_those_of_the_mission(genre: str) -> None:
    for seed in SEEDS:
        brochure, paper = composed(genre, seed)
        values = {m.ordinal: m.values for m in brochure.missions}
        for para in paper_paras(paper):
            for run in para.runs:
                if run.mark.role is Role.AMOUNT and any(c.isdigit() for c in run.text):
                    assert run.text in values[run.mark.mission][Role.AMOUNT].text


@pytest.mark.parametrize("genre", ["side-bar", "tabbed-register", "vertical-title", "magazine"])
def test_typst_sets_every_mission(genre: str) -> None:
    pytest.importorskip("typst")
    pytest.importorskip("playa")
    from carnet.pipeline.teach.draw import draw

    drawn = draw(genre, 1)
    assert drawn.gold["missions"]
    assert all(m["page"] for m in drawn.gold["missions"])


def test_a_choice_prints_what_the_mission_has_in_its_order() -> None:
    brochure = invent(Random(5))
    voice = speak(Random(5), brochure)
    roles = (Role.PERIOD, Role.CLIENT, Role.AMOUNT)
    for mission in brochure.missions:
        facts = Choice(roles, extras="none").of(voice, mission)
        assert [f.role for f in facts] == [r for r in roles if mission.has(r)]


def test_another_sign_behind_a_label() -> None:
    label = (Run("Client\u00a0:", Mark(Role.LABEL, 1, Role.CLIENT)),)
    shown = relabelled(Fact(Role.CLIENT, label, (Run("Ville", Mark(Role.CLIENT, 1)),)), ".")
    assert [r.text for r in shown.label] == ["Client."]


def test_a_table_repeats_its_merged_head_by_wish() -> None:
    fact = Fact(Role.CLIENT, (), (Run("Ville", Mark(Role.CLIENT, 1)),))
    head = Cell(Para(()), colspan=2)
    kept, again = table([fact], head=head), table([fact], head=head, repeat=True)
    assert isinstance(kept, Grid)
    assert isinstance(again, Grid)
    assert (kept.head_rows, again.head_rows) == (0, 1)


def test_words_are_of_their_kind() -> None:
    assert word(Random(1), "about") != ""
    assert len(couples(Random(1), "price_lines", 4)) == 4
    with pytest.raises(KeyError):
        word(Random(1), "no such kind")
