"""Two editions as portraits, drawn by lot: renewals, phases, neighbours: all that makes a mission be taken for
another."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import yaml

from carnet.schemas.spelling import slug
from carnet.warehouse.matching.likeness import Portrait

Told = Literal["all", "context", "nothing"]
PHASES = (
    ("phase 1", "phase 2"), ("tranche I", "tranche II"), ("lot A", "lot B"), ("première phase", "deuxième phase"),
    ("tranche ferme", "tranche conditionnelle"),
)  # fmt: skip
SHORT = {"Communauté de communes": "CC", "Ville de": "Commune de", "Syndicat mixte": "SM"}


@dataclass
class Two:
    """Missions by number; `kinds` says what was done to each."""

    old: list[tuple[int, Portrait]] = field(default_factory=list)
    new: list[tuple[int, Portrait]] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)

    def add(self, kind: str, old: Portrait | None, new: Portrait | None) -> None:
        for edition, portrait in ((self.old, old), (self.new, new)):
            if portrait:
                edition.append((len(self.kinds), replace(portrait, key=_key(portrait))))
        self.kinds.append(kind)


def draw(seed: int, told: Told) -> Two:
    """`told`: how much text each mission has."""
    return _Drawing(seed, told).two()


def in_reading_order(edition: Sequence[tuple[int, Portrait]]) -> list[Portrait]:
    """With counters for repeated headings."""
    seen: Counter[str] = Counter()
    out = []
    for _, portrait in edition:
        seen[portrait.key] += 1
        n = seen[portrait.key]
        out.append(portrait if n == 1 else replace(portrait, key=f"{portrait.key}-{n}"))
    return out


def _key(portrait: Portrait) -> str:
    bare = slug(f"{portrait.client} {portrait.title}")
    return f"{bare[:60].strip('-')}-{hashlib.sha256(bare.encode()).hexdigest()[:8]}"


class _Drawing:
    def __init__(self, seed: int, told: Told) -> None:
        self.dice = random.Random(seed)
        self.told = told
        pools = yaml.safe_load(Path(__file__).with_name("pairs.yml").read_text(encoding="utf-8"))
        self.topics, self.places, self.areas = (
            self.dice.sample(pools[name], len(pools[name])) for name in ("topics", "places", "areas")
        )
        self.drawn = 0
        self.topic: dict[str, Any] = {}

    def two(self) -> Two:
        two = Two()
        for part in (self._reworded, self._renewed, self._phased, self._like_others):
            part(two)
        self.dice.shuffle(two.new)
        return two

    def _next(self) -> Portrait:
        """A mission of its own topic; `self.topic` is that."""
        n, self.drawn = self.drawn, self.drawn + 1
        topic = self.topic = self.topics[n]
        texts = {
            "all": " ".join([topic["context"], *topic["approach"], *topic["results"]]),
            "context": topic["context"],
            "nothing": None,
        }
        place, area = self.places[n % len(self.places)], self.areas[n % len(self.areas)]
        client = self.dice.choice((
            f"Ville de {place}", f"Commune de {place}", f"Communauté de communes {area}", f"Syndicat mixte {area}",
        ))  # fmt: skip
        start = dt.date(self.dice.randint(2017, 2021), self.dice.randint(1, 12), 1)
        amount = Decimal(self.dice.randint(80, 900) * 100)
        emails = (f"a@c{n}.example",) if self.dice.random() < 0.6 else ()
        return Portrait("", topic["title"], client, start, amount, texts[self.told], emails)

    def _reworded(self, two: Two) -> None:
        for _ in range(4):
            one = self._next()
            one = replace(one, start=None, amount=None) if self.dice.random() < 0.3 else one
            two.add("kept", one, one)
        one = self._next()
        two.add("light title", one, replace(one, title=self.topic["light"]))
        one = self._next()
        two.add("heavy title", one, replace(one, title=self.topic["heavy"]))
        one = self._next()
        two.add("heavy title and client", one, replace(one, title=self.topic["heavy"], client=_short(one)))
        one = self._next()
        two.add("heavy title and amount", one, replace(one, title=self.topic["heavy"], amount=_more(one, 1_150)))
        one = self._next()
        later = _later(one, 1).start
        two.add("light title, client, year", one,
                replace(one, title=self.topic["light"], client=_short(one), start=later))  # fmt: skip
        one = self._next()
        two.add("merged client", one, replace(one, client=f"Commune nouvelle de {self.places[-1]}-{self.places[-2]}"))

    def _renewed(self, two: Two) -> None:
        """Done every year, with the year in the title; every second year, under one title."""
        one = self._next()
        years = [replace(_dated(one, y), title=f"{one.title} {y}") for y in (2020, 2021, 2022)]
        two.add("renewal gone", years[0], None)
        two.add("renewal kept", years[1], years[1])
        two.add("renewal come", None, years[2])
        one = self._next()
        years = [_dated(one, y) for y in (2018, 2020, 2022)]
        two.add("same heading, first", years[0], self.dice.choice((years[0], None)))
        two.add("same heading, second", years[1], years[1])
        two.add("same heading, come", None, years[2])

    def _phased(self, two: Two) -> None:
        for kind in ("phase kept", "phase replaced", "phase split"):
            one = self._next()
            first, second = self.dice.choice(PHASES)
            phase = replace(one, title=f"{one.title}, {first}")
            then = replace(_later(one, 2), title=f"{one.title}, {second}", amount=_more(one, 7_000))
            if kind == "phase replaced":
                two.add(kind, phase, None)
            else:
                two.add(kind, one if kind == "phase split" else phase, phase)
            two.add(f"{kind}: next", None, then)

    def _like_others(self, two: Two) -> None:
        one = self._next()
        light = self.topic["light"]
        other = replace(self._next(), client=one.client, start=one.start, emails=one.emails)
        two.add("neighbour", one, replace(one, title=light))
        two.add("neighbour", other, replace(other, title=self.topic["light"]))
        one = self._next()
        other = replace(self._next(), client=one.client, emails=one.emails)
        two.add("dropped", one, None)
        two.add("another for its client", None, other)


def _short(one: Portrait) -> str:
    client = one.client or ""
    long = next((long for long in SHORT if client.startswith(long)), None)
    return SHORT[long] + client.removeprefix(long) if long else client


def _later(one: Portrait, years: int) -> Portrait:
    return replace(one, start=one.start and one.start.replace(year=one.start.year + years))


def _dated(one: Portrait, year: int) -> Portrait:
    return replace(one, start=dt.date(year, 1, 1), amount=Decimal(5_000 + year % 10 * 350))


def _more(one: Portrait, amount: int) -> Decimal:
    return (one.amount or Decimal(1_000)) + amount
