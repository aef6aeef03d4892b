"""Which texts over missions name a part of the brochure: what is set as its other names are does, one over all in the
same words is a label, one over all pages names none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence, Set

import numpy as np
import numpy.typing as npt

from carnet.pipeline.observe.document import look_of, place_of
from carnet.pipeline.page.fragments import Fragment
from carnet.schemas.roles import Role

Chances = npt.NDArray[np.float32]

_MAY_BE = 0.05
"""Probability that a text in the look of one opener must have to be one."""
_ALIKE = 8
"""Names of parts in a look, beyond which more of them tell no more."""
_OVER_A_HEAD = 5
"""How much the sooner it is one right over a mission."""
_LETTERS = 3
"""Of a name at least: "5.1" is none."""
_MANY = 3
_BETWEEN = frozenset({Role.KICKER, Role.ASIDE, Role.LABEL, Role.FURNITURE, Role.FRONT, Role.DOMAIN, Role.REFERENCE})
"""What may stand between the name of a part and the first head under it."""


def openers_alike(
    fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int], ranks: Sequence[int], domain: Chances
) -> list[int]:
    """The names of the parts of a brochure are set alike: what looks as many of them do is one the sooner, the more so
    right over a mission. `domain`: how likely each fragment is to be one. `ranks`: places in the order of reading."""
    looks = Counter(look_of(fragments[i]) for i, role in enumerate(roles) if role is Role.DOMAIN)
    named = (i for i, f in enumerate(fragments) if sum(c.isalpha() for c in f.text) >= _LETTERS)
    able = {i for i in named if roles[i] is Role.FRONT and look_of(fragments[i]) in looks}
    over = {i for i, _ in _right_over_heads(able, roles, homes, ranks)}
    every = Counter(look_of(f) for f in fragments)
    odds = {}
    for i in able:
        count = looks[look_of(fragments[i])]
        among = min(1.0, 2 * count / every[look_of(fragments[i])])
        odds[i] = float(domain[i]) * min(count, _ALIKE) * among * (_OVER_A_HEAD if i in over else 1)
    return sorted(i for i in able if odds[i] >= _MAY_BE)


def over_every_mission(fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int]) -> list[int]:
    """What is printed over many missions in the same words parts nothing, where other words name the parts: labels."""
    if Role.DOMAIN not in roles:
        return []
    over: dict[str, set[int]] = {}
    for i, role in enumerate(roles):
        if role in (Role.KICKER, Role.LABEL) and homes[i] >= 0:
            over.setdefault(fragments[i].text.casefold(), set()).add(homes[i])
    many = max(_MANY, len(_heads(homes)) / 2)
    kickers = (i for i, role in enumerate(roles) if role is Role.KICKER)
    return [i for i in kickers if len(over.get(fragments[i].text.casefold(), ())) >= many]


def where_parts_are(fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int]) -> list[int]:
    """What looks as the names of parts do, or begins at one place of its page with them in their size, names one where
    no more in that look, or at that place, is something else; beside a single one, where it says the same."""
    words = [f.text.casefold() for f in fragments]
    able = [i for i, role in enumerate(roles) if role in _TAKEN_FOR and homes[i] != i]
    out: set[int] = set()
    for marks in (_looks(fragments), _spots(fragments)):
        named = Counter(marks[i] for i, role in enumerate(roles) if role is Role.DOMAIN)
        said = {(marks[i], words[i]) for i, role in enumerate(roles) if role is Role.DOMAIN}
        every = Counter(marks)
        shown = (i for i in able if named[marks[i]] >= _PARTS or (marks[i], words[i]) in said)
        out |= {i for i in shown if 2 * named[marks[i]] >= every[marks[i]]}
    return sorted(i for i in out if sum(c.isalpha() for c in words[i]) >= _LETTERS)


_PARTS = 2
"""Names of parts in one look, or at one place, from which on they show how such names are set."""
_TAKEN_FOR = frozenset({Role.KICKER, Role.PLACE, Role.OTHER, Role.CLIENT, Role.HEAD})
"""What the name of a part is taken for that is set as the others are."""


def _looks(fragments: Sequence[Fragment]) -> list[Hashable]:
    return [look_of(f) for f in fragments]


def _spots(fragments: Sequence[Fragment]) -> list[Hashable]:
    return [(*place_of(f), round(f.style.size, 1)) for f in fragments]


def over_all_parts(fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int]) -> list[int]:
    """A running head that stands over missions of several parts, beside their names, names none of them."""
    named = [i for i, role in enumerate(roles) if role is Role.DOMAIN]
    with_missions = {fragments[i].page for i in _heads(homes)}
    places: dict[tuple[object, ...], set[int]] = {}
    words: dict[str, set[int]] = {}
    for f in (fragments[i] for i in named):
        places.setdefault((f.text.casefold(), *place_of(f)), set()).add(f.page)
        words.setdefault(f.text.casefold(), set()).add(f.page)
    running = set()
    for (text, *_), stands in places.items():
        beside = {other for other, there in words.items() if other != text and there & stands}
        if len(stands & with_missions) >= max(2, _ALL * len(with_missions)) and len(beside) > 1:
            running.add(text)
    return [i for i in named if fragments[i].text.casefold() in running]


_ALL = 0.9
"""Share of the pages with missions on which a running head of all stands."""


def _right_over_heads(
    some: Set[int], roles: Sequence[Role], homes: Sequence[int], ranks: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Those that stand right over a mission, with its head."""
    heads = set(_heads(homes))
    order = sorted(range(len(ranks)), key=lambda i: ranks[i]) if some else []
    for at, i in enumerate(order):
        head = _next_head(order[at + 1 :], roles, homes, heads) if i in some else None
        if head is not None:
            yield i, head


def _next_head(order: Sequence[int], roles: Sequence[Role], homes: Sequence[int], heads: set[int]) -> int | None:
    """The head that comes next, with its client or what else of it stands before it; unless a mission's text does."""
    for n, i in enumerate(order):
        if homes[i] in heads and roles[i] in _HEADING_ROLES and homes[i] in order[n : n + _NEAR]:
            return homes[i]
        if i in heads:
            return i
        if roles[i] not in _BETWEEN:
            return None
    return None


_HEADING_ROLES = frozenset({Role.CLIENT, Role.HEADING, Role.PLACE, Role.PERIOD})
"""What may stand before the head of its mission."""
_NEAR = 6  # fragments


def _heads(homes: Sequence[int]) -> list[int]:
    return [i for i, home in enumerate(homes) if home == i]


def of_the_whole(
    fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int], sure: Sequence[float]
) -> list[int]:
    """The one name over all missions of a brochure names no part of it, where it stands on a cover or is in doubt:
    it is the brochure's own title."""
    named = [i for i, role in enumerate(roles) if role is Role.DOMAIN]
    heads = _heads(homes)
    if not named or len(heads) < _MANY or any(role is Role.KICKER for role in roles):
        return []
    first = fragments[named[0]]
    together = all(fragments[i].page == first.page and look_of(fragments[i]) == look_of(first) for i in named)
    near = fragments[named[-1]].box.top - first.box.top < len(named) * _LINES * first.style.size
    cover = first.page == fragments[0].page and all(fragments[a].page > first.page for a in heads)
    doubted = any(sure[i] < _SURE for i in named)
    if any(fragments[a].page < first.page for a in heads):
        return []  # missions stand before it: it parts them from others
    return named if together and near and (cover or doubted) else []


_LINES = 2.0
"""Letter sizes between the lines of one name, at most."""
_SURE = 0.85
"""Probability from which on a name over all missions is taken at its word."""


def tags(fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int]) -> list[int]:
    """Words over each mission that are others over nearly each: what it is about, no part of the brochure."""
    over = [i for i, role in enumerate(roles) if role is Role.KICKER and homes[i] >= 0]
    said = {fragments[i].text.casefold() for i in over}
    missions = {homes[i] for i in over}
    return over if len(missions) >= _TAGGED and len(said) >= _OTHERS * len(missions) else []


_TAGGED = 5
"""Missions with words over them, from which on these may be tags."""
_OTHERS = 0.7
"""Different words a mission from which on they are."""
