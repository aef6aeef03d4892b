"""One mission a page: what stands over the head of its page is of it."""

from __future__ import annotations

from collections.abc import Sequence

from carnet.pipeline.observe.document import place_of
from carnet.pipeline.page.fragments import Fragment
from carnet.schemas.roles import Role


def one_a_page(fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int]) -> dict[int, int]:
    """Texts over the head of their page, and that head, where each page from the first mission to the last has one head
    and next to nothing runs over: a portrait and whom to ask, over the title, were of the page before."""
    told = [i for i, role in enumerate(roles) if role.of_mission and homes[i] >= 0]
    heads: dict[int, list[int]] = {}
    for i in told:
        if homes[i] == i:
            heads.setdefault(fragments[i].page, []).append(i)
    if len(heads) < _PAGES or any(len(some) > 1 for some in heads.values()):
        return {}
    if max(heads) - min(heads) + 1 > len(heads):
        return {}
    astray = [i for i in told if fragments[i].page in heads and heads[fragments[i].page][0] != homes[i]]
    over = {i: heads[fragments[i].page][0] for i in astray if _over_head(i, heads[fragments[i].page][0], fragments)}
    at_home = (i for i in told if fragments[homes[i]].page == fragments[i].page)
    own = {_column(fragments[i]) for i in at_home if _over_head(i, homes[i], fragments)}
    usual = all(_column(fragments[i]) in own and not roles[i].narrative for i in astray)
    few = len(astray) <= (_VALUES_ASTRAY if usual else _ASTRAY) * len(told) and len(over) == len(astray)
    return over if few else {}


_PAGES = 4
"""Pages with one head each, from which on a brochure has one mission a page."""
_ASTRAY = 0.1
"""Share of what missions hold that may be taken for another page's."""
_VALUES_ASTRAY = 0.4
"""The same, where they are values that stand where other pages have theirs: a column of facts over the title, and
nothing that goes on from the page before."""


def _column(f: Fragment) -> int:
    return place_of(f)[0]


def _over_head(i: int, head: int, fragments: Sequence[Fragment]) -> bool:
    return fragments[i].box.bottom <= fragments[head].box.top + 1
