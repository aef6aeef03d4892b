"""Names of a brochure's parts that their words alone don't give away: what stands at one place in one look, in other
words every few pages, names the part of the pages where it stands, or of those that follow.

Pages that hold nothing else ("Habiter"), and running lines that change with the part ("Parcs et jardins", pages 3-4;
"Grands paysages", pages 5-7), are found alike.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rapidfuzz.fuzz import ratio

from carnet.pipeline.observe.document import look_of, place_of
from carnet.pipeline.page.fragments import Fragment
from carnet.schemas.roles import Role

_LONGEST = 60
"""Letters of the longest name of a part."""
_NO_NAMES = frozenset({Role.FRONT, Role.FURNITURE, Role.KICKER, Role.YEAR, Role.GROUP_CLIENT, Role.TITLE, Role.DOMAIN})
"""What the name of a part is taken for where its words say nothing."""
_HEAD = frozenset({Role.TITLE, Role.CLIENT, Role.HEADING})
"""What is said of one mission, also where it runs over that mission's pages."""


def named_parts(fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int]) -> list[int]:
    """The fragments that name parts; [] where a part is named otherwise, or nothing varies so.

    `homes`: the head of each fragment's mission, by its number; -1 for none. One place of a brochure at most is taken:
    that with the most names.
    """
    if any(role in (Role.DOMAIN, Role.KICKER) for role in roles):
        return []
    told = {i for i, home in enumerate(homes) if home == i}
    pages = {fragments[i].page for i in told}
    heads = {_words(f) for i, f in enumerate(fragments) if i in told or roles[i] in _HEAD and homes[i] >= 0}
    alone = _alone(fragments)
    found = [
        group
        for group in _places(fragments, roles, alone, pages).values()
        if _vary([fragments[i] for i in group], pages, heads)
    ]
    found = found or [
        group
        for group in _first_on_pages(fragments, roles, homes, pages).values()
        if len(group) <= len(told) / 2 and _change([fragments[i] for i in group], heads)
    ]
    return max(found, key=lambda group: len({_words(fragments[i]) for i in group}), default=[])


def _places(
    fragments: Sequence[Fragment], roles: Sequence[Role], alone: set[int], pages: set[int]
) -> Mapping[tuple[Any, ...], list[int]]:
    """What may name a part, by place and look: text alone on its page, or running over pages of missions."""
    out: dict[tuple[Any, ...], list[int]] = {}
    for i, (f, role) in enumerate(zip(fragments, roles, strict=True)):
        lone = f.page in alone
        running = f.page in pages and role is Role.FURNITURE
        if role in _NO_NAMES and (lone or running) and _may_name(f):
            out.setdefault((lone, *place_of(f), *look_of(f)[:4]), []).append(i)
    return out


def _first_on_pages(
    fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int], pages: set[int]
) -> Mapping[tuple[Any, ...], list[int]]:
    """What stands over all missions of its page, heads none and is not the only client of one, by place and look; what
    another text in that look stands below is none."""
    first: dict[int, float] = {}
    for i, home in enumerate(homes):
        if home == i:
            first[fragments[i].page] = min(first.get(fragments[i].page, fragments[i].box.top), fragments[i].box.top)
    told = Counter((homes[i], role) for i, role in enumerate(roles))
    out: dict[tuple[Any, ...], list[int]] = {}
    below: set[tuple[Any, ...]] = set()
    for i, f in enumerate(fragments):
        over = f.page in pages and f.box.bottom <= first[f.page] and homes[i] != i and _may_name(f)
        again = homes[i] >= 0 and told[homes[i], Role.CLIENT] > 1
        if over and roles[i] in _OF_ONE and (again or roles[i] is not Role.CLIENT):
            out.setdefault((*place_of(f), *look_of(f)[:4]), []).append(i)
        elif f.page in pages and not over:
            below.add(look_of(f)[:4])
    return {key: group for key, group in out.items() if key[2:] not in below}


_OF_ONE = frozenset({Role.CLIENT, Role.OTHER, Role.PLACE})
"""What the name of a part is taken for right over a mission."""


def _change(some: Sequence[Fragment], heads: set[str]) -> bool:
    """Two names or more, one a page, no two alike."""
    names = {_words(f) for f in some}
    return len(names) >= 2 and len(names) == len(some) == len({f.page for f in some})


def _may_name(f: Fragment) -> bool:
    return sum(c.isalpha() for c in f.text) >= 3 and len(f.text) <= _LONGEST and not any(c.isdigit() for c in f.text)


def _alone(fragments: Sequence[Fragment]) -> set[int]:
    """Pages that hold one text of words, beside numbers and what runs on most pages."""
    by_page: dict[int, list[Fragment]] = {}
    for f in fragments:
        by_page.setdefault(f.page, []).append(f)
    often = _often(by_page.values(), len(by_page))
    return {
        page
        for page, some in by_page.items()
        if page > 1 and len({round(f.box.top) for f in some if _may_name(f) and _words(f) not in often}) == 1
        and not any(len(f.text) > _LONGEST for f in some)
    }  # fmt: skip


def _often(pages: Iterable[Sequence[Fragment]], count: int) -> set[str]:
    """What stands on a third of the pages or more."""
    seen = Counter(words for some in pages for words in {_words(f) for f in some})
    return {words for words, n in seen.items() if n * 3 >= count and n > 2}


def _vary(some: Sequence[Fragment], pages: set[int], heads: set[str]) -> bool:
    """Two names or more, each over pages in a row, none of them a mission's own title or client, missions
    behind each."""
    order = [_words(f) for f in sorted(some, key=lambda f: f.page)]
    names = set(order)
    if any(ratio(a, b) >= _SAME for a, b in itertools.combinations(sorted(names)[:_MOST], 2)):
        return False  # one line, read a little otherwise from a scan
    runs = 1 + sum(a != b for a, b in zip(order, order[1:], strict=False))
    followed = all(any(page >= f.page for page in pages) for f in some)
    repeated = len(order) > len(names) or all(f.page not in pages for f in some)
    return len(names) >= 2 and runs == len(names) and repeated and followed and not names & heads


_SAME = 90
"""Likeness of two readings of one line, of 100."""
_MOST = 50
"""Names that are compared."""


def _words(f: Fragment) -> str:
    return " ".join(re.findall(r"\w+", f.text)).casefold()
