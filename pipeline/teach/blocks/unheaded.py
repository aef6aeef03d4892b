"""Missions whose heading is a picture: its place is there, its words are not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from carnet.pipeline.teach.nodes import (
    Box,
    Cell,
    Chain,
    Columns,
    Grid,
    Mark,
    Node,
    Paper,
    Para,
    Place,
    Space,
    Stack,
    Turned,
    run_nodes,
)  # fmt: skip
from carnet.schemas.roles import Role

OFTEN = 0.06
"""Share of brochures in which one mission or some have lost their headings."""
_HEADING = frozenset({Role.TITLE, Role.CLIENT, Role.HEADING})
_ROWS = 3
"""Of a grid at most; what has more is a table, whose cells are no pictures."""
_LEAST = 4
"""Kinds of things that such a mission has beside its heading, by which one sees that it is one."""


def unheaded(rng: Random, paper: Paper) -> Paper:
    """The paper, by lot without the headings of one mission in six; never of all."""
    if rng.random() >= OFTEN:
        return paper
    kinds: dict[int, set[Role]] = {}
    for sheet in paper.sheets:
        for child in sheet.children:
            for _, run in run_nodes(child):
                if run.mark.mission and run.mark.role is not Role.LABEL:
                    kinds.setdefault(run.mark.mission, set()).add(run.mark.role)
    rich = sorted(m for m, some in kinds.items() if len(some - _HEADING) >= _LEAST)
    if len(rich) < 4:
        return paper
    gone = frozenset(rng.sample(rich, rng.randint(1, max(1, len(rich) // 6))))

    def lost(mark: Mark) -> bool:
        return mark.mission in gone and (mark.role in _HEADING or mark.role is Role.LABEL and mark.of in _HEADING)

    sheets = tuple(replace(s, children=tuple(_without(c, lost) for c in s.children)) for s in paper.sheets)
    return replace(paper, sheets=sheets)


def _without(node: Node, lost: Callable[[Mark], bool]) -> Node:
    """The thing without the runs that are lost; white stands where a paragraph was."""
    match node:
        case Para(runs=runs):
            kept = tuple(r for r in runs if not lost(r.mark))
            if len(kept) == len(runs):
                return node
            size = max((r.look.size or 10.0 for r in runs), default=10.0)
            return replace(node, runs=kept) if any(r.text.strip() for r in kept) else Space(1.3 * size)
        case Stack(children=some) | Chain(children=some):
            return replace(node, children=tuple(_without(c, lost) for c in some))
        case Grid(rows=rows) if len(rows) <= _ROWS:
            return replace(node, rows=tuple(tuple(_in_cell(c, lost) for c in row) for row in rows))
        case Box(child=child) if child is not None:
            return replace(node, child=_without(child, lost))
        case Columns(child=child) | Place(child=child) | Turned(child=child):
            return replace(node, child=_without(child, lost))
    return node


def _in_cell(cell: Cell, lost: Callable[[Mark], bool]) -> Cell:
    return replace(cell, child=_without(cell.child, lost)) if cell.child is not None else cell
