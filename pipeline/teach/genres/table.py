"""A table of missions, a row each."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.blocks import grids, groups
from carnet.pipeline.teach.blocks.list_pages import bind
from carnet.pipeline.teach.blocks.lists import listed
from carnet.pipeline.teach.blocks.traps import turnover
from carnet.pipeline.teach.content import Brochure
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Look, Node, Paper, Space
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Ruled, shaded or white; head repeated or not; a column of contacts, of texts; a count or a turnover beside it."""
    page = c.page(rng, ("a4-wide", "a4-wide", "a4", "a4", "a3-wide", "16:9-small", "letter-wide"), tight=0.8)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.1)
    size = round(rng.uniform(6.5, 9.0), 1)
    voice = grids.plain_voice(voice, size)
    look = grids.table_look(rng, voice, size)
    some = grids.columns(rng, voice, brochure.missions, grids.most(rng, 3, 8, page.inner_width, size))
    some = _merged(rng, some)
    if rng.random() < 0.12:
        some.insert(rng.randint(0, len(some)), grids.Column((Role.DOMAIN,)))
    rows = [grids.row(look, voice, k, some, page.inner_width, i % 2 == 1) for i, k in enumerate(brochure.missions)]
    if rng.random() < 0.25:
        rows.append(grids.sum_row(rng, look, some, brochure.missions, listed(rng, "totals")))
    head = grids.head_row(look, voice, some, rng) if rng.random() < 0.93 else None
    nodes: list[Node] = (
        [groups.section_title(rng, voice), Space(13), *groups.opening(rng, voice, size + 1), Space(5)]
        if rng.random() < 0.8
        else []
    )
    if rng.random() < 0.12:
        nodes = [*turnover(rng, brochure, voice), Space(16), *nodes]
    nodes.append(grids.table(look, some, head, rows, page.inner_width))
    if rng.random() < 0.25:
        nodes += [Space(5), c.say(listed(rng, "counts").format(n=len(rows)), Role.FRONT, look=Look(size=size))]
    return bind(rng, brochure, voice, dressed, [dressed.sheet(nodes)], size + 1)


def _merged(rng: Random, some: list[grids.Column]) -> list[grids.Column]:
    """By lot two roles in one column: title over client, client and place."""
    if rng.random() > 0.2:
        return some
    pair = rng.choice(
        ((Role.TITLE, Role.CLIENT), (Role.CLIENT, Role.PLACE), (Role.PERIOD, Role.AMOUNT), (Role.CLIENT, Role.TITLE))
    )
    rest = [k for k in some if not set(k.roles) & set(pair)]
    at = next((i for i, k in enumerate(some) if set(k.roles) & set(pair)), 0)
    return [*rest[:at], grids.Column(pair), *rest[at:]]
