"""A mission a slide or page: three large figures that are no amounts, short texts as questions, pills, a quote."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Box, Cell, Chain, Grid, Look, Mark, Node, Paper, Para, Run, Space
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Figures in a row, in a column, or in boxes; facts as a small line, in a column, or among the pills."""
    page = c.page(rng, ("16:9", "16:9", "16:9-small", "a4", "a4-wide"), tight=0.8)
    size = c.fitting_size(brochure, page.inner_width, page.inner_height * 0.42, 6.5, 12.5)
    voice = c.scaled(voice, size)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.15)
    head = c.head(rng, brochure, voice, kicker=0.35, cap=size * 2.6)
    choice = c.choice(rng, voice, head.used)
    choice, tail = c.parted(rng, voice, choice, 0.2)
    texts = c.texts(rng, voice, c.NARROW, drop_cap=0)
    kinds = ("lines", "over", "run-in", "run-in", "bare", "beside", "signs")
    facts = c.arrangement(rng, voice, kinds, narrow=True)
    big = Look(
        size=round(size * rng.uniform(2.4, 4.0), 1),
        bold=True,
        color=voice.accent2 if rng.random() < 0.4 else voice.accent,
    )
    placed, tagged = rng.choice(("row", "row", "column", "boxes")), rng.random() < 0.55
    columns, first = rng.random() < 0.6, rng.random() < 0.4
    at, count = rng.choice((0, 2)), rng.choice((2, 3, 3, 4))

    def figure(mission: MissionFacts, text: str) -> Node:
        under = Run(c.word(rng, "big_figure_words"), Mark(Role.ASIDE, mission.ordinal), voice.look("small"))
        return c.stack((c.aside(text, mission, big), Para((under,))), 3)

    def figures(mission: MissionFacts) -> Node:
        some = [figure(mission, t) for t in c.words(rng, "big_figures", count)]
        if placed == "column":
            return c.stack(some, 10)
        made = [Box(n, fill=voice.tint, inset=8) for n in some] if placed == "boxes" else some
        return Grid(("1fr",) * len(made), (tuple(Cell(n) for n in made),), gap_x=12)

    def tags(mission: MissionFacts) -> Node:
        runs = [
            Run(t, Mark(Role.OTHER, mission.ordinal), voice.look("small"))
            for t in c.words(rng, "tags", rng.randint(2, 5))
        ]
        return Chain(tuple(Box(Para((r,)), fill=voice.tint, inset=3.5, radius=7, width=None) for r in runs), 5)

    def pages(mission: MissionFacts) -> list[Node | None]:
        parts = texts.parts(mission)
        body = c.abreast(parts, 14) if columns else c.stack(parts, texts.gap)
        some = facts(choice.of(voice, mission))
        told = [tail(mission), tags(mission) if tagged else None, c.quote(voice, mission, size * 1.3)]
        if placed == "column":
            side = c.stack((figures(mission), some), 14)
            row = (Cell(side), Cell(body)) if first else (Cell(body), Cell(side))
            widths = ("1fr", "3fr") if first else ("3fr", "1fr")
            return [head.draw(mission), Space(12), Grid(widths, (row,), gap_x=18), Space(10), *told]
        blocks = [figures(mission), body] if first else [body, figures(mission)]
        blocks.insert(at, some)
        spaced = [n for b in blocks for n in (b, Space(12))]
        return [head.draw(mission), Space(12), *spaced, *told]

    return c.bind(rng, brochure, voice, dressed, pages, size)
