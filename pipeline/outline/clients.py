"""Clients told by their place: the first line of a side panel, set alike in every mission ("CC du Pays de Lumbres")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipeline.rules import Rules
from pipeline.values.bodies import names_body
from schemas.layout import Passage
from schemas.outline import MissionSection, Part, PartKind

_LEAST = 3
"""So many missions show a body in that place."""
_LONGEST = 120

Look = tuple[float, bool, str | None]


def with_placed_clients(missions: Sequence[MissionSection], rules: Rules) -> tuple[MissionSection, ...]:
    """The missions, with the first line of their facts as the client where most that are set like it name a body."""
    first = {m.ordinal: item for m in missions if (item := _first(m))}
    looks = Counter(_look(item) for item in first.values())
    named = Counter(_look(item) for item in first.values() if names_body(item.flow().text, rules))
    chosen = {look for look, n in looks.items() if named[look] >= max(_LEAST, 0.5 * n)}
    return tuple(
        replace(m, parts=_named(m.parts)) if m.ordinal in first and _look(first[m.ordinal]) in chosen else m
        for m in missions
    )


def _first(mission: MissionSection) -> Passage | None:
    """The first fact, unless a label tells the client."""
    if not mission.parts or mission.parts[0].kind is not PartKind.FACTS or not mission.parts[0].items:
        return None
    if any(p.kind is PartKind.CLIENT for p in mission.parts):
        return None
    item = mission.parts[0].items[0]
    return item if len(item.text) <= _LONGEST else None


def _look(item: Passage) -> Look:
    return round(item.style.size, 1), item.style.bold, item.style.color


def _named(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    facts, *rest = parts
    client = Part(PartKind.CLIENT, facts.items[:1], None, "outline.placed_client")
    return (client, *((replace(facts, items=facts.items[1:]),) if facts.items[1:] else ()), *rest)
