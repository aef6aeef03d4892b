"""The menu that comes again before each part of a brochure, its entry of today set apart: it names the part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from carnet.pipeline.observe.document import look_of
from carnet.pipeline.page.fragments import Fragment
from carnet.pipeline.rules.fold import letters_of
from carnet.schemas.roles import Role

_ENTRIES = 3
"""Entries of a menu at least."""
_LONGEST = 70  # letters of an entry
_NEARLY = 0.8
"""Share of the entries of a menu that seem to stand outside missions."""
_AROUND = frozenset({Role.FRONT, Role.DOMAIN, Role.FURNITURE, Role.TEAM, Role.OFFICE})


@dataclass(frozen=True)
class Marked:
    """`here`: the entries that are set apart, which name parts. `others`: all other entries of such menus, and what
    seems to name parts in other words: where a menu tells the parts, the titles of pages do not."""

    here: tuple[int, ...] = ()
    others: tuple[int, ...] = ()


def marked_entries(fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int]) -> Marked:
    """Of menus on pages without missions, those entries under which missions stand; none, where the same one is marked
    over all of them."""
    menus = _menus(fragments, roles)
    apart = {page: _set_apart(entries, menus, fragments) for page, entries in menus.items()}
    often = Counter(letters_of(fragments[i].text) for some in apart.values() for i in some)
    here: dict[int, int] = {}  # page of a menu -> its marked entry
    for page, some in apart.items():
        rarest = min((often[letters_of(fragments[i].text)] for i in some), default=0)
        alone = [
            i for i in some if often[letters_of(fragments[i].text)] == rarest
        ]  # the entry over it is marked more often
        if len(alone) == 1:
            here[page] = alone[0]
    headed = {page: i for page, i in here.items() if _missions_under(page, menus, fragments, homes)}
    names = {letters_of(fragments[i].text) for i in headed.values()}
    if len(names) < 2:
        return Marked()
    others = [i for page in here for i in menus[page] if i != headed.get(page)]
    others += [i for i, role in enumerate(roles) if role is Role.DOMAIN and letters_of(fragments[i].text) not in names]
    return Marked(tuple(headed.values()), tuple(others))


def _menus(fragments: Sequence[Fragment], roles: Sequence[Role]) -> dict[int, list[int]]:
    """By page, the entries of its menu: lines that stand on another page without missions as well."""
    told = {f.page for f, role in zip(fragments, roles, strict=True) if role not in _AROUND}
    pages: dict[str, set[int]] = {}
    able = [i for i, f in enumerate(fragments) if f.page not in told and len(f.text) <= _LONGEST and _is_named(f)]
    for i in able:
        pages.setdefault(letters_of(fragments[i].text), set()).add(fragments[i].page)
    out: dict[int, list[int]] = {}
    for i in able:
        if len(pages[letters_of(fragments[i].text)]) > 1 and roles[i] is not Role.FURNITURE:
            out.setdefault(fragments[i].page, []).append(i)
    return {page: some for page, some in out.items() if len(some) >= _ENTRIES}


def _is_named(f: Fragment) -> bool:
    """Not the number of an entry."""
    return any(c.isalpha() for c in f.text)


def _set_apart(entries: Sequence[int], menus: dict[int, list[int]], fragments: Sequence[Fragment]) -> list[int]:
    """Entries in a look that no other of their menu has, and that they have not in another menu."""
    looks = Counter(look_of(fragments[i]) for i in entries)
    return [i for i in entries if looks[look_of(fragments[i])] == 1 and _differs(i, menus, fragments)]


def _differs(entry: int, menus: dict[int, list[int]], fragments: Sequence[Fragment]) -> bool:
    """Does it look otherwise in another menu?"""
    words, look = letters_of(fragments[entry].text), look_of(fragments[entry])
    same = (j for some in menus.values() for j in some if j != entry and letters_of(fragments[j].text) == words)
    return any(look_of(fragments[j]) != look for j in same)


def _missions_under(
    page: int, menus: dict[int, list[int]], fragments: Sequence[Fragment], homes: Sequence[int]
) -> bool:
    """Does a mission begin between this menu and the next?"""
    following = min((p for p in menus if p > page), default=None)
    heads = (fragments[i].page for i, home in enumerate(homes) if home == i)
    return any(head > page and (following is None or head < following) for head in heads)


def unfolded_entries(fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int]) -> Marked:
    """Of a menu that is folded in some places and shows more entries in as many others as it has such entries: the
    first where it shows them for the first time, and so on, where missions stand behind each."""
    menus = _runs(fragments, roles, homes)
    told = [[letters_of(fragments[i].text) for i in some] for some in menus]
    by_length = sorted(told, key=len)
    folded = set(by_length[0] if told else ())
    inner = [key for key in (by_length[-1] if told else ()) if key not in folded]
    shown = [some for some, keys in zip(menus, told, strict=True) if len(set(inner) & set(keys)) > 1]
    if len(folded) < _ENTRIES or len(inner) < 2 or len(inner) != len(shown):
        return Marked()
    begins = [some[0] for some in menus]
    heads = [i for i, home in enumerate(homes) if home == i]
    here = []
    for key, some in zip(inner, shown, strict=True):
        ends = min((at for at in begins if at > some[0]), default=len(fragments))
        entry = next((i for i in some if letters_of(fragments[i].text) == key), None)
        if entry is None or not any(some[-1] < head < ends for head in heads):
            return Marked()
        here.append(entry)
    names = {letters_of(fragments[i].text) for i in here}
    others = [i for some in menus for i in some if i not in here]
    others += [
        i for i, role in enumerate(roles)
        if role in (Role.DOMAIN, Role.KICKER) and i not in here and letters_of(fragments[i].text) not in names
    ]  # fmt: skip
    return Marked(tuple(here), tuple(others))


def _runs(fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int]) -> list[list[int]]:
    """Entries that follow each other, of texts that come again."""
    often = Counter(letters_of(f.text) for f in fragments if len(f.text) <= _LONGEST and _is_named(f))
    runs: list[list[int]] = [[]]
    for i, key in enumerate(letters_of(f.text) for f in fragments):
        entry = often[key] >= _ENTRIES and homes[i] != i
        if not entry or any(letters_of(fragments[j].text) == key for j in runs[-1]):
            runs.append([])  # something else, or the menu's next place
        if entry:
            runs[-1].append(i)
    around = [sum(roles[i] in _AROUND or roles[i] is Role.KICKER for i in some) for some in runs]
    return [
        some for some, count in zip(runs, around, strict=True) if len(some) >= _ENTRIES and count >= _NEARLY * len(some)
    ]
