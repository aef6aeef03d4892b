"""Facts that stand over the titles they belong to, card by card: beside a picture, in a margin, behind a label of their
own."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from carnet.pipeline.page.fragments import Fragment
from carnet.pipeline.rules.fold import letters_of
from carnet.schemas.roles import Role

_FACTS = frozenset({Role.CLIENT, Role.PERIOD, Role.AMOUNT, Role.PLACE, Role.START, Role.END, Role.DURATION})
_FACTS_AND_PEOPLE = _FACTS | {Role.CONTACT, Role.EMAIL, Role.PHONE}
_TITLES = frozenset({Role.TITLE, Role.HEADING})
_OVER = (Role.CLIENT, Role.PERIOD, Role.AMOUNT)
_MOSTLY = 0.6
"""Share of the missions that have something over their heads, from which on it stands there."""
_MISSIONS = 3
"""Missions at least, and one page with two of them."""
_ROLES = 2
"""Kinds of facts over each title at least."""


def facts_over_titles(
    fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Facts with the head of the mission whose title is the next below them, where on every page with missions facts
    and titles take turns, facts first. Nothing where they do not, or where missions lack no fewer facts then."""
    pages: dict[int, list[int]] = {}
    for i, f in enumerate(fragments):
        if homes[i] == i or homes[i] >= 0 and roles[i] in _FACTS:
            pages.setdefault(f.page, []).append(i)
    told: list[tuple[int, int]] = []
    counts = []
    for some in pages.values():
        taken = _turns(sorted(some, key=lambda i: fragments[i].box.top), fragments, roles, homes)
        if taken is None:
            return
        counts.append(sum(1 for i in some if homes[i] == i))
        told += taken
    if sum(counts) < _MISSIONS or max(counts) < 2:
        return
    now = [(i, homes[i]) for i, _ in told]
    heads = {head for _, head in told}
    if _lacking(told, heads, roles) < _lacking(now, heads, roles):
        yield from ((i, head) for i, head in told if homes[i] != head)


def facts_behind_labels_over_titles(
    fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int], rank: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """What stands between a label and the head below it, with that head, where the label comes once before each head,
    the first one too, and not behind the last. Nothing where missions lack no fewer facts then."""
    heads = sorted((i for i, home in enumerate(homes) if home == i), key=lambda i: rank[i])
    if len(heads) < _MISSIONS:
        return
    first = _leading(fragments, roles, heads, rank)
    on: dict[int, list[int]] = {}
    for head in first:
        on.setdefault(fragments[head].page, []).append(head)
    now: list[tuple[int, int]] = []
    told: list[tuple[int, int]] = []
    moved: list[tuple[int, int]] = []
    for i, home in enumerate(homes):
        if home < 0 or not (roles[i].of_mission or roles[i] is Role.LABEL):
            continue
        able = (h for h in on.get(fragments[i].page, ()) if home != h)
        over = next((h for h in able if _between(fragments, homes, first[h], i, h)), home)
        if roles[i] in _FACTS_AND_PEOPLE:
            now.append((i, home))
            told.append((i, over))
        if over != home:
            moved.append((i, over))
    if _lacking(told, heads, roles) < _lacking(now, heads, roles):
        yield from moved


def over_as_elsewhere(
    fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int], rank: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """What stands right over a head that lacks it, of a mission that has it twice, with that head, where most missions
    have it over their heads."""
    order = sorted(range(len(rank)), key=lambda i: rank[i])
    place = {i: at for at, i in enumerate(order)}
    heads = [i for i in order if homes[i] == i]
    for role in _OVER:
        mine: dict[int, list[int]] = {}
        for i in (i for i in order if roles[i] is role and homes[i] >= 0):
            mine.setdefault(homes[i], []).append(i)
        over = sum(rank[some[0]] < rank[head] for head, some in mine.items())
        if len(mine) < _MISSIONS or over <= _MOSTLY * len(mine):
            continue
        for above, head in pairwise(heads):
            if head in mine or above not in mine:
                continue
            tail: list[int] = []
            for at in range(place[head] - 1, place[above], -1):
                if roles[order[at]] is not role or homes[order[at]] != above:
                    break
                tail.append(order[at])
            rest = mine[above][: len(mine[above]) - len(tail)]
            if tail and rest and rank[rest[-1]] < rank[above]:
                yield from ((i, head) for i in reversed(tail))


def _leading(
    fragments: Sequence[Fragment], roles: Sequence[Role], heads: Sequence[int], rank: Sequence[int]
) -> dict[int, int]:
    """The first label before each head of those that come before every head, by head."""
    places: dict[str, list[int]] = {}
    for i in sorted((i for i, role in enumerate(roles) if role is Role.LABEL), key=lambda i: rank[i]):
        places.setdefault(letters_of(fragments[i].text), []).append(i)
    starts = [rank[h] for h in heads]
    out: dict[int, int] = {}
    for some in places.values():
        before = [bisect_left(starts, rank[i]) for i in some]
        if before != list(range(len(heads))):
            continue
        for i, head in zip(some, heads, strict=True):
            if head not in out or rank[i] < rank[out[head]]:
                out[head] = i
    return out


def _between(fragments: Sequence[Fragment], homes: Sequence[int], label: int, i: int, head: int) -> bool:
    """Does a fragment stand between a label and the head below it, and the head it is now with above all three?"""
    first, f, last, other = (fragments[n] for n in (label, i, head, homes[i]))
    if not first.page == f.page == last.page or (other.page == f.page and other.box.bottom > first.box.top):
        return False
    near = first.box.height
    return first.box.top - near / 2 <= f.box.top <= last.box.top + near / 2 and f.box.x0 >= first.box.x0 - near


def _lacking(told: Sequence[tuple[int, int]], heads: Collection[int], roles: Sequence[Role]) -> int:
    """Kinds of facts that missions lack, of those that half of them have. `heads`: of all missions, those too that have
    none."""
    kinds: dict[int, set[Role]] = {head: set() for head in heads}
    for i, head in told:
        kinds.setdefault(head, set()).add(roles[i])
    often = Counter(role for some in kinds.values() for role in some)
    usual = {role for role, n in often.items() if 2 * n >= len(kinds)}
    return sum(len(usual - some) for some in kinds.values())


def _turns(
    order: Sequence[int], fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int]
) -> list[tuple[int, int]] | None:
    """The facts of a page with the title below them; None where facts and titles do not take turns."""
    out: list[tuple[int, int]] = []
    facts: list[int] = []
    for i in order:
        if homes[i] != i:
            facts.append(i)
            continue
        over = [j for j in facts if fragments[j].box.bottom <= fragments[i].box.bottom]
        if roles[i] not in _TITLES or len({roles[j] for j in over}) < _ROLES or len(over) < len(facts):
            return None
        out += [(j, i) for j in facts]
        facts.clear()
    return None if facts else out
