"""Headings: client, title, place and the note behind them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from carnet.pipeline.fields import client, title
from carnet.pipeline.fields.heading import heading_habits, read_heading
from carnet.schemas.layout import Passage
from tests.unit.fields.sections import context, passage, section, table


@pytest.mark.parametrize("case", table("headings"))
def test_table(case: dict[str, Any]) -> None:
    ctx = context(habits=frozenset(case.get("habits", ())))
    heading = read_heading(section(case["heading"], case.get("parts", {})), ctx)
    got = {
        "client": _text(heading.client), "title": _text(heading.title), "in_brackets": _text(heading.note),
        "place": _text(heading.place), "way": heading.way, "guess": heading.guess,
    }  # fmt: skip
    assert got == {"guess": False} | {name: case[name] for name in got if name in case} | {
        name: None for name in got if name not in case and name != "guess"
    }, case.get("note")


def _text(found: Passage | None) -> str | None:
    return found.text if found else None


def test_of_two_blocks_without_a_known_body_the_smaller_is_the_client() -> None:
    blocks = [passage("Les Jardins de Cécile", 11), passage("Un lieu pour tous", 18, True)]
    heading = read_heading(section(blocks), context())
    assert (_text(heading.client), _text(heading.title)) == ("Les Jardins de Cécile", "Un lieu pour tous")
    heading = read_heading(section(blocks[::-1]), context())
    assert (_text(heading.client), _text(heading.title)) == ("Les Jardins de Cécile", "Un lieu pour tous")


def test_parts_of_a_heading_know_their_boxes() -> None:
    heading = read_heading(section("Ville de Morcy : Plan vélo"), context())
    assert heading.client and heading.title
    assert [p.word.text for p in heading.client.pieces] == ["Ville", "de", "Morcy"]
    assert [p.word.text for p in heading.title.pieces] == ["Plan", "vélo"]


def test_a_way_that_three_headings_surely_read_is_the_habit() -> None:
    sure = [section(f"{body} – Plan vélo") for body in ("Ville de Morcy", "Ville de Braives", "SIVOM du Perchay")]
    assert heading_habits(sure, context()) == frozenset({"dash"})
    assert heading_habits(sure[:2], context()) == frozenset()
    labelled = [section("Ville de Morcy – Plan vélo", {"client": "Ville de Morcy"})] * 3
    assert heading_habits(labelled, context()) == frozenset()


def test_a_guess_is_weak() -> None:
    (found,) = title.find(section("Les Jardins de Cécile : Étude de marché"), context())
    assert (found.value, found.rule, found.rank) == ("Étude de marché", "heading.guess", 7)


def test_under_a_label_for_the_title_the_heading_is_the_client() -> None:
    made = section("Ville de Morcy", {"title": "Plan vélo"})
    assert [c.value for c in title.find(made, context())] == ["Plan vélo"]
    assert [c.value for c in client.find(made, context())] == ["Ville de Morcy"]


def test_the_title_is_a_candidate_with_its_evidence() -> None:
    (found,) = title.find(section("Ville de Morcy : Plan vélo"), context())
    assert (found.value, found.rule) == ("Plan vélo", "heading.colon")
    assert [(e.field, e.text, e.page) for e in found.evidence] == [("title", "Plan vélo", 1)]


def test_the_title_of_a_table_row_is_its_cell() -> None:
    (found,) = title.find(section(parts={"title": "Plan vélo", "client": "Ville de Morcy"}, from_table=True), context())
    assert (found.value, found.rule) == ("Plan vélo", "cell.title")


def test_without_heading_the_subject_is_the_title() -> None:
    (found,) = title.find(section(parts={"subject": "Étude des\nchemins"}), context())
    assert (found.value, found.rule) == ("Étude des chemins", "label.subject")
    assert title.find(section(parts={"context": "Un réseau ancien."}), context()) == []


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("[3] 25 logements", "25 logements"),
        ("RÉF. 1 PLAN GUIDE", "PLAN GUIDE"),
        ("Plan guide du Moulin – Plan guide du", "Plan guide du Moulin"),
        ("Pont sur la Loire, pont sur la Creuse", "Pont sur la Loire, pont sur la Creuse"),
        ("Groupe scolaire [2017-2018]", "Groupe scolaire"),
    ],
)
def test_a_title_of_its_own_is_neither_its_number_nor_its_dates_nor_said_twice(printed: str, expected: str) -> None:
    assert _text(read_heading(section(parts={"title": printed}), context()).title) == expected


@pytest.mark.parametrize(
    ("said", "titled"),
    [
        ("l'étude intitulée Évaluation du plan. Nous recommandons ce bureau.", "Évaluation du plan"),
        ("la mission suivante : « Plan guide du bourg »", "Plan guide du bourg"),
        ("Étude relative à la mobilité", "Étude relative à la mobilité"),
    ],
)
def test_a_title_that_a_sentence_announces(said: str, titled: str) -> None:
    assert _text(read_heading(section(parts={"title": said}), context()).title) == titled


def test_a_title_ends_before_the_words_that_lead_to_the_client_right_behind_it() -> None:
    made = section(["Audit des marchés, mission confiée par la"], {"client": "Ville de Morcy"})
    behind = replace(made, parts=tuple(replace(p, items=(passage("Ville de Morcy", top=120.0),)) for p in made.parts))
    (found,) = title.find(behind, context())
    assert (found.value, found.note) == ("Audit des marchés", None)


def test_a_title_that_breaks_off_is_as_printed_and_in_doubt() -> None:
    made = section(["Restauration de la"], {"client": "Ville de Morcy"})
    away = replace(made, parts=tuple(replace(p, items=(passage("Ville de Morcy", top=600.0),)) for p in made.parts))
    (found,) = title.find(away, context())
    assert (found.value, found.note) == ("Restauration de la", "title: it breaks off")


def test_a_title_begins_with_no_sign_that_parts_it_from_what_stands_before() -> None:
    for made in (section("| Plan vélo"), section(parts={"title": ": Plan vélo", "client": "Ville de Morcy"})):
        assert [c.value for c in title.find(made, context())] == ["Plan vélo"]
    assert [c.value for c in title.find(section("2019-2020"), context())] == ["2019-2020"]
