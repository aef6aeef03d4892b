"""The part of the brochure in which a mission stands."""

from __future__ import annotations

import pytest

from carnet.pipeline.fields import domain
from tests.unit.fields.sections import context, only, section


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("Eau potable", "Eau potable"),
        ("2. Eau potable", "Eau potable"),
        ("Chapitre III – Eau potable", "Eau potable"),
        ("2.1 Eau potable", "Eau potable"),
        ("Eau potable (suite)", "Eau potable"),
        ("Eau potable – suite et fin", "Eau potable"),
        ("Rivières : la suite", "Rivières : la suite"),
        ("Partie 2 : Eau\net milieux", "Eau et milieux"),
        ("A. Eau potable", "Eau potable"),
        ("B) Eau potable", "Eau potable"),
        ("C.2 Planification", "Planification"),
        ("C.2.1 Planification", "Planification"),
        ("C.2. Planification", "Planification"),
        ("Volet B – Eau potable", "Eau potable"),
        ("III.1. Eau potable", "Eau potable"),
        ("Nos références – Communes et syndicats", "Communes et syndicats"),
        ("Références : eau", "eau"),
        ("Nos références", "Nos références"),
        ("Eau – Études", "Eau – Études"),
    ],
)
def test_the_heading_without_its_number_and_without_the_word_that_it_goes_on(printed: str, read: str) -> None:
    assert only(domain.find(section("Ville de Morcy", domain=printed), context())) == read


@pytest.mark.parametrize("printed", ["A – Eau potable", "D - Rivières", "A Eau potable"])
def test_a_letter_that_a_dash_or_nothing_parts_from_the_name_is_of_it(printed: str) -> None:
    assert only(domain.find(section("Ville de Morcy", domain=printed), context())) == printed


def test_a_label_of_the_mission_wins() -> None:
    made = section("Ville de Morcy", {"domain": "Assainissement"}, domain="Eau potable")
    assert only(domain.find(made, context())) == "Assainissement"


def test_none_where_there_is_none() -> None:
    assert domain.find(section("Ville de Morcy"), context()) == []
