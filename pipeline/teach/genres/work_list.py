"""A line for each mission: work (CLIENT) – amount – year, or work and client, dots, dates at the right."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.blocks import groups, items
from carnet.pipeline.teach.blocks.list_pages import bind
from carnet.pipeline.teach.blocks.lists import listed
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Cell, Grid, Look, Node, Paper, Para, Run, Space, Stack
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role

FORMS = ("brackets", "brackets", "commas", "dashes", "leaders", "leaders", "tab", "bold-client")


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Lists with or without marks, hanging or not; part names over them; a closing remark."""
    page = c.page(rng, ("a4", "a4", "a4", "a5", "letter", "a4-wide"))
    dressed = c.dress(rng, brochure, voice, page)
    size = rng.uniform(8.5, 11)
    m = items.manner(rng, voice, size, rich=0.3, cap=size).but(number=rng.choice(("", "", "{n}.", "{n}")), kicker=False)
    line = _Line(rng, m, page.inner_width)
    part, room = rng.choice((*groups.PART_FORMS, "none")), rng.uniform(4.5, 11)
    nodes: list[Node] = [groups.section_title(rng, voice, 20.0), Space(13)] if rng.random() < 0.75 else []
    nodes += [*groups.opening(rng, voice, size), Space(6)]
    for domain, missions in groups.parts(brochure) if part != "none" else [("", list(brochure.missions))]:
        if domain:
            nodes += [groups.part_head(rng, voice, domain, part, 14.0), Space(8)]
        nodes += [Stack(tuple(line.of(k) for k in missions), gap=room), Space(rng.uniform(6, 16))]
    if rng.random() < 0.3:
        nodes.append(
            c.say(listed(rng, "list_closings"), Role.FRONT, look=Look(italic=True, size=round(size * 0.85, 1)))
        )
    return bind(rng, brochure, voice, dressed, [dressed.sheet(nodes)], size)


class _Line:
    """How a mission's line is built, drawn once."""

    def __init__(self, rng: Random, m: items.Manner, width: float) -> None:
        self.m, self.width = m, width
        self.form = rng.choice(FORMS)
        self.marker = rng.choice(("–", "-", "", "", m.voice.bullet, "•"))
        self.hanging = rng.choice((0.0, 0.0, 14.0))
        self.upper = Look(
            upper=rng.random() < 0.5, bold=True if self.form == "bold-client" or rng.random() < 0.2 else None
        )
        self.dots = rng.choice((".", ".", "…", "_", " ."))
        self.client_first = rng.random() < 0.35

    def of(self, mission: MissionFacts) -> Node:
        title, client = self._named(mission)
        tail = [v for v in items.bare_values(self.m, mission) if v[0].mark.role not in (Role.CONTACT, Role.PARTNERS)]
        partners = self.m.voice.fact_line(mission, Role.PARTNERS) if Role.PARTNERS in self.m.shown else ()
        if self.form in ("leaders", "tab"):
            return self._led(mission, (title, client), tail)
        if self.form == "brackets" and client:
            mark = client[0].mark
            client = (Run("(", mark), *client, Run(")", mark))
            runs = (*title, *((Run(" ", mark),) if title else ()), *client)
        else:
            pair = [
                r
                for r in ((client, title) if self.client_first or self.form == "bold-client" else (title, client))
                if r
            ]
            runs = items.joined(pair, {"commas": ", ", "dashes": " – "}.get(self.form, " : "))
        runs = items.joined([r for r in (runs, *tail, partners) if r], ", " if self.form == "commas" else " – ")
        runs = (*items.number(self.m, mission), *runs)
        return Para(
            runs, hanging=self.hanging if not self.marker else 0, item=1 if self.marker else 0, marker=self.marker
        )

    def _named(self, mission: MissionFacts) -> tuple[c.Runs, c.Runs]:
        client = c.restyle(self.m.voice.value(mission, Role.CLIENT, "value"), self.upper)
        return self.m.voice.value(mission, Role.TITLE, "value"), client

    def _led(self, mission: MissionFacts, named: tuple[c.Runs, c.Runs], tail: list[c.Runs]) -> Node:
        """Dots or room up to what stands at the right."""
        pair = [r for r in (reversed(named) if self.client_first else named) if r]
        left = (*items.number(self.m, mission), *items.joined(pair, ", "))
        right = items.joined(tail[-1:], "")
        if self.form == "leaders" and left and right:
            used = sum(len(r.text) for r in left) * self.m.size * 0.5 % self.width
            room = self.width - used - sum(len(r.text) for r in right) * self.m.size * 0.55 - 20
            dots = self.dots * max(
                3,
                int(room / (self.m.size * (0.32 if len(self.dots.strip()) == 1 and self.dots != "…" else 1.0)))
                // len(self.dots),
            )
            left = (*left, Run(" " + dots, left[-1].mark, Look(color="#777777")))
        wide = min(0.45 * self.width, max((sum(len(r.text) for r in right) * self.m.size * 0.56 + 4), 4.0))
        return Grid(
            ("1fr", wide),
            ((Cell(Para(left)), Cell(Para(right, align="right") if right else None, valign="bottom")),),
            gap_x=4,
        )
