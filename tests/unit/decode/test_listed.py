"""A list at the front names missions that are told in full further on."""

from __future__ import annotations

from dataclasses import replace

from carnet.pipeline.decode.listed import without_listed
from carnet.schemas.outline import MissionSection, Outline
from tests.unit.fields.sections import outline, section

FULL = {"context": "Un bourg perd ses commerces.", "approach": "Douze ateliers.", "results": "Un plan adopté."}


def line(title: str, client: str = "Ville de Morcy", **parts: str) -> MissionSection:
    return section(title, {"client": client, **parts})


def told(*missions: MissionSection) -> Outline:
    numbered = tuple(replace(mission, ordinal=n) for n, mission in enumerate(missions, start=1))
    return without_listed(replace(outline(front=["Sommaire"]), missions=numbered))


def titles(*missions: MissionSection) -> list[tuple[int, str]]:
    return [(s.ordinal, s.heading[0].text) for s in told(*missions).missions]


LIST = [line("Plan de mobilité"), line("Schéma cyclable")]
BOTH = [line("Plan de mobilité du bourg", **FULL), line("Schéma cyclable", **FULL)]


def test_lines_of_a_list_are_no_missions_but_text_of_the_front() -> None:
    assert titles(*LIST, *BOTH) == [(1, "Plan de mobilité du bourg"), (2, "Schéma cyclable")]
    front = [p.text for p in told(*LIST, *BOTH).front]
    assert front == ["Sommaire", "Plan de mobilité", "Ville de Morcy", "Schéma cyclable", "Ville de Morcy"]


def test_one_line_is_no_list() -> None:
    assert len(titles(LIST[0], *BOTH)) == 3


def test_a_list_of_most_missions_is_told_nowhere_else() -> None:
    assert len(titles(*LIST, line("Plan de mobilité"), *BOTH)) == 5


def test_of_another_client_or_year_it_is_another_mission() -> None:
    assert len(titles(LIST[0], line("Schéma cyclable", "Ville de Lys"), *BOTH)) == 4
    dated = [line("Plan de mobilité", period="2019"), line("Schéma cyclable", period="2021")]
    full = [line(title, period="2021", **FULL) for title in ("Plan de mobilité", "Schéma cyclable")]
    assert len(titles(*dated, *full)) == 4


def test_a_mission_told_as_fully_is_one_of_its_own() -> None:
    twins = [line(s.heading[0].text, context="Un bourg.", approach="Des ateliers.") for s in LIST]
    assert len(titles(*twins, *BOTH)) == 4


def test_a_short_title_names_nothing() -> None:
    assert len(titles(line("Étude"), line("Bilan"), line("Étude", **FULL), line("Bilan", **FULL))) == 4


def test_a_line_may_tell_four_kinds_of_things() -> None:
    facts = {"period": "2021", "amount": "24 500 € HT"}
    full = [line(s.heading[0].text, **facts, **FULL) for s in LIST]
    assert len(titles(*[line(s.heading[0].text, **facts) for s in LIST], *full)) == 2
    fuller = [line(s.heading[0].text, **facts, place="Morcy", **FULL) for s in LIST]
    assert len(titles(*[line(s.heading[0].text, **facts, place="Morcy") for s in LIST], *fuller)) == 4
