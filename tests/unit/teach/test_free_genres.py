"""Genres of any arrangement: the same from the same seed, and truthful in what they mark."""

from __future__ import annotations

from random import Random

import pytest

from carnet.pipeline.teach.blocks.firm import firm_block
from carnet.pipeline.teach.blocks.phrases import ROLES, phrases
from carnet.pipeline.teach.blocks.press import Columnist, press_speaker
from carnet.pipeline.teach.blocks.told import telling
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.genres import registry
from carnet.pipeline.teach.gold import gold
from carnet.pipeline.teach.invent import brochure as invent
from carnet.pipeline.teach.nodes import Paper, paper_paras, run_nodes
from carnet.pipeline.teach.speak import voice as speak
from carnet.schemas.roles import Role

GENRES = sorted(name for name in registry.LEARN if name.startswith("free-"))
NEW = (
    "free-paragraphs",
    "free-press",
    "free-prose",
    "free-notes",
    "free-annexes",
    "free-zones",
    "free-book",
    "free-forms",
    "free-deck",
)
SEEDS = range(8)
_AS_PRINTED = (Role.PERIOD, Role.AMOUNT, Role.PLACE, Role.STATUS, Role.DURATION)


def composed(genre: str, seed: int) -> tuple[Brochure, Paper]:
    rng = Random(f"{genre}/{seed}")
    brochure = invent(rng)
    return brochure, registry.LEARN[genre](rng, brochure, speak(rng, brochure))


@pytest.mark.parametrize("genre", GENRES)
def test_same_seed_same_paper(genre: str) -> None:
    assert composed(genre, 3) == composed(genre, 3)
    assert composed(genre, 3)[1] != composed(genre, 4)[1]


@pytest.mark.parametrize("genre", NEW)
def test_every_mission_is_printed_with_its_title(genre: str) -> None:
    for seed in SEEDS:
        brochure, paper = composed(genre, seed)
        said: dict[int, str] = {}
        for para in paper_paras(paper):
            for run in para.runs:
                if run.mark.role is Role.TITLE:
                    said[run.mark.mission] = said.get(run.mark.mission, "") + flat(run.text)
        for mission in brochure.missions:
            assert flat(mission.values[Role.TITLE].text) in said[mission.ordinal]


@pytest.mark.parametrize("genre", NEW)
def test_answers_are_of_the_mission(genre: str) -> None:
    """What a part over many missions says (domain, client, year) is true of each below."""
    for seed in SEEDS:
        brochure, paper = composed(genre, seed)
        told = {m.values[Role.TITLE].gold["title"]: m for m in brochure.missions}
        answers = gold("x", brochure, paper, {})["missions"]
        assert len(answers) == len(brochure.missions)
        for answer in answers:
            mission = told[answer["title"]]
            assert answer["domain"] in (None, mission.domain)
            if answer["client"]:
                assert answer["client"] == mission.values[Role.CLIENT].gold["client"]
            assert str(answer["start"] or start(mission))[:4] == str(start(mission))[:4]


def start(mission: MissionFacts) -> object:
    some = (mission.values.get(role) for role in (Role.PERIOD, Role.START))
    return next((p.gold["start"] for p in some if p and p.gold.get("start")), None)


@pytest.mark.parametrize("genre", NEW)
def test_values_are_printed_whole(genre: str) -> None:
    """Words around a value may share its mark; the value itself is there as the mission has it."""
    for seed in SEEDS:
        brochure, paper = composed(genre, seed)
        said: dict[tuple[int, Role], str] = {}
        for para in paper_paras(paper):
            for run in para.runs:
                if run.mark.role in _AS_PRINTED and run.mark.mission:
                    key = (run.mark.mission, run.mark.role)
                    said[key] = said.get(key, "") + run.text
        values = {m.ordinal: m.values for m in brochure.missions}
        for (mission, role), text in said.items():
            assert flat(values[mission][role].text) in flat(text)


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("seed", range(20))
def test_sentences_say_what_the_mission_has_and_announce_it_before_a_colon(seed: int) -> None:
    rng = Random(seed)
    brochure = invent(rng, 3)
    said = telling(rng, brochure, speak(rng, brochure), rich=1.0)
    for mission in brochure.missions:
        runs = [run for sentence in said.sentences(mission) for run in sentence]
        assert mission.values[Role.TITLE].text.replace("\n", " ") in [r.text for r in runs]
        assert all(r.mark.mission == mission.ordinal for r in runs)
        for run, behind in zip(runs, runs[1:], strict=False):
            if run.mark.role is Role.LABEL and run.mark.of not in (Role.EMAIL, Role.PHONE):
                assert run.text.endswith(":")
                assert behind.mark.role in (run.mark.of, Role.LABEL, Role.EMAIL, Role.PHONE)


@pytest.mark.parametrize("kind", ["run", "prose"])
def test_every_letter_of_a_sentence_that_tells_a_fact_is_marked_as_one(kind: str) -> None:
    facts = {*ROLES.values(), Role.LABEL}
    for seed in range(12):
        rng = Random(seed)
        brochure = invent(rng, 3)
        written = phrases(rng, brochure, speak(rng, brochure))
        for mission in brochure.missions:
            said = [run for sentence in written.facts(mission, kind) for run in sentence]
            assert {r.mark.role for r in said} <= facts
            assert all(r.mark.mission == mission.ordinal for r in said)
            for run, behind in zip(said, said[1:], strict=False):
                assert run.mark.role is not Role.LABEL or behind.mark.role is run.mark.of
            for role in {Role.CLIENT, Role.AMOUNT} & {r.mark.role for r in said}:
                text = "".join(r.text for r in said if r.mark.role is role)
                assert flat(mission.values[role].text) in flat(text)


def test_what_stands_between_the_articles_of_a_newspaper_is_no_mission() -> None:
    for seed in range(20):
        rng = Random(seed)
        brochure = invent(rng, 2)
        voice = speak(rng, brochure)
        columnist = Columnist(rng, brochure, voice, press_speaker(rng, brochure), 9.0, 14.0, "justify")
        nodes = [*columnist.editorial(), *(n for _ in range(6) for n in columnist.other())]
        marks = [run.mark for node in nodes for _, run in run_nodes(node)]
        assert {m.mission for m in marks} == {0}
        assert {m.role for m in marks} <= {Role.FRONT, Role.TEAM, Role.OFFICE, Role.LABEL}


def test_the_firm_about_itself_is_no_mission() -> None:
    for seed in range(20):
        rng = Random(seed)
        brochure = invent(rng, 2)
        voice = speak(rng, brochure)
        node = firm_block(rng, brochure, voice, c.texts(rng, voice), c.arrangement(rng, voice))
        assert {run.mark.role for _, run in run_nodes(node)} == {Role.FRONT}


def test_typst_sets_every_mission() -> None:
    pytest.importorskip("typst")
    pytest.importorskip("playa")
    from carnet.pipeline.teach.draw import draw

    for genre in NEW:
        drawn = draw(genre, 1, "typst")
        assert drawn.gold["missions"]
        assert all(m["page"] for m in drawn.gold["missions"])
