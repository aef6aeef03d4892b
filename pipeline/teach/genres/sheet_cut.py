"""A wide sheet as a spreadsheet prints it: the first columns on some pages, the others on the pages behind."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.blocks import grids
from carnet.pipeline.teach.blocks.lists import listed
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Look, Paper, Sheet, Stack, paras
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Down, then over: rows stand at the same height on both pages; or all columns in very small letters."""
    page = c.page(rng, ("a4", "a4", "a4-wide"), tight=0.7)
    size = round(rng.uniform(7.0, 9.0), 1)
    voice = grids.plain_voice(voice, size)
    look = grids.table_look(rng, voice, size)
    some = [k for k in grids.columns(rng, voice, brochure.missions, 9) if not k.roles[0].narrative]
    if some[0].roles != (Role.REFERENCE,) and rng.random() < 0.7:
        some.insert(0, grids.Column((Role.REFERENCE,)))
    cut = rng.random() < 0.6 and len(some) > 4
    if not cut:
        small = round(rng.uniform(4.8, 6.2), 1)
        voice, look = grids.plain_voice(voice, small), grids.table_look(rng, voice, small)
    pieces = [some[: (len(some) + 1) // 2], some[(len(some) + 1) // 2 :]] if cut else [some]
    dressed = c.dress(rng, brochure, voice, page)
    sheets = _sheets(rng, brochure, voice, look, page, pieces, dressed)
    return c.paper(rng, brochure, sheets, size, rng.choice(("Source Sans Pro", "DejaVu Sans", "Roboto", "Lato")))


def _sheets(
    rng: Random,
    brochure: Brochure,
    voice: Voice,
    look: grids.TableLook,
    page: c.Page,
    pieces: list[list[grids.Column]],
    dressed: c.Dress,
) -> list[Sheet]:
    """Pages of the first piece, then those of the second."""
    heights = [max(_height(look, voice, k, some, page.inner_width) for some in pieces) for k in brochure.missions]
    chunks = _chunks(heights, page.inner_height - 60)
    titled, every = rng.random() < 0.5, rng.random() < 0.35
    name = listed(rng, "excel_heads")
    sheets = []
    for number, some in enumerate(pieces):
        head = tuple(
            Cell(Box(k.child, inset=look.inset, keep=True), fill=k.fill) for k in grids.head_row(look, voice, some, rng)
        )
        for i, chunk in enumerate(chunks):
            rows = [
                _row(look, voice, brochure.missions[at], some, page.inner_width, heights[at], at % 2 == 1)
                for at in chunk
            ]
            with_head = i == 0 or every
            grid = Grid(
                grids.fitted(look, some, (head, *rows), page.inner_width),
                ((head,) if with_head else ()) + tuple(rows),
                inset=0,
                stroke=look.stroke or "#aaaaaa",
                rules=look.rules,
                breakable=False,
            )
            title = (
                c.say(name, Role.FURNITURE, look=Look(size=look.size + 2))
                if titled and i == 0 and number == 0
                else None
            )
            sheets.append(dressed.sheet([title, grid], bare=titled))
    return sheets


def _row(
    look: grids.TableLook,
    voice: Voice,
    mission: MissionFacts,
    some: list[grids.Column],
    width: float,
    height: float,
    odd: bool,
) -> tuple[Cell, ...]:
    """A row of fixed height, so that its other half stands at the same place."""
    cells = grids.row(look, voice, mission, some, width, odd)
    return tuple(
        Cell(Box(k.child or Stack(()), inset=look.inset, height=height, keep=True), fill=k.fill) for k in cells
    )


def _height(
    look: grids.TableLook, voice: Voice, mission: MissionFacts, some: list[grids.Column], width: float
) -> float:
    """About how high a row gets."""
    most = 1.0
    for cell, wide in zip(grids.row(look, voice, mission, some, width), grids.points(some, width), strict=True):
        room = max(20.0, wide - 2 * look.inset)
        lines = 0.0
        for para in paras(cell.child):
            for piece in "".join(r.text for r in para.runs).split("\n"):
                lines += -(-len(piece) * look.size * 0.6 // room) if piece else 1
        most = max(most, lines)
    return most * look.size * 1.5 + 2 * look.inset + 2


def _chunks(heights: list[float], room: float) -> list[list[int]]:
    """Which rows stand on which page."""
    pages: list[list[int]] = [[]]
    used = 0.0
    for i, height in enumerate(heights):
        if pages[-1] and used + height > room:
            pages.append([])
            used = 0.0
        pages[-1].append(i)
        used += height
    return pages
