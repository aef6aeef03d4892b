"""A table with bands for the parts, clients merged over rows or "idem", totals."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.blocks import grids, groups
from carnet.pipeline.teach.blocks.list_pages import bind
from carnet.pipeline.teach.blocks.lists import listed
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Cell, Look, Mark, Node, Paper, Para, Run, Space
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role

Rows = list[tuple[Cell, ...]]


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Bands inside the table or between pieces of it; the client of several rows once; subtotals and a total."""
    page = c.page(rng, ("a4-wide", "a4", "a4", "a3-wide", "letter"), tight=0.8)
    dressed = c.dress(rng, brochure, voice, page)
    size = round(rng.uniform(7.0, 9.0), 1)
    voice = grids.plain_voice(voice, size)
    bands = _Bands(rng, voice, grids.table_look(rng, voice, size), page, brochure)
    nodes: list[Node] = [groups.section_title(rng, voice), Space(13)] if rng.random() < 0.7 else []
    nodes += bands.inside() if rng.random() < 0.6 else bands.between()
    return bind(rng, brochure, voice, dressed, [dressed.sheet(nodes)], size + 1)


class _Bands:
    """The table of a brochure: columns, how clients are shared, bands, totals; drawn once."""

    def __init__(self, rng: Random, voice: Voice, look: grids.TableLook, page: c.Page, brochure: Brochure) -> None:
        self.rng, self.voice, self.look, self.width = rng, voice, look, page.inner_width
        self.groups = groups.parts(brochure) if rng.random() < 0.75 else [("", list(brochure.missions))]
        rest = [
            k
            for k in grids.columns(rng, voice, brochure.missions, grids.most(rng, 3, 6, page.inner_width, look.size))
            if k.roles not in ((Role.CLIENT,), (Role.REFERENCE,))
        ]
        self.columns = [grids.Column((Role.CLIENT,)), *rest]
        self.sharing = rng.choice(("merge", "merge", "idem", "say", "say"))
        self.idem = listed(rng, "idem")
        self.fill, self.bold = rng.choice((voice.tint, "#dddddd", voice.accent, None)), rng.random() < 0.8
        self.subtotal, self.total = rng.random() < 0.2, rng.random() < 0.25
        self.year = rng.random() < 0.15

    def inside(self) -> list[Node]:
        rows: Rows = []
        for domain, missions in self.groups:
            if domain:
                rows.append((self._band(domain),))
            rows += self._rows(missions)
            if self.subtotal:
                rows.append(self._sum(missions, "subtotals"))
        if self.total:
            rows.append(self._sum([k for _, some in self.groups for k in some], "totals"))
        return [
            grids.table(
                self.look, self.columns, grids.head_row(self.look, self.voice, self.columns, self.rng), rows, self.width
            )
        ]

    def between(self) -> list[Node]:
        """A piece of table for each part, its name between: the band has no sides."""
        out: list[Node] = []
        again = self.rng.random() < 0.5
        form = self.rng.choice(groups.PART_FORMS)
        for i, (domain, missions) in enumerate(self.groups):
            if domain:
                out += [groups.part_head(self.rng, self.voice, domain, form, 12.0), Space(3)]
            head = grids.head_row(self.look, self.voice, self.columns, self.rng) if again or not i else None
            out += [
                grids.table(self.look, self.columns, head, self._rows(missions), self.width),
                Space(self.rng.choice((0.0, 4.0, 10.0))),
            ]
        return out

    def _band(self, domain: str) -> Cell:
        look = Look(size=self.look.size, bold=self.bold, color="#ffffff" if self.fill == self.voice.accent else None)
        return Cell(Para((Run(domain, Mark(Role.DOMAIN), look),)), colspan=len(self.columns), fill=self.fill)

    def _rows(self, missions: list[MissionFacts]) -> Rows:
        rows: Rows = []
        for name, some in groups.grouped(missions, groups.client_text):
            for i, mission in enumerate(some):
                cells = grids.row(self.look, self.voice, mission, self.columns, self.width, len(rows) % 2 == 1)
                rows.append(self._shared(cells, mission, len(some), i, name))
        return rows

    def _shared(
        self, cells: tuple[Cell, ...], mission: MissionFacts, count: int, i: int, name: str | None
    ) -> tuple[Cell, ...]:
        """The client's cell of one row out of `count` that share it."""
        small = Look(size=self.look.size)
        if count == 1 or name is None or self.sharing == "say":
            return cells
        if self.sharing == "merge":
            merged = Cell(Para((Run(name, Mark(Role.GROUP_CLIENT), small),)), rowspan=count, valign=self.look.valign)
            return (merged, *cells[1:]) if i == 0 else cells[1:]
        if i == 0:
            return cells
        return (
            Cell(Para((Run(self.idem, Mark(Role.CLIENT, mission.ordinal), small),)), fill=cells[0].fill),
            *cells[1:],
        )

    def _sum(self, missions: list[MissionFacts], kind: str) -> tuple[Cell, ...]:
        """A row that sums up: it is no mission."""
        return grids.sum_row(self.rng, self.look, self.columns, missions, listed(self.rng, kind))
