"""A mission a page led by what somebody said, in large letters; title, client and facts in small type around it."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Look, Mark, Node, Paper, Para, Run, Space
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """The quote above all else or between title and texts; who said it may be of the client's body."""
    page = c.page(rng, ("a4", "a4", "square", "a5", "16:9", "a4-wide"))
    size = c.page_size(rng, page)
    voice = c.scaled(voice, size)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.15)
    head = c.head(rng, brochure, voice, dresses=("plain", "plain", "over-ruled", "tinted"), cap=size * 1.7)
    choice = c.choice(rng, voice, head.used)
    facts = c.arrangement(rng, voice, ("run-in", "run-in", "lines", "bare", "beside", "over"))
    big = Look(
        size=round(size * rng.uniform(1.7, 2.8), 1),
        italic=rng.random() < 0.5,
        color=voice.accent if rng.random() < 0.6 else None,
    )
    marks = rng.choice(("« {} »", "“{}”", "{}", "« {} »"))
    place, filled = rng.choice(("top", "top", "after", "side")), rng.random() < 0.3
    texts = c.texts(rng, voice, c.NARROW if place == "side" else c.HEADINGS)
    align = rng.choice(("left", "left", "center", "right"))
    short = rng.random() < 0.3  # only the first text

    def quote(mission: MissionFacts) -> Node:
        said, who = mission.quote or (c.word(rng, "quotes"), c.word(rng, "quote_roles").capitalize())
        bare = said.strip("«»“” \u00a0")
        body = c.aside(marks.format(bare), mission, big, align)
        by = Para((Run(who, Mark(Role.ASIDE, mission.ordinal), voice.look("small")),), align=align)
        made = c.stack((body, by), 7)
        return Box(c.recolored(made, "#ffffff"), fill=voice.accent, inset=16) if filled else made

    def pages(mission: MissionFacts) -> list[Node | None]:
        roles = texts.roles(mission)[: 1 if short else 3]
        parts = c.stack(texts.parts(mission, roles), texts.gap)
        some = facts(choice.of(voice, mission))
        shown = head.draw(mission)
        if place == "side":
            row = (Cell(quote(mission)), Cell(c.stack((shown, parts, some), 10)))
            return [Grid(("2fr", "3fr"), (row,), gap_x=22)]
        if place == "after":
            return [shown, Space(14), quote(mission), Space(14), parts, Space(10), some]
        return [Space(page.inner_height * 0.05), quote(mission), Space(22), shown, Space(9), parts, Space(10), some]

    return c.bind(rng, brochure, voice, dressed, pages, size)
