"""What one brochure says of its missions: which fields it has, in which forms, with which holes; drawn once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from carnet.pipeline.teach.facts.amounts import AmountForms, amount_forms
from carnet.pipeline.teach.facts.firms import PartnerForms, partner_forms
from carnet.pipeline.teach.facts.lists import drawn, load, pick, weighed
from carnet.pipeline.teach.facts.people import PeopleForms, people_forms
from carnet.pipeline.teach.facts.periods import PeriodForms, period_forms
from carnet.pipeline.teach.facts.prose import ProseForms, profession, prose_forms
from carnet.schemas.roles import Role


@dataclass(frozen=True, slots=True)
class Plan:
    """The habits of one brochure. `fields`: the roles that its missions have; `holes`: share of values left out;
    `told`: share of the holes that a word such as "NC" fills; `dates`: one period, or edges of their own."""

    country: str
    profession: str
    firm: str
    year: int
    fields: frozenset[Role]
    dates: str
    holes: float
    told: float
    partners: float
    extras: Sequence[str]
    quotes: float
    repeats: float
    abroad: float
    notes: float
    capitals: bool
    shared: float
    by_year: bool
    reference: str
    place: str
    periods: PeriodForms
    amounts: AmountForms
    people: PeopleForms
    parties: PartnerForms
    prose: ProseForms

    @property
    def lists(self) -> Mapping[str, Any]:
        return profession(self.profession)


def plan(rng: Random, country: str, trade: str, firm: str, year: int) -> Plan:
    """Habits by lot."""
    lists = profession(trade)
    builds = bool(lists.get("builds"))
    fee_share = lists["fee"][2]
    forms = load("firms")
    fields = _fields(rng, fee_share)
    return Plan(
        country=country,
        profession=trade,
        firm=firm,
        year=year,
        fields=fields,
        dates=weighed(rng, {"period": 88, "edges": 6, "edges_duration": 3, "none": 4}),
        holes=pick(rng, (0.0, 0.0, 0.03, 0.08, 0.2)),
        told=pick(rng, (0.0, 0.5, 1.0)),
        partners=pick(rng, (0.15, 0.4, 0.7, 1.0)),
        extras=_extras(rng, lists, Role.AMOUNT in fields),
        quotes=pick(rng, (0.0, 0.0, 0.0, 0.2, 0.6)),
        repeats=pick(rng, (0.05, 0.1, 0.2, 0.5)),
        abroad=pick(rng, load("professions")["abroad"]),
        notes=pick(rng, (0.0, 0.0, 0.0, 0.05, 0.3)),
        capitals=rng.random() < 0.1,
        shared=pick(rng, (0.0, 0.0, 0.03)),
        by_year=rng.random() < 0.4,
        reference=_reference(rng),
        place=pick(rng, forms["places"]),
        periods=period_forms(rng, builds),
        amounts=amount_forms(rng, country, firm, builds),
        people=people_forms(rng),
        parties=partner_forms(rng, country, firm, lists),
        prose=prose_forms(rng),
    )


def _fields(rng: Random, fee_share: float) -> frozenset[Role]:
    shares = {
        Role.CLIENT: 0.98, Role.PLACE: 0.22, Role.DURATION: 0.13, Role.AMOUNT: fee_share, Role.STATUS: 0.12,
        Role.REFERENCE: 0.14, Role.CONTACT: 0.5, Role.PARTNERS: 0.45,
    }  # fmt: skip
    return frozenset(role for role, share in shares.items() if rng.random() < share)


def _extras(rng: Random, lists: Mapping[str, Any], has_fee: bool) -> Sequence[str]:
    """Kinds of extras. Under a label that also means the fee, cost of works stands only where no fee does."""
    count = weighed(rng, {"0": 9, "1": 6, "2": 4, "3": 2})
    entries = [e for e in lists["extras"] if not (has_fee and e.startswith(("Montant |", "Budget |")))]
    return rng.sample(entries, min(int(count), len(entries)))


def _reference(rng: Random) -> str:
    return drawn(rng, "firms", "references")
