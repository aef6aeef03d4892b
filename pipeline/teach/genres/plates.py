"""A page for each part: its name, some sentences, "Quelques références", then a few short missions."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.blocks import groups, items
from carnet.pipeline.teach.blocks.list_pages import Part, bind, part_sheets
from carnet.pipeline.teach.blocks.lists import listed, listed_words
from carnet.pipeline.teach.content import Brochure
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Mark, Node, Paper, Para, Run, Space, Stack
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Introduction above or beside the missions, which stand in a list, two columns or a tinted box."""
    page = c.page(rng, ("a4", "a4", "a4-wide", "16:9", "16:9-small", "letter"))
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.15)
    size = rng.uniform(8.5, 10.5)
    m = items.manner(
        rng,
        voice,
        size,
        facts=("bar", "bare", "lines", "pairs"),
        texts=("first", "none", "none", "plain"),
        rich=0.35,
        cap=13.0,
    )
    m = m.but(kicker=False, paragraphs=1)
    form, beside = rng.choice(groups.PART_FORMS), rng.random() < 0.35
    where, share = rng.choice(("list", "list", "grid", "box")), rng.uniform(0.28, 0.42)
    heading, photo = rng.choice((listed(rng, "list_titles"), "")), rng.random() < 0.4
    left, room = rng.random() < 0.6, rng.uniform(5, 15)
    pieces: list[Part] = []
    for domain, missions in groups.parts(brochure):
        intro: list[Node] = [
            c.say(t, Role.FRONT, look=voice.look("text")) for t in listed_words(rng, "offer_texts", rng.randint(1, 5))
        ]
        offer = [
            Para((Run(t, Mark(Role.FRONT)),), item=1, marker=voice.bullet)
            for t in listed_words(rng, "offer_lines", rng.choice((0, 0, 3, 5)))
        ]
        said = Stack((*([c.photo(rng, "100%", rng.uniform(60, 130))] if photo else []), *intro, *offer), gap=5)
        some = [c.say(heading, Role.FRONT, look=voice.look("text_label"))] if heading else []
        list_ = Stack((*some, _missions([items.entry(m, k, True) for k in missions], where, room, voice)), gap=8)
        head = groups.part_head(rng, voice, domain, form, 24.0)
        if beside:
            row = (Cell(said), Cell(list_)) if left else (Cell(list_), Cell(said))
            width = page.inner_width * share
            nodes: list[Node] = [head, Space(12), Grid((width, "1fr") if left else ("1fr", width), (row,), gap_x=18)]
        else:
            nodes = [head, Space(8), said, Space(14), list_]
        pieces.append((domain, nodes))
    return bind(rng, brochure, voice, dressed, part_sheets(rng, dressed, pieces), size)


def _missions(entries: list[Stack], where: str, room: float, voice: Voice) -> Node:
    if where == "grid":
        cells = [Cell(e) for e in entries] + ([Cell(None)] if len(entries) % 2 else [])
        return Grid(
            ("1fr", "1fr"), tuple((cells[i], cells[i + 1]) for i in range(0, len(cells), 2)), 16, room, breakable=False
        )
    inner = Stack(tuple(entries), gap=room)
    return Box(inner, fill=voice.tint, inset=10, keep=False) if where == "box" else inner
