"""Two or three missions a page, one above the other, with or without a picture at the side."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from carnet.pipeline.teach.blocks import groups, items
from carnet.pipeline.teach.blocks.list_pages import Part, bind, part_sheets
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Node, PageBreak, Paper, Rule, Space, Stack
from carnet.pipeline.teach.voice import Voice


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Modules of equal build; by lot parted by rules, filled, at fixed heights or as high as their text."""
    page = c.page(rng, ("a4", "a4", "a4", "letter", "a4-wide", "b5"))
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.2)
    size = rng.uniform(8.5, 10.5)
    m = items.manner(rng, voice, size, texts=("headed", "run_in", "plain", "first", "items"), cap=18.0)
    module = _module(rng, m, page)
    per_page, apart = rng.choice((2, 2, 3)), rng.choice(("rule", "room", "room", "box", "fill"))
    opener = c.opener(rng, brochure, voice, page, ("band", "heading", "heading-ruled", "tinted", "none", "none"))
    room = rng.uniform(8, 26)
    free = rng.random() < 0.4  # as many on a page as go there
    pieces: list[Part] = []
    for n, (domain, missions) in enumerate(groups.parts(brochure), 1):
        nodes: list[Node] = list(opener(domain, n))
        for i, mission in enumerate(missions):
            if i and not free and i % per_page == 0:
                nodes.append(PageBreak())
            elif i:
                nodes += [Space(room), Rule(m.voice.accent, 0.6), Space(room)] if apart == "rule" else [Space(room)]
            nodes.append(_framed(module(mission), apart, m.voice, keep=not free))
        pieces.append((domain, nodes))
    return bind(rng, brochure, voice, dressed, part_sheets(rng, dressed, pieces), size)


def _module(rng: Random, m: items.Manner, page: c.Page) -> Callable[[MissionFacts], Node]:
    """How a module is built: the entry, by lot with a picture at its side."""
    side = rng.choice(("none", "none", "left", "right", "alternate", "over"))
    width, high = page.inner_width * rng.uniform(0.18, 0.34), rng.uniform(60, 150)

    def draw(mission: MissionFacts) -> Node:
        entry = items.entry(m, mission)
        if side == "none":
            return entry
        picture = c.captioned(rng, mission.ordinal, "100%", high, m.voice.look("small"), 0.25)
        if side == "over":
            return Stack((picture, entry), gap=6)
        left = side == "left" or (side == "alternate" and mission.ordinal % 2 == 0)
        row = (Cell(picture), Cell(entry)) if left else (Cell(entry), Cell(picture))
        return Grid((width, "1fr") if left else ("1fr", width), (row,), gap_x=12)

    return draw


def _framed(node: Node, apart: str, voice: Voice, keep: bool) -> Node:
    if apart == "box":
        return Box(node, stroke=voice.accent, inset=8, keep=keep)
    if apart == "fill":
        return Box(node, fill=voice.tint, inset=9, keep=keep)
    return Stack((node,), gap=0, keep=keep)
