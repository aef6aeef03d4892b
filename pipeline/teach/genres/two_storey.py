"""A table whose rows have two storeys: facts above, the text of the mission over all columns below."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from carnet.pipeline.teach.blocks import grids, groups
from carnet.pipeline.teach.blocks.list_pages import bind
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Cell, Look, Node, Paper, Para, Run, Space, Stack
from carnet.pipeline.teach.voice import NARRATIVE, Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Heads for the first storey only; the second grey, italic or plain, by lot with its label run in."""
    page = c.page(rng, ("a4", "a4", "a4-wide", "letter"), tight=0.85)
    dressed = c.dress(rng, brochure, voice, page)
    size = round(rng.uniform(7.5, 9.5), 1)
    voice = grids.plain_voice(voice, size)
    look = grids.table_look(rng, voice, size)
    some = [
        k
        for k in grids.columns(rng, voice, brochure.missions, grids.most(rng, 3, 5, page.inner_width, size))
        if not k.roles[0].narrative
    ]
    told = [r for r in NARRATIVE if rng.random() < 0.5] or [Role.APPROACH]
    second = _Second(rng, voice, look, told, len(some))
    rows: list[tuple[Cell, ...]] = []
    for mission in brochure.missions:
        first = grids.row(look, voice, mission, some, page.inner_width)
        rows.append(tuple(replace(k, fill=second.first_fill) for k in first))
        rows += second.of(mission)
    nodes: list[Node] = [groups.section_title(rng, voice), Space(13)]
    nodes.append(grids.table(look, some, grids.head_row(look, voice, some, rng), rows, page.inner_width))
    return bind(rng, brochure, voice, dressed, [dressed.sheet(nodes)], size + 1)


class _Second:
    """The second storey."""

    def __init__(self, rng: Random, voice: Voice, look: grids.TableLook, told: list[Role], span: int) -> None:
        self.voice, self.look, self.told, self.span = voice, look, told, span
        self.labelled = rng.random() < 0.5
        self.words = Look(size=look.size, italic=rng.random() < 0.4, color=rng.choice((None, "#555555")))
        self.first_fill = rng.choice((None, None, voice.tint, "#ececec"))

    def of(self, mission: MissionFacts) -> list[tuple[Cell, ...]]:
        paras: list[Node] = []
        for role in self.told:
            label = self.voice.label(role, mission.ordinal, use="text_label") if self.labelled else ()
            for i, para in enumerate(self.voice.narrative(mission, role)[:3]):
                runs = c.restyle(para.runs, self.words)
                if label and i == 0:
                    runs = (*c.restyle(label, Look(size=self.look.size)), Run(" ", runs[0].mark), *runs)
                    paras.append(Para(runs))
                else:
                    paras.append(replace(para, runs=runs))
        return [(Cell(Stack(tuple(paras), gap=4), colspan=self.span),)] if paras else []
