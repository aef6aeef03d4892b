"""Pair rows with columns one to one so that the sum of their scores is highest (the Hungarian method)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

Column = TypeVar("Column", int, str)


def assign(scores: Mapping[tuple[int, Column], float]) -> list[tuple[int, Column]]:
    """The one-to-one pairing with the highest sum of scores ; absent pairs are never made."""
    rows = sorted({row for row, _ in scores})
    columns = sorted({column for _, column in scores})
    if not rows:
        return []
    # each row also has a column of its own that means "nobody": worth 0
    cost = [
        [-scores.get((row, column), 0.0) for column in columns] + [0.0] * len(rows)
        for row in rows
    ]  # fmt: skip
    pairs = [(rows[i], columns[j]) for i, j in enumerate(_cheapest(cost)) if j < len(columns)]
    return [pair for pair in pairs if pair in scores]


def _cheapest(cost: Sequence[Sequence[float]]) -> list[int]:
    """For each row the column it gets, so that the sum is least; at least as many columns as rows.

    Shortest augmenting paths with potentials, in the well-known O(rows² · columns) form.
    """
    n, m = len(cost), len(cost[0])
    row_potential, column_potential = [0.0] * (n + 1), [0.0] * (m + 1)
    row_of, way = [0] * (m + 1), [0] * (m + 1)
    for row in range(1, n + 1):
        row_of[0] = row
        column = 0
        least = [float("inf")] * (m + 1)
        seen = [False] * (m + 1)
        while row_of[column]:
            seen[column] = True
            current, delta, following = row_of[column], float("inf"), 0
            for j in range(1, m + 1):
                if seen[j]:
                    continue
                reduced = cost[current - 1][j - 1] - row_potential[current] - column_potential[j]
                if reduced < least[j]:
                    least[j], way[j] = reduced, column
                if least[j] < delta:
                    delta, following = least[j], j
            for j in range(m + 1):
                if seen[j]:
                    row_potential[row_of[j]] += delta
                    column_potential[j] -= delta
                else:
                    least[j] -= delta
            column = following
        while column:
            row_of[column], column = row_of[way[column]], way[column]
    out = [0] * n
    for j in range(1, m + 1):
        if row_of[j]:
            out[row_of[j] - 1] = j - 1
    return out
