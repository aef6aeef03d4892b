"""Tables within the width of a terminal: narrower columns, or one record under the other; long answers in a pager."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Column, Table
    from rich.text import Text

SHORT = 20
"""Columns so narrow (ids, dates, codes) keep their width; the others are texts, which share what is left."""
LEAST = 18
"""A text in fewer columns is not read any more."""
GAP = 3


def print_fitting(console: Console, parts: Sequence[RenderableType]) -> None:
    """To the terminal; through the pager where it is more than a screen (`PAGER=cat`: never)."""
    fitting = [fitted(part, console) for part in parts]
    if _is_longer_than_the_screen(console, fitting):
        os.environ.setdefault("LESS", "-FRX")
        with console.pager(styles=True):
            console.print(*fitting, sep="\n")
    else:
        console.print(*fitting, sep="\n")


def _is_longer_than_the_screen(console: Console, parts: Sequence[RenderableType]) -> bool:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    lines = sum(len(console.render_lines(part, pad=False)) for part in parts)
    return lines >= console.size.height


def fitted(part: RenderableType, console: Console) -> RenderableType:
    """A table as it can be read in the console's width; anything else as it is."""
    from rich.table import Table

    if not isinstance(part, Table):
        return part
    widths = {id(column): _widest(column) for column in part.columns}
    gaps = GAP * (len(part.columns) - 1)
    if sum(widths.values()) + gaps <= console.width:
        return part
    texts = [column for column in part.columns if widths[id(column)] > SHORT and not column.no_wrap]
    free = console.width - gaps - sum(widths.values()) + sum(widths[id(column)] for column in texts)
    if not texts or free < LEAST * len(texts):
        return _one_under_the_other(part, texts, console)
    for column, width in zip(texts, shares([widths[id(column)] for column in texts], free), strict=True):
        column.width = width
        column.no_wrap = column.overflow == "ellipsis"
    return part


def _widest(column: Column) -> int:
    from rich.cells import cell_len

    texts = [str(column.header), *(str(cell) for cell in column.cells)]
    return max(cell_len(line) for text in texts for line in (text.splitlines() or [""]))


def shares(wanted: Sequence[int], free: int) -> list[int]:
    """How much each gets of what is free: none more than it wants, and what is over goes to the others.

    >>> shares([10, 90, 60], 100)
    [10, 45, 45]
    """
    given = [0] * len(wanted)
    for place in sorted(range(len(wanted)), key=lambda n: wanted[n]):
        still = sum(not g for g in given)
        given[place] = min(wanted[place], free // still)
        free -= given[place]
    return given


def _one_under_the_other(table: Table, texts: Sequence[Column], console: Console) -> RenderableType:
    """Each row as a line of its short values, and a line for each text."""
    from rich.console import Group

    short = [column for column in table.columns if not any(column is text for text in texts)]
    cells = {id(column): list(column.cells) for column in table.columns}
    lines: list[RenderableType] = []
    for n in range(table.row_count):
        lines += _record([(c, cells[id(c)][n]) for c in short], [(c, cells[id(c)][n]) for c in texts])
    return Group(*lines[:-1])


ShownCells = Sequence[tuple["Column", "RenderableType"]]


def _record(short: ShownCells, texts: ShownCells) -> Iterator[RenderableType]:
    """`8ca55505c9f0  page 3` and, below, `client  Ville de Morcy`."""
    from rich.padding import Padding
    from rich.text import Text

    first = Text()
    for n, (column, cell) in enumerate((column, cell) for column, cell in short if str(cell).strip()):
        first.append("  " if n else "").append(f"{column.header} " if n else "", "dim").append_text(_as_text(cell))
    yield first
    for column, cell in texts:
        if str(cell).strip():
            line = Text(overflow=column.overflow, no_wrap=column.overflow == "ellipsis")
            yield Padding(line.append(f"{column.header}  ", "dim").append_text(_as_text(cell)), (0, 0, 0, 2))
    yield Text()


def _as_text(cell: RenderableType) -> Text:
    from rich.text import Text

    return cell if isinstance(cell, Text) else Text(str(cell))
