"""The menu that comes again before each part of a brochure, its entry of today set apart: it names the part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from carnet.pipeline.observe.document import look_of
from carnet.pipeline.page.fragments import Fragment
from carnet.schemas.roles import Role

_ENTRIES = 3
"""Entries of a menu at least."""
_LONGEST = 70  # letters of an entry
_AROUND = frozenset({Role.FRONT, Role.DOMAIN, Role.FURNITURE, Role.TEAM, Role.OFFICE})


@dataclass(frozen=True)
class Marked:
    """`here`: the entries that are set apart, which name parts. `others`: all other entries of such menus."""

    here: tuple[int, ...] = ()
    others: tuple[int, ...] = ()


def marked_entries(fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int]) -> Marked:
    """Of menus on pages without missions, those entries under which missions stand; none, where the same one is marked
    over all of them."""
    menus = _menus(fragments, roles)
    here: dict[int, int] = {}  # page of a menu -> its marked entry
    for page, entries in menus.items():
        looks = Counter(look_of(fragments[i]) for i in entries)
        alone = [i for i in entries if looks[look_of(fragments[i])] == 1 and _differs(i, menus, fragments)]
        if len(alone) == 1:
            here[page] = alone[0]
    headed = {page: i for page, i in here.items() if _missions_under(page, menus, fragments, homes)}
    if len({_words(fragments[i]) for i in headed.values()}) < 2:
        return Marked()
    others = tuple(i for page in here for i in menus[page] if i != headed.get(page))
    return Marked(tuple(headed.values()), others)


def _menus(fragments: Sequence[Fragment], roles: Sequence[Role]) -> dict[int, list[int]]:
    """By page, the entries of its menu: lines that stand on another page without missions as well."""
    told = {f.page for f, role in zip(fragments, roles, strict=True) if role not in _AROUND}
    pages: dict[str, set[int]] = {}
    able = [i for i, f in enumerate(fragments) if f.page not in told and len(f.text) <= _LONGEST]
    for i in able:
        pages.setdefault(_words(fragments[i]), set()).add(fragments[i].page)
    out: dict[int, list[int]] = {}
    for i in able:
        if len(pages[_words(fragments[i])]) > 1 and roles[i] is not Role.FURNITURE:
            out.setdefault(fragments[i].page, []).append(i)
    return {page: some for page, some in out.items() if len(some) >= _ENTRIES}


def _differs(entry: int, menus: dict[int, list[int]], fragments: Sequence[Fragment]) -> bool:
    """Does it look otherwise in another menu?"""
    words, look = _words(fragments[entry]), look_of(fragments[entry])
    same = (j for some in menus.values() for j in some if j != entry and _words(fragments[j]) == words)
    return any(look_of(fragments[j]) != look for j in same)


def _missions_under(
    page: int, menus: dict[int, list[int]], fragments: Sequence[Fragment], homes: Sequence[int]
) -> bool:
    """Does a mission begin between this menu and the next?"""
    following = min((p for p in menus if p > page), default=None)
    heads = (fragments[i].page for i, home in enumerate(homes) if home == i)
    return any(head > page and (following is None or head < following) for head in heads)


def _words(fragment: Fragment) -> str:
    return "".join(c for c in fragment.text.casefold() if c.isalnum())
