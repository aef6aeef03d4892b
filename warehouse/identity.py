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

Place = tuple[str, str]
"""sha256 of an edition and key of a mission in it."""

SAME = 0.70
"""From this likeness on two missions are one: reworded titles keep theirs, two studies for one client stay below."""
SAME_HEADING = 0.5
"""Enough under the same heading: only where a repeated heading's counter moved is it another mission."""
SURE = 0.80
"""A match below is in doubt."""
NEARLY = 0.62
"""So like a mission that it may be that one after all."""


@dataclass(frozen=True)
class Portrait:
    """What a mission is recognised by. `key`: its printed heading, folded, with a counter for repeats."""

    key: str
    title: str | None = None
    client: str | None = None
    start: dt.date | None = None
    amount: Decimal | None = None
    text: str | None = None
    emails: tuple[str, ...] = ()
    place: Place | None = None


@dataclass(frozen=True)
class Identity:
    """`reason`: new, same heading, decided, or likeness with what it was likest to. `doubt`: why it may be wrong."""

    mission_id: str
    reason: str
    score: float | None = None
    doubt: str | None = None


@dataclass(frozen=True)
class Decisions:
    """What people said of pairs of places: these are the same mission, these are not."""

    same: frozenset[frozenset[Place]] = frozenset()
    distinct: frozenset[frozenset[Place]] = frozenset()


UNDECIDED = Decisions()


@dataclass
class _Known:
    """A mission so far: how it was last seen, and all its places."""

    portrait: Portrait
    places: set[Place]

    def bound(self, portrait: Portrait, pairs: frozenset[frozenset[Place]]) -> bool:
        return bool(pairs) and any(frozenset((portrait.place, place)) in pairs for place in self.places)


def identify(
    brochure: str, editions: Sequence[Sequence[Portrait]], decisions: Decisions = UNDECIDED
) -> list[list[Identity]]:
    """An identity for each mission of each edition; `editions` from the oldest to the newest."""
    known: dict[str, _Known] = {}
    out = []
    for edition in editions:
        found = _match(edition, known, decisions)
        taken = set(known)
        for index, portrait in enumerate(edition):
            if index not in found:
                doubt = _near_miss(portrait, known, decisions, found.values())
                found[index] = Identity(_new_id(brochure, portrait.key, taken), "new", doubt=doubt)
                taken.add(found[index].mission_id)
        for index, portrait in enumerate(edition):
            places = {portrait.place} if portrait.place else set()
            before = known.get(found[index].mission_id)
            known[found[index].mission_id] = _Known(portrait, places | (before.places if before else set()))
        out.append([found[index] for index in range(len(edition))])
    return out


def _match(edition: Sequence[Portrait], known: Mapping[str, _Known], decisions: Decisions) -> dict[int, Identity]:
    """Identities of those missions that are already known: as decided, then the same heading, then the likest."""
    found: dict[int, Identity] = {}
    used: set[str] = set()

    def take(index: int, identity: Identity) -> None:
        found[index] = identity
        used.add(identity.mission_id)

    for index, portrait in enumerate(edition):
        for mission_id, one in known.items():
            if mission_id not in used and one.bound(portrait, decisions.same):
                take(index, Identity(mission_id, "decided", 1.0))
                break
    by_key: dict[str, list[str]] = {}
    for mission_id, one in known.items():
        by_key.setdefault(one.portrait.key, []).append(mission_id)
    for index, portrait in enumerate(edition):
        for mission_id in by_key.get(portrait.key, ()) if index not in found else ():
            one = known[mission_id]
            free = mission_id not in used and not one.bound(portrait, decisions.distinct)
            if free and likeness(portrait, one.portrait) >= SAME_HEADING:
                take(index, Identity(mission_id, "same heading", 1.0))
                break
    left = [index for index in range(len(edition)) if index not in found]
    scores = {
        (index, mission_id): score
        for index in left
        for mission_id, one in known.items()
        if mission_id not in used
        and not one.bound(edition[index], decisions.distinct)
        and (score := likeness(edition[index], one.portrait)) >= SAME
    }
    for index, mission_id in assign(scores):
        score = round(scores[index, mission_id], 3)
        told = f"likeness to {known[mission_id].portrait.key!r}"
        take(index, Identity(mission_id, told, score, _weak(edition[index], known[mission_id].portrait, score)))
    return found


def _weak(portrait: Portrait, before: Portrait, score: float) -> str | None:
    if score >= SURE:
        return None
    told = before.title or before.client or before.key
    return f"taken for the mission that was {told!r}; `carnet distinct` parts them"


def _near_miss(
    portrait: Portrait, known: Mapping[str, _Known], decisions: Decisions, found: Iterable[Identity]
) -> str | None:
    """A known mission that no other of this edition is, and that this one is nearly like."""
    used = {identity.mission_id for identity in found}
    near = [
        (likeness(portrait, one.portrait), mission_id)
        for mission_id, one in known.items()
        if mission_id not in used and not one.bound(portrait, decisions.distinct)
    ]
    score, mission_id = max(near, default=(0.0, ""))
    if score < NEARLY:
        return None
    before = known[mission_id].portrait
    told = before.title or before.client or before.key
    return f"taken for a new mission, but it is much like {told!r} ({mission_id}); `carnet same` joins them"


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
        yield 4.0, _words_alike(a.title, b.title) * _numbers_alike(a.title, b.title)
    if a.client and b.client:
        yield 2.0, _words_alike(a.client, b.client)
    if a.text and b.text:
        yield 2.0, _words_alike(a.text[:400], b.text[:400])
    if a.start and b.start:
        yield 1.0, float(a.start == b.start) or 0.5 * (a.start.year == b.start.year)
    if a.amount is not None and b.amount is not None:
        yield 1.0, float(a.amount == b.amount)
    if a.emails and b.emails:
        yield 0.5, float(bool(set(a.emails) & set(b.emails)))
    if not (a.title or b.title):
        yield 2.0, _words_alike(a.key, b.key)


def _numbers_alike(a: str, b: str) -> float:
    """ "Phase 1" and "Phase 2" are two missions, though their words are alike."""
    ours, theirs = (set(re.findall(r"\d+", text)) for text in (a, b))
    return 0.55 if ours - theirs and theirs - ours else 1.0


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
