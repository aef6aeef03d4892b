"""A brochure that tells of no mission at all: offer, method, prices, team, clients' names."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.blocks.traps import trap_page
from carnet.pipeline.teach.content import Brochure
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Columns, Node, Paper, Stack
from carnet.pipeline.teach.voice import Voice


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Three to nine pages of everything but missions, in one or two columns."""
    page = c.page(rng, ("a4", "a4", "a4-wide", "16:9", "a5", "square"))
    dressed = c.dress(rng, brochure, voice, page)
    sheets = c.front(rng, brochure, voice, dressed, 4)
    for _ in range(rng.randint(1, 5)):
        nodes: list[Node] = trap_page(rng, brochure, voice, rng.choice((1, 1, 2, 3)))
        if rng.random() < 0.2:
            nodes = [Columns(Stack(tuple(nodes), gap=4), 2, 20.0)]
        sheets.append(dressed.sheet(nodes))
    sheets += c.back(rng, brochure, voice, dressed, 3)
    return c.paper(rng, brochure, sheets, rng.uniform(9, 11))
