"""Texts that are linked to another mission than the one they stand in, or to one that begins below them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from carnet.pipeline.page.fragments import Fragment
from carnet.schemas.roles import Role

_HEADING = frozenset({Role.TITLE, Role.HEADING, Role.CLIENT})
_SELDOM = 0.1
"""Share of the missions with a text of no label over their heading, up to which none has one."""
_MISSIONS = 5
"""Missions from which on it is seen what is seldom."""


def texts_over_heads(
    fragments: Sequence[Fragment],
    roles: Sequence[Role],
    homes: Sequence[int],
    over: Mapping[int, tuple[int, float]],
    rank: Sequence[int],
) -> list[int]:
    """Texts that stand over the heading of their mission on its page, under no label that comes again, where hardly
    another mission has such: what the firm says of its trade before it. `over`: the labels of values."""
    times = Counter(f.text for f in fragments)
    heading: dict[int, list[int]] = {}
    for i, home in enumerate(homes):
        if home >= 0 and roles[i] in _HEADING:
            heading.setdefault(home, []).append(i)
    found: dict[int, list[int]] = {}
    for i, home in enumerate(homes):
        alone = i not in over or times[fragments[over[i][0]].text] == 1
        if home not in (-1, i) and roles[i].narrative and alone and home in heading:
            f, first = fragments[i], fragments[min(heading[home], key=lambda h: rank[h])]
            if f.page == first.page and f.box.bottom <= first.box.top and rank[i] < rank[first.number]:
                found.setdefault(home, []).append(i)
    seldom = len(heading) >= _MISSIONS and len(found) <= _SELDOM * len(heading)
    return [i for some in found.values() for i in some] if seldom else []


def over_front_matter(
    fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int], rank: Sequence[int]
) -> list[int]:
    """Headings with the firm's people between them and the mission that they are linked to, where
    hardly another mission has such: "La coopérative" over "L'équipe"."""
    order = sorted(range(len(rank)), key=lambda i: rank[i])
    first: dict[int, int] = {}
    for i in order:
        if homes[i] >= 0 and roles[i] in _HEADING:
            first.setdefault(homes[i], i)
    before = np.cumsum([0, *(roles[i] in _FRONT for i in order)])
    out = []
    for home, i in first.items():
        between = before[rank[home]] - before[rank[i] + 1] if rank[i] < rank[home] else 0
        if i != home and between > 0 and fragments[i].page == fragments[home].page:
            out.append(i)
    return out if len(first) >= _MISSIONS and len(out) <= max(1, _SELDOM * len(first)) else []


_FRONT = frozenset({Role.TEAM, Role.OFFICE})


def behind_front_matter(
    fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int], rank: Sequence[int]
) -> list[int]:
    """What is linked to a mission of a page before and stands behind the firm's own words, or people, on a page that
    begins with them, where hardly another mission goes on so."""
    times = Counter(f.text for f in fragments)
    pages: dict[int, list[int]] = {}
    for i in sorted(range(len(rank)), key=lambda i: rank[i]):
        if roles[i] is not Role.FURNITURE and times[fragments[i].text] < _RUNNING:
            pages.setdefault(fragments[i].page, []).append(i)
    found: dict[int, list[int]] = {}
    for page, some in pages.items():
        first = next((n for n, i in enumerate(some) if roles[i].of_mission and homes[i] >= 0), len(some))
        home = homes[some[first]] if first < len(some) else -1
        own = {roles[i] for i in some[:first]} <= _FRONT | {Role.FRONT, Role.DOMAIN}
        mine = [i for i in some[first:] if homes[i] == home and roles[i].of_mission]
        words = 1 if all(roles[i] is Role.ASIDE for i in mine) else _WORDS
        if first >= words and own and home >= 0 and fragments[home].page < page:
            later = (i for i, own in enumerate(homes) if own == home and fragments[i].page > page)
            found.setdefault(home, []).extend([*(i for i in some[first:] if homes[i] == home), *later])
    missions = len({*homes} - {-1})
    return [i for some in found.values() for i in some] if len(found) <= max(1, _SELDOM * missions) else []


_WORDS = 3
"""Fragments of the firm's own words that begin a page; one before nothing but figures and captions."""
_RUNNING = 3
"""Times from which on a text is a running line."""


def lines_of_the_team(fragments: Sequence[Fragment], roles: Sequence[Role]) -> list[int]:
    """The firm's own words that share a line with a name or a function of its people, or stand between two such lines,
    flush with both and in their look."""
    lines: dict[int, list[Fragment]] = {}
    for f in fragments:
        lines.setdefault(f.line, []).append(f)
    told = [some for some in lines.values() if {roles[f.number] for f in some} <= {Role.TEAM, Role.FRONT}]
    ours = [any(roles[f.number] is Role.TEAM for f in some) for some in told]
    out = [f.number for some, own in zip(told, ours, strict=True) if own for f in some]
    for n in range(1, len(told) - 1):
        if not ours[n] and ours[n - 1] and ours[n + 1] and _flush(told[n][0], told[n - 1][0], told[n + 1][0]):
            out += [f.number for f in told[n]]
    return [i for i in out if roles[i] is Role.FRONT]


def _flush(f: Fragment, *others: Fragment) -> bool:
    return all(f.page == o.page and abs(f.box.x0 - o.box.x0) < 1 and f.style == o.style for o in others)
