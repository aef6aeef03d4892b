"""A mission a page with a ribbon of its phases, each with what was done or not; facts before or behind."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Look, Mark, Node, Paper, Para, Run, Space
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Phases as filled boxes in a row; what was done in the first ones, or below under its own heading."""
    page = c.page(rng, ("a4", "a4-wide", "a4-wide", "16:9", "a3-wide"), tight=0.85)
    size = c.page_size(rng, page)
    voice = c.scaled(voice, size)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.15)
    head = c.head(rng, brochure, voice)
    choice = c.choice(rng, voice, head.used, domain=0.15)
    facts, texts = c.arrangement(rng, voice), c.texts(rng, voice, c.NARROW)
    choice, tail = c.parted(rng, voice, choice)
    count, form = rng.choice((3, 3, 4, 4, 5)), rng.choice(("filled", "filled", "framed", "bare"))
    named, noted = c.word(rng, "phase_names"), rng.random() < 0.7
    order = rng.choice(("facts ribbon texts", "ribbon facts texts", "ribbon texts facts", "facts texts ribbon"))
    shared = rng.random() < 0.35  # the approach stands in the phases
    aside = rng.random() < 0.35  # facts beside the texts

    def phase(mission: MissionFacts, number: int, name: str) -> Node:
        m = mission.ordinal
        light = Look(color="#ffffff") if form == "filled" else Look()
        title = Run(
            f"{named.format(n=number)} {name}", Mark(Role.OTHER, m), c.over_look(voice.look("text_label"), light)
        )
        note = Run(c.word(rng, "phase_notes"), Mark(Role.OTHER, m), c.over_look(voice.look("small"), light))
        inner = c.stack((Para((title,)), Para((note,)) if noted else None), 3)
        if form == "filled":
            return Box(inner, fill=voice.accent, inset=6)
        return Box(inner, stroke=voice.accent, inset=6) if form == "framed" else inner

    def ribbon(mission: MissionFacts) -> Node:
        names = c.words(rng, "phases", count)
        top = tuple(Cell(phase(mission, n, name)) for n, name in enumerate(names, 1))
        rows: list[tuple[Cell, ...]] = [top]
        if shared and texts.has(mission, Role.APPROACH):
            items = texts.set(texts.items(mission, Role.APPROACH))
            share = -(-len(items) // count)
            groups = [items[i * share : (i + 1) * share] for i in range(count)]
            rows.append(tuple(Cell(c.stack(g, 3) if g else None) for g in groups))
        return Grid(("1fr",) * count, tuple(rows), gap_x=5, gap_y=7)

    def pages(mission: MissionFacts) -> list[Node | None]:
        left = [r for r in texts.roles(mission) if not (shared and r is Role.APPROACH)]
        some: Node | None = facts(choice.of(voice, mission))
        body = texts.draw(mission, left)
        if aside:
            body = Grid(("1fr", "2.4fr"), ((Cell(some), Cell(body)),), gap_x=16)
            some = None
        blocks = {"facts": some, "ribbon": ribbon(mission), "texts": body}
        spaced = [n for name in order.split() for n in (blocks[name], Space(12))]
        return [head.draw(mission), Space(12), *spaced, tail(mission)]

    return c.bind(rng, brochure, voice, dressed, pages, size)
