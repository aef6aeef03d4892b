"""A mission a board: a wide sheet with a strip of title, plans, texts at the sides, a cartouche in a corner."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Mark, Node, Paper, Para, Place, Run, Space
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Title in the strip or in the cartouche, which holds scale, index and date of the drawing among the facts."""
    page = c.page(rng, ("a3-wide", "a3-wide", "a4-wide", "16:9"), tight=0.6)
    size = c.fitting_size(brochure, page.inner_width * 0.3, page.inner_height * 0.8, 6.5, 10.5)
    voice = c.scaled(voice, size)
    dressed = c.dress(rng, brochure, voice, page)
    head = c.head(rng, brochure, voice, dresses=("plain", "filled", "ruled", "over-ruled"), cap=size * 3)
    choice = c.choice(rng, voice, head.used)
    texts = c.texts(rng, voice, c.NARROW)
    side = rng.choice(("left", "right", "both"))
    grid, columns = rng.random() < 0.6, rng.choice((1, 2, 2))
    early, listed = rng.random() < 0.5, rng.random() < 0.6
    width = page.inner_width * rng.uniform(0.24, 0.34)

    def cartouche(mission: MissionFacts) -> Node:
        drawn = [
            c.Fact(
                Role.OTHER,
                (Run(a, Mark(Role.LABEL, mission.ordinal, Role.OTHER), voice.look("label")),),
                (Run(b, Mark(Role.OTHER, mission.ordinal), voice.look("value")),),
            )
            for a, b in c.couples(rng, "plan_words", rng.choice((1, 2, 3)))
        ]
        some = c.sized([*choice.of(voice, mission), *drawn], round(size * 0.85, 1))
        inner = c.cells(some, columns, stroke="#333333", inset=4) if grid else c.lines(some, 2)
        return Box(inner, fill="#ffffff", stroke=None if grid else "#333333", inset=0 if grid else 7)

    def plan(mission: MissionFacts) -> Node:
        height = page.inner_height * 0.56
        small = voice.look("small")
        rows: list[Node | None] = [c.captioned(rng, mission.ordinal, "100%", height, small, 0.6)]
        if listed:
            runs = [Run(t, Mark(Role.ASIDE, mission.ordinal), small) for t in c.words(rng, "legend", 6)]
            cells = [
                Cell(c.beside(c.dot(c.PHOTOS[n % 5], 6), Para((r,)), (10.0, "1fr"), 2)) for n, r in enumerate(runs)
            ]
            rows.append(Grid(("1fr", "1fr", "1fr"), (tuple(cells[:3]), tuple(cells[3:])), gap_x=8, gap_y=5))
        return c.stack(rows, 6)

    def pages(mission: MissionFacts) -> list[Node | None]:
        parts = texts.parts(mission)
        tall = page.inner_height * 0.5
        foot = Box(cartouche(mission), inset=0, width=width, height=tall, valign="bottom")
        pin: Node | None = Place(foot, page.inner_width - width, page.inner_height - tall, width)
        first, second = (parts[:1], parts[1:]) if side == "both" else (parts, [])
        if side == "right":  # the texts stand over the cartouche
            row: tuple[Cell, ...] = (Cell(plan(mission)), Cell(c.stack((*parts, cartouche(mission)), texts.gap)))
            pin = None
            body = Grid(("1fr", width), (row,), gap_x=18)
        else:
            beyond = Cell(c.stack(second, texts.gap) if second else None)
            row = (Cell(c.stack(first, texts.gap) if first else None), Cell(plan(mission)), beyond)
            body = Grid((width * 0.9, "1fr", width), (row,), gap_x=18)
        out: list[Node | None] = [head.draw(mission), Space(10), body]
        return [pin, *out] if early else [*out[:2], pin, body]

    return c.bind(rng, brochure, voice, dressed, pages, size, openers=("none", "none", "page", "page-large"))
