"""The one text of a mission says what was done, unless a label says otherwise: so readers take it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

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
    Run,
    Stack,
    Turned,
    paper_paras,
)  # fmt: skip
from carnet.schemas.roles import Role

Told = Mapping[Mark, Mark]
_LABELS = (Role.LABEL, Role.HEAD)


def told_alone(paper: Paper) -> Told:
    """Other marks for the texts of missions that print none of what was done, under no label: why alone, or what came
    of it alone, is what was done; of both, what came of it is."""
    printed: dict[int, set[Role]] = {}
    labelled: set[tuple[int, Role | None]] = set()
    for para in paper_paras(paper):
        for mark in (run.mark for run in para.runs):
            if mark.role in _LABELS:
                labelled.add((mark.mission if mark.role is Role.LABEL else 0, mark.of))
            elif mark.role.narrative:
                printed.setdefault(mark.mission, set()).add(mark.role)
    told = {}
    for mission, roles in printed.items():
        free = {r for r in roles if (mission, r) not in labelled and (0, r) not in labelled}
        last = Role.RESULTS if Role.RESULTS in free else Role.CONTEXT
        if Role.APPROACH not in roles and free == roles:
            told[Mark(last, mission)] = Mark(Role.APPROACH, mission)
    return told


def so_marked(paper: Paper, told: Told) -> Paper:
    """The paper with other marks."""
    if not told:
        return paper
    sheets = tuple(replace(s, children=tuple(_marked(c, told) for c in s.children)) for s in paper.sheets)
    return replace(paper, sheets=sheets)


def runs_so_marked(runs: Sequence[Run], told: Told) -> tuple[Run, ...]:
    """Runs of a line with other marks."""
    return tuple(replace(r, mark=told.get(r.mark, r.mark)) for r in runs)


def _marked(node: Node, told: Told) -> Node:
    match node:
        case Para(runs=runs):
            return replace(node, runs=runs_so_marked(runs, told))
        case Stack(children=some) | Chain(children=some):
            return replace(node, children=tuple(_marked(c, told) for c in some))
        case Grid(rows=rows):
            return replace(node, rows=tuple(tuple(_in_cell(c, told) for c in row) for row in rows))
        case Box(child=child) | Columns(child=child) | Place(child=child) | Turned(child=child) if child is not None:
            return replace(node, child=_marked(child, told))
    return node


def _in_cell(cell: Cell, told: Told) -> Cell:
    return replace(cell, child=_marked(cell.child, told)) if cell.child is not None else cell
