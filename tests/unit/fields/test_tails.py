"""Facts behind a heading's commas."""

from __future__ import annotations

from dataclasses import replace

import pytest

from carnet.pipeline.fields.tails import with_facts_apart
from carnet.schemas.layout import Passage
from carnet.schemas.outline import Part, PartKind
from tests.unit.fields.sections import RULES, passage, section


@pytest.mark.parametrize(
    ("heading", "title", "facts"),
    [
        (
            "ASBL Le Maillon, Lancement de la campagne, Début 2023, Durée 15 mois",
            "ASBL Le Maillon, Lancement de la campagne",
            [("start", "2023"), ("duration", "15 mois")],
        ),
        ("Plan guide du bourg, 45 k€ HT, 2021", "Plan guide du bourg", [("amount", "45 k€ HT"), ("period", "2021")]),
        (
            "Plan de gestion, entre juin et octobre 2013, Cotraitants : Hydrelle",
            "Plan de gestion",
            [("period", "entre juin et octobre 2013"), ("partners", "Hydrelle")],
        ),
        ("Schéma directeur, 2020-2030", "Schéma directeur, 2020-2030", []),
        ("Étude de la voirie, des réseaux et des places", "Étude de la voirie, des réseaux et des places", []),
    ],
)
def test_facts_stand_apart(heading: str, title: str, facts: list[tuple[str, str]]) -> None:
    (mission,) = with_facts_apart([section(heading)], RULES)
    told = [(part.kind.value, part.items[0].text) for part in mission.parts]
    assert told == facts
    assert facts == [] or mission.heading[-1].text == title


def test_what_the_mission_has_elsewhere_stays_in_the_title() -> None:
    made = section("Plan guide du bourg, 45 k€ HT, 2021", {"period": "2019 - 2020"})
    (mission,) = with_facts_apart([made], RULES)
    assert mission.heading[-1].text == "Plan guide du bourg, 45 k€ HT, 2021"
    assert [p.kind for p in mission.parts] == [PartKind.PERIOD]


def test_a_labelled_title_gives_its_facts_too() -> None:
    (mission,) = with_facts_apart([section((), {"title": "Plan guide du bourg, 45 k€ HT, 2021"})], RULES)
    assert [(p.kind.value, p.items[0].text) for p in mission.parts] == [
        ("title", "Plan guide du bourg"),
        ("amount", "45 k€ HT"),
        ("period", "2021"),
    ]


@pytest.mark.parametrize(
    ("told", "kind", "parts"),
    [
        ("2019 ; honoraires : 19 800 € HT", "amount", [("period", "2019"), ("amount", "19 800 € HT")]),
        ("mars 2021 – 12 000 €", "period", [("period", "mars 2021"), ("amount", "12 000 €")]),
        ("19 800 € HT", "amount", [("amount", "19 800 € HT")]),
        ("2019 ; voir plus loin", "period", [("period", "2019 ; voir plus loin")]),
    ],
)
def test_facts_told_together(told: str, kind: str, parts: list[tuple[str, str]]) -> None:
    (found,) = with_facts_apart([section(parts={kind: told})], RULES)
    assert [(p.kind.value, p.items[0].text) for p in found.parts] == parts


def test_a_line_of_its_own_about_partners_is_none_of_the_title() -> None:
    two = "Diagnostic de la cathédrale et de ses abords\nAvec Atelier Nef et Bois & Cie"
    (mission,) = with_facts_apart([section(two)], RULES)
    assert mission.heading[-1].text == "Diagnostic de la cathédrale et de ses abords"
    assert [(p.kind, p.items[0].text) for p in mission.parts] == [(PartKind.PARTNERS, "Atelier Nef et Bois & Cie")]


def test_a_title_that_goes_on_with_what_it_is_done_with_stays_whole() -> None:
    for title in ("Construire la ville\navec ses habitants", "Avec nos voisins", "Concertation\nAvenue du Port"):
        (mission,) = with_facts_apart([section(title)], RULES)
        assert (mission.heading[-1].text, mission.parts) == (title, ())
    made = section("Diagnostic de la cathédrale\nAvec Atelier Nef", {"partners": "Bois & Cie"})
    (mission,) = with_facts_apart([made], RULES)
    assert mission.heading[-1].text == "Diagnostic de la cathédrale\nAvec Atelier Nef"


def test_a_title_that_goes_on_for_long_behind_such_a_line_is_left_whole() -> None:
    title = "Avant\nAvec Atelier Nef\net la commune\npour le bourg"
    (mission,) = with_facts_apart([section(title)], RULES)
    assert (mission.heading[-1].text, mission.parts) == (title, ())


DATED = "Ville de Morcy, janvier"


def dated(client: str, *periods: str, x0: float = 50.0) -> list[tuple[str, str]]:
    """A client's part and periods on its line, `x0` of the first: behind the client, a dash between."""
    made = passage(client)
    said = [Part(PartKind.CLIENT, (made,)), *(Part(PartKind.PERIOD, (moved(period, x0),)) for period in periods)]
    (mission,) = with_facts_apart([section((), said)], RULES)
    return [(p.kind.value, p.items[0].text) for p in mission.parts]


def moved(text: str, x0: float) -> Passage:
    made = passage(text)
    shift = x0 - 50.0
    pieces = [
        replace(p, word=replace(p.word, box=replace(p.word.box, x0=p.word.box.x0 + shift, x1=p.word.box.x1 + shift)))
        for p in made.pieces
        if p.word.box
    ]
    return Passage(made.text, tuple(pieces))


def test_the_time_behind_a_client_stands_apart() -> None:
    assert dated("Ville de Morcy, 2018-2019") == [("client", "Ville de Morcy"), ("period", "2018-2019")]
    assert dated("Ville de Morcy, Lumières 2019 SARL") == [("client", "Ville de Morcy, Lumières 2019 SARL")]


def test_with_what_goes_on_with_it_behind_a_dash() -> None:
    end = moved(DATED, 50).pieces[-1].word.box
    assert end is not None
    assert dated(DATED, "avril 2023", x0=end.x1 + 12) == [
        ("client", "Ville de Morcy"),
        ("period", "janvier – avril 2023"),
    ]
    assert dated(DATED, "avril 2023", x0=end.x1 + 90) == [("client", DATED), ("period", "avril 2023")]


def test_partners_told_with_a_fee() -> None:
    (mission,) = with_facts_apart([section((), {"amount": "52 000 € HT | Avec Air & Vallées"})], RULES)
    assert [(p.kind.value, p.items[0].text) for p in mission.parts] == [
        ("amount", "52 000 € HT"),
        ("partners", "Air & Vallées"),
    ]
