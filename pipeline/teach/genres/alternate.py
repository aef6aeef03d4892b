"""Missions left and right of an upright axis with their years on it."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.blocks import groups, items
from carnet.pipeline.teach.blocks.list_pages import bind
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Look, Mark, Node, Paper, Para, Run, Space, Stack
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Sides in turn, or two a row; dates on the axis in pills or bare; events of the firm among them by lot."""
    page = c.page(rng, ("a4", "a4", "square", "16:9"))
    dressed = c.dress(rng, brochure, voice, page)
    size = rng.uniform(8.0, 10.0)
    m = items.manner(
        rng,
        voice,
        size,
        heads=("title_client", "client_title", "run_in"),
        facts=("bare", "bar", "lines"),
        texts=("none", "first", "none"),
        rich=0.25,
        cap=13.0,
    )
    m = m.but(shown=m.shown - {Role.PERIOD, Role.START, Role.END}, number="")
    axis, pill, both = rng.uniform(64, 110), rng.random() < 0.5, rng.random() < 0.3
    look = Look(bold=True, size=round(size, 1), color="#ffffff" if pill else voice.accent)
    events = rng.random() < 0.4
    missions = sorted(brochure.missions, key=lambda k: groups.first_year(k) or 0, reverse=rng.random() < 0.6)
    rows: list[tuple[Cell, ...]] = []
    for i, mission in enumerate(missions):
        left = i % 2 == 0
        date = _date(voice, mission, look, pill)
        entry = Cell(_aligned(items.entry(m, mission), right=left and not both))
        rows.append((entry, Cell(date), Cell(None)) if left else (Cell(None), Cell(date), entry))
        if events and rng.random() < 0.15:
            rows.append(_event(rng, brochure, left))
    grid = Grid(("1fr", axis, "1fr"), tuple(rows), 10, rng.uniform(6, 18), breakable=False)
    return bind(
        rng, brochure, voice, dressed, [dressed.sheet([groups.section_title(rng, voice), Space(12), grid])], size
    )


def _date(voice: Voice, mission: MissionFacts, look: Look, pill: bool) -> Node | None:
    roles = (Role.PERIOD,) if mission.has(Role.PERIOD) else (Role.START, Role.END)
    paras = [Para(c.restyle(voice.value(mission, r, "date"), look), align="center") for r in roles if mission.has(r)]
    if not paras:
        return None
    inner = Stack(tuple(paras), gap=4.5)
    return Box(inner, fill=voice.accent, inset=4, radius=6) if pill else inner


def _aligned(entry: Stack, right: bool) -> Stack:
    """Text at the axis' left is flush with it."""
    if not right:
        return entry
    return Stack(
        tuple(Para(n.runs, align="right") if isinstance(n, Para) and not n.item else n for n in entry.children),
        entry.gap,
    )


def _event(rng: Random, brochure: Brochure, left: bool) -> tuple[Cell, ...]:
    """A date of the firm, no mission."""
    year = Cell(
        Para((Run(str(brochure.year - rng.randint(3, 20)), Mark(Role.FRONT), Look(bold=True)),), align="center")
    )
    words = Cell(c.say(c.word(rng, "history_lines"), Role.FRONT, align="left" if left else "right"))
    return (Cell(None), year, words) if left else (words, year, Cell(None))
