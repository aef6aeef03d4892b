"""Studies listed as in a bibliography: title, "pour le compte de" client, "avec" partners, year, kind of report."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.blocks import groups, items
from carnet.pipeline.teach.blocks.list_pages import bind
from carnet.pipeline.teach.blocks.lists import listed, listed_words
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Cell, Grid, Look, Mark, Node, Paper, Para, Run, Space, Stack
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Numbers in brackets or none, hanging lines, titles in italics, by parts or not."""
    page = c.page(rng, ("a4", "a4", "letter", "b5", "a5"))
    dressed = c.dress(rng, brochure, voice, page)
    size = rng.uniform(8.5, 11)
    m = items.manner(rng, voice, size, rich=0.3, cap=size).but(
        number=rng.choice(("[{n}]", "[{n}]", "{n}.", "")), kicker=False
    )
    note = _Note(rng, m)
    part, room = rng.choice((*groups.PART_FORMS, "none", "none")), rng.uniform(5.5, 13)
    nodes: list[Node] = [groups.section_title(rng, voice, 18.0), Space(13), *groups.opening(rng, voice, size), Space(4)]
    for domain, missions in groups.parts(brochure) if part != "none" else [("", list(brochure.missions))]:
        if domain:
            nodes += [groups.part_head(rng, voice, domain, part, 13.0), Space(8)]
        nodes += [Stack(tuple(note.of(k) for k in missions), gap=room), Space(12)]
    return bind(rng, brochure, voice, dressed, [dressed.sheet(nodes)], size)


class _Note:
    """How one entry is built."""

    def __init__(self, rng: Random, m: items.Manner) -> None:
        self.rng, self.m = rng, m
        self.for_, self.with_ = listed(rng, "biblio_for"), listed(rng, "biblio_with")
        self.title = Look(italic=rng.random() < 0.5, bold=True if rng.random() < 0.25 else None)
        self.hung, self.kinds = rng.random() < 0.5, rng.random() < 0.6
        self.joint, self.end = rng.choice((", ", ", ", ". ", " – ")), rng.choice((".", "", "."))
        self.authors = rng.random() < 0.2

    def of(self, mission: MissionFacts) -> Node:
        v, n = self.m.voice, mission.ordinal
        title = c.restyle(v.value(mission, Role.TITLE, "value"), self.title)
        client, partners = v.value(mission, Role.CLIENT), v.partners(mission)
        when = v.value(mission, Role.PERIOD)
        pieces: list[c.Runs] = [title] if title else []
        if client:
            pieces.append((Run(self.for_ + " ", Mark(Role.LABEL, n, Role.CLIENT)), *client))
        if partners and Role.PARTNERS in self.m.shown:
            pieces.append((Run(self.with_ + " ", Mark(Role.LABEL, n, Role.PARTNERS)), *partners))
        pieces += [when] if when else []
        if self.kinds and self.rng.random() < 0.8:
            pieces.append((Run(listed_words(self.rng, "biblio_kinds", 1)[0], Mark(Role.OTHER, n)),))
        runs = items.joined(pieces, self.joint)
        runs = (*runs, Run(self.end, runs[-1].mark)) if runs and self.end else runs
        number = items.number(self.m, mission)
        if self.hung and number:
            return Grid((30.0, "1fr"), ((Cell(Para(number)), Cell(Para(runs))),))
        return Para((*number, *runs), hanging=0 if number else 16.0)
