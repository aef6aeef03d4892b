"""A mission over a page or two: texts and pictures in turn, the facts at the very end, far from the title."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Node, PageBreak, Paper, Rule, Space
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """The facts as definition list, lines, table or one paragraph; a line that sums up under the title; a way back."""
    page = c.page(rng, ("a4", "a4", "letter", "b5", "a4-wide"))
    size = c.page_size(rng, page)
    voice = c.scaled(voice, size)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.15)
    head = c.head(rng, brochure, voice, under=(Role.PLACE, Role.PLACE, Role.STATUS))
    choice = c.choice(rng, voice, head.used, domain=0.3)
    kinds = ("beside-right", "beside-right", "beside", "lines", "leaders", "ruled-rows", "run-in", "over", "bullets")
    facts, texts = c.arrangement(rng, voice, kinds), c.texts(rng, voice, drop_cap=0.15)
    sums, ruled, parted, returns = (rng.random() < p for p in (0.3, 0.6, 0.25, 0.3))
    tall = page.inner_height * rng.uniform(0.1, 0.24)
    flows = rng.random() < 0.2  # missions follow one another without a new page
    narrow = rng.uniform(0.6, 1.0)

    def pages(mission: MissionFacts) -> list[Node | None]:
        out: list[Node | None] = [head.draw(mission), Space(8)]
        if sums:
            out += [c.aside(c.word(rng, "summary"), mission, voice.look("small")), Space(8)]
        for part in texts.parts(mission):
            out += [part, Space(9)]
            if rng.random() < 0.5:
                out += [c.captioned(rng, mission.ordinal, "100%", tall, voice.look("small")), Space(9)]
        out.append(PageBreak() if parted and not flows else None)
        out += [Rule(voice.accent, 0.6), Space(8)] if ruled else []
        out.append(c.beside(facts(choice.of(voice, mission)), None, (page.inner_width * narrow, "1fr"), 0))
        if returns:
            out += [Space(8), c.say(c.word(rng, "see_more"), Role.FURNITURE, look=voice.look("small"))]
        return out

    return c.bind(
        rng,
        brochure,
        voice,
        dressed,
        pages,
        size,
        together=30 if flows else 1 if parted else c.together(rng, brochure, 2),
    )
