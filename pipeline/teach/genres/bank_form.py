"""A mission a page: a bank's form, label and value in the same cell, two cells a row, texts in wide cells."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Cell, Grid, Node, Paper, Para, Run, Space
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Label over value or before it inside its cell; a number or nothing over the form."""
    page = c.page(rng, ("a4", "a4", "letter"))
    size = c.page_size(rng, page)
    voice = c.scaled(voice, size)
    dressed = c.dress(rng, brochure, voice, page)
    choice = c.choice(rng, voice, domain=0.25, again=0.0)
    texts = c.texts(rng, voice, ("plain",), drop_cap=0)
    stroke, width = rng.choice(("#000000", "#000000", "#777777")), rng.choice((0.5, 0.5, 1.0))
    broken, leading = rng.random() < 0.7, rng.choice(("title", "title", "client"))
    sides = rng.choice(("1fr 1fr", "1fr 1fr", "3fr 2fr")).split()
    titled, open_texts = rng.random() < 0.4, rng.random() < 0.25
    inset = rng.choice((4.0, 6.0))

    def cell(fact: c.Fact, span: int = 1) -> Cell:
        if fact.body is not None:
            return Cell(c.stack((c.line(fact.label), fact.body), 2), colspan=span)
        if broken or not fact.label:
            return Cell(c.stack((c.line(fact.label), Para(fact.value)), 1), colspan=span)
        return Cell(Para(c.joined(fact)), colspan=span)

    def rows(facts: list[c.Fact]) -> list[tuple[Cell, ...]]:
        out: list[tuple[Cell, ...]] = []
        short = [f for f in facts if f.body is None]
        for at in range(0, len(short), 2):
            couple = short[at : at + 2]
            out.append(tuple(cell(f) for f in couple) if len(couple) == 2 else (cell(couple[0], 2),))
        return out + [(cell(f, 2),) for f in facts if f.body is not None]

    def pages(mission: MissionFacts) -> list[Node | None]:
        facts = choice.of(voice, mission)
        title = c.fact(voice, mission, Role.TITLE, choice.end)
        rest = [f for f in facts if f.role is not Role.TITLE]
        first = (
            ([title] if title else []) + rest
            if leading == "title"
            else rest[:1] + ([title] if title else []) + rest[1:]
        )
        wide = [f for r in texts.order if (f := c.text_fact(voice, mission, r, texts.item_gap, choice.end))]
        table = Grid(
            tuple(sides),
            tuple(rows(first + ([] if open_texts else wide))),
            inset=inset,
            stroke=stroke,
            stroke_width=width,
        )
        number = Run(f"{mission.ordinal}.", c.mark(Role.REFERENCE, mission.ordinal), voice.look("text_label"))
        over: list[Node | None] = [Para((number,)), Space(6)] if titled else []
        return [*over, table, *([Space(10), texts.draw(mission)] if open_texts else [])]

    return c.bind(
        rng, brochure, voice, dressed, pages, size, together=c.together(rng, brochure, 2), font=c.typeface(rng, 0.7)
    )
