"""Texts for the public: the warehouse's own people are masked however they are spelt, bodies keep their names."""

from __future__ import annotations

import pytest

from carnet.flows.services.export import personal_finder
from carnet.warehouse.exports.masking import Known, Masker

PEOPLE = frozenset({"Aline Verdeau", "Jean-Marc VILLEDIEU", "B. Ostier", "Yselda de Kermarec"})
BODIES = frozenset({"Lycée Pierre Lesquin", "Pierre Fabrègue Cosmétique", "Ville de Brenoux, Mme Sidonie Larquet"})
PARTNERS = frozenset({"Alain Roumieu Architecte", "Gilbert Chastenay", "Ngozi Adeyemi", "Roumieu Paul, agriculteur"})


@pytest.fixture(scope="module")
def mask() -> Masker:
    """Made when a test asks for it, not when tests are collected: the finder of names loads the language model."""
    return Masker(Known(PEOPLE, BODIES, frozenset({"Odile Brancourt Conseil"}), PARTNERS), personal_finder())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Suivi par Aline Verdeau.", "Suivi par [personne]."),
        ("Suivi par VERDEAU Aline.", "Suivi par [personne]."),
        ("Suivi par A. Verdeau.", "Suivi par [personne]."),
        ("suivi par aline verdeau", "suivi par [personne]"),
        ("Mme Verdeau", "Mme [personne]"),
        ("Jean Marc Villedieu", "[personne]"),
        ("B. OSTIER, Bruno Ostier", "[personne], [personne]"),
        ("Kermarec (Yselda de)", "[personne])"),
        ("a.verdeau@brenoux.example ou 04 66 00 00 00", "[courriel] ou [téléphone]"),
        ("Pierre Fabrègue Cosmétique a souhaité", "Pierre Fabrègue Cosmétique a souhaité"),
        ("Pierre Fabrègue a souhaité", "[personne] a souhaité"),
        ("avec Alain Roumieu Architecte", "avec [personne] Architecte"),
        ("Ville de Brenoux, Mme Sidonie Larquet", "Ville de Brenoux, Mme [personne]"),
        ("Gilbert Chastenay", "[personne]"),
        ("Ngozi Adeyemi", "[passage retiré]"),
        ("Un bilan. Ngozi Adeyemi l'a relu. Suite", "Un bilan. [passage retiré] Suite"),
        ("Odile Brancourt Conseil", "Odile Brancourt Conseil"),
        ("Odile Brancourt", "[personne]"),
        ("Ville de Verdeau", "Ville de Verdeau"),
        ("29 000 € HT", "29 000 € HT"),
        ("mot\x1b[2J\u202e caché", "mot[2J caché"),
    ],
)
def test_texts(mask: Masker, text: str, shown: str) -> None:
    assert mask(text) == shown


def test_a_body_that_bears_the_name_of_a_contact_is_masked() -> None:
    mask = Masker(Known(frozenset({"Alain Roumieu"}), frozenset({"Alain Roumieu Architecte"})), personal_finder())
    assert mask("Alain Roumieu Architecte") == "[personne] Architecte"


def test_a_firm_keeps_its_name_though_it_is_that_of_its_head() -> None:
    mask = Masker(
        Known(frozenset({"Odile Brancourt"}), firms=frozenset({"Odile Brancourt Conseil"})), personal_finder()
    )
    assert (
        mask("Odile Brancourt Conseil, dirigé par Odile Brancourt") == "Odile Brancourt Conseil, dirigé par [personne]"
    )
