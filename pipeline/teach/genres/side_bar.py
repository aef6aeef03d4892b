"""A mission a page: title across the top, a tinted column of facts beside the texts."""

from __future__ import annotations

from random import Random

from pipeline.teach.content import Brochure, MissionFacts
from pipeline.teach.genres import common as c
from pipeline.teach.nodes import Box, Cell, Grid, Node, PageBreak, Paper, Sheet, Space
from pipeline.teach.voice import Voice


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Side-bar left or right, of any width, filled or ruled, first or last in the file."""
    page = c.page(rng, ("a4", "a4", "a4", "letter", "a4-wide", "16:9-small"))
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.2)
    head = c.head(rng, brochure, voice)
    choice = c.choice(rng, voice, head.used, domain=0.15)
    facts = c.arrangement(rng, voice, ("over", "over", "lines", "beside", "frames", "bare", "boxes", "bullets", "ruled-rows"), narrow=True)
    texts = c.texts(rng, voice)
    left, share = rng.random() < 0.5, rng.uniform(0.25, 0.36)
    inside = rng.random() < 0.3  # the head stands over the texts only
    fill = rng.choice((voice.tint, voice.tint, None, "#f0f0f0"))
    pictures = rng.choice((0, 0, 1, 2))
    opener = c.opener(rng, brochure, voice, page, c.OPENERS)

    def mission_page(mission: MissionFacts) -> list[Node]:
        bar: list[Node | None] = [facts(choice.of(voice, mission))]
        bar += [c.captioned(rng, mission.ordinal, "100%", rng.uniform(60, 110), voice.look("small")) for _ in range(pictures)]
        box = Box(c.stack(bar, 10), fill=fill, stroke=None if fill else voice.accent, sides="r" if left else "l", inset=9, keep=False)
        body = c.stack([head.draw(mission) if inside else None, texts.draw(mission), c.quote(voice, mission)], 10)
        width = page.inner_width * share
        row = (Cell(box), Cell(body)) if left else (Cell(body), Cell(box))
        widths: tuple[float | str, ...] = (width, "1fr") if left else ("1fr", width)
        return [*([] if inside else [head.draw(mission), Space(10)]), Grid(widths, (row,), gap_x=16)]

    sheets: list[Sheet] = []
    for number, (domain, indexes) in enumerate(c.by_domain(brochure), 1):
        nodes: list[Node] = list(opener(domain, number))
        for i, at in enumerate(indexes):
            nodes += [PageBreak()] * (i > 0) + mission_page(brochure.missions[at])
        sheets.append(dressed.sheet(nodes, domain))
    size = rng.uniform(8.5, 10.5) if page.height > 500 else rng.uniform(7, 8.5)
    return c.paper(rng, brochure, [*c.front(rng, brochure, voice, dressed), *sheets, *c.back(rng, brochure, voice, dressed)], size)
