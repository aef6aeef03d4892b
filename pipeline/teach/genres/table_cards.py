"""A table used for its boxes: each cell holds a whole mission in lines."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.blocks import groups, items
from carnet.pipeline.teach.blocks.list_pages import bind
from carnet.pipeline.teach.content import Brochure
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Cell, Grid, Node, Paper, Space
from carnet.pipeline.teach.voice import Voice


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Two or three cells a row with drawn borders, label and value on lines, the last cell empty by chance."""
    page = c.page(rng, ("a4", "a4", "a4", "a4-wide", "letter"), tight=0.85)
    dressed = c.dress(rng, brochure, voice, page)
    count = rng.choice((2, 2, 3)) if page.wide else 2
    size = rng.uniform(8.0, 10.0)
    m = items.manner(
        rng,
        voice,
        size,
        heads=("title", "title", "title_client", "client_title"),
        facts=("lines", "lines", "items", "grid"),
        texts=("none", "none", "first", "run_in"),
        rich=0.5,
        cap=size * 1.2,
    )
    m = m.but(width=page.inner_width / count - 22)
    stroke, inset = rng.choice(("#000000", "#777777", voice.accent)), rng.uniform(4, 9)
    part, whole = rng.choice(("none", "none", "row", "plain")), rng.random() < 0.6
    nodes: list[Node] = [groups.section_title(rng, voice), Space(13)] if rng.random() < 0.6 else []
    some_parts = groups.parts(brochure) if part != "none" else [("", list(brochure.missions))]
    rows: list[tuple[Cell, ...]] = []
    for domain, missions in some_parts:
        if domain and part == "plain":
            nodes += [
                *_grid(rows, count, stroke, inset, whole),
                groups.part_head(rng, voice, domain, "plain", 14.0),
                Space(5),
            ]
            rows = []
        elif domain:
            rows.append((Cell(groups.part_head(rng, m.voice, domain, "plain", 12.0), colspan=count, fill=voice.tint),))
        cells = [Cell(items.entry(m, k)) for k in missions]
        cells += [Cell(None)] * (-len(cells) % count)
        rows += [tuple(cells[i : i + count]) for i in range(0, len(cells), count)]
    nodes += _grid(rows, count, stroke, inset, whole)
    return bind(rng, brochure, voice, dressed, [dressed.sheet(nodes)], size)


def _grid(rows: list[tuple[Cell, ...]], count: int, stroke: str, inset: float, whole: bool) -> list[Node]:
    if not rows:
        return []
    return [Grid(("1fr",) * count, tuple(rows), inset=inset, stroke=stroke, breakable=not whole), Space(12)]
