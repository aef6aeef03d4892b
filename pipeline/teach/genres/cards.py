"""Cards: two or three a row, in boxes, on fills, or with nothing but room between them."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.blocks import groups, items
from carnet.pipeline.teach.blocks.list_pages import Part, bind, part_sheets
from carnet.pipeline.teach.blocks.lists import listed
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Look, Mark, Node, Paper, Para, Run, Space, Stack
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """A grid of cards under each part or through the whole; the last one may stay empty."""
    page = c.page(rng, ("a4", "a4", "a4-wide", "16:9-small", "4:3", "letter"), tight=0.8)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.2)
    count = rng.choice((2, 2, 3, 3, 4) if page.wide else (2, 2, 3))
    size = rng.uniform(7.0, 9.5) if count > 2 else rng.uniform(8.0, 10.0)
    forms = ("lines", "lines", "bar", "bare", "grid", "items", "flush")
    m = items.manner(
        rng,
        voice,
        size,
        heads=("title_client", "client_title", "title", "client_caps", "run_in", "one_line"),
        facts=forms,
        rich=0.35,
        cap=13.0,
    )
    m = m.but(width=page.inner_width / count - 28)
    card = Cards(rng, m)
    opener = c.opener(
        rng, brochure, voice, page, ("band", "heading", "heading-ruled", "tinted", "number", "none", "none")
    )
    pieces: list[Part] = []
    some_parts = groups.parts(brochure) if rng.random() < 0.6 else [("", list(brochure.missions))]
    for n, (domain, missions) in enumerate(some_parts, 1):
        nodes: list[Node] = list(opener(domain, n))
        if not nodes and rng.random() < 0.5:
            nodes = [groups.section_title(rng, voice), Space(13)]
        nodes.append(card.grid(missions, count))
        pieces.append((domain, nodes))
    return bind(rng, brochure, voice, dressed, part_sheets(rng, dressed, pieces), size)


class Cards:
    """How the cards of a brochure look, drawn once."""

    def __init__(self, rng: Random, m: items.Manner) -> None:
        self.rng, self.m = rng, m
        self.shape = rng.choice(("fill", "fill", "border", "border", "gap", "top-rule", "head-band", "ruled"))
        self.gap = rng.uniform(5, 16) if self.shape != "gap" else rng.uniform(12, 26)
        self.fill = rng.choice((m.voice.tint, "#f2f2f2", "#eef3f7"))
        self.stroke = rng.choice(("#bbbbbb", m.voice.accent, "#dddddd", "#000000"))
        self.picture = rng.choice((0.0, 0.0, 40.0, 60.0, 80.0))
        self.pill = rng.choice(("none", "none", "pill", "plain", "last"))
        self.see = listed(rng, "see") if rng.random() < 0.2 else ""
        self.inset = rng.uniform(4, 10)
        self.align = rng.choice(("left",) * 5 + ("center",))

    def grid(self, missions: list[MissionFacts], count: int) -> Node:
        cells = [self.cell(m) for m in missions]
        while len(cells) % count:
            cells.append(Cell(None))
        rows = tuple(tuple(cells[i : i + count]) for i in range(0, len(cells), count))
        framed = self.shape in ("border", "ruled")
        inset = 0.0 if self.shape == "gap" else self.inset
        gap = 0.0 if self.shape == "ruled" else self.gap
        return Grid(("1fr",) * count, rows, gap, gap, inset, self.stroke if framed else None, breakable=False)

    def cell(self, mission: MissionFacts) -> Cell:
        return Cell(self.card(mission), fill=self.fill if self.shape == "fill" else None)

    def card(self, mission: MissionFacts) -> Node:
        m, look = self.m, self.m.voice.look("kicker")
        pill = Para((Run(mission.domain, Mark(Role.DOMAIN, mission.ordinal), look),))
        top: list[Node] = [c.photo(self.rng, "100%", self.picture)] if self.picture else []
        if self.pill == "pill" and mission.domain:
            white = Para(c.restyle(pill.runs, Look(color="#ffffff")))
            top.append(Box(white, fill=m.voice.accent, inset=2.5, radius=5, width=None))
        elif self.pill == "plain" and mission.domain:
            top.append(pill)
        body = self._body(mission)
        foot: list[Node] = [pill] if self.pill == "last" and mission.domain else []
        if self.see:
            foot.append(Para((Run(self.see, Mark(Role.FURNITURE), m.voice.look("small")),)))
        return Stack((*top, *body, *foot), gap=m.gap)

    def _body(self, mission: MissionFacts) -> list[Node]:
        m = self.m
        head, facts, texts = items.head(m, mission), items.facts(m, mission), items.texts(m, mission)
        if self.align == "center":
            head = [Para(n.runs, align="center") if isinstance(n, Para) else n for n in head]
        if self.shape == "head-band":
            white = [
                Para(c.restyle(n.runs, Look(color="#ffffff")), align=n.align) if isinstance(n, Para) else n
                for n in head
            ]
            head = [Box(Stack(tuple(white), gap=m.gap), fill=m.voice.accent, inset=5)]
        elif self.shape == "top-rule":
            head = [Box(Stack(tuple(head), gap=m.gap), stroke=m.voice.accent, stroke_width=1.5, sides="t", inset=4)]
        return [*head, *facts, *texts] if m.facts_first else [*head, *texts, *facts]
