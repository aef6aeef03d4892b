"""A mission on two facing pages: a picture and a large title on one, facts and texts on the other."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Look, Node, PageBreak, Paper, Place, Space
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """As single pages or as one wide spread; the first holds title, or title and client, or only a number."""
    wide = rng.random() < 0.3
    page = c.page(rng, ("a3-wide",) if wide else ("a4", "a4", "square", "b5", "a4-wide"))
    size = c.page_size(rng, page)
    voice = c.scaled(voice, size)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.1)
    large = Look(size=round(size * rng.uniform(2.0, 3.6), 1), bold=rng.random() < 0.7, upper=rng.random() < 0.15)
    with_client, with_place = rng.random() < 0.4, rng.random() < 0.4
    used = {Role.TITLE} | ({Role.CLIENT} if with_client else set()) | ({Role.PLACE} if with_place else set())
    choice = c.choice(rng, voice, used, domain=0.15)
    choice, tail = c.parted(rng, voice, choice)
    ground = rng.choice(("photo", "photo", "half", "filled", "blank"))
    turned = rng.random() < 0.2  # facts and texts first, the picture page behind
    repeated = rng.random() < 0.15
    order = rng.choice((("title", "client", "place"), ("client", "title", "place"), ("place", "title", "client")))
    columns = rng.random() < 0.4
    facts, texts = (
        c.arrangement(rng, voice, width=page.inner_width / 3 - 10 if columns else None),
        c.texts(rng, voice, c.NARROW if columns else c.HEADINGS),
    )

    def lettering(mission: MissionFacts) -> Node:
        light = ground in ("photo", "filled")
        parts = {
            "title": c.restyle(voice.value(mission, Role.TITLE, "title"), large),
            "client": voice.value(mission, Role.CLIENT, "client") if with_client else (),
            "place": voice.value(mission, Role.PLACE, "kicker") if with_place else (),
        }
        some = c.stack([c.line(parts[name]) for name in order], 6)
        return c.recolored(some, "#ffffff") if light else some

    def first(mission: MissionFacts, width: float) -> list[Node | None]:
        left, top = page.margins[:2]
        at = page.inner_height * rng.choice((0.1, 0.4, 0.6))
        area = width + left + (0 if wide else page.margins[2])
        match ground:
            case "photo":
                dark = Box(None, fill="#00000066", inset=0, width=area, height=page.height)
                under: Node | None = c.stack(
                    (Place(c.photo(rng, area, page.height), -left, -top), Place(dark, -left, -top))
                )
            case "filled":
                under = Place(Box(None, fill=voice.accent, inset=0, width=area, height=page.height), -left, -top)
            case "half":
                under, at = Place(c.photo(rng, width, page.inner_height * 0.5)), page.inner_height * 0.56
            case _:
                under = None
        return [under, Place(lettering(mission), 0, at, width - 10)]

    def second(mission: MissionFacts) -> Node:
        title = c.line(voice.value(mission, Role.TITLE, "text_label")) if repeated else None
        some, parts = facts(choice.of(voice, mission)), texts.parts(mission)
        picture = c.captioned(rng, mission.ordinal, "100%", 110, voice.look("small")) if rng.random() < 0.3 else None
        if columns and not wide:
            body: Node = Grid(("1fr", "2fr"), ((Cell(some), Cell(c.stack(parts, texts.gap))),), gap_x=16)
            return c.stack([title, body, picture, tail(mission)], 10)
        return c.stack([title, some, Space(4), *parts, picture, tail(mission)], texts.gap)

    def pages(mission: MissionFacts) -> list[Node | None]:
        if wide:
            half = page.inner_width / 2
            return [*first(mission, half), Grid((half, "1fr"), ((Cell(None), Cell(second(mission))),), gap_x=24)]
        one = first(mission, page.inner_width)
        return (
            [second(mission), PageBreak(), *one, Space(1)] if turned else [*one, Space(1), PageBreak(), second(mission)]
        )

    return c.bind(rng, brochure, voice, dressed, pages, size, bare=ground in ("photo", "filled"))
