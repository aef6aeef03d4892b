"""Years as headings or in the margin, one line for each mission under them."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.blocks import groups, items
from carnet.pipeline.teach.blocks.column_text import columned
from carnet.pipeline.teach.blocks.list_pages import bind
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import (
    Box,
    Cell,
    Grid,
    Look,
    Mark,
    Node,
    PageBreak,
    Paper,
    Para,
    Rule,
    Run,
    Space,
    Stack,
)
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Newest first or last; large years, years in the margin, in a band; lines or short paragraphs."""
    page = c.page(rng, ("a4", "a4", "a4", "a5", "a4-wide", "16:9-small"))
    dressed = c.dress(rng, brochure, voice, page)
    size = rng.uniform(8.0, 11)
    heads = ("one_line", "one_line", "run_in", "client_title", "client_caps")
    m = items.manner(
        rng,
        voice,
        size,
        heads=heads,
        facts=("bar", "bare", "bare"),
        texts=("none", "none", "none", "first"),
        rich=0.15,
        cap=size,
    )
    m = m.but(shown=m.shown - set(items.TIME), extras=False, number=m.number if rng.random() < 0.2 else "")
    forms = Years(rng, m, page)
    dated = [mission for mission in brochure.missions if groups.first_year(mission)]
    years = sorted(groups.grouped(dated, lambda k: str(groups.first_year(k))), reverse=rng.random() < 0.75)
    nodes: list[Node] = [groups.section_title(rng, voice), Space(13), *groups.opening(rng, voice, size), Space(6)]
    inner = forms.pages(years) if forms.chunk else [forms.group(y, some, False) for y, some in years]
    if forms.columns > 1 and not forms.chunk:
        nodes.append(columned(inner, forms.columns, 18.0, page.inner_width, size, page.inner_height - 60, forms.room))
    else:
        nodes += [n for one in inner for n in (one, Space(forms.room))]
    return bind(rng, brochure, voice, dressed, [dressed.sheet(nodes)], size)


class Years:
    """How years and the lines under them are printed."""

    def __init__(self, rng: Random, m: items.Manner, page: c.Page) -> None:
        self.m = m
        self.form = rng.choice(("large", "large", "plain", "margin", "margin", "band", "ruled", "first-line"))
        self.marker = rng.choice(("", "", m.voice.bullet, "–"))
        self.columns = rng.choice((1, 1, 2)) if page.width > 500 else 1
        self.chunk = rng.randint(8, 20) if rng.random() < 0.35 else 0
        self.room = rng.uniform(7, 22)
        self.line = items.gap(rng, m.size)
        self.suite = rng.choice((" (suite)", " – suite", ""))
        size = rng.choice((12.0, 16.0, 22.0, 30.0)) if self.form == "large" else rng.choice((m.size, m.size * 1.2))
        self.look = Look(size=round(size, 1), bold=rng.random() < 0.8, color=rng.choice((m.voice.accent, None)))

    def group(self, year: str, missions: list[MissionFacts], again: bool) -> Node:
        """The missions of a year."""
        head: c.Runs = (Run(year, Mark(Role.YEAR), self.look),)
        if again and self.suite:
            head += (Run(self.suite, Mark(Role.FURNITURE), self.look),)
        lines = Stack(tuple(self.entry(k) for k in missions), gap=self.line)
        match self.form:
            case "margin":
                return Grid((58.0, "1fr"), ((Cell(Para(head)), Cell(lines)),))
            case "first-line":
                rows = [(Cell(Para(head) if not i else None), Cell(self.entry(k))) for i, k in enumerate(missions)]
                return Grid((50.0, "1fr"), tuple(rows), gap_y=self.line)
            case "band":
                white = Para(c.restyle(head, Look(color="#ffffff")))
                return Stack((Box(white, fill=self.m.voice.accent, inset=3), lines), gap=5)
            case "ruled":
                return Stack((Para(head), Rule(self.m.voice.accent, 0.6), lines), gap=4)
            case _:
                return Stack((Para(head), lines), gap=4)

    def entry(self, mission: MissionFacts) -> Node:
        head = items.head(self.m, mission)
        if self.marker and head and isinstance(head[0], Para):
            head[0] = Para(head[0].runs, item=1, marker=self.marker)
        return Stack((*head, *items.facts(self.m, mission), *items.texts(self.m, mission)), gap=self.m.gap, keep=True)

    def pages(self, years: list[tuple[str, list[MissionFacts]]]) -> list[Node]:
        """Groups cut by hand: so many lines a page, the year said again on the next."""
        out: list[Node] = []
        left = self.chunk
        for year, missions in years:
            again = False
            while missions:
                out.append(self.group(year, missions[:left], again))
                missions, left, again = missions[left:], left - len(missions[:left]), True
                if not left:
                    out.append(PageBreak())
                    left = self.chunk
        return out
