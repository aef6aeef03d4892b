"""Clients hang in the margin, once for several missions; title and text stand beside them."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.blocks import groups, items
from carnet.pipeline.teach.blocks.list_pages import bind
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Cell, Grid, Look, Mark, Node, Paper, Para, Rule, Run, Space, Stack
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """The client at the first line, in the middle or at the foot of its missions' height; thin rules between."""
    page = c.page(rng, ("a4", "a4", "letter", "a4-wide", "16:9-small"))
    dressed = c.dress(rng, brochure, voice, page)
    size = rng.uniform(8.0, 10.5)
    m = items.manner(
        rng, voice, size, heads=("bare_title",), texts=("first", "plain", "plain", "none"), rich=0.3, cap=13.0
    ).but(kicker=False)
    width, valign = page.inner_width * rng.uniform(0.16, 0.3), rng.choice(("top", "top", "horizon", "bottom"))
    look = Look(bold=rng.random() < 0.6, upper=rng.random() < 0.2, color=rng.choice((None, voice.accent)))
    align, ruled = rng.choice(("left", "left", "right")), rng.random() < 0.5
    once, room = rng.random() < 0.7, rng.uniform(6, 16)
    nodes: list[Node] = [groups.section_title(rng, voice), Space(13)]
    for name, some in groups.grouped(brochure.missions, groups.client_text):
        shared: list[list[MissionFacts]] = [some] if once and name else [[k] for k in some]
        for group in shared:
            role = Mark(Role.GROUP_CLIENT) if len(group) > 1 else Mark(Role.CLIENT, group[0].ordinal)
            own = m.voice.value(group[0], Role.CLIENT, "client")
            runs = (Run(name, role, m.voice.look("client")),) if name and len(group) > 1 else own
            margin = Para(c.restyle(runs, look), align=align) if runs else None
            right = Stack(tuple(_entry(m, k) for k in group), gap=rng.choice((4.0, 8.0)))
            nodes.append(Grid((width, "1fr"), ((Cell(margin, valign=valign), Cell(right)),), gap_x=12))
            nodes += [Space(room), *([Rule("#aaaaaa", 0.4), Space(room)] if ruled else [])]
    return bind(rng, brochure, voice, dressed, [dressed.sheet(nodes)], size)


def _entry(m: items.Manner, mission: MissionFacts) -> Node:
    title = Para((*items.number(m, mission), *m.voice.value(mission, Role.TITLE, "title")))
    facts, texts = items.facts(m, mission), items.texts(m, mission)
    return Stack((title, *facts, *texts) if m.facts_first else (title, *texts, *facts), gap=m.gap)
