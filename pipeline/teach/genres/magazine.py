"""A mission as an article: kicker, large title, bold lead, columns of running text, a box of facts, a pulled quote."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Look, Node, Paper, Para, Place, Rule, Space
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Texts with or without headings in columns; the box among them, beside them, in the margin, at the foot."""
    page = c.page(rng, ("a4", "a4", "a4", "letter", "b5"), tight=0.85)
    count, place = rng.choice((2, 2, 3)), rng.choice(("side", "side", "foot", "head", "margin"))
    if place == "margin":
        page, count = page.but(right=page.inner_width * 0.34), 2
    size, high = c.page_size(rng, page), rng.choice((0.0, 0.1, 0.4))
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.3)
    voice = c.scaled(voice, size)
    head = c.head(
        rng, brochure, voice, ("over", "kicker", "under", "inline", "facts", "facts"), ("plain",), kicker=0.5, cap=34
    )
    choice = c.choice(rng, voice, head.used)
    choice, tail = c.parted(rng, voice, choice)
    facts = c.arrangement(rng, voice, ("over", "lines", "bare", "beside", "bullets"), width=page.inner_width * 0.3)
    texts = c.texts(rng, voice, ("plain", "plain", "run-in", "ruled"), drop_cap=0.5, justify=0.5)
    title, framed = c.word(rng, "box_titles") if rng.random() < 0.7 else "", rng.random() < 0.5
    lead = rng.random() < 0.5
    headed = rng.random() < 0.6

    def box(mission: MissionFacts) -> Node:
        name = c.say(title, Role.LABEL, mission.ordinal, voice.look("text_label")) if title else None
        inner = c.stack((name, facts(choice.of(voice, mission))), 6)
        return Box(inner, None if framed else voice.tint, voice.accent if framed else None, inset=9)

    def article(mission: MissionFacts, width: float, columns: int) -> list[Node | None]:
        roles = texts.roles(mission)
        first: Node | None = None
        if lead and roles:
            paras = texts.items(mission, roles[0])
            first = c.stack([Para(c.restyle(p.runs, Look(bold=True, size=round(size * 1.15, 1)))) for p in paras[:1]])
            rest: list[Node] = list(texts.set(paras[1:]))
            roles = roles[1:]
        else:
            rest = []
        for role in roles:
            rest += [texts.part(mission, role)] if headed else texts.set(texts.items(mission, role), not rest)
        length = c.text_length(mission) - (sum(len(r.text) for p in c.paras(first) for r in p.runs) if first else 0)
        body = c.balanced(voice, rest, length, width, size, columns) if rest else None
        return [first, Space(10) if first else None, body]

    def pages(mission: MissionFacts) -> list[Node | None]:
        out: list[Node | None] = [head.draw(mission), Space(10)]
        if rng.random() < 0.5:
            out += [
                c.captioned(
                    rng, mission.ordinal, "100%", page.inner_height * rng.uniform(0.14, 0.28), voice.look("small")
                ),
                Space(10),
            ]
        quote = c.quote(voice, mission, size * 1.6)
        if place == "side":
            narrow = page.inner_width * 0.3
            text = c.stack(article(mission, page.inner_width - narrow - 16, count - 1), 4)
            side = c.stack((box(mission), quote, tail(mission)), 14)
            row = (Cell(text), Cell(side))
            return [*out, Grid(("1fr", narrow), (row,), gap_x=16)]
        if place == "margin":
            pinned = Place(box(mission), page.inner_width + 14, page.inner_height * high, page.margins[2] - 34)
            return [pinned, *out, *article(mission, page.inner_width, count), Space(12), quote, tail(mission)]
        blocks = [*article(mission, page.inner_width, count), Space(12), quote, tail(mission)]
        if place == "head":
            return [*out, box(mission), Space(12), *blocks]
        return [*out, *blocks, Space(10), Rule(voice.accent, 0.5), Space(6), box(mission)]

    return c.bind(rng, brochure, voice, dressed, pages, size)
