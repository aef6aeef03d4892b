"""Missions as columns, facts as rows; the column of labels again for each group of missions."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.blocks import grids, groups
from carnet.pipeline.teach.blocks.list_pages import bind
from carnet.pipeline.teach.blocks.lists import listed
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Cell, Grid, Look, Mark, Node, PageBreak, Paper, Para, Run, Space, Stack
from carnet.pipeline.teach.voice import NARRATIVE, Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Two to four missions abreast; heads "Référence 1" or the titles; a page for each group or several."""
    page = c.page(rng, ("a4", "a4-wide", "a4-wide", "letter"), tight=0.85)
    dressed = c.dress(rng, brochure, voice, page)
    size = round(rng.uniform(7.0, 9.0), 1)
    count = rng.choice((2, 3, 3, 4)) if page.wide else rng.choice((2, 2, 3))
    voice = grids.plain_voice(voice, size)
    sheet = _Abreast(rng, voice, grids.table_look(rng, voice, size), brochure, page.inner_width, count)
    paged = rng.random() < 0.5
    nodes: list[Node] = [groups.section_title(rng, voice), Space(13)] if rng.random() < 0.7 else []
    missions = list(brochure.missions)
    for i in range(0, len(missions), count):
        nodes += [PageBreak()] if paged and i else []
        nodes += [sheet.table(missions[i : i + count]), Space(16)]
    return bind(rng, brochure, voice, dressed, [dressed.sheet(nodes)], size + 1)


class _Abreast:
    """How labels stand at the left and missions beside them."""

    def __init__(
        self, rng: Random, voice: Voice, look: grids.TableLook, brochure: Brochure, width: float, count: int
    ) -> None:
        self.voice, self.look, self.count = voice, look, count
        self.label_width = width * rng.uniform(0.14, 0.24)
        self.room = (width - self.label_width) / count - 2 * look.inset
        self.head = rng.choice(("number", "number", "title", "client"))
        self.pattern, self.corner = (
            listed(rng, "column_titles"),
            listed(rng, "field_rows") if rng.random() < 0.5 else "",
        )
        kept = [r for r in voice.order if rng.random() < 0.7 or r in (Role.CLIENT, Role.PERIOD, Role.START, Role.END)]
        texts = [r for r in NARRATIVE if rng.random() < 0.5]
        roles = (
            [Role.TITLE, Role.CLIENT, *kept, *texts] if rng.random() < 0.5 else [Role.CLIENT, Role.TITLE, *kept, *texts]
        )
        on_head = {"title": Role.TITLE, "client": Role.CLIENT}.get(self.head)
        self.roles = [r for r in dict.fromkeys(roles) if r is not on_head]
        self.fill = rng.choice((voice.tint, "#ececec", None))
        self.bold = rng.random() < 0.7
        self.even = rng.random() < 0.6  # a missing mission leaves an empty column

    def table(self, missions: list[MissionFacts]) -> Node:
        rows = [self._head(missions), *(r for role in self.roles if (r := self._row(role, missions)))]
        columns = self.count if self.even else len(missions)
        return Grid(
            (self.label_width, *("1fr",) * columns),
            tuple(rows),
            inset=self.look.inset,
            stroke=self.look.stroke,
            rules=self.look.rules,
            breakable=self.look.breakable,
        )

    def _blank(self, missions: list[MissionFacts]) -> tuple[Cell, ...]:
        return tuple(Cell(None) for _ in range(self.count - len(missions))) if self.even else ()

    def _head(self, missions: list[MissionFacts]) -> tuple[Cell, ...]:
        look = c.restyle((Run("", Mark(Role.HEAD), self.voice.look("head")),), self.look.head_look)[0].look
        small = Look(size=self.look.size)
        cells = [Cell(c.say(self.corner, Role.FURNITURE, look=look) if self.corner else None, fill=self.look.head_fill)]
        for mission in missions:
            if self.head == "number":
                runs: c.Runs = (
                    Run(self.pattern.format(n=mission.ordinal), Mark(Role.REFERENCE, mission.ordinal), look),
                )
            else:
                runs = c.restyle(self.voice.value(mission, Role.TITLE if self.head == "title" else Role.CLIENT), look)
            cells.append(Cell(Para(c.restyle(runs, small)) if runs else None, fill=self.look.head_fill))
        return (*cells, *self._blank(missions))

    def _row(self, role: Role, missions: list[MissionFacts]) -> tuple[Cell, ...] | None:
        column = grids.Column(grids.CONTACT if role is Role.CONTACT else (role,))
        cells = [grids.cell(self.look, self.voice, k, column, self.room) for k in missions]
        if all(
            k.child is None or (isinstance(k.child, Para) and not "".join(r.text for r in k.child.runs).strip("–—-/. "))
            for k in cells
        ):
            return None
        word = self.voice.head_words.get(role) or self.voice.labels.get(role) or role.value
        label = Para((Run(word, Mark(Role.HEAD, 0, role), Look(size=self.look.size, bold=self.bold)),))
        return (Cell(Stack((label,), gap=0), fill=self.fill, valign=self.look.valign), *cells, *self._blank(missions))
