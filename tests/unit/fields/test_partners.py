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
