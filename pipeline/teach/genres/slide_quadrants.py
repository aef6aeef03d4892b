"""A mission a slide of four boxes, two over two, a badge with the client or a sign amid them, a tag in the corner."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Mark, Node, Paper, Para, Place, Run, Space, Turned
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Three texts and the facts, a box each, in any order; the badge is last in the file."""
    page = c.page(rng, ("16:9", "16:9", "4:3", "a4-wide"), tight=0.7)
    size = c.fitting_size(brochure, page.inner_width, page.inner_height * 0.36, 6.2, 11.5, columns=2)
    voice = c.scaled(voice, size)
    dressed = c.dress(rng, brochure, voice, page)
    badge = rng.choice(("client", "client", "none", "sign"))
    head = c.head(rng, brochure, voice, ("facts",) if badge == "client" else c.CLIENT_PLACES, cap=size * 2)
    choice = c.choice(rng, voice, head.used | ({Role.CLIENT} if badge == "client" else set()), again=0)
    texts = c.texts(rng, voice, ("plain", "filled", "tinted", "square"), drop_cap=0)
    facts = c.arrangement(rng, voice, ("lines", "bullets", "over", "bare", "beside"), width=page.inner_width / 2 - 20)
    at, framed = rng.choice((0, 1, 3, 3)), rng.random() < 0.5
    titled, tag = c.word(rng, "box_titles") if rng.random() < 0.5 else "", rng.random() < 0.35
    height = page.inner_height * 0.4

    def boxed(child: Node | None) -> Cell:
        fill, stroke = (None, voice.accent) if framed else (voice.tint, None)
        return Cell(Box(child, fill, stroke, inset=9, keep=False))

    def pages(mission: MissionFacts) -> list[Node | None]:
        name = c.say(titled, Role.LABEL, mission.ordinal, voice.look("text_label")) if titled else None
        boxes: list[Node] = list(texts.parts(mission))
        boxes.insert(min(at, len(boxes)), c.stack((name, facts(choice.of(voice, mission))), 5))
        cells = [boxed(n) for n in boxes] + [Cell(None)] * (len(boxes) % 2)
        rows = tuple(tuple(cells[i : i + 2]) for i in range(0, len(cells), 2))
        out: list[Node | None] = [head.draw(mission), Space(10), Grid(("1fr", "1fr"), rows, gap_x=10, gap_y=10)]
        if badge == "client":
            words = c.restyle(voice.value(mission, Role.CLIENT, "client"), c.WHITE)
            disc = Box(
                Para(c.capped(words, size * 1.1), align="center"), fill=voice.accent2, inset=8, radius=14, width=130
            )
            out.insert(0, Place(disc, page.inner_width - 130, -24))
        elif badge == "sign":
            out.append(Place(c.dot(voice.accent2, 30), page.inner_width / 2 - 15, height))
        if tag and mission.domain:
            run = Run(mission.domain, Mark(Role.DOMAIN, mission.ordinal), voice.look("kicker"))
            out.append(
                Place(Turned(Box(Para((run,)), fill=voice.tint, inset=4, width=None), 90), page.inner_width + 8, 40)
            )
        return out

    return c.bind(rng, brochure, voice, dressed, pages, size, openers=("none", "none", "page", "page-photo"))
