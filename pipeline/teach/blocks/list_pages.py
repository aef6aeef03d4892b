"""Binds pages of many missions: parts on sheets of their own or one after the other, other pages before and behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from carnet.pipeline.teach.blocks.column_text import loosened
from carnet.pipeline.teach.blocks.dress import Dress, paper
from carnet.pipeline.teach.blocks.front import back, front
from carnet.pipeline.teach.blocks.traps import trap_page
from carnet.pipeline.teach.content import Brochure
from carnet.pipeline.teach.nodes import Node, Paper, Sheet, Space
from carnet.pipeline.teach.voice import Voice

Part = tuple[str, Sequence[Node]]  # its name, "" for none, and what stands under it


def part_sheets(rng: Random, dressed: Dress, pieces: Sequence[Part]) -> list[Sheet]:
    """Parts on pages of their own, with their name in the running head by lot, or one after the other."""
    if rng.random() < 0.35 or dressed.names_domain:
        return [dressed.sheet(nodes, domain) for domain, nodes in pieces]
    room = rng.uniform(12, 30)
    flow: list[Node] = []
    for _, nodes in pieces:
        flow += [*([Space(room)] if flow else []), *nodes]
    return [dressed.sheet(flow)]


def trap_sheets(rng: Random, brochure: Brochure, voice: Voice, dressed: Dress) -> list[Sheet]:
    """By lot none, one or two pages of such things."""
    return [
        dressed.sheet(trap_page(rng, brochure, voice, rng.choice((1, 2, 2, 3))))
        for _ in range(rng.choice((0, 0, 0, 1, 1, 2)))
    ]


def bind(rng: Random, brochure: Brochure, voice: Voice, dressed: Dress, sheets: Sequence[Sheet], size: float) -> Paper:
    """The missions' pages with pages before and behind them, by lot none at all."""
    sheets = [_loose(sheet, size) for sheet in sheets]
    if rng.random() < 0.3:
        return paper(rng, brochure, sheets, size)
    before = [*front(rng, brochure, voice, dressed, 3), *trap_sheets(rng, brochure, voice, dressed)]
    behind = [*trap_sheets(rng, brochure, voice, dressed), *back(rng, brochure, voice, dressed, 2)]
    return paper(rng, brochure, [*before, *sheets, *behind], size)


def _loose(sheet: Sheet, size: float) -> Sheet:
    """The sheet with nothing that must stay whole and is higher than a page."""
    left, top, right, bottom = sheet.margins
    width, room = sheet.width - left - right, (sheet.height - top - bottom) * 0.75
    children = tuple(c for k in sheet.children if (c := loosened(k, width, size, room)) is not None)
    return replace(sheet, children=children)
