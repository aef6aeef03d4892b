"""Invents what one brochure has to say: a firm, its missions, its people."""

from __future__ import annotations

from random import Random

from pipeline.teach.content import Brochure, Extra, MissionFacts, Person, Printed
from schemas.roles import Role

_WORK = ("Élaboration", "Révision", "Accompagnement à l'élaboration", "Étude préalable", "Évaluation", "Diagnostic et mise en œuvre")
_WHAT = ("du plan de mobilité", "du schéma directeur cyclable", "de la stratégie numérique", "du projet de territoire", "du plan paysage", "de la charte forestière")
_SYLLABLES = ("var", "mon", "lou", "ter", "cha", "bel", "ris", "gor", "vau", "lan", "pré", "sau")
_ENDS = ("ville", "court", "gnac", "mont", "rande", "lieu", "zon", "veil")
_FIRST = ("Claire", "Hugo", "Nadia", "Julien", "Solène", "Marc", "Inès", "Paul")
_LAST = ("Vautrelle", "Morgantin", "Lescarpe", "Brunoy", "Delaunoit", "Perrache")
_JOBS = ("Directrice générale des services", "Chef de projet", "Responsable du service urbanisme", "DGS")
_MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre")
_TEXTS = (
    "Le territoire compte {n} communes et perd des habitants depuis dix ans.",
    "Nous avons mené {n} entretiens, puis deux ateliers avec les élus.",
    "Un plan d'actions chiffré a été remis au comité de pilotage.",
    "La collectivité souhaitait revoir l'organisation de ses services.",
    "Analyse documentaire, enquête auprès des usagers et visites de sites.",
    "Rapport final",
)


def brochure(rng: Random, missions: int | None = None) -> Brochure:
    """All that one invented firm has to say."""
    count = missions or rng.randint(3, 20)
    firm = f"{rng.choice(_LAST)} Conseil"
    domains = ("Mobilités", "Aménagement", "Stratégie")
    return Brochure(
        firm=firm,
        profession="conseil",
        slogan="Agir avec les territoires",
        year=2024,
        domains=domains,
        missions=tuple(_mission(rng, ordinal, domains[(ordinal - 1) * len(domains) // count]) for ordinal in range(1, count + 1)),
        team=tuple((_person(rng).name or "", rng.choice(_JOBS)) for _ in range(4)),
        offices=(("Lyon", "12 rue des Tanneurs, 69001 Lyon", "FR"),),
        website="www.exemple-conseil.fr",
        about=("Depuis 2004, notre cabinet accompagne les collectivités.",),
        figures=(("62", "collaborateurs"), ("320", "missions")),
    )


def _mission(rng: Random, ordinal: int, domain: str) -> MissionFacts:
    place = (rng.choice(_SYLLABLES) + rng.choice(_SYLLABLES) + rng.choice(_ENDS)).capitalize()
    year, month = rng.randint(2012, 2023), rng.randint(1, 9)
    amount = rng.randint(12, 180) * 1000
    title = f"{rng.choice(_WORK)} {rng.choice(_WHAT)}"
    values = {
        Role.TITLE: Printed(title, Role.TITLE, {"title": title}),
        Role.CLIENT: Printed(f"Commune de {place}", Role.CLIENT, {"client": f"Commune de {place}"}),
        Role.PLACE: Printed(place, Role.PLACE),
        Role.PERIOD: Printed(
            f"{_MONTHS[month - 1]} à {_MONTHS[month + 1]} {year}", Role.PERIOD, {"start": f"{year}-{month:02}", "end": f"{year}-{month + 2:02}"}
        ),
        Role.AMOUNT: Printed(
            f"{amount:,} € HT".replace(",", " "), Role.AMOUNT, {"amount": amount, "amount_max": None, "currency": "EUR", "tax": "HT"}
        ),
    }
    return MissionFacts(
        ordinal=ordinal,
        domain=domain,
        values=values,
        contact=_person(rng) if rng.random() < 0.6 else None,
        partners=(f"Atelier {rng.choice(_LAST)}",) if rng.random() < 0.4 else (),
        extras=(Extra("Surface", "1 240 m²", Role.OTHER),) if rng.random() < 0.3 else (),
        context=_texts(rng),
        approach=_texts(rng),
        results=_texts(rng),
        client_gold={"client_type": "commune", "country": "FR", "client_aliases": [place]},
    )


def _person(rng: Random) -> Person:
    first, last = rng.choice(_FIRST), rng.choice(_LAST)
    phone = f"{rng.randint(0, 99):02}"
    return Person(
        f"{first} {last}", rng.choice(_JOBS), f"{first[0].lower()}.{last.lower()}@exemple.fr", f"01 99 00 12 {phone}", f"+3319900 12{phone}".replace(" ", "")
    )


def _texts(rng: Random) -> tuple[str, ...]:
    return tuple(t.format(n=rng.randint(3, 60)) for t in rng.sample(_TEXTS, rng.randint(1, 3)))
