"""An index: number, title and place on a line; values without labels, with wide gaps, under it."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.blocks import groups, items
from carnet.pipeline.teach.blocks.column_text import columned
from carnet.pipeline.teach.blocks.list_pages import Part, bind, part_sheets
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Cell, Grid, Look, Node, Paper, Para, Rule, Space, Stack
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Hairlines under the entries, numbers before or in the margin, one or two columns."""
    page = c.page(rng, ("a4", "a4", "a5", "a4-wide", "square"))
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.15)
    size = rng.uniform(7.5, 10)
    m = items.manner(rng, voice, size, rich=0.55, cap=13.0)
    m = m.but(
        number=rng.choice(("{n:02}", "{n:03}", "{n}", "{n}.", "#{n}", "")),
        joint=rng.choice(("     ", "   ", "  ·  ", "      |      ", " / ")),
    )
    grey = Look(color=rng.choice(("#666666", "#888888", "#000000")), size=round(size * rng.choice((0.85, 1.0)), 1))
    hung, ruled, place = rng.random() < 0.5, rng.random() < 0.6, rng.random() < 0.6
    spread = rng.random() < 0.35  # values as columns, not as a line
    long = rng.random() < 0.5
    opener = c.opener(rng, brochure, voice, page, ("heading", "heading-ruled", "tinted", "none"))
    columns, room = (2 if page.width > 560 and rng.random() < 0.25 else 1), rng.uniform(6, 14)

    def entry(mission: MissionFacts) -> Node:
        first = _first_line(m, mission, place)
        number = items.number(m, mission)
        values = [c.restyle(v, grey) for v in items.bare_values(m, mission, _roles(m))]
        lines: list[Node] = [Para(first if hung else (*number, *first))]
        if spread and values and columns == 1:
            lines.append(Grid(("1fr",) * len(values), (tuple(Cell(Para(v)) for v in values),), gap_x=8))
        elif values:
            lines.append(Para(items.joined(values, m.joint)))
        partners = m.voice.fact_line(mission, Role.PARTNERS)
        if long and partners:
            lines.append(Para(c.restyle(partners, grey)))
        body = Stack(tuple(lines), gap=m.gap, keep=True)
        return Grid((32.0, "1fr"), ((Cell(Para(number) if number else None), Cell(body)),)) if hung else body

    pieces: list[Part] = []
    for n, (domain, missions) in enumerate(
        groups.parts(brochure) if rng.random() < 0.5 else [("", list(brochure.missions))], 1
    ):
        inner: list[Node] = []
        for mission in missions:
            inner += [entry(mission), Space(room), *([Rule("#aaaaaa", 0.3), Space(room)] if ruled else [])]
        body = columned(inner, columns, 18.0, page.inner_width, size, page.inner_height - 40)
        pieces.append((domain, [*opener(domain, n), body]))
    return bind(rng, brochure, voice, dressed, part_sheets(rng, dressed, pieces), size)


def _first_line(m: items.Manner, mission: MissionFacts, place: bool) -> c.Runs:
    title = m.voice.value(mission, Role.TITLE, "title")
    where = c.restyle(m.voice.value(mission, Role.PLACE), Look(italic=True)) if place else ()
    return items.joined([r for r in (title, where) if r], ", ")


def _roles(m: items.Manner) -> list[Role]:
    """Client, dates, fee in the voice's order; no line of its own for any."""
    kept = {Role.CLIENT, *m.shown} - {Role.PARTNERS, Role.CONTACT, Role.PLACE}
    return [r for r in m.voice.order if r in kept]
