"""Which mission each fragment belongs to: what the links say, how columns go on, and what a mission has once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from math import inf

import numpy as np
import numpy.typing as npt

from carnet.schemas.roles import Role

Index = npt.NDArray[np.int64]
Matrix = npt.NDArray[np.float32]
Near = Mapping[int, Sequence[tuple[int, float]]]
"""Heads near a fragment, with the probability that it belongs to each."""


def homes(
    rank: Index, roles: Sequence[Role], who: Index, whose: Index, share: Matrix, anchors: Index
) -> tuple[Index, npt.NDArray[np.float32]]:
    """The head that each fragment belongs to, -1 for none, and how surely. Along the order of the columns a mission is
    rather gone on with than left: the likeliest path, on which each change of mission costs."""
    home = np.full(len(rank), -1, np.int64)
    home_sure = np.zeros(len(rank), np.float32)
    near: dict[int, list[tuple[int, float]]] = {}
    for i, a, p in zip(who.tolist(), whose.tolist(), share.tolist(), strict=True):
        near.setdefault(i, []).append((a, p))
        if p > home_sure[i]:
            home[i], home_sure[i] = a, p
    near = _after_heads(near, rank, home, roles, {*anchors.tolist()})
    for a in anchors.tolist():
        near[a] = [(a, 1.0)]
        home[a], home_sure[a] = a, 1.0
    path = [i for i in np.argsort(rank, kind="stable").tolist() if roles[i].of_mission and i in near]
    for i, a in zip(path, _likeliest_path([near[i] for i in path]), strict=True):
        home[i], home_sure[i] = a, next(p for b, p in near[i] if b == a)
    for told in (False, True):
        for run, a, sure in _carried_on(path, home, roles, near, told):
            home[run] = a
            home_sure[run] = np.maximum(sure, [next((p for b, p in near[i] if b == a), 0.0) for i in run])
    return home, home_sure


def _after_heads(
    near: Near, rank: Index, home: Index, roles: Sequence[Role], heads: Collection[int]
) -> dict[int, list[tuple[int, float]]]:
    """The links, those to a mission that begins further on as unlikely as such are in this brochure: of what stands in
    headings, and of texts and facts."""
    less = {}
    for heading in (True, False):
        some = [i for i in near if roles[i].of_mission and (roles[i] in _HEADING) is heading and i not in heads]
        before = sum(rank[i] < rank[home[i]] for i in some) / max(1, len(some))
        less[heading] = min(1.0, max(before, _SELDOM) / _USUAL)
    out: dict[int, list[tuple[int, float]]] = {}
    for i, pairs in near.items():
        told = [(a, p * less[roles[i] in _HEADING] if rank[i] < rank[a] else p) for a, p in pairs]
        total = sum(p for _, p in told)
        out[i] = [(a, p / total) for a, p in told] if total > 0 else told
    return out


_HEADING = frozenset({Role.TITLE, Role.HEADING, Role.CLIENT, Role.KICKER, Role.REFERENCE, Role.PLACE})
"""What may stand over what heads a mission, in its heading."""
_USUAL = 0.1
"""Share of the texts that stand before the head of their mission, from which on a text may."""
_SELDOM = 0.01
"""The least that is taken for that share."""


def _likeliest_path(near: Sequence[Sequence[tuple[int, float]]]) -> list[int]:
    costs: dict[int, float] = {}
    back: list[dict[int, int]] = []
    for some in near:
        best = min(costs, key=costs.__getitem__) if costs else -1
        leave = (costs[best] if costs else 0.0) + _CHANGE
        fresh: dict[int, float] = {}
        before: dict[int, int] = {}
        for a, p in some:
            stay = costs.get(a, inf)
            before[a] = a if stay <= leave else best
            fresh[a] = (stay if stay <= leave else leave) - float(np.log(max(p, 1e-4)))
        back.append(before)
        costs = fresh
    out: list[int] = []
    at = min(costs, key=costs.__getitem__) if costs else -1
    for before in reversed(back):
        out.append(at)
        at = before[at]
    return out[::-1]


_CHANGE = 1.0
"""What it costs to leave a mission for another, in units of log probability."""


_ONCE = frozenset({
    Role.CLIENT, Role.PERIOD, Role.START, Role.END, Role.DURATION, Role.AMOUNT, Role.CONTACT, Role.EMAIL, Role.PARTNERS,
    Role.STATUS, Role.CONTEXT, Role.APPROACH, Role.RESULTS,
})  # fmt: skip
"""What a mission prints in one place."""
_AGAIN = 2.0
"""What it costs a mission to have one of them twice, in units of log probability."""
_FEE_AGAIN = 6.0
"""The same of its fee: hardly a mission has two."""
_LEAST = 1e-3


def _carried_on(
    path: Sequence[int], home: Index, roles: Sequence[Role], near: Near, told: bool
) -> Iterator[tuple[list[int], int, float]]:
    """Runs without a head that go on, at the top of a column or a page, with the mission before them: where the one
    they are linked to has all they say, and that one has not. With the other mission, and how surely. `told`: what a
    mission has is known, but for the run itself; else what stands with its head and in the runs before."""
    whole = (list(some) for _, some in groupby(path, key=lambda i: int(home[i])))
    runs = [part for run in whole for part in _before_heading(run, int(home[run[0]]), roles)]
    has: dict[int, Counter[Role]] = {}
    for run in runs:
        if told or home[run[0]] in run:
            has.setdefault(int(home[run[0]]), Counter()).update({roles[i] for i in run})
    last = -1
    for run in runs:
        mine = int(home[run[0]])
        if mine not in run:
            said = {roles[i] for i in run} & _ONCE
            if told:
                has[mine].subtract(said)
            if last >= 0 and last != mine:
                gain = _again(said, has.get(mine)) - _again(said, has.get(last))
                gain += sum(_log(near[i], last) - _log(near[i], mine) for i in run) / len(run)
                if gain > 0:
                    mine = last
                    yield run, last, 1 / (1 + float(np.exp(-gain)))
            has.setdefault(mine, Counter()).update(said)
        last = mine


def _before_heading(run: list[int], head: int, roles: Sequence[Role]) -> list[list[int]]:
    """What stands before the heading of a mission apart from the rest, where it tells a fee."""
    first = next((n for n, i in enumerate(run) if roles[i] in _HEADING), 0) if head in run else 0
    fee = any(roles[i] is Role.AMOUNT for i in run[:first])
    return [run[:first], run[first:]] if fee else [run]


def _again(said: Iterable[Role], has: Mapping[Role, int] | None) -> float:
    """What it costs a mission to have these roles, where it has them already."""
    return sum(_FEE_AGAIN if role is Role.AMOUNT else _AGAIN for role in said if (has or {}).get(role, 0) > 0)


def _log(some: Sequence[tuple[int, float]], head: int) -> float:
    return float(np.log(max(next((p for a, p in some if a == head), 0.0), _LEAST)))
