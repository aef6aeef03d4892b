"""Labels that come again and again in one order: each round of them is a mission, and what heads it stands right before
its first label, whatever it looks like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from carnet.pipeline.page.fragments import Fragment
from carnet.pipeline.rules.fold import letters_of
from carnet.schemas.roles import Role

_ROUNDS = 4
"""Rounds at least."""
_LABELS = 3
"""Different labels of most rounds, at least."""
_MOST = 0.5
"""Share of the rounds in which a label stands that counts."""
_REGULAR = 0.9
"""Share of the rounds in which no such label comes twice, and that have a heading."""
_HEADING = frozenset({
    Role.TITLE, Role.HEADING, Role.CLIENT, Role.GROUP_CLIENT, Role.PLACE, Role.REFERENCE, Role.KICKER, Role.DOMAIN,
    Role.FURNITURE,
})  # fmt: skip
"""What may stand between the last value of a mission and the first label of the next."""
_MAY_HEAD = (Role.TITLE, Role.HEADING, Role.CLIENT)


@dataclass(frozen=True)
class Round:
    """`head`: what heads the mission, the first label where nothing does: it is `bare`. `before`, `labelled`, `behind`:
    in the order of reading, what stands before the first label, from there to the last, and behind that.
    `usual`: the labels that most rounds have. `named`: what stands before the head on its line and looks like a label
    of it: for whom, as in "Groupe Nord : Étude". `owed`: what stands between the last label and the next heading and is
    the value of that label, whatever it looks like."""

    head: int
    bare: bool
    before: Sequence[int]
    labelled: Sequence[int]
    behind: Sequence[int]
    usual: Sequence[int]
    named: Sequence[int]
    owed: Sequence[int] = ()


def rounds(
    fragments: Sequence[Fragment],
    roles: Sequence[Role],
    announced: Sequence[Role | None],
    heads: Sequence[float],
    rank: Sequence[int],
) -> list[Round]:
    """The rounds of a document whose labels come in rounds and announce what follows them, none else. `heads`: how
    likely each fragment heads a mission."""
    order = sorted(range(len(rank)), key=lambda i: rank[i])
    said = [letters_of(fragments[i].text) if roles[i] is Role.LABEL else "" for i in order]
    often = Counter(key for key in said if key)
    first = _first_label(order, said, often, heads)
    if not first:
        return []
    starts = [at for at, key in enumerate(said) if key == first]
    usual = {key for key, count in often.items() if count >= _MOST * len(starts)}
    spans = list(pairwise([*starts, len(order)]))
    told = [Counter(key for key in said[a:b] if key in usual) for a, b in spans]
    if len(starts) < _ROUNDS or len(usual) < _LABELS or not _regular([list(some.elements()) for some in told]):
        return []
    if not _announce([at for at, key in enumerate(said) if key in usual], order, roles, announced):
        return []
    out = []
    ends = [0, *(max(at for at in range(a, b) if said[at] in usual) + 1 for a, b in spans)]
    places = [_heading(fragments, order, roles, heads, end, start) for end, start in zip(ends, starts, strict=False)]
    owed = _owed(fragments, order, ends, starts, places)
    places = [(head, begins + len(some)) for (head, begins), some in zip(places, owed, strict=True)]
    for n, (start, end) in enumerate(spans):
        head, begins = places[n]
        until = places[n + 1][1] if n + 1 < len(places) else end
        bare = head == order[start]
        labels = [order[at] for at in range(start, end) if said[at] in usual]
        before = order[begins:start]
        said_once = (i for i in before if roles[i] is Role.LABEL and often[letters_of(fragments[i].text)] < _ROUNDS)
        named = [i for i in said_once if fragments[i].line == fragments[head].line]
        out.append(Round(head, bare, before, order[start : ends[n + 1]], order[ends[n + 1] : until], labels, named,
                         owed[n + 1] if n + 1 < len(owed) else ()))  # fmt: skip
    return out if sum(told.bare for told in out) <= _BARE * len(out) else []


def _owed(
    fragments: Sequence[Fragment],
    order: Sequence[int],
    ends: Sequence[int],
    starts: Sequence[int],
    places: Sequence[tuple[int, int]],
) -> list[Sequence[int]]:
    """What a heading begins with that is the value of the label before it: where that has none, as few have, and the
    heading has a line more than the usual one."""
    lines = [
        len({fragments[i].line for i in order[begins:start]}) for (_, begins), start in zip(places, starts, strict=True)
    ]
    usual = sorted(lines)[len(lines) // 2]
    out: list[Sequence[int]] = []
    for n, (head, begins) in enumerate(places):
        first = [i for i in order[begins : starts[n]] if fragments[i].line == fragments[order[begins]].line]
        lacks = n > 0 and begins == ends[n] and lines[n] > usual and head not in first
        out.append(first if lacks else ())
    return out if sum(map(bool, out)) <= (1 - _REGULAR) * len(out) else [()] * len(out)


def _announce(
    labels: Sequence[int], order: Sequence[int], roles: Sequence[Role], announced: Sequence[Role | None]
) -> bool:
    """Does something follow nearly each label before the next, and is nearly all that follows a text's label that text,
    as far as it is told? Not so where labels stand side by side."""
    alone = sum(b - a == 1 for a, b in pairwise(labels))
    like = told = 0
    for a, b in pairwise(labels):
        role = announced[order[a]]
        if role is not None and role.narrative:
            said = [roles[i] for i in order[a + 1 : b] if roles[i].narrative]
            like, told = like + sum(r is role for r in said), told + len(said)
    return alone <= (1 - _REGULAR) * len(labels) and like >= _ALIKE * told


_ALIKE = 0.8
"""Share of the texts under labels that seem to be what these announce."""


def _regular(told: Sequence[Sequence[str]]) -> bool:
    """Do nearly all rounds have each label once, in the order of the usual round?"""
    places: dict[str, list[int]] = {}
    for some in told:
        for at, key in enumerate(some):
            places.setdefault(key, []).append(at)
    order = {key: sum(some) / len(some) for key, some in places.items()}
    fine = sum(len(set(some)) == len(some) and sorted(some, key=order.__getitem__) == list(some) for some in told)
    return fine >= _REGULAR * len(told)


def _heading(
    fragments: Sequence[Fragment],
    order: Sequence[int],
    roles: Sequence[Role],
    heads: Sequence[float],
    begins: int,
    ends: int,
) -> tuple[int, int]:
    """What heads the mission whose first label stands at `ends`, and where its heading begins, not before `begins`: the
    likeliest head there, else the likeliest of the texts right before the label that may be one, else the label."""
    at = max(range(begins, ends), key=lambda at: heads[order[at]], default=ends)
    if at == ends or heads[order[at]] < _LIKELY:
        first = _back(order, roles, begins, ends)
        able = [at for at in range(first, ends) if roles[order[at]] in _MAY_HEAD]
        if not able:
            return order[ends], ends
        at = max(able, key=lambda at: (roles[order[at]] is not Role.CLIENT, heads[order[at]]))
    first = _back(order, roles, begins, at)
    while first > begins and fragments[order[first - 1]].line == fragments[order[first]].line:
        first -= 1
    return order[at], first


def _back(order: Sequence[int], roles: Sequence[Role], begins: int, at: int) -> int:
    """Where what may stand over a head or a label begins."""
    while at > begins and roles[order[at - 1]] in _HEADING:
        at -= 1
    return at


_LIKELY = 0.5
"""Probability from which on a text heads a mission."""


def _first_label(order: Sequence[int], said: Sequence[str], often: Counter[str], heads: Sequence[float]) -> str:
    """The label that comes next behind nearly every sure head, "" if none does."""
    following: Counter[str] = Counter()
    coming = ""
    for at in range(len(order) - 1, -1, -1):
        if said[at] and often[said[at]] >= _ROUNDS:
            coming = said[at]
        if heads[order[at]] >= _SURE:
            following[coming] += 1
    label, count = following.most_common(1)[0] if following else ("", 0)
    return label if count >= _OPENS * following.total() else ""


_BARE = 0.25
"""Share of the rounds that may have no heading."""
_OPENS = 0.6
"""Share of the sure heads behind which the first label of a mission comes next."""
_SURE = 0.85
"""Probability from which on a text surely heads a mission."""
