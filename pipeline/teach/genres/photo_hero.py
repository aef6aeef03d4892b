"""A mission a page: one picture over the whole page, the title on it, all facts as one small line at the foot."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Look, Node, Paper, Place, Space
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Title on the picture, in a box in a corner, or under it; facts run in or in narrow cells; texts or none."""
    page = c.page(rng, ("a4-wide", "a4-wide", "a3-wide", "16:9", "square", "a4"), tight=0.7)
    size = c.page_size(rng, page)
    voice = c.scaled(voice, size)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.1)
    head = c.head(rng, brochure, voice, dresses=("plain",), cap=38, floor=12)
    choice = c.choice(rng, voice, head.used)
    small = size * rng.uniform(0.68, 0.95)
    bar = rng.choice((" / ", "   ", " | ", " · ", ", ", " — "))
    labelled = rng.random() < 0.55
    bleed = rng.random() < 0.6
    share = rng.uniform(0.5, 0.72)
    where = rng.choice(("on", "box", "under", "over"))
    textual = rng.choice(("none", "first", "columns", "columns"))
    form = rng.choice(("run", "run", "run", "cells", "lines"))
    credit = rng.random() < 0.4
    texts = c.texts(rng, voice, c.NARROW)
    early = rng.random() < 0.3  # facts come before the title in the file

    def facts(mission: MissionFacts) -> Node:
        some = c.sized(choice.of(voice, mission), small)
        if form == "cells":
            return c.cells(some, 5, gap=10, inset=0)
        if form == "lines":
            half = (len(some) + 1) // 2
            return Grid(("1fr", "1fr"), ((Cell(c.lines(some[:half], 1)), Cell(c.lines(some[half:], 1))),), gap_x=20)
        return c.run_in(some, bar, labelled)

    def picture(mission: MissionFacts, height: float) -> list[Node]:
        left, top = page.margins[:2]
        if bleed:
            return [Place(c.photo(rng, page.width, height + top), -left, -top), Space(height)]
        return [c.photo(rng, "100%", height)]

    def pages(mission: MissionFacts) -> list[Node | None]:
        height = page.inner_height * (share if textual == "columns" else share + 0.12)
        shown = head.draw(mission)
        out: list[Node | None] = [shown, Space(8)] if where == "over" and not bleed else []
        out += picture(mission, height - (40 if out else 0))
        if credit:
            out.append(c.aside(c.word(rng, "credits"), mission, Look(size=6.0), "right"))
        tail: list[Node | None] = []
        if where == "on" or (where == "over" and bleed):
            dark = Box(white(head, mission), fill="#00000077", inset=8)
            tail = [Place(dark, 0, height * 0.62, page.inner_width * 0.7)]
        elif where == "box":
            box = Box(shown, fill="#ffffff", inset=10, width=page.inner_width * 0.45)
            tail = [Place(box, rng.choice((0.0, page.inner_width * 0.5)), height - 70)]
        elif where == "under":
            tail = [Space(8), shown]
        body = [Space(8), facts(mission)]
        out += [*body, *tail] if early else [*tail, *body]
        if textual == "columns":
            out += [Space(9), c.abreast(texts.parts(mission), 16)]
        elif textual == "first" and Role.CONTEXT in texts.roles(mission):
            out += [Space(9), texts.part(mission, Role.CONTEXT)]
        return out

    return c.bind(
        rng, brochure, voice, dressed, pages, size, openers=("none", "none", "page", "page-photo", "page-large")
    )


def white(head: c.Head, mission: MissionFacts) -> Node:
    """The head in white letters."""
    return c.recolored(head.draw(mission), "#ffffff")
