"""A report of a year: missions among news of the firm, in blocks over columns."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.blocks import groups, items
from carnet.pipeline.teach.blocks.column_text import columned
from carnet.pipeline.teach.blocks.list_pages import bind
from carnet.pipeline.teach.blocks.lists import listed, listed_words
from carnet.pipeline.teach.content import Brochure
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Box, Look, Node, Paper, Space, Stack
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Missions as short articles, news in boxes or between them, figures large."""
    page = c.page(rng, ("a4", "a4", "a4-wide", "square", "letter"))
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.3)
    size = rng.uniform(8.5, 10)
    heads = ("title_client", "client_title", "title", "run_in")
    m = items.manner(
        rng,
        voice,
        size,
        heads=heads,
        facts=("bare", "bar", "lines"),
        texts=("plain", "plain", "first", "headed"),
        rich=0.25,
        cap=15.0,
    )
    count, part, room = rng.choice((1, 2, 2, 3)), rng.choice((*groups.PART_FORMS, "none")), rng.uniform(8, 20)
    m = m.but(width=page.inner_width / count - 16)
    flow: list[Node] = []
    for domain, missions in groups.parts(brochure):
        if part != "none":
            flow += [groups.part_head(rng, voice, domain, part, 18.0), Space(8)]
        for mission in missions:
            if rng.random() < 0.2:
                flow.append(c.captioned(rng, mission.ordinal, "100%", rng.uniform(60, 120), voice.look("small")))
            flow += [items.entry(m, mission), Space(room)]
            if rng.random() < 0.22:
                flow += [_news(rng, voice, size), Space(room)]
    body = columned(flow, count, 18.0, page.inner_width, size, page.inner_height - 50, 4.0)
    return bind(
        rng, brochure, voice, dressed, [dressed.sheet([groups.section_title(rng, voice, 22.0), Space(13), body])], size
    )


def _news(rng: Random, voice: Voice, size: float) -> Node:
    """A box of news that is no mission."""
    title = c.say(
        listed(rng, "news_titles"), Role.FRONT, look=Look(bold=True, size=round(size * 1.1, 1), color=voice.accent)
    )
    some = [c.say(t, Role.FRONT) for t in listed_words(rng, "news", rng.randint(1, 3))]
    inner = Stack((title, *some), gap=5)
    match rng.choice(("fill", "stroke", "none")):
        case "fill":
            return Box(inner, fill=voice.tint, inset=7)
        case "stroke":
            return Box(inner, stroke=voice.accent2, inset=7)
    return inner
