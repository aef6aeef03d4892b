"""Firms beside the publisher."""

from __future__ import annotations

from typing import Any

import pytest

from carnet.pipeline.fields import partners
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
    ((left, right),) = partners.reach(some)
    assert left == 50
    assert right > 250
    assert partners.reach(some[:1]) < partners.reach(some[1:2])
    assert partners.reach(some[2:]) == ()


def test_a_name_on_a_line_of_its_own_is_told_by_the_room_that_other_missions_show() -> None:
    """Two short lines alone may be one name that runs on; beside the wide lines of another mission they are two."""
    narrow = section((), {"partners": SHORT})
    assert only(partners.find(narrow, context())) == ["Hydrelle Atelier Sauge"]
    wide = partners.reach([narrow, section((), {"partners": WIDE})])
    assert only(partners.find(narrow, context(reach=wide))) == ["Hydrelle", "Atelier Sauge"]
    elsewhere = tuple((left + 200, right + 200) for left, right in wide)
    assert only(partners.find(narrow, context(reach=elsewhere))) == ["Hydrelle Atelier Sauge"]
