"""Clients that a brochure prints twice at each mission: short, as in a logo, and in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from carnet.pipeline.rules import Rules
from carnet.pipeline.values.organisations import classify
from carnet.schemas.layout import Passage
from carnet.schemas.outline import MissionSection, Part, PartKind

_MISSIONS = 3
"""With two names of their client, from which on it is a habit."""
_MOST = 0.8
"""Share of all missions that have two, and of those the share that has one in the look of the full names, at least."""

Look = tuple[float, bool, str | None]


def in_full(missions: Sequence[MissionSection], rules: Rules) -> tuple[MissionSection, ...]:
    """The missions with their clients in the look in which most are surely bodies; what stands in others, where there
    is one in that look, is no field's. As they are, where most missions name their client once."""
    names = [[part for part in m.parts if _is_name(part)] for m in missions]
    twice = [parts for parts in names if len({_look(part) for part in parts}) > 1]
    if len(twice) < max(_MISSIONS, _MOST * len(missions)):
        return tuple(missions)
    having = Counter(look for parts in twice for look in {_look(part) for part in parts})
    sure = Counter(_look(part) for parts in twice for part in parts if _is_sure(part, rules))
    best, count = max(sure.items(), key=lambda item: item[1], default=(None, 0))
    if best is None or having[best] < _MOST * len(twice) or any(n >= count for look, n in sure.items() if look != best):
        return tuple(missions)
    return tuple(_only(m, best) for m in missions)


def _is_name(part: Part) -> bool:
    return part.kind is PartKind.CLIENT and part.label is None and bool(part.items)


def _look(part: Part) -> Look:
    style = part.items[0].style
    return round(style.size, 1), style.bold, style.color


def _is_sure(part: Part, rules: Rules) -> bool:
    return classify(Passage.join(part.items).flow().text, rules).sure


def _only(mission: MissionSection, look: Look) -> MissionSection:
    if not any(_is_name(part) and _look(part) == look for part in mission.parts):
        return mission
    parts = (
        replace(part, kind=PartKind.OTHER) if _is_name(part) and _look(part) != look else part for part in mission.parts
    )
    return replace(mission, parts=tuple(parts))
