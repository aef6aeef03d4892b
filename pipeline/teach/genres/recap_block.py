"""A mission a page: a frame of all labels beside a frame of all values, aligned by eye, then free text."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Node, Paper, Para, Rule, Run, Space
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """A value of two lines shifts all that follow; the block has a title of its own; the mission's may be in it."""
    page = c.page(rng, ("a4", "a4", "letter"))
    size = c.page_size(rng, page)
    voice = c.scaled(voice, size)
    dressed = c.dress(rng, brochure, voice, page)
    inside = rng.random() < 0.6  # the title is one of the values
    head = c.head(rng, brochure, voice, ("facts", "facts", "over", "under"), ("plain", "ruled"))
    choice = c.choice(rng, voice, () if inside else head.used, domain=0.35, again=0.05)
    texts = c.texts(rng, voice, ("plain", "run-in", "ruled-under"))
    name = c.word(rng, "box_titles") if rng.random() < 0.8 else ""
    framed, width = rng.random() < 0.6, rng.choice((110.0, 130.0, 150.0))
    gap, shifted = rng.choice((2.0, 3.0, 5.0)), rng.choice((0.0, 0.0, 1.2, -1.0))

    def block(mission: MissionFacts) -> Node:
        facts = choice.of(voice, mission)
        if inside:
            title = c.fact(voice, mission, Role.TITLE, choice.end)
            facts = facts[:1] + ([title] if title else []) + [f for f in facts[1:] if f.role is not Role.TITLE]
        blank = [Para((Run(" ", f.value[0].mark),)) for f in facts if f.value]
        labels = c.stack([c.line(f.label) or b for f, b in zip(facts, blank, strict=False)], gap)
        values = c.stack([Space(shifted) if shifted > 0 else None, *(Para(f.value) for f in facts if f.value)], gap)
        both: Node = Grid((width, "1fr"), ((Cell(labels), Cell(values)),), gap_x=6)
        head_line = c.say(name, Role.LABEL, mission.ordinal, voice.look("text_label")) if name else None
        inner = c.stack((head_line, both), 7)
        return Box(inner, stroke=voice.accent, inset=9) if framed else inner

    def pages(mission: MissionFacts) -> list[Node | None]:
        top = [] if inside else [head.draw(mission), Space(10)]
        rule = None if framed else Rule("#777777", 0.5)
        return [*top, block(mission), Space(10), rule, Space(6), texts.draw(mission)]

    return c.bind(rng, brochure, voice, dressed, pages, size, together=c.together(rng, brochure))
