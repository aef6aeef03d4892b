"""A mission a page with tabs of all parts along an edge, the present one filled; facts in a column or above."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Look, Mark, Node, Paper, Para, Place, Run, Space, Turned
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Tabs at the right or left edge (turned) or along the top; the present one filled, bold, or coloured."""
    page = c.page(rng, ("a4", "a4", "a4-wide", "16:9", "4:3"))
    edge = rng.choice(("right", "right", "left", "top"))
    page = page.but(
        left=max(page.margins[0], 58) if edge == "left" else None,
        right=max(page.margins[2], 58) if edge == "right" else None,
    )
    page = page.but(top=max(page.margins[1], 66) if edge == "top" else None)
    size = c.page_size(rng, page)
    voice = c.scaled(voice, size)
    dressed = c.dress(rng, brochure, voice, page)
    head = c.head(rng, brochure, voice, kicker=0.1)
    choice = c.choice(rng, voice, head.used)
    choice, tail = c.parted(rng, voice, choice)
    barred, left = rng.random() < 0.6, rng.random() < 0.5
    facts, texts = (
        c.arrangement(rng, voice, width=page.inner_width / 3.3 if barred else None),
        c.texts(rng, voice, c.NARROW),
    )
    only = rng.choice(("filled", "filled", "bold", "coloured"))
    small = round(min(8.0, size * 0.85), 1)

    def tab(domain: str, here: bool) -> Para:
        look = Look(size=small, color="#888888")
        if here:
            look = Look(size=small, bold=only != "coloured", color="#ffffff" if only == "filled" else voice.accent)
        return Para((Run(domain, Mark(Role.DOMAIN if here else Role.FURNITURE), look),))

    def tabs(present: str) -> list[Node]:
        out: list[Node] = []
        domains = c.shown_parts(brochure, present, 7)
        top = edge == "top"
        span = (page.inner_width if top else page.inner_height) / max(len(domains), 1)
        for n, domain in enumerate(domains):
            here = domain == present
            fill = voice.accent if here and only == "filled" else "#eeeeee"
            inner = Box(tab(domain, here), fill=fill, inset=5, width=span - 4, height=22 if not top else 24)
            if top:
                out.append(Place(inner, n * span, -40))
            else:
                x = page.inner_width + page.margins[2] - 40 if edge == "right" else 8 - page.margins[0]
                out.append(Place(Turned(inner, 90 if edge == "right" else -90), x, n * span))
        return out

    def pages(mission: MissionFacts) -> list[Node | None]:
        some, parts = facts(choice.of(voice, mission)), c.stack(texts.parts(mission), texts.gap)
        body: Node = c.stack((some, parts), 11)
        if barred:
            box = Cell(Box(some, fill=voice.tint, inset=8))
            row = (box, Cell(parts)) if left else (Cell(parts), box)
            body = Grid(("1fr", "2.2fr") if left else ("2.2fr", "1fr"), (row,), gap_x=14)
        return [*tabs(mission.domain), head.draw(mission), Space(10), body, Space(10), tail(mission)]

    return c.bind(rng, brochure, voice, dressed, pages, size, openers=("none", "none", "none", "page", "heading"))
