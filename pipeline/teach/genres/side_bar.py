"""A mission a page: title across the top, a tinted column of facts beside the texts."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Node, Paper, Place, Space
from carnet.pipeline.teach.voice import Voice

KINDS = ("over", "over", "lines", "beside", "frames", "bare", "boxes", "bullets", "ruled-rows", "signs")


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Side-bar left or right, of any width, filled or ruled, first or last in the file."""
    page = c.page(rng, ("a4", "a4", "a4", "letter", "a4-wide", "16:9-small"))
    size = c.page_size(rng, page)
    voice = c.scaled(voice, size)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.2)
    head = c.head(rng, brochure, voice)
    choice = c.choice(rng, voice, head.used, domain=0.15)
    choice, tail = c.parted(rng, voice, choice)
    texts = c.texts(rng, voice)
    left, width = rng.random() < 0.5, page.inner_width * rng.uniform(0.25, 0.36)
    facts = c.arrangement(rng, voice, KINDS, width=width - 18)
    inside = rng.random() < 0.3  # the head stands over the texts only
    apart = rng.random() < 0.25  # the bar is placed by itself, before or after all else
    fill = rng.choice((voice.tint, voice.tint, None, "#f0f0f0"))
    pictures, box_title = rng.choice((0, 0, 1, 2)), c.word(rng, "box_titles") if rng.random() < 0.25 else ""
    suite = rng.choice((0.0, 0.0, 0.3))

    def bar(mission: MissionFacts) -> Node:
        some: list[Node | None] = (
            [c.say(box_title, c.LABEL, mission.ordinal, voice.look("text_label"))] if box_title else []
        )
        some.append(facts(choice.of(voice, mission)))
        small = voice.look("small")
        some += [c.captioned(rng, mission.ordinal, "100%", rng.uniform(55, 110), small) for _ in range(pictures)]
        inner = c.stack(some, 9)
        return Box(inner, fill, None if fill else voice.accent, sides="r" if left else "l", inset=9, keep=False)

    def pages(mission: MissionFacts) -> list[Node | None]:
        parts, overleaf = c.suite(rng, voice, texts, mission, suite)
        body = c.stack(
            [head.draw(mission) if inside else None, *parts, c.quote(voice, mission), tail(mission)], texts.gap
        )
        over = [] if inside else [head.draw(mission), Space(10)]
        widths: tuple[float | str, ...] = (width, "1fr") if left else ("1fr", width)
        row = (Cell(bar(mission)), Cell(body)) if left else (Cell(body), Cell(bar(mission)))
        if not (apart and inside):
            return [*over, Grid(widths, (row,), gap_x=16), *overleaf]
        x = 0.0 if left else page.inner_width - width
        rest = Grid(widths, ((Cell(None), Cell(body)) if left else (Cell(body), Cell(None)),), gap_x=16)
        return [Place(bar(mission), x, 0, width), rest, *overleaf]

    many = 1 if apart or suite else c.together(rng, brochure)
    return c.bind(rng, brochure, voice, dressed, pages, size, together=many)
