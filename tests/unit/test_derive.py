"""What follows from decided values: type and country of the client, status."""

from __future__ import annotations

from typing import Any

import pytest

from carnet.pipeline.derive import client_facts, status
from carnet.pipeline.rules import load_rules
from carnet.schemas.mission import Contact
from carnet.schemas.values import Period
from tests.unit.drafts import period

RULES = load_rules()


@pytest.mark.parametrize(
    ("client", "more", "type", "country"),
    [
        ("Ville de Morcy", {}, "commune", "FR"),
        ("Communauté de communes du Val Lunel", {}, "epci", "FR"),
        ("Département du Loir-Supérieur", {}, "departement", "FR"),
        ("Syndicat mixte du Perchay", {}, "groupement", "FR"),
        ("Morcy Habitat", {}, "bailleur", "FR"),
        ("Ville de Braives", {"printed": "Ville de Braives (Belgique)"}, "commune", "BE"),
        ("Ville de Braives", {"region": "BE"}, "commune", "BE"),
        ("Commune de Lussy", {"contacts": [Contact(phone="+41213200000")]}, "commune", "CH"),
        ("Commune de Lussy", {"contacts": [Contact(email="greffe@lussy-commune.ch")]}, "commune", "CH"),
        ("Commune de Lussy", {"contacts": [Contact(phone="+352210000")]}, "commune", "LU"),
        ("Commune de Lussy", {"contacts": [Contact(phone="+22822200000")]}, "commune", "TG"),
        ("Commune de Lussy", {"contacts": [Contact(phone="+262262200000")]}, "commune", "FR"),
        ("Commune de Lussy", {"contacts": [Contact(email="mairie@lussy.mg")]}, "commune", "MG"),
        ("Commune de Lussy", {"contacts": [Contact(email="mairie@lussy.io")]}, "commune", "FR"),
        ("Commune de Lussy", {"currency": "CHF"}, "commune", "CH"),
        ("Commune de Lussy", {"currency": "CAD"}, "commune", "CA"),
        ("Commune de Lussy", {"currency": "EUR"}, "commune", "FR"),
        ("ARS Île-de-France", {"region": "CH"}, "etat", "FR"),
        ("Ministère de la Culture", {"region": "BE"}, "etat", "BE"),
        ("Ville de Morcy", {"contacts": [Contact(phone="+33472000000")], "region": "FR"}, "commune", "FR"),
    ],
)
def test_type_and_country(client: str, more: dict[str, Any], type: str, country: str) -> None:
    given: dict[str, Any] = {"printed": client, "contacts": [], "currency": None, "region": "FR"} | more
    facts = client_facts(client, **given, rules=RULES)
    assert (facts.type, facts.country, facts.sure) == (type, country, True)


def test_no_client_no_facts_and_no_doubt() -> None:
    facts = client_facts(None, "", [], None, "FR", RULES)
    assert (facts.type, facts.country, facts.sure) == (None, None, True)


def test_a_name_without_a_telling_word_is_unsure() -> None:
    assert not client_facts("Les Jardins de Cécile", "", [], None, "FR", RULES).sure


@pytest.mark.parametrize(
    ("when", "texts", "expected"),
    [
        (None, [], "completed"),
        (period("2019", "2020"), [], "completed"),
        (period("2019", ongoing=True), [], "ongoing"),
        (period("2019", "2020"), ["Mission en cours."], "ongoing"),
        (None, ["Étude en cours"], "ongoing"),
        (None, ["Mission en cours de réalisation"], "ongoing"),
        (None, ["Le plan a été voté."], "completed"),
        (None, ["Une vingtaine de chantiers ont été menés, dont certains sont en cours de réception."], "completed"),
    ],
)
def test_status(when: Period | None, texts: list[str], expected: str) -> None:
    assert status(when, texts, RULES) == expected
