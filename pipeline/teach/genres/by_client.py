"""Clients as headings, their missions in a few lines under each."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.blocks import groups, items
from carnet.pipeline.teach.blocks.column_text import columned
from carnet.pipeline.teach.blocks.list_pages import Part, bind, part_sheets
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Look, Mark, Node, Paper, Para, Rule, Run, Space, Stack
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """One to many missions for a client; dashes or not, dates in brackets, one or two columns."""
    page = c.page(rng, ("a4", "a4", "a4", "a4-wide", "b5"))
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.15)
    size = rng.uniform(8.0, 10.5)
    m = items.manner(
        rng,
        voice,
        size,
        heads=("plain",),
        facts=("bar", "bare", "lines"),
        texts=("none", "none", "first"),
        rich=0.25,
        cap=12.0,
    )
    m = m.but(number="", kicker=False, shown=m.shown - {Role.CLIENT}, head="client_first")
    look = Look(
        bold=rng.random() < 0.7,
        upper=rng.random() < 0.25,
        italic=rng.random() < 0.15,
        color=rng.choice((None, voice.accent)),
    )
    marker, bracket = (
        rng.choice(("–", m.voice.bullet, "•", "")),
        rng.choice((" ({})", ", {}", " – {}", " [{}]", "   {}")),
    )
    columns, ruled = rng.choice((1, 1, 2)) if page.width > 560 else 1, rng.random() < 0.25
    indent = 2 if marker and rng.random() < 0.3 else 1
    opener = c.opener(rng, brochure, voice, page, ("heading", "heading-ruled", "band", "tinted", "none"))
    room = rng.uniform(7, 18)
    line_gap = items.gap(rng, size)
    pieces: list[Part] = []
    for n, (domain, missions) in enumerate(
        groups.parts(brochure) if rng.random() < 0.4 else [("", list(brochure.missions))], 1
    ):
        inner: list[Node] = []
        for name, some in groups.grouped(missions, groups.client_text):
            if name is None:
                continue
            head = Para(c.restyle((Run(name, Mark(Role.GROUP_CLIENT), m.voice.look("client")),), look))
            lines = [_line(m, k, marker, bracket, indent) for k in some]
            inner.append(Stack((head, *([Rule("#999999", 0.4)] if ruled else []), *lines), gap=line_gap))
        body = columned(inner, columns, 20.0, page.inner_width, size, page.inner_height - 60, room)
        pieces.append((domain, [*opener(domain, n), *groups.opening(rng, voice, size), Space(6), body]))
    return bind(rng, brochure, voice, dressed, part_sheets(rng, dressed, pieces), size)


def _line(m: items.Manner, mission: MissionFacts, marker: str, bracket: str, indent: int) -> Node:
    """A mission under its client: title, its dates behind it, by lot a line of facts."""
    title = m.voice.value(mission, Role.TITLE, "value")
    when = m.voice.value(mission, Role.PERIOD, "value") if Role.PERIOD in m.shown else ()
    before, after = bracket.split("{}")
    runs = title
    if when and title:
        mark = when[0].mark
        runs = (*title, Run(before, mark), *when, *((Run(after, mark),) if after else ()))
    rest = [r for r in items.fact_roles(m) if r not in (Role.PERIOD, Role.START, Role.END)]
    lines: list[Node] = [Para(runs or when, item=indent if marker else 0, marker=marker)] if runs or when else []
    return Stack((*lines, *items.facts(m, mission, rest), *items.texts(m, mission)), gap=m.gap)
