"""Heads at the foot of their pages: what stands over one is of its mission, what follows on the next page is not."""

from __future__ import annotations

from collections.abc import Sequence

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
    most = _ASTRAY if any(roles[i].narrative for i in astray) else _VALUES_ASTRAY
    few = len(astray) <= most * len(told) and len(over) == len(astray)
    return over if few else {}


_PAGES = 4
"""Pages with one head each, from which on a brochure has one mission a page."""
_ASTRAY = 0.1
"""Share of what missions hold that may be taken for another page's."""
_VALUES_ASTRAY = 0.4
"""The same, where no running text is: that might go on from the page before."""


def _over_head(i: int, head: int, fragments: Sequence[Fragment]) -> bool:
    return fragments[i].box.bottom <= fragments[head].box.top + 1
