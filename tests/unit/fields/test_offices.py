"""Towns in which the publisher has an address."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from carnet.pipeline.fields import offices
from carnet.schemas.outline import Outline
from tests.unit.fields.sections import context, outline, passage, section, table


@pytest.mark.parametrize("case", table("offices"))
def test_table(case: dict[str, Any]) -> None:
    ctx = context(region=case.get("region", "FR"))
    found = offices.find(outline(offices=[case["block"]]), ctx)
    assert [[c.value["city"], c.value["country"]] for c in found] == case["expected"]


def test_a_town_counts_once_whichever_way_it_is_printed() -> None:
    found = offices.find(outline(offices=["38000 Grenoble"], front=["38000 GRENOBLE", "44000 Nantes"]), context())
    assert [c.value["city"] for c in found] == ["Grenoble", "Nantes"]


def test_the_evidence_is_the_town() -> None:
    (found,) = offices.find(outline(offices=["12 rue des Tanneurs\n38000 Grenoble"]), context())
    assert [(e.field, e.text) for e in found.evidence] == [("office", "Grenoble")]


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        (["Liège : quai des Ardennes 61, 4020 Liège", "Luxembourg : 18 rue des Bains, L-1212 Luxembourg"], "BE"),
        (["Luxembourg, 41 rue de Strasbourg — Arlon, 6 Grand-Place"], "LU"),
        (["Deux implantations : Lyon (siège) et Genève", "41 rue Garibaldi, 69006 Lyon"], "FR"),
        (["Nous aimons les rivières."], "CA"),
    ],
)
def test_the_first_office_tells_the_country_of_the_publisher(blocks: list[str], expected: str) -> None:
    assert offices.home(outline(offices=blocks), context(region="CA")) == expected


def test_a_post_code_of_four_figures_is_of_the_country_of_its_town() -> None:
    found = offices.find(outline(offices=["Quai des Ardennes 61, 4020 Liège"]), context(region="LU"))
    assert [c.value for c in found] == [{"city": "Liège", "country": "BE"}]


def towns(**parts: list[str]) -> list[str]:
    return [c.value["city"] for c in offices.find(outline(**parts), context())]


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("Grenoble (siège)\nNantes\nGenève (Suisse)", ["Grenoble", "Nantes", "Genève"]),
        ("Grenoble (siège social) et Nantes.", ["Grenoble", "Nantes"]),
        ("Nos consultants interviennent depuis Grenoble et Nantes.", ["Grenoble", "Nantes"]),
        ("Nous sommes installés à Grenoble et, depuis 2020, à Nantes.", ["Grenoble", "Nantes"]),
        ("Grenoble\nNantes", []),
        ("ISO 27001\nRéponse à incident", []),
    ],
)
def test_towns_on_the_pages_of_the_firm(block: str, expected: list[str]) -> None:
    assert towns(front=[block]) == towns(team=[block]) == expected


def test_a_country_is_no_town() -> None:
    assert towns(offices=["Grenoble\n27 rue du Lac", "1207 – Suisse"]) == ["Grenoble"]


def test_who_writes_letters_gives_no_office() -> None:
    senders = [("Nantes", "44000"), ("Limoges", "87000"), ("Dijon", "21000")]
    blocks = [passage("18 rue Vasselot, 38000 Grenoble", page=1)]
    blocks += [passage(f"Mairie\n1 place Verte\n{code} {town}", page=n) for n, (town, code) in enumerate(senders, 2)]
    letters = tuple(replace(section("Audit"), page_first=n, page_last=n) for n in (2, 3, 4))
    found = offices.find(Outline(missions=letters, offices=tuple(blocks)), context())
    assert [c.value["city"] for c in found] == ["Grenoble"]
    found = offices.find(Outline(missions=letters[:2], offices=tuple(blocks)), context())
    assert len(found) == 4


@pytest.mark.parametrize(
    ("clients", "expected"),
    [
        (["Ville de Rouen", "Département de l'Aude", "Région Occitanie"], "FR"),
        (["Ville de Rouen", "Ville de Liège", "Ville de Namur"], "BE"),
        (["Ville de Rouen", "Département de l'Aude"], "BE"),
        ([], "BE"),
    ],
    ids=["French clients", "others", "few", "none"],
)
def test_with_offices_in_two_countries_the_clients_tell_where_it_is_at_home(clients: list[str], expected: str) -> None:
    missions = tuple(section((), {"client": client}) for client in clients)
    both = tuple(passage(text) for text in ("Quai des Ardennes 61, 4020 Liège", "3 place Verte, 34000 Montpellier"))
    assert offices.home(Outline(missions, offices=both), context()) == expected
    assert offices.home(Outline(missions, offices=both[:1]), context()) == "BE"
