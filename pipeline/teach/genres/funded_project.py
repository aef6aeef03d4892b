"""A mission a page with a plan of its funding: costs, shares, rates that are nobody's fee, programme and strap."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Mark, Node, Paper, Para, Run, Space
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Funding as table, lines or cells, beside or under the facts; the fee stands among the facts or nowhere."""
    page = c.page(rng, ("a4", "a4", "a4-wide", "letter"))
    size = c.page_size(rng, page)
    voice = c.scaled(voice, size)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.15)
    head = c.head(rng, brochure, voice, dresses=("filled", "filled", "ruled", "plain", "tinted"))
    feeless = rng.random() < 0.35
    choice = c.choice(rng, voice, head.used | ({Role.AMOUNT} if feeless else set()), domain=0.3, again=0)
    facts, texts = c.arrangement(rng, voice), c.texts(rng, voice)
    form, titled = rng.choice(("table", "table", "lines", "cells")), rng.random() < 0.8
    title, strap = c.word(rng, "funding_title"), c.word(rng, "programmes") if rng.random() < 0.5 else ""
    count, beside = rng.choice((2, 3, 4)), rng.random() < 0.4
    order = rng.choice(("facts texts plan", "facts plan texts", "plan facts texts"))

    def plan(mission: MissionFacts) -> Node:
        m = mission.ordinal
        some = [
            c.Fact(
                Role.WORKS_COST,
                (Run(a, Mark(Role.LABEL, m, Role.WORKS_COST), voice.look("label")),),
                (Run(b, Mark(Role.WORKS_COST, m), voice.look("value")),),
            )
            for a, b in c.couples(rng, "funding", count)
        ]
        name = c.say(title, Role.LABEL, m, voice.look("text_label"), of=Role.WORKS_COST) if titled else None
        match form:
            case "table":
                body: Node = c.table(some, "60%", stroke="#999999", inset=4)
            case "cells":
                body = c.cells(some, count, fill=voice.tint, gap=4)
            case _:
                body = c.lines([c.relabelled(f, " : ".rstrip()) for f in some], 2)
        return c.stack((name, body), 5)

    def pages(mission: MissionFacts) -> list[Node | None]:
        some, body, money = facts(choice.of(voice, mission)), texts.draw(mission), plan(mission)
        top: list[Node | None] = []
        if strap:
            band = Para((Run(strap, Mark(Role.OTHER, mission.ordinal), voice.look("small")),))
            top = [Grid((30.0, "1fr"), ((Cell(c.photo(rng, 24, 16)), Cell(band, valign="horizon")),)), Space(6)]
        if beside:
            row = (Cell(some), Cell(Box(money, stroke=voice.accent, inset=7)))
            return [*top, head.draw(mission), Space(10), Grid(("1fr", "1fr"), (row,), gap_x=14), Space(10), body]
        blocks = {"facts": some, "plan": money, "texts": body}
        spaced = [n for name in order.split() for n in (blocks[name], Space(11))]
        return [*top, head.draw(mission), Space(10), *spaced]

    return c.bind(rng, brochure, voice, dressed, pages, size, together=c.together(rng, brochure, 2))
