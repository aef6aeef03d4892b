"""Two columns of "Place – CLIENT" with the work under it or behind it, parts across both."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.blocks import groups, items
from carnet.pipeline.teach.blocks.column_text import columned
from carnet.pipeline.teach.blocks.list_pages import bind
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Look, Mark, Node, Paper, Para, Run, Space, Stack
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Columns of short entries; a mission may be parted by a column's foot."""
    page = c.page(rng, ("a4", "a4", "a4-wide", "16:9-small"))
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.15)
    size = rng.uniform(7.5, 10)
    m = items.manner(
        rng,
        voice,
        size,
        heads=("place_title",),
        facts=("bare", "bar"),
        texts=("none", "none", "none", "first"),
        rich=0.15,
        cap=size,
    )
    m = m.but(kicker=False, number=rng.choice(("", "", "", "{n}.")))
    joint = rng.choice((" – ", " - ", " / ", ", ", " : "))
    look = Look(upper=rng.random() < 0.75, bold=rng.random() < 0.7, color=rng.choice((None, None, voice.accent)))
    behind = rng.random() < 0.25
    count = rng.choice((2, 2, 3)) if page.wide else 2
    m = m.but(width=page.inner_width / count - 20)
    spanning = rng.random() < 0.6
    forms, room = rng.choice(groups.PART_FORMS), rng.uniform(6, 13)
    columns: list[Node] = []
    nodes: list[Node] = [groups.section_title(rng, voice), Space(13)] if rng.random() < 0.5 else []
    for domain, missions in groups.parts(brochure):
        head = groups.part_head(rng, voice, domain, forms, 15.0)
        entries = [_entry(m, k, joint, look, behind) for k in missions]
        if spanning:
            nodes += [
                head,
                Space(9),
                columned(entries, count, 18.0, page.inner_width, size, page.inner_height - 60, room),
                Space(12),
            ]
        else:
            columns += [head, *entries]
    if columns:
        nodes.append(columned(columns, count, 18.0, page.inner_width, size, page.inner_height - 40, room))
    return bind(rng, brochure, voice, dressed, [dressed.sheet(nodes)], size)


def _entry(m: items.Manner, mission: MissionFacts, joint: str, look: Look, behind: bool) -> Node:
    place = m.voice.value(mission, Role.PLACE, "client")
    client = c.restyle(m.voice.value(mission, Role.CLIENT, "client"), look)
    title = m.voice.value(mission, Role.TITLE, "value")
    first = items.joined([r for r in (place, client) if r], joint)
    first = (*items.number(m, mission), *first)
    if behind and first and title:
        lines: list[Node] = [Para((*first, Run(" : ", Mark(Role.TITLE, mission.ordinal)), *title))]
    else:
        lines = [Para(r) for r in (first, title) if r]
    return Stack((*lines, *items.facts(m, mission), *items.texts(m, mission)), gap=m.gap)
