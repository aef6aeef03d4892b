"""A matrix: missions as rows, phases or skills as columns with ticks."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.blocks import grids, groups
from carnet.pipeline.teach.blocks.list_pages import bind
from carnet.pipeline.teach.blocks.lists import listed, listed_rows
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Look, Mark, Node, Paper, Para, Run, Space, Turned
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Heads of the ticks upright or turned; ticks as letters, signs or drawn dots."""
    page = c.page(rng, ("a4-wide", "a4", "a3-wide", "letter-wide"), tight=0.8)
    dressed = c.dress(rng, brochure, voice, page)
    size = round(rng.uniform(6.5, 8.5), 1)
    voice = grids.plain_voice(voice, size)
    look = grids.table_look(rng, voice, size)
    fixed = [
        k
        for k in grids.columns(rng, voice, brochure.missions, rng.randint(2, 5 if page.wide else 4))
        if not k.roles[0].narrative
    ]
    fixed = [k for k in fixed if k.roles != grids.CONTACT]
    codes = list(listed_rows(rng, "phase_codes", 1)[0])
    marks = _Ticks(rng, voice, look, codes)
    narrow = max(20.0, max(len(k) for k in codes) * size * 0.62 + 2 * look.inset) if not marks.turned else 20.0
    total = page.inner_width - narrow * len(codes)
    rows = [
        (*grids.row(look, voice, k, fixed, total, i % 2 == 1), *marks.row(k, look.zebra if i % 2 else None))
        for i, k in enumerate(brochure.missions)
    ]
    head = (*grids.head_row(look, voice, fixed, rng), *marks.head())
    plain = [r[: len(fixed)] for r in (head, *rows)]
    grid = Grid(
        (*grids.fitted(look, fixed, plain, total), *(narrow for _ in codes)),
        (head, *rows),
        inset=look.inset,
        stroke=look.stroke or "#bbbbbb",
        rules=look.rules,
        head_rows=1 if look.repeated else 0,
        breakable=False,
    )
    nodes: list[Node] = [groups.section_title(rng, voice), Space(13), grid]
    return bind(rng, brochure, voice, dressed, [dressed.sheet(nodes)], size + 1)


class _Ticks:
    """The columns of ticks."""

    def __init__(self, rng: Random, voice: Voice, look: grids.TableLook, codes: list[str]) -> None:
        self.rng, self.voice, self.look, self.codes = rng, voice, look, codes
        self.sign, self.drawn = listed(rng, "ticks"), rng.random() < 0.3
        self.turned = rng.random() < 0.45
        self.from_start = rng.random() < 0.4  # phases are ticked up to one

    def head(self) -> tuple[Cell, ...]:
        look = c.restyle((Run("", Mark(Role.HEAD), self.voice.look("head")),), self.look.head_look)[0].look
        cells = []
        for code in self.codes:
            run = c.restyle((Run(code, Mark(Role.HEAD, 0, Role.OTHER), look),), Look(size=self.look.size))
            para: Node = Para(run, align="left" if self.turned else "center")
            cells.append(Cell(Turned(para, -90) if self.turned else para, fill=self.look.head_fill, valign="bottom"))
        return tuple(cells)

    def row(self, mission: MissionFacts, fill: str | None) -> tuple[Cell, ...]:
        last = self.rng.randint(1, len(self.codes))
        cells = []
        for i, _ in enumerate(self.codes):
            on = i < last if self.from_start else self.rng.random() < 0.55
            cells.append(Cell(self._mark(mission) if on else None, fill=fill, valign=self.look.valign))
        return tuple(cells)

    def _mark(self, mission: MissionFacts) -> Node:
        if self.drawn:
            return Box(c.dot(self.voice.accent, 5), inset=0, width="100%")
        return Para((Run(self.sign, Mark(Role.OTHER, mission.ordinal), Look(size=self.look.size)),), align="center")
