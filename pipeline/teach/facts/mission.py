"""One invented mission in the habits of its brochure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from carnet.pipeline.teach.content import MissionFacts, Person, Printed
from carnet.pipeline.teach.facts import amounts, firms, periods
from carnet.pipeline.teach.facts.bodies import AFRICAN, Body, body, in_capitals, shared, with_note
from carnet.pipeline.teach.facts.grammar import Speaker
from carnet.pipeline.teach.facts.lists import drawn, load, pick, weighed
from carnet.pipeline.teach.facts.people import contact
from carnet.pipeline.teach.facts.plan import Plan
from carnet.pipeline.teach.facts.prose import NARRATIVE, Teller
from carnet.schemas.roles import Role

_Values = dict[Role, Printed]


@dataclass
class Missions:
    """Draws the missions of one brochure; remembers its clients and titles."""

    rng: Random
    plan: Plan
    teller: Teller
    clients: list[Body]
    titles: set[str]

    def draw(self, ordinal: int, domain: str, when: periods.Span) -> MissionFacts:
        """A mission in a part of the brochure."""
        rng, plan = self.rng, self.plan
        named = Role.CLIENT in plan.fields and rng.random() > 0.012
        client = self._client()
        speaker = self.teller.speaker(client if named else None)
        title = self._title(speaker)
        values: _Values = {Role.TITLE: Printed(title, Role.TITLE, {"title": title})}
        if named:
            values[Role.CLIENT] = Printed(client.text, Role.CLIENT, {"client": client.name})
        elif Role.CLIENT in plan.fields:
            gold = {"title": title, "client_stated": False, "findings": ["client_missing"]}
            values[Role.TITLE] = Printed(title, Role.TITLE, gold)
        self._dates(values, when)
        self._amount(values)
        self._small(values, client, when)
        person = self._contact(values, client, when) if named else None
        partners = self._partners(values)
        texts = {role: self.teller.text(plan.prose, role, speaker) for role in NARRATIVE}
        return MissionFacts(
            ordinal=ordinal,
            domain=domain,
            values=values,
            contact=person,
            partners=partners,
            extras=self.teller.extras([e for e in plan.extras if rng.random() < 0.85], speaker),
            context=texts[Role.CONTEXT],
            approach=texts[Role.APPROACH],
            results=texts[Role.RESULTS],
            quote=self._quote(speaker, person) if rng.random() < plan.quotes else None,
            client_gold=client.gold() if named else {},
        )

    # ---- client and title

    def _client(self) -> Body:
        """One of before, or a new one."""
        rng, plan = self.rng, self.plan
        if self.clients and rng.random() < plan.repeats:
            return pick(rng, self.clients)
        country = plan.country
        if rng.random() < plan.abroad:
            near = load("professions")["neighbours"]
            country = pick(rng, near.get(country, near["AF"]))
        found = self._body(country)
        noted = 0.6 if country != plan.country else plan.notes if country == "FR" else 0.0
        if rng.random() < noted:
            found = with_note(rng, found)
        elif rng.random() < plan.shared:
            found = shared(found, body(rng, country, found.kind), pick(rng, (" / ", " et ", " – ")))
        found = in_capitals(found) if plan.capitals else found
        self.clients.append(found)
        return found

    def _body(self, country: str) -> Body:
        kinds: Mapping[str, float] = self.plan.lists["kinds"]
        return body(self.rng, country, weighed(self.rng, kinds))

    def _title(self, speaker: Speaker) -> str:
        for _ in range(6):
            title = self.teller.title(self.plan.prose, speaker)
            if title.lower() not in self.titles:
                break
        else:
            title = f"{title} – {self.teller.speaker(None).given['place']}"
        self.titles.add(title.lower())
        return title

    # ---- dates, fee

    def _dates(self, values: _Values, when: periods.Span) -> None:
        rng, plan = self.rng, self.plan
        if plan.dates == "none":
            return
        if plan.dates != "period":
            values[Role.START] = periods.start_of(rng, plan.periods, when)
            values[Role.END] = periods.end_of(rng, plan.periods, when)
            if plan.dates == "edges_duration" and not when.ongoing:
                values[Role.DURATION] = periods.duration_of(rng, plan.periods, when)
            return
        if self._hole():
            self._tell(values, Role.PERIOD, periods.missing(rng))
            return
        values[Role.PERIOD] = found = periods.period(rng, plan.periods, when)
        if Role.DURATION in plan.fields and _agrees(found.gold, when):
            values[Role.DURATION] = periods.duration_of(rng, plan.periods, when)

    def _amount(self, values: _Values) -> None:
        rng, plan = self.rng, self.plan
        if Role.AMOUNT not in plan.fields:
            return
        if self._hole():
            self._tell(values, Role.AMOUNT, amounts.missing_amount(rng))
            return
        middle, width = plan.lists["fee"][:2]
        euros = int(min(max(middle * rng.lognormvariate(0, width), 1.8), 4000) * 1000)
        values[Role.AMOUNT] = amounts.amount(rng, plan.amounts, euros)

    def _hole(self) -> bool:
        return self.rng.random() < self.plan.holes

    def _tell(self, values: _Values, role: Role, nothing: Printed) -> None:
        """Fills a hole with a word, or leaves it."""
        if self.rng.random() < self.plan.told:
            values[role] = nothing

    # ---- people

    def _contact(self, values: _Values, client: Body, when: periods.Span) -> Person | None:
        rng, plan = self.rng, self.plan
        if Role.CONTACT not in plan.fields:
            return None
        if not self._hole():
            return contact(rng, plan.people, client, plan.year)
        text = pick(rng, load("people")["missing"])
        self._tell(values, Role.CONTACT, Printed(text, Role.CONTACT, {"findings": ["contact_missing"]}))
        return None

    def _partners(self, values: _Values) -> tuple[str, ...]:
        rng, plan = self.rng, self.plan
        if Role.PARTNERS not in plan.fields:
            return self._partner_in_title(values) if rng.random() < 0.02 else ()
        if rng.random() >= plan.partners:
            if rng.random() < plan.told * 0.3:
                values[Role.PARTNERS] = Printed(firms.nobody(rng), Role.PARTNERS)
            return ()
        names, line = firms.partners(rng, plan.parties)
        if line:
            values[Role.PARTNERS] = Printed(line, Role.PARTNERS)
        return names

    def _partner_in_title(self, values: _Values) -> tuple[str, ...]:
        """Co-contractors in parentheses behind the title: partners, and no part of it."""
        names, _ = firms.partners(self.rng, self.plan.parties, 2)
        old = values[Role.TITLE]
        text = old.text + firms.in_title(self.rng, names)
        values[Role.TITLE] = Printed(text, Role.TITLE, {**old.gold, "partners": list(names)})
        return ()

    # ---- the rest

    def _small(self, values: _Values, client: Body, when: periods.Span) -> None:
        """Place, status, number."""
        rng, plan = self.rng, self.plan
        if Role.PLACE in plan.fields and not self._hole():
            values[Role.PLACE] = Printed(_place(rng, plan, client), Role.PLACE)
        if Role.STATUS in plan.fields and not self._hole():
            status = "ongoing" if when.ongoing else "completed"
            values[Role.STATUS] = Printed(_status(rng, status), Role.STATUS, {"status": status})
        if Role.REFERENCE in plan.fields:
            values[Role.REFERENCE] = Printed(_reference(rng, plan.reference, when.year), Role.REFERENCE)

    def _quote(self, speaker: Speaker, person: Person | None) -> tuple[str, str]:
        roles = load("roles")["public"]["f"]
        told = Speaker(self.rng, *speaker.words, {"role": roles}, given=speaker.given, made=speaker.made)
        who = (
            f"{person.name}, {person.role}"
            if person and person.name and person.role and not person.left
            else told.a("quote_by")
        )
        return told.a("quotes"), who


def _status(rng: Random, status: str) -> str:
    return str(pick(rng, load("firms")["statuses"][status])).split("*")[0]


def _place(rng: Random, plan: Plan, client: Body) -> str:
    form = (plan.place if rng.random() < 0.8 else drawn(rng, "firms", "places")).split("*")[0]
    if client.country in ("BE", "CH", "LU", "CA", *AFRICAN):
        form = "{place}"
    number, _, name = pick(rng, load("places")["departements"]).partition(" ")
    quarter = pick(rng, load("places")["quarters"])
    name = name.removeprefix("le ").removeprefix("la ").removeprefix("les ").removeprefix("l'")
    return form.format(
        place=client.place, nn=number, dep=name, quarter=quarter, quarter_b=quarter[:1].upper() + quarter[1:]
    )


def _reference(rng: Random, form: str, year: int) -> str:
    number = rng.randint(1, 9999)
    return form.format(
        y=year,
        yy=f"{year % 100:02}",
        nnn=f"{number % 1000:03}",
        nnnn=f"{number:04}",
        nn=f"{number % 47 + 1:02}",
        L=pick(rng, "ABCDEPRU"),
    )


def _agrees(gold: Mapping[str, Any], when: periods.Span) -> bool:
    """May the mission's length be printed beside this period without contradicting it?"""
    start, end = gold.get("start"), gold.get("end")
    if not start or not end or gold.get("stated_months") or gold.get("findings"):
        return False
    if len(start) == 7 and len(end) == 7:
        return _count(end) - _count(start) + 1 == when.months
    if len(start) == 4 and len(end) == 4:
        years = int(end) - int(start)
        return 12 * years <= when.months <= 12 * (years + 1) or years == 0 and when.months < 12
    return False


def _count(month: str) -> int:
    year, number = month.split("-")
    return int(year) * 12 + int(number)


def inked(mission: MissionFacts, ink: Mapping[int, str]) -> MissionFacts:
    """The mission in a brochure's own apostrophes and spaces; answers say the same."""

    def told(items: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(t.translate(ink) for t in items)

    return replace(
        mission,
        domain=mission.domain.translate(ink),
        values={role: _inked(value, ink) for role, value in mission.values.items()},
        partners=told(mission.partners),
        extras=tuple(replace(e, label=e.label.translate(ink), text=e.text.translate(ink)) for e in mission.extras),
        context=told(mission.context),
        approach=told(mission.approach),
        results=told(mission.results),
        quote=(mission.quote[0].translate(ink), mission.quote[1].translate(ink)) if mission.quote else None,
    )


def _inked(value: Printed, ink: Mapping[int, str]) -> Printed:
    gold = {k: v.translate(ink) if isinstance(v, str) else v for k, v in value.gold.items()}
    return Printed(value.text.translate(ink), value.role, gold)
