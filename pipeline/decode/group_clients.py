"""Clients that stand once over all their missions, mostly with the person to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from carnet.pipeline.observe.document import look_of
from carnet.pipeline.page.fragments import Fragment
from carnet.schemas.roles import Role

_PEOPLE = frozenset({Role.CONTACT, Role.EMAIL, Role.PHONE, Role.LABEL})
_GROUPS = 2
"""Clients with missions under them, and missions without a client of their own, at least."""
_FEWER = 0.75
"""Clients for each mission, at most."""
_LARGER = 1.1
"""How much larger than titles clients over missions are set."""


@dataclass(frozen=True)
class Group:
    """`client`: the lines that name the client; `between`: what stands between it and its first mission; `missions`:
    their heads, in the order of reading."""

    client: tuple[int, ...]
    between: tuple[int, ...]
    missions: tuple[int, ...]

    def people(self, roles: Sequence[Role]) -> list[int]:
        """Who to ask about all missions of the client, with the labels."""
        some = [i for i in self.between if roles[i] in _PEOPLE]
        return some if any(roles[i] is not Role.LABEL for i in some) else []


def group_clients(
    fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int], rank: Sequence[int]
) -> list[Group]:
    """Clients in a look of their own, larger than the titles, each before the missions up to the next client; [] where
    a client stands with most of the missions. `rank`: places in the order of reading."""
    heads = sorted((i for i, home in enumerate(homes) if home == i), key=lambda i: rank[i])
    clients = sorted((i for i, r in enumerate(roles) if r is Role.CLIENT and homes[i] >= 0), key=lambda i: rank[i])
    looks = {look_of(fragments[i])[:3] for i in clients}  # whatever their colours
    titles = [i for i in heads if roles[i] is Role.TITLE]
    if len(looks) != 1 or len(titles) < len(heads) or not titles:
        return []
    largest = max(fragments[i].style.size for i in titles)
    if any(fragments[i].style.size < _LARGER * largest for i in clients):
        return []
    order = sorted(range(len(fragments)), key=lambda i: rank[i])
    groups: list[Group] = []
    for i in order:
        if i in clients and groups and not groups[-1].missions and not groups[-1].between:
            groups[-1] = Group((*groups[-1].client, i), (), ())
        elif i in clients:
            groups.append(Group((i,), (), ()))
        elif groups and homes[i] == i:
            groups[-1] = Group(groups[-1].client, groups[-1].between, (*groups[-1].missions, i))
        elif groups and not groups[-1].missions and roles[i].of_mission:
            groups[-1] = Group(groups[-1].client, (*groups[-1].between, i), ())
    told = sum(len(g.missions) for g in groups)
    few = len(groups) <= _FEWER * told and len(groups) >= _GROUPS and told - len(groups) >= _GROUPS
    return groups if few and told == len(heads) and all(g.missions for g in groups) else []
