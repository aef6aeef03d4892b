"""A table for each part of the brochure, each with columns and heads of its own."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from carnet.pipeline.teach.blocks import grids, groups
from carnet.pipeline.teach.blocks.list_pages import bind
from carnet.pipeline.teach.content import Brochure
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Node, PageBreak, Paper, Space
from carnet.pipeline.teach.voice import Voice


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Several tables, on one page or a page each; by lot each looks another way too."""
    page = c.page(rng, ("a4", "a4", "a4-wide", "letter"), tight=0.85)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.1)
    size = round(rng.uniform(7.0, 9.0), 1)
    voice = grids.plain_voice(voice, size)
    look = grids.table_look(rng, voice, size)
    opener = c.opener(rng, brochure, voice, page, ("band", "heading", "heading-ruled", "tinted", "intro", "number"))
    apart, restless = rng.random() < 0.3, rng.random() < 0.3
    nodes: list[Node] = []
    for n, (domain, missions) in enumerate(groups.parts(brochure), 1):
        some = grids.columns(rng, voice, missions, grids.most(rng, 3, 7, page.inner_width, size))
        mine = replace(grids.table_look(rng, voice, size), number=look.number) if restless else look
        rows = [grids.row(mine, voice, k, some, page.inner_width, i % 2 == 1) for i, k in enumerate(missions)]
        nodes += [PageBreak()] if apart and n > 1 else []
        nodes += [
            *opener(domain, n),
            grids.table(mine, some, grids.head_row(mine, voice, some, rng), rows, page.inner_width),
            Space(rng.uniform(10, 22)),
        ]
    return bind(rng, brochure, voice, dressed, [dressed.sheet(nodes)], size + 1)
