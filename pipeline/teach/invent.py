"""Invents what one brochure has to say: a firm, its missions, its people. Each dimension is drawn on its own.

>>> brochure(Random(7), 1).missions[0].ordinal
1
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.facts.amounts import works_cost
from carnet.pipeline.teach.facts.bodies import slug
from carnet.pipeline.teach.facts.firms import firm_name
from carnet.pipeline.teach.facts.lists import load, pick, weighed
from carnet.pipeline.teach.facts.mission import Missions, inked
from carnet.pipeline.teach.facts.people import staff
from carnet.pipeline.teach.facts.periods import Span, span
from carnet.pipeline.teach.facts.plan import Plan, plan
from carnet.pipeline.teach.facts.prose import Teller, profession, profession_lists


def brochure(rng: Random, missions: int | None = None) -> Brochure:
    """All that one invented firm has to say. `missions`: how many, else by lot."""
    country, trade = _country(rng), weighed(rng, load("professions")["professions"])
    firm = firm_name(rng, profession(trade)["firm"], profession_lists(trade))
    year = rng.randint(2014, 2025)
    habits = plan(rng, country, trade, firm, year)
    teller = Teller(rng, trade, firm, country, lambda: works_cost(rng, habits.amounts, country))
    count = missions or min(max(int(rng.lognormvariate(2.2, 0.7)), 1), 60)
    domains = _domains(rng, habits, count)
    told = _missions(rng, habits, teller, count, domains)
    return _inked(rng, _around(rng, habits, teller, domains, told))


def _country(rng: Random) -> str:
    country = weighed(rng, load("professions")["countries"])
    return str(pick(rng, load("places")["african"])[:2]) if country == "AF" else country


def _domains(rng: Random, habits: Plan, count: int) -> tuple[str, ...]:
    some: Sequence[str] = habits.lists["domains"]
    number = min(max(int(rng.expovariate(1 / 3.5)), 1), max(count // 2, 1), len(some))
    return tuple(rng.sample(some, number))


def _missions(
    rng: Random, habits: Plan, teller: Teller, count: int, domains: Sequence[str]
) -> tuple[MissionFacts, ...]:
    """Part after part; in a part by year, or as they come."""
    drawer = Missions(rng, habits, teller, [], set())
    places = sorted([*range(len(domains)), *(rng.randrange(len(domains)) for _ in range(count - len(domains)))])[:count]
    spans: list[tuple[int, Span]] = [(place, span(rng, habits.year, habits.lists["longest"])) for place in places]
    if habits.by_year:
        spans.sort(key=lambda s: (s[0], -s[1].year))
    return tuple(drawer.draw(n, domains[place], when) for n, (place, when) in enumerate(spans, start=1))


def _around(
    rng: Random, habits: Plan, teller: Teller, domains: tuple[str, ...], missions: tuple[MissionFacts, ...]
) -> Brochure:
    """The firm around its missions."""
    speaker = teller.speaker(None)
    speaker.given["city"] = pick(rng, load("places")["cities"][habits.country]).rsplit(" ", 1)[0]
    say = speaker.say
    texts = load("texts")
    team = dict(staff(rng, habits.lists["team"]) for _ in range(rng.randint(0, 9)))
    figures = [say(entry) for entry in rng.sample(texts["figures"], rng.randint(2, 5))]
    return Brochure(
        firm=habits.firm,
        profession=habits.profession,
        slogan=speaker.a("slogans"),
        year=habits.year,
        domains=domains,
        missions=missions,
        team=tuple(team.items()),
        offices=_offices(rng, habits.country),
        website=_website(rng, habits),
        about=tuple(say(entry) for entry in rng.sample(texts["about"], rng.randint(2, 6))),
        figures=tuple((n, t) for n, _, t in (f.partition(" | ") for f in figures)),
        country=habits.country,
        amount_unit=habits.amounts.unit,
    )


def _offices(rng: Random, country: str) -> tuple[tuple[str, str, str], ...]:
    places, form = load("places"), str(pick(rng, load("firms")["about_offices"]))
    home: Sequence[str] = places["cities"][country]
    cities = rng.sample(home, min(1 + min(int(rng.expovariate(1.2)), 4), len(home)))
    out = []
    for entry in cities:
        city, code = _city(entry, country)
        street = pick(rng, places["streets"])
        out.append((city, form.format(n=rng.randint(1, 140), street=street, zip=code, city=city), country))
    return tuple(out)


def _city(entry: str, country: str) -> tuple[str, str]:
    """ "Lyon 69003" -> name and code; codes of two words ("H2X 1Y4") stay together."""
    parts = entry.split(" ")
    cut = -2 if country in ("CA", "SN", "ML", "TG") else -3 if country in ("CI", "BF") else -1
    return " ".join(parts[:cut]), " ".join(parts[cut:])


def _website(rng: Random, habits: Plan) -> str:
    end = {"CA": "ca", "FR": "fr"}.get(habits.country, habits.country.lower())
    return f"www.{slug(habits.firm)}.{pick(rng, (end, end, 'com', 'eu', 'example'))}"


# ---- signs


def _inked(rng: Random, made: Brochure) -> Brochure:
    """In the brochure's own apostrophes; some typesetters put narrow spaces before signs."""
    ink: Mapping[int, str] = {ord("'"): "’"} if rng.random() < 0.5 else {}
    if not ink:
        return made
    return replace(
        made,
        apostrophe="’",
        slogan=made.slogan.translate(ink),
        domains=tuple(d.translate(ink) for d in made.domains),
        missions=tuple(inked(m, ink) for m in made.missions),
        about=tuple(t.translate(ink) for t in made.about),
    )
