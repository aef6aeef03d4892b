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
    ],
)
def test_the_heading_without_its_number_and_without_the_word_that_it_goes_on(printed: str, read: str) -> None:
    assert only(domain.find(section("Ville de Morcy", domain=printed), context())) == read


def test_a_label_of_the_mission_wins() -> None:
    made = section("Ville de Morcy", {"domain": "Assainissement"}, domain="Eau potable")
    assert only(domain.find(made, context())) == "Assainissement"


def test_none_where_there_is_none() -> None:
    assert domain.find(section("Ville de Morcy"), context()) == []
