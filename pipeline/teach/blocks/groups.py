"""Missions by part, year or client, and the headings that stand over them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from random import Random
from typing import TypeVar

from carnet.pipeline.teach.blocks.art import capped, restyle, say
from carnet.pipeline.teach.blocks.lists import listed, listed_words
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.nodes import Box, Look, Mark, Node, Para, Rule, Run, Space, Stack
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role

K = TypeVar("K", bound=Hashable)


def parts(brochure: Brochure, missions: Iterable[MissionFacts] | None = None) -> list[tuple[str, list[MissionFacts]]]:
    """Missions (all, or these) by part of the brochure, parts in the brochure's order."""
    groups = grouped(brochure.missions if missions is None else missions, lambda m: m.domain)
    order = {d: i for i, d in enumerate(brochure.domains)}
    return sorted(groups, key=lambda g: order.get(g[0], 99))


def grouped(missions: Iterable[MissionFacts], key: Callable[[MissionFacts], K]) -> list[tuple[K, list[MissionFacts]]]:
    """Missions by a key, groups in the order in which they first come."""
    groups: dict[K, list[MissionFacts]] = {}
    for mission in missions:
        groups.setdefault(key(mission), []).append(mission)
    return list(groups.items())


def first_year(mission: MissionFacts) -> int | None:
    """The year in which a mission starts, None where no printed date says it."""
    for role in (Role.PERIOD, Role.START):
        printed = mission.values.get(role)
        if printed and printed.gold.get("start"):
            return int(str(printed.gold["start"])[:4])
    return None


def client_text(mission: MissionFacts) -> str | None:
    """The printed client."""
    printed = mission.values.get(Role.CLIENT)
    return printed.text if printed and printed.gold.get("client") else None


PART_FORMS = ("plain", "plain", "rule", "band", "tint", "center", "caps", "side", "kicker")


def part_head(
    rng: Random, voice: Voice, domain: str, form: str, size: float = 18.0, width: float | str = "100%"
) -> Node:
    """The name of a part over its missions."""
    if not domain:
        return Space(0)
    runs = capped((Run(domain, Mark(Role.DOMAIN), voice.look("domain")),), size)
    match form:
        case "rule":
            return Stack((Para(runs), Rule(voice.accent, 0.8)), gap=5, keep=True)
        case "band":
            return Box(Para(restyle(runs, Look(color="#ffffff"))), fill=voice.accent, inset=5, width=width)
        case "tint":
            return Box(Para(runs), fill=voice.tint, inset=5, width=width)
        case "center":
            return Para(runs, align="center")
        case "caps":
            return Para(restyle(runs, Look(upper=True, tracking=0.6)))
        case "side":
            return Box(Para(runs), stroke=voice.accent, stroke_width=2.5, sides="l", inset=6, width=width)
        case "kicker":
            return Para(restyle(capped(runs, 9.0), Look(color=voice.accent2)))
        case _:
            return Para(runs)


def section_title(rng: Random, voice: Voice, size: float = 18.0) -> Para:
    """ "Quelques références" over the missions: no part's name."""
    return Para(
        capped((Run(listed(rng, "list_titles"), Mark(Role.FRONT), voice.look("domain")),), size),
        align=rng.choice(("left", "left", "center")),
    )


def opening(rng: Random, voice: Voice, size: float) -> list[Node]:
    """Sentences of the firm about itself over a list, by lot none."""
    if rng.random() < 0.6:
        return []
    some = listed_words(rng, "list_openings", rng.choice((1, 1, 2)))
    look = Look(size=round(size, 1), italic=rng.random() < 0.3)
    return [Stack(tuple(say(text, Role.FRONT, look=look) for text in some), gap=round(size * 0.6, 1))]
