"""Firms beside the publisher."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from carnet.pipeline.fields import partners
from carnet.pipeline.fields.context import PartnerHabits
from carnet.pipeline.fields.partner_lines import habits_of
from carnet.schemas.outline import MissionSection
from tests.unit.fields.sections import context, only, part, section, table


def made(case: dict[str, Any]) -> MissionSection:
    parts = [part("client", case["client"])] if "client" in case else []
    if "part" in case:
        parts.append(part(case["part"], case["text"], label=case.get("label")))
    return section(case.get("heading", ()), parts)


@pytest.mark.parametrize("case", table("partners"))
def test_table(case: dict[str, Any]) -> None:
    assert (only(partners.find(made(case), context())) or []) == case["expected"], case.get("note")


def test_each_name_has_its_evidence() -> None:
    case = {"part": "partners", "text": "Hydrelle (hydraulique),\nAtelier Sauge"}
    (found,) = partners.find(made(case), context())
    assert [(e.field, e.ordinal, e.text) for e in found.evidence] == [
        ("partner", 1, "Hydrelle"),
        ("partner", 2, "Atelier Sauge"),
    ]
    first, second = found.evidence
    assert first.top is not None and second.top is not None and first.top < second.top
    assert found.rule == "label.partners"


def test_the_publisher_is_unknown_in_some_brochures() -> None:
    case = {"part": "partners", "text": "Hydrelle, Atelier Sauge"}
    assert only(partners.find(made(case), context(firm=None))) == ["Hydrelle", "Atelier Sauge"]


def test_a_label_wins_over_the_text() -> None:
    parts = [part("context", "L'étude a été menée en groupement avec Brivel Ingénierie."), part("partners", "Hydrelle")]
    assert only(partners.find(section((), parts), context())) == ["Hydrelle"]


SHORT = "Hydrelle\nAtelier Sauge"
WIDE = "Terres Communes, Cordistes du Velay, Bureau Malvy"


def test_how_far_lines_of_partners_reach_is_told_by_where_they_begin() -> None:
    some = [section((), {"partners": SHORT}), section((), {"partners": WIDE}), section((), {"client": 9 * WIDE})]
    ((left, right),) = habits_of(some).reach
    assert left == 50
    assert right > 250
    assert habits_of(some[:1]).reach < habits_of(some[1:2]).reach
    assert habits_of(some[2:]) == PartnerHabits()


def test_a_name_on_a_line_of_its_own_is_told_by_the_room_that_other_missions_show() -> None:
    """Two short lines alone may be one name that runs on; beside the wide lines of another mission they are two."""
    narrow = section((), {"partners": SHORT})
    assert only(partners.find(narrow, context())) == ["Hydrelle Atelier Sauge"]
    wide = habits_of([narrow, section((), {"partners": WIDE})])
    assert only(partners.find(narrow, context(partners=wide))) == ["Hydrelle", "Atelier Sauge"]
    elsewhere = replace(wide, reach=tuple((left + 200, right + 200) for left, right in wide.reach))
    assert only(partners.find(narrow, context(partners=elsewhere))) == ["Hydrelle Atelier Sauge"]


@pytest.mark.parametrize("other", ["Hydrelle", "Terres Communes et Hydrelle", "Terres Communes\nHydrelle"])
def test_a_name_that_the_brochure_tells_alone_elsewhere_stands_alone_on_its_line(other: str) -> None:
    two = section((), {"partners": "Atelier des Quatre Vents\nHydrelle"})
    assert only(partners.find(two, context())) == ["Atelier des Quatre Vents Hydrelle"]
    told = PartnerHabits(names=habits_of([two, section((), {"partners": other})]).names)
    assert only(partners.find(two, context(partners=told))) == ["Atelier des Quatre Vents", "Hydrelle"]


def test_a_word_that_all_firms_have_is_no_name_told_elsewhere() -> None:
    one = section((), {"partners": "Pont et Rive\nArchitectes"})
    told = PartnerHabits(names=habits_of([one, section((), {"partners": "Boivin\nArchitectes"})]).names)
    two = section((), {"partners": "Hydrelle\nArchitectes"})
    assert only(partners.find(two, context(partners=told))) == ["Hydrelle Architectes"]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Ponson Architectes\nHydrelle", ["Ponson Architectes", "Hydrelle"]),
        ("Cabinet Nérestan\nAvocats\nHydrelle", ["Cabinet Nérestan Avocats", "Hydrelle"]),
        ("Ponson Architectes\nUrbanistes", ["Ponson Architectes Urbanistes"]),
        ("Cabinet Conseil\nVireton", ["Cabinet Conseil Vireton"]),
        ("Ponson\narchitectes, Lausanne\nBoissel & Fils SA, Payerne", ["Ponson architectes", "Boissel & Fils SA"]),
        ("Thermovia Sàrl, Aubonne", ["Thermovia Sàrl"]),
        ("Hydrelle, Orange", ["Hydrelle", "Orange"]),
        ("Hydrelle, Orange\nTerra Sol", ["Hydrelle", "Orange Terra Sol"]),
        ("Bureau Croset\net Fils SA", ["Bureau Croset et Fils SA"]),
        ("Ponson et associés, Hydrelle", ["Ponson et associés", "Hydrelle"]),
    ],
)
def test_lines_and_towns(printed: str, expected: list[str]) -> None:
    assert only(partners.find(section((), {"partners": printed}), context())) == expected
