"""A mission a page with a turned title, client or part in a coloured spine at the edge, left and right in turn."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Look, Mark, Node, Paper, Para, Place, Run, Turned
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """What is turned, by lot: title, client, or part; the rest stands upright beside it."""
    page = c.page(rng, ("a4", "a4", "square", "a4-wide", "b5"))
    page = page.but(left=max(page.margins[0], 62), right=max(page.margins[2], 62))
    size = c.page_size(rng, page)
    voice = c.scaled(voice, size)
    dressed = c.dress(rng, brochure, voice, page)
    turned = rng.choice(("title", "title", "domain", "client"))
    alternate, left = rng.random() < 0.5, rng.random() < 0.6
    angle, filled = rng.choice((-90.0, -90.0, 90.0)), rng.random() < 0.7
    clients = ("over", "under", "kicker", "beside", "facts")
    head = c.head(rng, brochure, voice, ("facts",) if turned == "client" else clients)
    used = head.used | ({Role.CLIENT} if turned == "client" else set())
    choice = c.choice(rng, voice, used if turned != "title" else used | {Role.TITLE})
    narrow = rng.random() < 0.5
    facts, texts = (
        c.arrangement(rng, voice, width=page.inner_width / 3 - 10 if narrow else None),
        c.texts(rng, voice, c.NARROW),
    )
    over = rng.random() < 0.6
    big = Look(
        size=round(size * rng.uniform(1.3, 2.0), 1),
        bold=rng.random() < 0.6,
        upper=rng.random() < 0.3,
        tracking=rng.choice((0, 0, 1.5)),
    )

    def words(mission: MissionFacts) -> tuple[Run, ...]:
        if turned == "domain":
            return (Run(mission.domain, Mark(Role.DOMAIN, mission.ordinal)),) if mission.domain else ()
        role = Role.TITLE if turned == "title" else Role.CLIENT
        return voice.value(mission, role, "title" if turned == "title" else "client")

    def spine(mission: MissionFacts) -> list[Node]:
        at_left = left if not alternate else mission.ordinal % 2 == 0
        length = page.inner_height if turned == "title" else page.inner_height * 0.6
        runs = c.restyle(words(mission), c.over_look(big, c.WHITE if filled else Look()))
        x = -50.0 if at_left else page.inner_width + 12
        out: list[Node] = []
        if filled:
            edge = -page.margins[0] if at_left else page.inner_width + 8
            wide = page.margins[0] - 8 if at_left else page.margins[2] - 8
            out.append(
                Place(Box(None, fill=voice.accent, inset=0, width=wide, height=page.height), edge, -page.margins[1])
            )
        return [*out, Place(Turned(Box(Para(runs), inset=0, width=length), angle), x, 0)] if runs else out

    def upright(mission: MissionFacts) -> Node | None:
        if turned != "title":
            return head.draw(mission)
        client = voice.value(mission, Role.CLIENT, "client") if Role.CLIENT in head.used else ()
        return c.line(client)

    def pages(mission: MissionFacts) -> list[Node | None]:
        some, parts = facts(choice.of(voice, mission)), c.stack(texts.parts(mission), texts.gap)
        shown = upright(mission)
        picture = (
            c.captioned(rng, mission.ordinal, "100%", page.inner_height * 0.2, voice.look("small"))
            if rng.random() < 0.5
            else None
        )
        if narrow:
            body: Node = Grid(("1fr", "2fr"), ((Cell(some), Cell(parts)),), gap_x=16)
            return [*spine(mission), c.stack((shown, picture, body), 10)]
        blocks = (shown, some, picture, parts) if over else (shown, picture, parts, some)
        return [*spine(mission), c.stack(blocks, 10)]

    openers = ("none", "none", "page", "page-large") if turned == "domain" else c.OPENERS
    return c.bind(rng, brochure, voice, dressed, pages, size, openers)
