"""A composed paper as a converter writes it: pages become lines of text or Markdown, in the order of the tree."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from random import Random

from carnet.pipeline.teach.blocks.typed import TextBrochure, Typist, starred
from carnet.pipeline.teach.nodes import (
    Box,
    Chain,
    Columns,
    Grid,
    Node,
    PageBreak,
    Paper,
    Para,
    Place,
    Rule,
    Run,
    Space,
    Stack,
    Turned,
    paras,
)


def flattened(rng: Random, paper: Paper) -> TextBrochure:
    """The paper as text, by lot with Markdown's signs, running heads, lines broken as on paper."""
    markdown = rng.random() < 0.5
    width = 0 if markdown or rng.random() < 0.5 else rng.randint(60, 110)
    flat = _Flat(
        Typist(markdown, width),
        paper,
        rng.choice(("cells", "cells", "rows", "pipes")),
        rng.random() < 0.5,
        rng.random() < 0.5,
    )
    running = rng.random() < 0.4
    for sheet in paper.sheets:
        flat.out.blank()
        if running and sheet.header is not None:
            flat.node(sheet.header)
            flat.out.blank()
        for child in sheet.children:
            flat.node(child)
        if running and sheet.footer is not None:
            flat.out.blank()
            flat.node(sheet.footer)
    return flat.out.done()


@dataclass
class _Flat:
    """Walks the tree. `grids`: how rows of tables are written; `airy`: an empty line between paragraphs; `ranked`:
    large letters as headings."""

    out: Typist
    paper: Paper
    grids: str
    airy: bool
    ranked: bool
    page: int = 1

    def node(self, node: Node | None) -> None:
        match node:
            case Para():
                self._para(node)
            case Stack(children=some) | Chain(children=some):
                for child in some:
                    self.node(child)
            case Grid():
                self._grid(node)
            case Box(child=child) | Columns(child=child) | Place(child=child) | Turned(child=child):
                self.node(child)
            case Space(height=height) if height > 9:
                self.out.blank()
            case Rule() if self.out.markdown:
                self.out.blank()
                self.out.sign("---")
                self.out.blank()
            case PageBreak():
                self.page += 1
                self.out.blank(2)
            case _:
                return

    def _para(self, para: Para) -> None:
        runs = tuple(Run(_numbered(r.text, self.page), r.mark, r.look) for r in para.runs)
        if not runs:
            return
        size = max((r.look.size or para.look.size or self.paper.size) for r in runs)
        rank = 1 if size > self.paper.size * 1.9 else 2 if size > self.paper.size * 1.4 else 3
        if self.out.markdown and self.ranked and size > self.paper.size * 1.15 and not para.item:
            self.out.blank()
            self.out.heading(runs, rank)
            self.out.blank()
            return
        before = (
            "  " * (para.item - 1) + (f"{para.marker or '-'} " if not self.out.markdown else "- ") if para.item else ""
        )
        if self.out.markdown:
            stretches = groupby(runs, key=lambda r: bool(r.look.bold))
            runs = tuple(x for bold, some in stretches for x in (starred(some) if bold else some))
        self.out.para(runs, before, " " * len(before))
        if self.airy:
            self.out.blank()

    def _grid(self, grid: Grid) -> None:
        table = (
            len(grid.rows) > 1
            and len(grid.widths) > 2
            and all(sum(1 for _ in paras(c.child)) < 3 for r in grid.rows for c in r)
        )
        if self.grids == "cells" or not table:
            for row in grid.rows:
                for cell in row:
                    self.node(cell.child)
                if self.grids == "cells" and table:
                    self.out.blank()
            return
        for i, row in enumerate(grid.rows):
            cells = [_flat_runs(c.child) for c in row]
            self.out.pipes(cells, "|" if self.out.markdown else "\t" if self.grids == "rows" else "   ")
            if self.out.markdown and i == 0:
                self.out.sign("|" + " --- |" * len(grid.widths))


def _flat_runs(node: Node | None) -> tuple[Run, ...]:
    """All runs of a cell on one line."""
    out: list[Run] = []
    for para in paras(node):
        if out and para.runs:
            out.append(Run(" ", para.runs[0].mark))
        out += para.runs
    return tuple(out)


def _numbered(text: str, page: int) -> str:
    return text.replace("{pages}", "24").replace("{page}", str(page))
