"""A mission a slide or page whose client is a logo: a drawn sign, with its name in the logo's letters, or without."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Look, Node, Paper, Space
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """The logo in a corner, before the title, or at the head of the side column; first or last in the file."""
    page = c.page(rng, ("16:9", "16:9", "a4-wide", "4:3", "a4"), tight=0.8)
    size = c.fitting_size(brochure, page.inner_width * 0.7, page.inner_height * 0.75, 7.0, 12.5)
    voice = c.scaled(voice, size)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.2)
    head = c.head(rng, brochure, voice, ("facts",), cap=size * 2.4)
    named = rng.random() < 0.7  # the logo holds letters
    choice = c.choice(rng, voice, {*head.used, Role.CLIENT}, again=0.0)
    facts = c.arrangement(rng, voice, ("over", "lines", "bare", "signs", "bullets", "boxes"), narrow=True)
    texts = c.texts(rng, voice, c.NARROW)
    place = rng.choice(("corner", "corner", "before", "side"))
    face, width = c.typeface(rng), rng.uniform(90, 150)
    letters = Look(
        size=round(size * rng.uniform(1.0, 1.5), 1),
        bold=True,
        color=rng.choice((voice.accent, voice.accent2, "#555555")),
        font=face,
    )
    shape = rng.choice(("square", "round", "over", "none"))
    columns, left = rng.random() < 0.5, rng.random() < 0.5

    def logo(mission: MissionFacts) -> Node:
        colour = rng.choice(("#2a6f97", "#bc4749", "#6a994e", "#5f0f40", "#f2a541", "#3d405b"))
        sign = Box(None, fill=colour, inset=0, width=22, height=22, radius=11 if shape == "round" else 0)
        words = c.line(c.restyle(voice.value(mission, Role.CLIENT, "client"), letters)) if named else None
        if words is None:
            return Grid((24.0, "1fr"), ((Cell(sign), Cell(c.photo(rng, 54, 22))),))
        if shape == "none":
            return words
        return (
            c.stack((sign, words), 3)
            if shape == "over"
            else Grid((28.0, "1fr"), ((Cell(sign), Cell(words, valign="horizon")),))
        )

    def pages(mission: MissionFacts) -> list[Node | None]:
        some = facts(choice.of(voice, mission))
        parts = texts.parts(mission)
        body = c.abreast(parts, 12) if columns else c.stack(parts, texts.gap)
        side = c.stack((logo(mission) if place == "side" else None, some), 12)
        box = Box(side, fill=voice.tint if left else None, inset=8)
        row = (Cell(box), Cell(body)) if left else (Cell(body), Cell(box))
        rest = Grid(("1fr", "3fr") if left else ("3fr", "1fr"), (row,), gap_x=16)
        shown = head.draw(mission)
        if place == "before":
            top: Node = Grid((width + 10, "1fr"), ((Cell(logo(mission)), Cell(shown)),), gap_x=10)
            return [top, Space(12), rest]
        if place == "corner":
            return [Grid(("1fr", width), ((Cell(shown), Cell(logo(mission))),), gap_x=10), Space(12), rest]
        return [shown, Space(12), rest]

    return c.bind(rng, brochure, voice, dressed, pages, size)
