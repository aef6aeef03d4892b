"""A mission a page: a picture over two thirds, facts flush right in the last third, the title at the foot."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Look, Node, Paper, Space
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Label over value without a sign; texts under the picture; the title may be smaller than the client."""
    page = c.page(rng, ("a4-wide", "a4-wide", "a4", "16:9"), tight=0.85)
    size = c.fitting_size(brochure, page.inner_width * 0.64, page.inner_height * 0.42, 7.0, 10.5)
    voice = c.scaled(voice, size)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.15)
    choice = c.choice(rng, voice, {Role.TITLE}, domain=0.2)
    texts = c.texts(rng, voice, c.NARROW, drop_cap=0)
    first = rng.random() < 0.6  # the client leads the facts
    large = Look(size=round(size * rng.uniform(1.0, 1.9), 1), bold=rng.random() < 0.7)
    tall = page.inner_height * rng.uniform(0.3, 0.5)
    band, align = rng.random() < 0.4, rng.choice(("left", "right", "right"))
    gap, sign = rng.choice((5.0, 8.0, 12.0)), rng.choice(("", "", None))

    def facts(mission: MissionFacts) -> Node:
        some = [c.relabelled(f, sign) for f in choice.of(voice, mission)]
        if first:
            some.sort(key=lambda f: f.role is not Role.CLIENT)
        return c.over(some, gap, align="right")

    def title(mission: MissionFacts) -> Node | None:
        para = c.line(c.restyle(voice.value(mission, Role.TITLE, "title"), large), align)
        if para is None or not band:
            return para
        return Box(c.recolored(para, "#ffffff"), fill=voice.accent, inset=8)

    def pages(mission: MissionFacts) -> list[Node | None]:
        left = c.stack((c.photo(rng, "100%", tall), *texts.parts(mission)), 9)
        grid = Grid(("2fr", "1fr"), ((Cell(left), Cell(facts(mission))),), gap_x=18)
        return [grid, Space(14), title(mission)]

    return c.bind(rng, brochure, voice, dressed, pages, size, openers=("none", "none", "page", "page-photo", "heading"))
