"""Columns of running text: missions flow over columns and pages."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.blocks import groups, items
from carnet.pipeline.teach.blocks.column_text import columned
from carnet.pipeline.teach.blocks.list_pages import bind
from carnet.pipeline.teach.content import Brochure
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Node, Paper, Rule, Space
from carnet.pipeline.teach.voice import Voice


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Two to four columns, parts inside the columns or across them, missions near or far apart."""
    page = c.page(rng, ("a4", "a4", "a4", "a4-wide", "a3-wide", "letter"))
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.2)
    count = rng.choice((2, 3, 3, 4)) if page.wide else rng.choice((2, 2, 2, 3))
    size = rng.uniform(7.5, 9.5)
    texts = ("headed", "headed", "run_in", "plain", "items")
    m = items.manner(
        rng,
        voice,
        size,
        heads=("title_client", "client_title", "title", "one_line", "client_caps"),
        texts=texts,
        rich=0.4,
        cap=14.0,
    )
    m = m.but(
        width=page.inner_width / count - 16, paragraphs=9, facts=rng.choice(("lines", "bar", "bare", "grid", "pairs"))
    )
    room, ruled, part = (
        rng.uniform(5, 20),
        rng.random() < 0.25,
        rng.choice(("rule", "band", "plain", "tint", "caps", "none")),
    )
    across = rng.random() < 0.5
    gap = rng.uniform(12, 24)
    even = rng.random() < 0.7
    nodes: list[Node] = []
    flow: list[Node] = []
    for domain, missions in groups.parts(brochure):
        head = [] if part == "none" else [groups.part_head(rng, voice, domain, part, 16.0), Space(9)]
        entries: list[Node] = []
        for mission in missions:
            entries += [
                *([Rule("#999999", 0.4), Space(room / 2)] if ruled and entries else []),
                items.entry(m, mission),
                Space(room),
            ]
        if across and part != "none":
            nodes += [
                *head,
                columned(entries, count, gap, page.inner_width, size, page.inner_height - 60, 0.0, even),
                Space(14),
            ]
        else:
            flow += [*head, *entries]
    if flow:
        nodes.append(columned(flow, count, gap, page.inner_width, size, page.inner_height, 0.0, even))
    return bind(rng, brochure, voice, dressed, [dressed.sheet(nodes)], size)
