"""A mission a page by place: place and locality in the title's look; operation, eras and people in the column."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Look, Mark, Node, Paper, Para, Run, Space
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Facts among which many are of no field: eras, orders, people of the dig."""
    page = c.page(rng, ("a4", "a4", "letter", "a4-wide"))
    size = c.page_size(rng, page)
    voice = c.scaled(voice, size)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.2)
    choice = c.choice(rng, voice, {Role.TITLE, Role.PLACE}, again=0.1)
    kinds = ("over", "lines", "beside", "ruled-rows", "bullets", "leaders")
    texts = c.texts(rng, voice)
    local, numbered = rng.random() < 0.7, rng.random() < 0.4
    placed = rng.choice(("column", "column", "top", "foot"))
    facts = c.arrangement(rng, voice, kinds, width=page.inner_width * 0.34 if placed == "column" else None)
    left, share = rng.random() < 0.5, rng.choice(("1fr 2fr", "2fr 3fr", "1fr 1.6fr"))
    caps = Look(small_caps=True, bold=True, size=round(size * rng.uniform(1.2, 1.9), 1))
    count, among = rng.choice((2, 3, 4, 5)), rng.random() < 0.5
    told = c.couples(rng, "dig_facts", count)

    def others(mission: MissionFacts) -> list[c.Fact]:
        m = mission.ordinal
        sign = voice.label_end if choice.end is None else choice.end
        return [
            c.Fact(
                Role.OTHER,
                (Run(label + sign, Mark(Role.LABEL, m, Role.OTHER), voice.look("label")),),
                (Run(value, Mark(Role.OTHER, m), voice.look("value")),),
            )
            for label, value in told
        ]

    def head(mission: MissionFacts) -> Node:
        m = mission.ordinal
        place = c.restyle(voice.value(mission, Role.PLACE, "title"), caps)
        spot = Run(", " + c.word(rng, "localities"), Mark(Role.PLACE, m), caps) if local and place else None
        number = Run(f"{m}. ", Mark(Role.REFERENCE, m), caps) if numbered else None
        runs = tuple(r for r in (number, *place, spot) if r)
        title = c.line(c.capped(voice.value(mission, Role.TITLE, "title"), size * 1.5))
        return c.stack((Para(runs) if runs else None, title), 5)

    def some(mission: MissionFacts) -> Node:
        known, more = choice.of(voice, mission), others(mission)
        half = len(more) // 2
        return facts([*more[:half], *known, *more[half:]] if among else [*known, *more])

    def pages(mission: MissionFacts) -> list[Node | None]:
        body, block = c.stack(texts.parts(mission), texts.gap), some(mission)
        picture = c.captioned(rng, mission.ordinal, "100%", rng.uniform(80, 150), voice.look("small"), 0.8)
        if placed == "column":
            box = Cell(Box(c.stack((block, picture), 10), fill=voice.tint if left else None, inset=8))
            widths = tuple(share.split()) if left else tuple(reversed(share.split()))
            return [
                head(mission),
                Space(10),
                Grid(widths, ((box, Cell(body)) if left else (Cell(body), box),), gap_x=14),
            ]
        blocks = [block, Space(10), body] if placed == "top" else [body, Space(10), block]
        return [head(mission), Space(10), *blocks, Space(10), picture]

    return c.bind(rng, brochure, voice, dressed, pages, size, together=c.together(rng, brochure))
