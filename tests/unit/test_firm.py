"""Who publishes the brochure, and in which country."""

from __future__ import annotations

import pytest

from carnet.pipeline.firm import publisher, region
from carnet.pipeline.rules import load_rules
from tests.unit.fields.sections import outline

RULES = load_rules()


def test_named_on_the_cover_and_in_running_lines() -> None:
    made = outline(front=["Vireval Conseil", "Nos références 2023"], running=["Vireval Conseil – Références", "12"])
    assert publisher({}, made, RULES) == "Vireval Conseil"


def test_spelt_by_the_web_address() -> None:
    made = outline(front=["Carnet de références\nVireval Conseil", "www.vireval-conseil.example"])
    assert publisher({}, made, RULES) == "Vireval Conseil"


def test_stated_by_the_file() -> None:
    made = outline(front=["Nos références 2023"])
    assert publisher({"Author": "Vireval Conseil"}, made, RULES) == "Vireval Conseil"


def test_mixed_case_is_nearer_to_the_name_than_capitals() -> None:
    made = outline(front=["VIREVAL CONSEIL"], running=["Vireval Conseil | références"])
    assert publisher({"Title": "Vireval Conseil - références"}, made, RULES) == "Vireval Conseil"


@pytest.mark.parametrize(
    ("metadata", "front"),
    [
        ({}, []),
        ({}, ["Nos références", "Édition 2023"]),
        ({"Author": "Microsoft Word"}, ["Références"]),
        ({"Author": "a.malvy@vireval.example"}, ["Références"]),
        ({"Author": "user 123456"}, ["Références"]),
    ],
)
def test_nothing_tells(metadata: dict[str, str], front: list[str]) -> None:
    assert publisher(metadata, outline(front=front), RULES) is None


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("12 rue des Tanneurs, 38000 Grenoble", "FR"),
        ("Tél. 04 72 00 00 00", "FR"),
        ("Rue de Fer 20, B-5000 Namur", "BE"),
        ("Tél. +32 81 22 00 00", "BE"),
        ("Rue du Simplon 4, CH-1006 Lausanne", "CH"),
        ("+41 21 320 00 00", "CH"),
        ("4 rue du Fort, L-2520 Luxembourg", "LU"),
        ("(+352) 21 00 00", "LU"),
        ("www.vireval.be", "BE"),
        ("www.vireval.ch/agences", "CH"),
        ("www.vireval.example", "FR"),
        ("", "FR"),
    ],
)
def test_region(address: str, expected: str) -> None:
    assert region(outline(offices=[address])) == expected


def test_offices_tell_more_than_the_cover() -> None:
    assert region(outline(front=["38000 Grenoble"], offices=["B-5000 Namur"])) == "BE"
    assert region(outline(front=["B-5000 Namur"])) == "BE"
