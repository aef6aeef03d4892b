"""A mission a page: a block of title, a strip of facts in cells between two rules, the texts in one or two columns."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Look, Node, Paper, Place, Space
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role

_CORNER = (Role.STATUS, Role.PERIOD, Role.REFERENCE, Role.PLACE)


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Strip under the head or at the foot of the page; a corner holds one fact more, far from the others."""
    page = c.page(rng, ("a4", "a4", "a4-wide", "letter", "b5", "16:9"))
    size = c.page_size(rng, page)
    voice = c.scaled(voice, size)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.15)
    corner = rng.choice(_CORNER) if rng.random() < 0.5 else None
    head = c.head(rng, brochure, voice, kicker=0.3)
    choice = c.choice(rng, voice, head.used | ({corner} if corner else set()), domain=0.2)
    choice, tail = c.parted(rng, voice, choice)
    place = rng.choice(("under", "under", "under", "foot", "over", "middle"))
    strip_form, tracked, count = (
        rng.choice(("ruled", "ruled", "filled", "boxed", "cells")),
        rng.random() < 0.5,
        rng.choice((3, 4, 5)),
    )
    columns, cover = rng.choice((1, 1, 2, 2, 3)), rng.random() < 0.4
    light, upside = rng.random() < 0.4, rng.random() < 0.15
    texts = c.texts(rng, voice, c.HEADINGS if columns == 1 else c.NARROW, drop_cap=0.3)

    def strip(mission: MissionFacts) -> Node:
        facts = c.sized_labels(choice.of(voice, mission), tracked)
        wide = [f for f in facts if f.role in (Role.CONTACT, Role.PARTNERS)] if count > 3 else []
        short = [f for f in facts if f not in wide]
        match strip_form:
            case "filled":
                some = c.inverted(short) if light else short
                main: Node = c.cells(some, count, fill=voice.accent if light else voice.tint, gap=3, inset=6)
            case "boxed":
                main = c.cells(short, count, stroke="#999999", inset=5)
            case "cells":
                main = c.cells(short, count, gap=10, upside=upside, inset=0)
            case _:
                main = c.strip(short[:5], voice.accent)
                wide = short[5:] + wide
        return c.stack([main, c.lines(wide, 3) if wide else None], 6)

    def body(mission: MissionFacts) -> Node | None:
        parts = texts.parts(mission)
        if columns == 1 or not parts:
            return c.stack(parts, texts.gap) if parts else None
        if columns == 3 and len(parts) > 1:
            return c.abreast(parts, 14)
        return c.balanced(voice, parts, c.text_length(mission), page.inner_width, size)

    def pages(mission: MissionFacts) -> list[Node | None]:
        out: list[Node | None] = []
        spot = c.fact(voice, mission, corner) if corner else None
        if spot:
            runs = c.restyle(spot.value, Look(size=size * 0.85))
            width = 130.0
            out.append(Place(c.line(runs, "right") or Space(0), page.inner_width - width, -18, width))
        picture = (
            c.captioned(rng, mission.ordinal, "100%", page.inner_height * rng.uniform(0.15, 0.3), voice.look("small"))
            if cover
            else None
        )
        blocks = [head.draw(mission), picture, body(mission)]
        at = {"over": 0, "under": 1, "middle": 2, "foot": 3}[place]
        blocks.insert(at, strip(mission))
        for block in blocks:
            out += [block, Space(11)] if block else []
        return [*out, tail(mission), c.quote(voice, mission)]

    return c.bind(rng, brochure, voice, dressed, pages, size)
