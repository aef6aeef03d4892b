"""A folded leaflet: two wide pages of three or four panels, missions on the inner ones."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.blocks import groups, items
from carnet.pipeline.teach.blocks.lists import listed, listed_words
from carnet.pipeline.teach.blocks.traps import trap_page
from carnet.pipeline.teach.content import Brochure
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import (
    Box,
    Cell,
    Columns,
    Grid,
    Look,
    Mark,
    Node,
    Paper,
    Para,
    Run,
    Sheet,
    Space,
    Stack,
)
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Outer page: address, words about the firm, cover. Inner page: panels through which the missions run."""
    count = rng.choice((3, 3, 3, 4))
    page = c.page(rng, ("a4-wide", "a4-wide", "a4-wide", "letter-wide", "a3-wide"), tight=0.55)
    dressed = c.dress(rng, brochure, voice, page)
    size = rng.uniform(7.5, 9.0) * (1.2 if page.width > 1000 else 1.0)
    m = items.manner(
        rng,
        voice,
        size,
        facts=("lines", "bare", "bar"),
        texts=("first", "plain", "none", "none"),
        rich=0.3,
        cap=size * 1.3,
    ).but(paragraphs=1, width=page.inner_width / count - 26)
    room, part = rng.uniform(5, 14), rng.choice(("band", "plain", "tint", "caps", "none"))
    outer = Grid(("1fr",) * count, (tuple(Cell(p) for p in _outer(rng, brochure, voice, page, count, size)),), gap_x=24)
    flow: list[Node] = [groups.section_title(rng, voice, 15.0), Space(6)] if rng.random() < 0.6 else []
    for domain, missions in groups.parts(brochure):
        if part != "none":
            flow += [groups.part_head(rng, voice, domain, part, 13.0), Space(8)]
        for mission in missions:
            flow += [items.entry(m, mission, rng.random() < 0.5), Space(room)]
    while rng.random() < 0.4:
        flow += [Space(14), *trap_page(rng, brochure, voice)]
    inner = Columns(Stack(tuple(flow), gap=0), count, 24.0)
    sheets: list[Sheet] = [dressed.sheet([outer], bare=True), dressed.sheet([inner], bare=rng.random() < 0.8)]
    if rng.random() < 0.3:
        sheets.reverse()
    return c.paper(rng, brochure, sheets, size)


def _outer(rng: Random, brochure: Brochure, voice: Voice, page: c.Page, count: int, size: float) -> list[Node]:
    """Panels of the outer page, the cover last."""
    about: list[Node] = [c.say(t, Role.FRONT) for t in brochure.about[:3]]
    offer = [
        Para((Run(t, Mark(Role.FRONT)),), item=1, marker=voice.bullet)
        for t in listed_words(rng, "offer_lines", rng.randint(3, 6))
    ]
    title = c.say(listed(rng, "offer_titles"), Role.FRONT, look=Look(size=size * 1.4, bold=True, color=voice.accent))
    address: list[Node] = [c.say(f"{city}\n{street}", Role.OFFICE) for city, street, _ in brochure.offices]
    panels: list[Node] = [Stack((title, *offer), gap=5), Stack((*about,), gap=6)]
    panels = [
        *panels,
        Stack((c.photo(rng, "100%", 120), *[c.say(t, Role.FRONT) for t in listed_words(rng, "offer_texts", 3)]), gap=8),
    ][: count - 2]
    back = Stack((Space(page.inner_height * 0.4), *address, c.say(brochure.website, Role.FRONT)), gap=6)
    return [*panels, back, _front(rng, brochure, voice, page)]


def _front(rng: Random, brochure: Brochure, voice: Voice, page: c.Page) -> Node:
    """The panel that is seen first."""
    white = rng.random() < 0.5
    ink = Look(color="#ffffff" if white else voice.accent)
    room = (page.inner_width / 4 - 40) / max(len(w) for w in brochure.firm.split())
    size = round(min(rng.choice((18.0, 22.0, 26.0)), room / 0.7), 1)
    name = c.say(brochure.firm, Role.FRONT, look=Look(size=size, bold=True, color=ink.color))
    words = [c.say(t, Role.FRONT, look=ink) for t in (brochure.slogan, listed(rng, "leaflet_slogans")) if t]
    inner = Stack((Space(page.inner_height * rng.uniform(0.15, 0.5)), name, *words), gap=8)
    return Box(inner, fill=voice.accent if white else None, inset=12, height=page.inner_height)
