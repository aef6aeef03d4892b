"""Fragments and probabilities made by hand, for the rules that go over what the networks said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from carnet.pipeline.page.fragments import Fragment
from carnet.schemas.layout import BBox, Passage, Style, Word
from carnet.schemas.roles import Role

KNOWN = tuple(Role)
Matrix = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Cell:
    """A text at its place, and what it is. `home`: the number of the head it belongs to; `sure`: how likely it is what
    it is. A letter is half as wide as high."""

    text: str
    role: Role
    x0: float = 50.0
    top: float = 0.0
    size: float = 10.0
    home: int = -1
    page: int = 1
    sure: float = 0.95
    bold: bool = False
    marked: bool = False
    line: int | None = None


def fragments(cells: Sequence[Cell]) -> list[Fragment]:
    return [_fragment(n, cell) for n, cell in enumerate(cells)]


def _fragment(number: int, c: Cell) -> Fragment:
    box = BBox(c.x0, c.top, c.x0 + 0.5 * c.size * len(c.text), c.top + c.size)
    style = Style(c.size, c.bold)
    passage = Passage.of_words([Word(c.text, c.page, box, style)])
    line = number if c.line is None else c.line
    return Fragment(number, c.page, line, 0, len(c.text), passage, box, style, marked=c.marked)


def roles(cells: Sequence[Cell]) -> list[Role]:
    return [cell.role for cell in cells]


def homes(cells: Sequence[Cell]) -> list[int]:
    return [cell.home for cell in cells]


def shares(cells: Sequence[Cell]) -> Matrix:
    """n × roles: each cell is what it is as likely as it is sure; the rest is shared by all others."""
    out = np.zeros((len(cells), len(KNOWN)), np.float32)
    for row, cell in zip(out, cells, strict=True):
        row[:] = (1 - cell.sure) / (len(KNOWN) - 1)
        row[KNOWN.index(cell.role)] = cell.sure
    return out
