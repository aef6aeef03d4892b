"""Who publishes the brochure, and in which country."""

from __future__ import annotations

from dataclasses import replace

import pytest

from carnet.pipeline.firm import Publisher, publisher, region
from carnet.pipeline.rules import load_rules
from tests.unit.fields.sections import outline, section

RULES = load_rules()


def test_named_on_the_cover_and_in_running_lines() -> None:
    made = outline(front=["Vireval Conseil", "Nos références 2023"], running=["Vireval Conseil – Références", "12"])
    assert publisher({}, made, RULES).name == "Vireval Conseil"


def test_spelt_by_the_web_address() -> None:
    made = outline(front=["Carnet de références\nVireval Conseil", "www.vireval-conseil.example"])
    assert publisher({}, made, RULES).name == "Vireval Conseil"


def test_offices_that_begin_alike_spell_it() -> None:
    found = publisher({}, outline(front=["www.vireval.example"], offices=["Vireval France", "Vireval Belgique"]), RULES)
    assert found.name == "Vireval"


def test_stated_by_the_file() -> None:
    made = outline(front=["Nos références 2023"])
    assert publisher({"Author": "Vireval Conseil"}, made, RULES).name == "Vireval Conseil"


def test_mixed_case_is_nearer_to_the_name_than_capitals() -> None:
    made = outline(front=["VIREVAL CONSEIL"], running=["Vireval Conseil | références"])
    assert publisher({"Title": "Vireval Conseil - références"}, made, RULES).name == "Vireval Conseil"


@pytest.mark.parametrize(
    ("metadata", "front"),
    [
        ({}, []),
        ({}, ["Nos références", "Édition 2023"]),
        ({"Author": "Microsoft Word"}, ["Références"]),
        ({"Author": "a.malvy@vireval.example"}, ["Références"]),
        ({"Author": "user 123456"}, ["Références"]),
        ({"Author": "anonymous", "Title": "untitled"}, ["Nos références VRD"]),
        ({"Author": "python-docx"}, ["Références"]),
        ({"Author": "Gaspard de Montreuil"}, ["Références"]),
        ({"Author": "Claire Morin"}, ["Claire Morin", "Nos références"]),
        ({"Title": "Schéma directeur"}, ["Schéma directeur"]),
        ({}, ["Ville de Morcy", "Retour à nos références"]),
        ({}, ["Maître d'ouvrage", "Montant"]),
    ],
)
def test_nothing_tells(metadata: dict[str, str], front: list[str]) -> None:
    """A person, a program, a label, a title, a public body are no publisher; that none is named is said."""
    made = outline(front=front, running=front[-1:])
    assert publisher(metadata, made, RULES) == Publisher(None, "nothing tells who publishes the brochure")


def test_a_person_whose_name_is_the_web_address_may_publish() -> None:
    made = outline(front=["Claire Morin", "www.claire-morin.example"])
    assert publisher({}, made, RULES).name == "Claire Morin"


def test_a_person_whose_trade_is_in_the_name_may_publish() -> None:
    made = outline(front=["Claire Morin Architecte"], running=["Claire Morin Architecte"])
    assert publisher({}, made, RULES) == Publisher("Claire Morin Architecte")


def test_the_holder_of_the_rights_publishes() -> None:
    made = outline(front=["Nos références"], running=["© 2023 Orvane, tous droits réservés", "Orvane"])
    assert publisher({}, made, RULES).name == "Orvane"


def test_the_mail_box_spells_the_publisher() -> None:
    made = outline(front=["Orvane", "contact@orvane.example"])
    assert publisher({}, made, RULES) == Publisher("Orvane")


def test_only_the_author_of_the_file_is_a_doubt() -> None:
    who = publisher({"Author": "Orvane"}, outline(front=["Nos références"]), RULES)
    assert who.name == "Orvane" and who.doubt is not None and "author" in who.doubt


def test_what_only_titles_and_running_lines_print_is_a_doubt() -> None:
    who = publisher({}, outline(front=["Mobilités", "Nos références"], running=["Mobilités"]), RULES)
    assert who == Publisher("Mobilités", "only cover and running line of the file says 'Mobilités'")


def test_two_names_that_as_much_speaks_for_are_a_doubt() -> None:
    names = ["Orvane Conseil", "Brivel Ingénierie"]
    made = outline(front=["Nos références", *names], running=names)
    who = publisher({}, made, RULES)
    assert who.doubt is not None and "Orvane Conseil" in who.doubt and "Brivel Ingénierie" in who.doubt


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
        ("1200, rue Saint-Jean, Québec (Québec) G1R 1S3", "CA"),
        ("(418) 555-0142", "CA"),
        ("Tél. +221 33 821 22 33", "SN"),
        ("Société inscrite sous le numéro 2006B20044. Deux agences, dont Nîmes", "FR"),
        ("www.vireval.be", "BE"),
        ("www.vireval.ch/agences", "CH"),
        ("www.vireval.example", "FR"),
        ("www.vireval.ca", "CA"),
        ("Tél. +262 262 00 12 34", "FR"),
        ("bonjour@vireval.be", "BE"),
        ("bonjour@vireval.be, mairie@lussy.ch", "FR"),
        ("", "FR"),
    ],
)
def test_region(address: str, expected: str) -> None:
    assert region(outline(offices=[address]), RULES) == expected


def test_an_address_beside_the_people_tells_where_no_other_stands() -> None:
    assert region(outline(team=["Rochat Perrin architectes", "T +41 21 555 01 40"]), RULES) == "CH"


def test_offices_tell_more_than_the_cover() -> None:
    assert region(outline(front=["38000 Grenoble"], offices=["B-5000 Namur"]), RULES) == "BE"
    assert region(outline(front=["B-5000 Namur"]), RULES) == "BE"


@pytest.mark.parametrize(
    ("clients", "expected"),
    [
        (["Province de Hainaut", "CHR de Namur", "Foyer du Val"], "BE"),
        (["Province de Hainaut", "Ville de Grenoble", "Ville de Lyon"], "FR"),
        (["Foyer du Val", "Fonderies de la Semelle"], "FR"),
    ],
)
def test_country_of_most_clients_where_no_address_tells(clients: list[str], expected: str) -> None:
    made = replace(outline(), missions=tuple(section(parts={"client": client}) for client in clients))
    assert region(made, RULES) == expected


@pytest.mark.parametrize(
    "author",
    [
        "Silva Ana", "SILVA Ana", "Silva A.", "Silva", "Nguyen Van Thanh", "Ngozi Adeyemi", "Garcia Lopez", "Li Wei",
        "Ba Oumar", "Kowalczyk Wojciech", "Roux Jean", "Marc Garnier (Ondine)", "Tanaka Haruko", "Mme Silva",
        "MARTIN-DURAND Éloïse",
    ],
)  # fmt: skip
@pytest.mark.parametrize("front", [[], ["Nos références 2023"]])
def test_who_wrote_the_file_is_no_firm(author: str, front: list[str]) -> None:
    """In any order, from anywhere."""
    assert publisher({"Author": author}, outline(front=front), RULES).name is None


@pytest.mark.parametrize(
    "firm",
    [
        "Silva Consult", "Nguyen Associés", "Garcia Ingénierie", "Ben Ali Architectes", "Diallo & Fils", "Costa TP",
        "Martin Paysage", "Pereira Développement", "Da Silva Construction", "Tran & Partners", "Groupe Kowalski",
    ],
)  # fmt: skip
def test_a_firm_that_bears_a_surname_is_one(firm: str) -> None:
    made = outline(front=["Nos références 2023"], running=[f"{firm} – Références"])
    assert publisher({"Author": firm}, made, RULES) == Publisher(firm)
