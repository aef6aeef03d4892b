"""Invented firms, missions and people: what a drawn brochure has to say, each value with what a careful reader answers.

`Printed.gold` holds the answer's keys as FORMAT.md names them ({"start": "2021-03", "end": "2022-01", ...}); they count
once the value is on paper.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from carnet.schemas.roles import Role


@dataclass(frozen=True, slots=True)
class Printed:
    """A value in its printed form, and what it means."""

    text: str
    role: Role
    gold: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to ask. Each part may be missing. `email` is the answer, `email_printed` what stands on paper where it
    differs ("g.ruel@ville-bru,fr"); `service`: where the person works, no function; `note`: words behind the name that
    say that the person left, or stand for it; `findings`: codes that hold once the person is printed."""

    name: str | None
    role: str | None = None
    email: str | None = None
    phone: str | None = None
    phone_e164: str | None = None
    civility: str = ""
    left: bool = False
    email_printed: str | None = None
    service: str | None = None
    note: str | None = None
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extra:
    """A fact that no field holds ("Surface : 1 240 m²"), or that is a trap (cost of works, team of the firm)."""

    label: str
    text: str
    role: Role  # OTHER or WORKS_COST


@dataclass(frozen=True, slots=True)
class MissionFacts:
    """One invented mission. What a brochure leaves out is drawn with the brochure: `values` holds only what may be
    printed; a value may be a "nothing" ("NC") with its finding in `gold["findings"]`; CONTACT and PARTNERS stand there
    only where their line says more than `contact` and `partners` ("NC", "en groupement avec A et B")."""

    ordinal: int
    domain: str
    values: Mapping[Role, Printed]  # TITLE, CLIENT, PLACE, PERIOD, DURATION, START, END, AMOUNT, STATUS, REFERENCE
    contact: Person | None = None
    partners: tuple[str, ...] = ()
    extras: tuple[Extra, ...] = ()
    context: tuple[str, ...] = ()
    approach: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    quote: tuple[str, str] | None = None  # words, who said them
    client_gold: Mapping[str, Any] = field(default_factory=dict)  # client_type, country, client_aliases

    def has(self, role: Role) -> bool:
        return role in self.values


@dataclass(frozen=True, slots=True)
class Brochure:
    """All that a firm has to say in one brochure."""

    firm: str
    profession: str
    slogan: str
    year: int
    domains: tuple[str, ...]
    missions: tuple[MissionFacts, ...]
    team: tuple[tuple[str, str], ...]  # name, role
    offices: tuple[tuple[str, str, str], ...]  # city, address, country
    website: str
    about: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]  # "62", "collaborateurs"
    country: str = "FR"
    apostrophe: str = "'"
    amount_unit: str | None = None  # what labels of amounts say where the figures are bare: "(k€ HT)"
