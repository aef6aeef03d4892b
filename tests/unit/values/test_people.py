"""Contact fields: the table, and what holds for any text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from carnet.pipeline.rules import load_rules
from carnet.pipeline.values.people import parse_contacts
from carnet.pipeline.values.people.agreement import agrees
from carnet.pipeline.values.people.gathering import ContactReading

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "cases/fr/contacts.yml").read_text(encoding="utf-8")
)


def as_record(reading: ContactReading) -> dict[str, Any]:
    """What was read, without spans; keys without a value are absent."""
    parts = {"name": reading.name, "role": reading.role, "email": reading.email, "phone": reading.phone}
    record: dict[str, Any] = {key: found.value for key, found in parts.items() if found}
    return record | ({"left": True} if reading.has_left else {})


@pytest.mark.parametrize("case", CASES, ids=lambda case: repr(case["text"]))
def test_table(case: dict[str, Any]) -> None:
    assert [as_record(reading) for reading in parse_contacts(case["text"], load_rules())] == case["expected"]


def test_a_misprinted_address_is_marked() -> None:
    reading = parse_contacts("Odile Faugier, mairie@lacombe,fr", load_rules())[0]
    assert reading.email_repaired and reading.email_malformed


def test_a_second_number_is_not_lost_silently() -> None:
    reading = parse_contacts("Jean Dupontel, 04 72 00 00 00, 06 12 34 56 78", load_rules())[0]
    assert reading.phone and reading.phone.value == "+33472000000"
    assert any("+33612345678" in note for note in reading.notes)


def test_spans_stand_in_the_printed_text() -> None:
    text = "Contact : M. Jean Dupontel, chargé de\nmission tourisme"
    reading = parse_contacts(text, load_rules())[0]
    assert reading.name and reading.role
    assert text[reading.name.start : reading.name.end] == "Jean Dupontel"
    assert text[reading.role.start : reading.role.end] == "chargé de\nmission tourisme"


@pytest.mark.parametrize(
    ("name", "email", "expected"),
    [
        ("Fabrice LOPAS", "flopas@x.fr", True),
        ("Firmin Lambrac", "fla@x.be", True),
        ("Marie-Agnès Col", "economat@x.fr", False),
        ("Jean Dupontel", "accueil@dupontel.fr", False),
    ],
)
def test_agrees(name: str, email: str, expected: bool) -> None:
    assert agrees(name, email) is expected


ALPHABET = st.sampled_from(
    ["Jean", "DUPONT", "Mme", "M.", "directeur", "de", "chargée", "et", "ancien", "x@y.fr", "04 72 00 00 00"]
    + ["retraite", "Tél.", "Fax", "service", "NC", "l'", "A", "é", "Œ", "1er", *"(),;/–-: \n"]
)


@given(st.lists(ALPHABET, max_size=25), st.sampled_from(["", " "]))
def test_any_text_is_read_without_error(pieces: list[str], glue: str) -> None:
    text = glue.join(pieces)
    for reading in parse_contacts(text, load_rules()):
        for found in (reading.name, reading.role, reading.email, reading.phone):
            assert found is None or (found.value.strip() and 0 <= found.start < found.end <= len(text))


@pytest.mark.parametrize("text", ["et " * 1500, "Jean Dupontel, " * 300, "(M. " * 1000, "Tél " * 1000, "a " * 2000])
def test_long_repetitions_are_read_quickly(text: str) -> None:
    parse_contacts(text, load_rules())


@given(st.text(max_size=60))
def test_any_characters_are_read_without_error(text: str) -> None:
    parse_contacts(text, load_rules())
