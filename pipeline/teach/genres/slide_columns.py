"""A mission a slide: a bar of title, the texts in columns or chevrons side by side, a strip of facts at the foot."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Node, Paper, Place, Space
from carnet.pipeline.teach.voice import Voice


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Strip of labelled cells, of signs, of pills, or one line; the title sometimes last in the file."""
    page = c.page(rng, ("16:9", "16:9", "16:9-small", "4:3", "a4-wide"), tight=0.75)
    size = c.fitting_size(brochure, page.inner_width, page.inner_height * 0.62, 6.5, 13.0, columns=3)
    voice = c.scaled(voice, size)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.2)
    head = c.head(
        rng, brochure, voice, dresses=("filled", "filled", "plain", "ruled", "left-bar", "tinted"), cap=size * 2.4
    )
    choice = c.choice(rng, voice, head.used, domain=0.1)
    texts = c.texts(rng, voice, ("plain", "filled", "filled", "tinted", "ruled-under", "square"), drop_cap=0)
    boxed, stroke = rng.choice(((voice.tint, None), (None, None), (None, "#bbbbbb"), ("#f4f4f4", None)))
    strip, place = (
        rng.choice(("cells", "cells", "signs", "pills", "line", "ruled")),
        rng.choice(("foot", "foot", "under", "side")),
    )
    pinned = rng.random() < 0.4  # strip set by itself at the foot, before all else in the file
    last = rng.random() < 0.4 and size > 8 and place != "under"  # the title comes last in the file
    dark, bare = rng.random() < 0.4, rng.random() < 0.5

    def facts(mission: MissionFacts) -> Node:
        some = choice.of(voice, mission)
        if place == "side":
            return c.over(some, 5)
        match strip:
            case "pills":
                return c.pills(some, voice.accent if dark else voice.tint, dark)
            case "line":
                return c.run_in(some, voice.bar, not bare)
            case "ruled":
                return c.strip(some[:6], voice.accent)
            case "signs":
                cells = tuple(Cell(c.signs([f], voice.accent)) for f in some)
                return Grid(("1fr",) * len(cells), (cells,), gap_x=8) if cells else Space(0)
        shown = c.inverted(some) if dark else some
        return Box(
            c.cells(shown, min(6, len(shown) or 1), gap=8, inset=1), fill=voice.accent if dark else voice.tint, inset=6
        )

    def columns(mission: MissionFacts) -> Node | None:
        return c.abreast(texts.parts(mission), 12, boxed, stroke)

    def pages(mission: MissionFacts) -> list[Node | None]:
        shown, some, body = head.draw(mission), facts(mission), columns(mission)
        if place == "side":
            row = (Cell(body), Cell(Box(some, fill=voice.tint, inset=8)))
            out: list[Node | None] = [Grid(("4fr", "1fr"), (row,), gap_x=12)]
        elif place == "under":
            out = [some, Space(10), body]
        elif pinned:
            out = [Place(some, 0, page.inner_height - 4.2 * size, page.inner_width), body]
        else:
            out = [body, Space(12), some]
        if last:
            return [Space(5.6 * size), *out, Place(shown, 0, 0, page.inner_width)]
        return [shown, Space(10), *out]

    openers = ("none", "page", "page-photo") if last else c.OPENERS
    return c.bind(rng, brochure, voice, dressed, pages, size, openers)
