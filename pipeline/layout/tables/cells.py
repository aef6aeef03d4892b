"""The cells of a row, and cells that stand for several rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from carnet.pipeline.layout.tables.columns import Columns
from carnet.pipeline.layout.tables.measures import middle_of, top_down
from carnet.pipeline.layout.tables.separators import column_separators
from carnet.schemas.layout import BBox, Passage, Shape, Word

Row = tuple[bool, tuple[Passage, ...], BBox]
"""Whether it is a band, its cells, the box around them."""


def cells_of(words: Sequence[Word], columns: Columns) -> tuple[Passage, ...]:
    """The words of one row by column, an empty passage where a column has none."""
    cells: list[list[Word]] = [[] for _ in columns.heads]
    for word in words:
        column = columns.of(middle_of(word))
        cells[column if column is not None else 0].append(word)
    return tuple(Passage.join([Passage.of_words(row) for row in top_down(cell)]) for cell in cells)


def spanning_columns(
    columns: Columns, shapes: Sequence[Shape], separators: Sequence[float], start: float, end: float
) -> dict[int, list[float]]:
    """Columns whose cells are drawn over several rows, with their own separators."""
    out = {}
    for column in range(len(columns.heads)):
        own = column_separators(shapes, columns, column, start, end)
        if 2 <= len(own) <= 0.8 * len(separators):
            out[column] = own
    return out


def with_spanning(
    rows: list[Row], spanning: dict[int, list[float]], words: Sequence[Word], columns: Columns
) -> list[Row]:
    """What a cell over several rows says, it says of each of them."""
    for column, own in spanning.items():
        inside = [w for w in words if columns.of(middle_of(w)) == column]
        for low, high in pairwise(own):
            text = [w for w in inside if w.box and low < (w.box.top + w.box.bottom) / 2 < high]
            if not text:
                continue
            cell = Passage.join([Passage.of_words(line) for line in top_down(text)])
            for i, (band, cells, box) in enumerate(rows):
                if not band and low < (box.top + box.bottom) / 2 < high:
                    rows[i] = (band, (*cells[:column], cell, *cells[column + 1 :]), box)
    return rows


def with_merged(rows: list[Row], shapes: Sequence[Shape], columns: Columns, separators: Sequence[float]) -> list[Row]:
    """An empty cell without a rule above it, in a table where rules part the rows, says what the cell above it says."""
    out = list(rows)
    for column in range(len(columns.heads)):
        own = column_separators(shapes, columns, column, rows[0][2].top, rows[-1][2].bottom)
        for i in range(1, len(out)):
            (_, above, upper), (band, cells, lower) = out[i - 1], out[i]
            between = [y for y in separators if upper.top < y < lower.bottom]
            merged = between and not any(abs(y - z) < 4 for y in between for z in own)
            if merged and not band and not out[i - 1][0] and above[column] and not cells[column]:
                out[i] = (band, (*cells[:column], above[column], *cells[column + 1 :]), lower)
    return out


def is_within(word: Word, box: BBox) -> bool:
    """Does the word stand between the top and the bottom of the box, with two points to spare?"""
    return word.box is not None and box.top - 2 <= word.box.top and word.box.bottom <= box.bottom + 2
