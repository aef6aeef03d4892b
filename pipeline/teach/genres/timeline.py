"""Dates in the margin, missions beside them, like a CV."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.blocks import groups, items
from carnet.pipeline.teach.blocks.list_pages import Part, bind, part_sheets
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Look, Node, Paper, Para, Space, Stack
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """The margin left or right, narrow or wide, beside a drawn line or not; narrow ones break dates over lines."""
    page = c.page(rng, ("a4", "a4", "a4", "letter", "b5", "a4-wide"))
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.15)
    size = rng.uniform(8.5, 10.5)
    m = items.manner(rng, voice, size, rich=0.35, cap=13.0).but(kicker=False)
    m = m.but(shown=m.shown - {Role.PERIOD, Role.START, Role.END} | ({Role.DURATION} if rng.random() < 0.3 else set()))
    margin = _Margin(rng, m)
    opener = c.opener(rng, brochure, voice, page, ("heading", "heading-ruled", "tinted", "none", "none"))
    room, keep = rng.uniform(8, 24), rng.random() < 0.5
    missions = (
        sorted(brochure.missions, key=lambda k: groups.first_year(k) or 0, reverse=True)
        if rng.random() < 0.5
        else list(brochure.missions)
    )
    pieces: list[Part] = []
    for n, (domain, some) in enumerate(groups.parts(brochure) if rng.random() < 0.4 else [("", missions)], 1):
        nodes: list[Node] = list(opener(domain, n))
        for mission in some:
            nodes += [margin.beside(mission, items.entry(m, mission, keep)), Space(room)]
        pieces.append((domain, nodes))
    return bind(rng, brochure, voice, dressed, part_sheets(rng, dressed, pieces), size)


class _Margin:
    """What stands in the margin, and where it is."""

    def __init__(self, rng: Random, m: items.Manner) -> None:
        self.m = m
        self.width = rng.choice((42.0, 60.0, 80.0, 105.0, 130.0))
        self.right = rng.random() < 0.15
        self.line = rng.choice(("none", "none", "line", "dot", "cell"))
        self.look = Look(
            bold=rng.random() < 0.5,
            color=rng.choice((None, m.voice.accent)),
            size=round(m.size * rng.choice((0.85, 1.0, 1.0, 1.2)), 1),
        )
        self.align = rng.choice(("left", "left", "right"))
        self.also = rng.choice((None, None, None, Role.PLACE, Role.STATUS, Role.AMOUNT, Role.CLIENT))
        self.down = rng.choice((0.0, 0.0, 0.0, m.size * 1.5))

    def dates(self, mission: MissionFacts) -> Node | None:
        v = self.m.voice
        roles = (Role.PERIOD,) if mission.has(Role.PERIOD) else (Role.START, Role.END)
        some = [
            Para(c.restyle(v.value(mission, r, "date"), self.look), align=self.align) for r in roles if mission.has(r)
        ]
        if self.also and self.also not in self.m.shown and self.also is not Role.CLIENT and mission.has(self.also):
            some.append(Para(v.value(mission, self.also), align=self.align))
        if not some:
            return None
        return Stack((Space(self.down), *some) if self.down else tuple(some), gap=self.m.gap)

    def beside(self, mission: MissionFacts, entry: Node) -> Node:
        dates = self.dates(mission)
        if self.line == "line":
            entry = Box(entry, stroke=self.m.voice.accent, stroke_width=0.8, sides="l", inset=6, keep=False)
        elif self.line == "dot":
            entry = Grid((12.0, "1fr"), ((Cell(c.dot(self.m.voice.accent, 6)), Cell(entry)),))
        elif self.line == "cell" and dates is not None:
            dates = Box(dates, fill=self.m.voice.tint, inset=4)
        row = (Cell(entry), Cell(dates)) if self.right else (Cell(dates), Cell(entry))
        return Grid(("1fr", self.width) if self.right else (self.width, "1fr"), (row,), gap_x=10)
