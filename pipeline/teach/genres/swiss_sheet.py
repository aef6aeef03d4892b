"""A mission a page: a large picture, under it three narrow columns: title and subtitle of one size, text, facts."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Cell, Grid, Look, Mark, Node, Paper, Para, Run, Space
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Facts with a full stop or no sign behind their labels, in groups with blank rows between; plans below."""
    page = c.page(rng, ("a4", "a4", "a4-wide", "square", "a3-wide"), tight=0.8)
    size = round(rng.uniform(7.2, 9.2), 1) * (1.25 if page.width > 1000 else 1)
    voice = c.scaled(voice, size)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.1)
    one = Look(size=round(size * rng.uniform(1.0, 1.7), 1), bold=rng.random() < 0.4)
    clients = rng.choice(("title", "facts", "facts", "facts"))
    used = {Role.TITLE} | ({Role.CLIENT} if clients == "title" else set())
    choice = c.choice(rng, voice, used, domain=0.15)
    choice, tail = c.parted(rng, voice, choice, 0.2)
    sign = rng.choice((".", ".", "", None))
    texts = c.texts(rng, voice, ("plain", "run-in"), drop_cap=0)
    tall, where = page.inner_height * rng.uniform(0.36, 0.6), rng.choice(("over", "over", "under"))
    order = rng.choice(("title text facts", "title facts text", "facts text title", "title text facts"))
    subtitle, grouped = rng.random() < 0.5, rng.random() < 0.6
    middle = rng.choice(("1fr", "1.4fr", "2fr"))
    share = rng.choice(((5, 7), (1, 1), (2, 3)))

    def title(mission: MissionFacts) -> Node:
        rows: list[Node | None] = [c.line(c.restyle(voice.value(mission, Role.TITLE, "title"), one))]
        if clients == "title":
            rows.append(c.line(c.restyle(voice.value(mission, Role.CLIENT, "client"), one)))
        if subtitle:
            rows.append(c.aside(c.word(rng, "summary"), mission, c.over_look(voice.look("title"), one)))
        return c.stack(rows, 6)

    def facts(mission: MissionFacts) -> Node:
        some = [c.relabelled(f, sign) for f in choice.of(voice, mission)]
        rows: list[tuple[Cell, ...]] = []
        for n, f in enumerate(some):
            if grouped and n and n % 3 == 0:
                rows.append((Cell(Space(5), colspan=2),))
            rows.append((Cell(c.line(f.label)), Cell(f.node)))
        if page.inner_width < 560:  # too narrow for labels beside their values
            return c.over(some, 4)
        return Grid((f"{share[0]}fr", f"{share[1]}fr"), tuple(rows), gap_x=6, gap_y=4.5) if rows else Space(0)

    def pages(mission: MissionFacts) -> list[Node | None]:
        blocks = {
            "title": title(mission),
            "text": c.stack((texts.draw(mission), tail(mission)), 8),
            "facts": facts(mission),
        }
        row = tuple(Cell(blocks[name]) for name in order.split())
        columns = Grid(tuple(middle if n == "text" else "1fr" for n in order.split()), (row,), gap_x=16)
        picture = c.captioned(rng, mission.ordinal, "100%", tall, voice.look("small"))
        plans = c.photo_row(rng, 3, page.inner_height * 0.12) if rng.random() < 0.4 else None
        legend = (
            Para((Run(c.word(rng, "captions"), Mark(Role.ASIDE, mission.ordinal), voice.look("small")),))
            if plans
            else None
        )
        return (
            [picture, Space(14), columns, Space(12), plans, legend]
            if where == "over"
            else [columns, Space(14), picture]
        )

    return c.bind(rng, brochure, voice, dressed, pages, size, font=c.typeface(rng, 0.1))
