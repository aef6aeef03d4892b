"""Which mission is this? Gives the missions of all editions of one brochure their ids, and says why.

A pure function over whole editions, oldest first: the order in which files arrived plays no part. A mission has the id
of the known mission with the same heading, else of the likest one (assigned over the whole edition at once), else a new
id made from brochure and heading.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rapidfuzz import fuzz, utils

from warehouse.rows import short_hash

SAME = 0.70
"""From this likeness on two missions are one: reworded titles keep theirs, two studies for one client stay below."""
SAME_HEADING = 0.5
"""Enough under the same heading: only where a repeated heading's counter moved is it another mission."""


@dataclass(frozen=True)
class Portrait:
    """What a mission is recognised by. `key`: its printed heading, folded, with a counter for repeats."""

    key: str
    title: str | None = None
    client: str | None = None
    start: dt.date | None = None
    amount: Decimal | None = None
    text: str | None = None


@dataclass(frozen=True)
class Identity:
    """`reason`: new, same heading, or likeness with what it was likest to."""

    mission_id: str
    reason: str
    score: float | None = None


def identify(brochure: str, editions: Sequence[Sequence[Portrait]]) -> list[list[Identity]]:
    """An identity for each mission of each edition; `editions` from the oldest to the newest."""
    known: dict[str, Portrait] = {}  # by mission_id, as last seen
    out = []
    for edition in editions:
        found = _match(edition, known)
        taken = set(known)
        for index, portrait in enumerate(edition):
            if index not in found:
                found[index] = Identity(_new_id(brochure, portrait.key, taken), "new")
                taken.add(found[index].mission_id)
        known |= {found[index].mission_id: portrait for index, portrait in enumerate(edition)}
        out.append([found[index] for index in range(len(edition))])
    return out


def _match(edition: Sequence[Portrait], known: Mapping[str, Portrait]) -> dict[int, Identity]:
    """Identities of those missions that are already known: the same heading first, then the likest of what is left."""
    by_key: dict[str, list[str]] = {}
    for mission_id, portrait in known.items():
        by_key.setdefault(portrait.key, []).append(mission_id)
    found: dict[int, Identity] = {}
    for index, portrait in enumerate(edition):
        for mission_id in by_key.get(portrait.key, ()):
            if likeness(portrait, known[mission_id]) >= SAME_HEADING:
                found[index] = Identity(mission_id, "same heading", 1.0)
                by_key[portrait.key].remove(mission_id)
                break
    used = {identity.mission_id for identity in found.values()}
    left = [index for index in range(len(edition)) if index not in found]
    free = [mission_id for mission_id in known if mission_id not in used]
    scores = {
        (index, mission_id): score
        for index in left
        for mission_id in free
        if (score := likeness(edition[index], known[mission_id])) >= SAME
    }
    for index, mission_id in assign(scores):
        score = round(scores[index, mission_id], 3)
        found[index] = Identity(mission_id, f"likeness to {known[mission_id].key!r}", score)
    return found


def _new_id(brochure: str, key: str, taken: set[str]) -> str:
    """Made from the heading where a mission first stands, so that a rebuild gives the same one."""
    mission_id, n = short_hash(brochure, key), 1
    while mission_id in taken:
        n += 1
        mission_id = short_hash(brochure, key, str(n))
    return mission_id


def likeness(a: Portrait, b: Portrait) -> float:
    """0 to 1: the features both have, weighted; a title alone must carry it when there is nothing else."""
    weighted = list(_features(a, b))
    total = sum(weight for weight, _ in weighted)
    return sum(weight * score for weight, score in weighted) / total if total else 0.0


def _features(a: Portrait, b: Portrait) -> Iterable[tuple[float, float]]:
    if a.title and b.title:
        yield 4.0, _words_alike(a.title, b.title)
    if a.client and b.client:
        yield 2.0, _words_alike(a.client, b.client)
    if a.text and b.text:
        yield 2.0, _words_alike(a.text[:400], b.text[:400])
    if a.start and b.start:
        yield 1.0, float(a.start == b.start) or 0.5 * (a.start.year == b.start.year)
    if a.amount is not None and b.amount is not None:
        yield 1.0, float(a.amount == b.amount)
    if not (a.title or b.title):
        yield 2.0, _words_alike(a.key, b.key)


def _words_alike(a: str, b: str) -> float:
    a, b = _plain(a), _plain(b)
    return max(fuzz.ratio(a, b), fuzz.token_sort_ratio(a, b)) / 100


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", utils.default_process(text))


def assign(scores: Mapping[tuple[int, str], float]) -> list[tuple[int, str]]:
    """The one-to-one pairing with the highest sum of scores (the Hungarian method); absent pairs are never made."""
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
