"""Trainings given: course, client or "inter-entreprises", days, groups, satisfaction."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.blocks import groups, items
from carnet.pipeline.teach.blocks.list_pages import Part, bind, part_sheets
from carnet.pipeline.teach.blocks.lists import listed_rows
from carnet.pipeline.teach.content import Brochure, Extra, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Node, Paper, Space, Stack
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Items in a list, in boxes, or with their figures in a column at the side."""
    page = c.page(rng, ("a4", "a4", "a4", "a5", "16:9-small"))
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.2)
    size = rng.uniform(8.5, 10.5)
    m = items.manner(
        rng,
        voice,
        size,
        facts=("lines", "bar", "pairs", "items", "grid"),
        texts=("first", "none", "none", "items"),
        rich=0.3,
        cap=13.0,
    )
    m = m.but(extras=False, shown=m.shown | {Role.DURATION})
    kinds = [(a, b) for a, b in listed_rows(rng, "training_extras", rng.randint(2, 4))]
    form, room = rng.choice(("list", "list", "box", "side", "fill")), rng.uniform(5, 16)
    opener = c.opener(rng, brochure, voice, page, ("heading", "heading-ruled", "band", "intro", "none"))
    side = page.inner_width * rng.uniform(0.25, 0.36)
    if form == "side":
        m = m.but(width=side)
    pieces: list[Part] = []
    for n, (domain, missions) in enumerate(
        groups.parts(brochure) if rng.random() < 0.7 else [("", list(brochure.missions))], 1
    ):
        nodes: list[Node] = list(opener(domain, n))
        for mission in missions:
            extras = [Extra(a, b, Role.OTHER) for a, b in kinds if rng.random() < 0.8]
            nodes += [_item(m, mission, extras, form, side), Space(room)]
        pieces.append((domain, nodes))
    return bind(rng, brochure, voice, dressed, part_sheets(rng, dressed, pieces), size)


def _item(m: items.Manner, mission: MissionFacts, extras: list[Extra], form: str, side: float) -> Node:
    head, facts, texts = items.head(m, mission), items.facts(m, mission), items.texts(m, mission)
    said = [m.voice.extra_line(mission, e.label, e.text, e.role) for e in extras]
    other: list[Node] = (
        [c.line(items.joined(said, m.joint)) or Space(0)]
        if m.facts in ("bar", "pairs") and said
        else [n for r in said if (n := c.line(r))]
    )
    if form == "side":
        row = (Cell(Stack((*head, *texts), gap=m.gap)), Cell(Stack((*facts, *other), gap=m.gap)))
        return Grid(("1fr", side), (row,), gap_x=12, breakable=False)
    inner = Stack((*head, *facts, *other, *texts), gap=m.gap, keep=True)
    if form == "box":
        return Box(inner, stroke=m.voice.accent, inset=7)
    return Box(inner, fill=m.voice.tint, inset=7) if form == "fill" else inner
