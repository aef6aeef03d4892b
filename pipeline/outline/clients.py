"""Clients told by their place: the first line of a side panel, set alike in every mission ("CC du Val d'Orgeret"), or
the heading over all that was done for one client."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from carnet.pipeline.outline.kinds import NARRATIVE
from carnet.pipeline.rules import Rules
from carnet.pipeline.values.bodies import names_body
from carnet.schemas.layout import Passage
from carnet.schemas.outline import Above, MissionSection, Part, PartKind

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


def with_heading_clients(
    missions: Sequence[MissionSection], shared: Mapping[int, Sequence[Part]], rules: Rules
) -> tuple[MissionSection, ...]:
    """The missions, with the heading of their part as the client where most of these name a body and the missions name
    none. `shared`: by ordinal, what is printed under that heading for all its missions (a contact)."""
    parted = [m for m in missions if m.domain is not None and m.above in _HEADINGS]
    domains = {id(m.domain): m.domain for m in parted if m.domain}
    named = sum(names_body(d.flow().text, rules) for d in domains.values())
    unnamed = [m for m in parted if not _names_client(m, rules)]
    if named < max(_LEAST, 0.5 * len(domains)) or len(unnamed) < 0.8 * len(missions):
        return tuple(missions)
    return tuple(
        replace(
            m,
            domain=None,
            domain_rule="",
            above=None,
            parts=(*_of_client(m), *m.parts, *_wanting(m, shared.get(m.ordinal, ()))),
        )
        if m.domain is not None and m.above in _HEADINGS and not _names_client(m, rules)
        else m
        for m in missions
    )


_HEADINGS = (Above.CHAPTER, Above.MENU, Above.BADGE)


def _names_client(mission: MissionSection, rules: Rules) -> bool:
    labelled = any(p.kind is PartKind.CLIENT and p.items for p in mission.parts)
    return labelled or any(names_body(line.text, rules) for p in mission.heading for line in p.lines())


def _of_client(mission: MissionSection) -> tuple[Part, ...]:
    assert mission.domain is not None
    return (Part(PartKind.CLIENT, (mission.domain,), None, "outline.heading_client"),)


def _wanting(mission: MissionSection, shared: Sequence[Part]) -> tuple[Part, ...]:
    """What is said for all missions, unless this one says it for itself."""
    kinds = {p.kind for p in mission.parts if p.items}
    return tuple(p for p in shared if p.kind not in kinds)


def _first(mission: MissionSection) -> Passage | None:
    """The first fact before the texts, unless a label tells the client."""
    at = _facts(mission.parts)
    if at is None or any(p.kind is PartKind.CLIENT for p in mission.parts):
        return None
    item = mission.parts[at].items[0]
    return item if len(item.text) <= _LONGEST and not any(c.isdigit() for c in item.text) else None


def _facts(parts: Sequence[Part]) -> int | None:
    """Where the first unlabelled facts stand, before all texts."""
    for at, part in enumerate(parts):
        if part.kind in NARRATIVE or part.kind is PartKind.BODY:
            return None
        if part.kind is PartKind.FACTS and part.items:
            return at
    return None


def _look(item: Passage) -> Look:
    return round(item.style.size, 1), item.style.bold, item.style.color


def _named(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    at = _facts(parts)
    assert at is not None
    facts = parts[at]
    client = Part(PartKind.CLIENT, facts.items[:1], None, "outline.placed_client")
    rest = (replace(facts, items=facts.items[1:]),) if facts.items[1:] else ()
    return (client, *parts[:at], *rest, *parts[at + 1 :])
