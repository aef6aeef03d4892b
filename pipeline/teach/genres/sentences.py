"""Missions told in sentences: a paragraph each, or several in one running text."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.blocks import groups, items
from carnet.pipeline.teach.blocks.column_text import columned
from carnet.pipeline.teach.blocks.list_pages import bind
from carnet.pipeline.teach.blocks.lists import listed
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Look, Mark, Node, Paper, Para, Run, Space, Stack
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """One paragraph each, titles or clients in bold or not, dates in brackets."""
    page = c.page(rng, ("a4", "a4", "a5", "b5", "16:9-small"))
    dressed = c.dress(rng, brochure, voice, page)
    size = rng.uniform(9, 11)
    m = items.manner(rng, voice, size, texts=("none", "none", "first"), rich=0.3, cap=size).but(kicker=False, number="")
    told = _Told(rng, m)
    part, room = rng.choice((*groups.PART_FORMS, "none")), rng.uniform(6, 14)
    marker, count = rng.choice(("", "", "–", m.voice.bullet)), rng.choice((1, 1, 1, 2))
    flow: list[Node] = []
    for domain, missions in groups.parts(brochure) if part != "none" else [("", list(brochure.missions))]:
        if domain:
            flow += [groups.part_head(rng, voice, domain, part, 15.0), *groups.opening(rng, voice, size)]
        for k in missions:
            sentence = Para(told.of(k), item=1 if marker else 0, marker=marker)
            flow.append(Stack((sentence, *items.texts(m, k)), gap=m.gap))
    body = columned(flow, count, 18.0, page.inner_width, size, page.inner_height - 60, room)
    nodes = [groups.section_title(rng, voice), Space(13), body]
    return bind(rng, brochure, voice, dressed, [dressed.sheet(nodes)], size)


class _Told:
    """How the sentences are built: client first with a verb, or the work first."""

    def __init__(self, rng: Random, m: items.Manner) -> None:
        self.rng, self.m = rng, m
        self.form = rng.choice(("pour", "pour", "verb", "work", "colon"))
        self.client = Look(bold=rng.random() < 0.5, italic=rng.random() < 0.15)
        self.title = Look(bold=not self.client.bold and rng.random() < 0.4, italic=rng.random() < 0.2)
        self.date = rng.choice((" ({})", ", {}", " en {}"))

    def of(self, mission: MissionFacts) -> c.Runs:
        v, n = self.m.voice, mission.ordinal
        client = c.restyle(v.value(mission, Role.CLIENT), self.client)
        title = c.restyle(v.value(mission, Role.TITLE), self.title)
        runs = self._clause(n, client, title)
        when = v.value(mission, Role.PERIOD)
        if when and runs and {Role.PERIOD} & self.m.shown:
            before, after = (self.date if when[0].text[:1].isdigit() else " ({})").split("{}")
            runs = (*runs, Run(before, when[0].mark), *when, *((Run(after, when[0].mark),) if after else ()))
        amount = v.value(mission, Role.AMOUNT)
        if amount and runs and Role.AMOUNT in self.m.shown:
            runs = (*runs, Run(", pour ", amount[0].mark), *amount)
        partners = v.partners(mission)
        if partners and runs and Role.PARTNERS in self.m.shown:
            runs = (*runs, Run(f", {listed(self.rng, 'biblio_with')} ", Mark(Role.LABEL, n, Role.PARTNERS)), *partners)
        return (*runs, Run(".", runs[-1].mark)) if runs else ()

    def _clause(self, n: int, client: c.Runs, title: c.Runs) -> c.Runs:
        to_client, to_title = Mark(Role.CLIENT, n), Mark(Role.TITLE, n)
        if not (client and title):
            return client or title
        match self.form:
            case "verb":
                return (*client, Run(f" {listed(self.rng, 'prose_verbs')} : ", to_title), *title)
            case "work":
                return (*title, Run(" pour ", to_client), *client)
            case "colon":
                return (*client, Run(" : ", to_title), *title)
            case _:
                return (Run("Pour ", to_client), *client, Run(", ", to_title), *title)
