"""Blocks of unequal height in columns of their own, tops at no common line, fills and frames mixed."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from carnet.pipeline.teach.blocks import items
from carnet.pipeline.teach.blocks.column_text import tall
from carnet.pipeline.teach.blocks.list_pages import bind
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Look, Node, PageBreak, Paper, Para, Space, Stack
from carnet.pipeline.teach.voice import Voice


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Columns of unequal width too; a block may be a picture, a quote or a mission."""
    page = c.page(rng, ("a4", "a4-wide", "16:9", "square", "a3-wide"), tight=0.8)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.2)
    count = rng.choice((2, 3)) if not page.wide else rng.choice((3, 3, 4))
    size = rng.uniform(8.0, 10.0)
    m = items.manner(
        rng,
        voice,
        size,
        heads=("title_client", "client_title", "one_line", "client_caps"),
        facts=("lines", "bare", "bar"),
        texts=("first", "plain", "none", "run_in"),
        rich=0.3,
        cap=14.0,
    )
    gap = rng.uniform(8, 16)
    wide = [rng.choice((1.0, 1.0, 1.3)) for _ in range(count)]
    shares = [(page.inner_width - gap * (count - 1)) * w / sum(wide) for w in wide]
    m = m.but(width=min(shares) - 18)
    pages = _pages(m, brochure, shares, page.inner_height - 40)
    nodes: list[Node] = []
    for i, columns in enumerate(pages):
        cells = tuple(
            Cell(Stack((Space(rng.choice((0.0, 0.0, 18.0))), *(_block(rng, m, k) for k in some)), gap=gap))
            for some in columns
        )
        nodes += [PageBreak()] * (i > 0) + [Grid(tuple(f"{w}fr" for w in wide), (cells,), gap_x=gap)]
    return bind(rng, brochure, voice, dressed, [dressed.sheet(nodes)], size)


def _pages(m: items.Manner, brochure: Brochure, shares: list[float], room: float) -> list[list[list[MissionFacts]]]:
    """Missions dealt to the shortest column, a new page where none has room."""
    pages: list[list[list[MissionFacts]]] = [[[] for _ in shares]]
    used = [0.0 for _ in shares]
    for mission in brochure.missions:
        at = min(range(len(shares)), key=lambda i: used[i])
        high = tall(items.entry(m, mission), shares[at] - 16, m.size) + 34
        if pages[-1][at] and used[at] + high > room:
            pages.append([[] for _ in shares])
            used, at = [0.0 for _ in shares], 0
        pages[-1][at].append(mission)
        used[at] += high
    return pages


def _block(rng: Random, m: items.Manner, mission: MissionFacts) -> Node:
    entry = items.entry(m, mission)
    match rng.choice(("fill", "fill", "stroke", "none", "accent", "grey")):
        case "fill":
            return Box(entry, fill=m.voice.tint, inset=8, keep=False)
        case "stroke":
            return Box(entry, stroke=m.voice.accent2, inset=8, radius=rng.choice((0.0, 8.0)), keep=False)
        case "grey":
            return Box(entry, fill="#e9e9e9", inset=8, keep=False)
        case "accent":
            head = [_white(n) for n in items.head(m, mission)]
            rest = Stack((*items.facts(m, mission), *items.texts(m, mission)), gap=m.gap)
            return Stack((Box(Stack(tuple(head), gap=m.gap), fill=m.voice.accent, inset=7), rest), gap=m.gap)
    return entry


def _white(node: Node) -> Node:
    return replace(node, runs=c.restyle(node.runs, Look(color="#ffffff"))) if isinstance(node, Para) else node
