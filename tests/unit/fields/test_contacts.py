"""People at the client's, from labels, cells and side boxes (how a text is taken apart: values/test_people.py)."""

from __future__ import annotations

from typing import Any

import pytest

from carnet.pipeline.fields import contacts
from carnet.schemas.evidence import AT_THE_FIRM
from carnet.schemas.outline import MissionSection
from tests.unit.fields.sections import context, only, section


def read(made: MissionSection) -> list[dict[str, Any]]:
    """Without keys that have no value."""
    return [{k: v for k, v in person.items() if v} for person in only(contacts.find(made, context())) or []]


ANNE = {"name": "Anne Malvy", "role": "directrice", "email": "a.malvy@morcy.example", "phone": "+33472000000"}


@pytest.mark.parametrize(
    "parts",
    [
        {"contact": "Anne Malvy, directrice\na.malvy@morcy.example – 04 72 00 00 00"},
        {"contact": ["Anne Malvy, directrice", "a.malvy@morcy.example", "04 72 00 00 00"]},
        {"name": "Anne Malvy", "role": "directrice", "email": "a.malvy@morcy.example", "phone": "04 72 00 00 00"},
        {"facts": ["Anne Malvy, directrice", "a.malvy@morcy.example", "04 72 00 00 00", "29 000 € HT", "mars 2021"]},
    ],
)
def test_one_person_however_printed(parts: dict[str, Any]) -> None:
    assert read(section((), parts)) == [ANNE]


def test_two_people_in_order() -> None:
    made = section((), {"contact": "Anne Malvy, directrice\nPaul Verdier, chargé de mission, p.verdier@morcy.example"})
    assert [p["name"] for p in read(made)] == ["Anne Malvy", "Paul Verdier"]
    (found,) = contacts.find(made, context())
    assert [(e.field, e.ordinal) for e in found.evidence] == [
        ("contact_name", 1), ("contact_role", 1), ("contact_name", 2), ("contact_role", 2), ("contact_email", 2),
    ]  # fmt: skip


def test_rules_name_where_it_stood() -> None:
    (by_label,) = contacts.find(section((), {"contact": "Anne Malvy"}), context())
    (by_cell,) = contacts.find(section((), {"contact": "Anne Malvy"}, from_table=True), context())
    (by_fact,) = contacts.find(section((), {"facts": "Anne Malvy"}), context())
    assert [c.rule for c in (by_label, by_cell, by_fact)] == ["label.contact", "cell.contact", "facts.contact"]
    assert by_label.rank <= by_fact.rank


def test_a_person_who_left() -> None:
    assert read(section((), {"contact": "Anne Malvy, partie en retraite"})) == [
        {"name": "Anne Malvy", "has_left": True}
    ]


@pytest.mark.parametrize("printed", ["a.malvy@mor cy.example", "a.malvy@morcy,example", "a.malvy(at)morcy.example"])
def test_a_broken_address_is_noted_with_its_print(printed: str) -> None:
    (found,) = contacts.find(section((), {"contact": f"Anne Malvy, {printed}"}), context())
    assert found.note and found.note.startswith("email_malformed: ") and repr(printed) in found.note


@pytest.mark.parametrize(
    "facts",
    [
        "Avec Hydrelle et Atelier Sauge",
        "Partenaires : Hydrelle",
        "29 000 € HT",
        "Mars 2021 à juin 2022",
        "12 entretiens",
        "un réseau ancien",
    ],
)
def test_lines_of_a_side_box_that_are_no_people(facts: str) -> None:
    assert contacts.find(section((), {"facts": facts}), context()) == []


@pytest.mark.parametrize("printed", ["", "–", "NC"])
def test_a_label_that_says_nothing(printed: str) -> None:
    assert contacts.find(section((), {"contact": printed}), context()) == []


def test_phones_are_read_as_the_publishers_country_prints_them() -> None:
    made = section((), {"contact": "Anne Malvy, 021 320 00 00"})
    assert only(contacts.find(made, context(region="CH")))[0]["phone"] == "+41213200000"


OWN = {"own": frozenset({"vireval.example"})}


def test_nobody_at_the_firm_is_a_contact() -> None:
    made = section((), {"contact": ["Paul Orme, p.orme@vireval.example", "Anne Malvy, a.malvy@morcy.example"]})
    (found,) = contacts.find(made, context(**OWN))
    assert [person["name"] for person in found.value] == ["Anne Malvy"]


def test_where_only_the_firm_is_printed_that_is_said() -> None:
    """So that the brochure is not told to name nobody."""
    (found,) = contacts.find(section((), {"contact": "Paul Orme, p.orme@vireval.example"}), context(**OWN))
    assert (found.value, found.note) == ([], AT_THE_FIRM)
    assert found.evidence[0].text.startswith("Paul Orme")


def test_soft_hyphens_at_the_ends_of_lines_are_no_part_of_names_and_addresses() -> None:
    made = section((), {"contact": "Anne Malvy, direc\u00ad\ntrice, a.mal\u00ad\nvy@morcy.example"})
    assert read(made) == [{k: v for k, v in ANNE.items() if k != "phone"}]
