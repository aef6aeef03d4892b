"""Rounds of labels, lists of short references and big figures: whose they are, and what each fragment of them is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from carnet.pipeline.decode.decoded import Decoded
from carnet.pipeline.decode.items import Item
from carnet.pipeline.decode.rounds import Round
from carnet.pipeline.roles.network import RoleModel
from carnet.schemas.outline import Part, PartKind
from carnet.schemas.roles import Role


def in_items(doc: Decoded, listed: Sequence[Item]) -> None:
    """Gives each fragment of a list of references to its item."""
    for item in listed:
        for i in item.members:
            doc.home[i], doc.home_sure[i] = item.head, max(doc.home_sure[i], _BY_LABELS)
        doc.items[item.head] = _of_its_money(item, doc.roles)
    within = {i for item in listed for i in item.members}
    heads = {item.head for item in listed}
    for i in range(len(doc.home)):
        if i not in within and int(doc.home[i]) in heads:
            doc.home[i] = -1


def _of_its_money(item: Item, roles: Sequence[Role]) -> tuple[Part, ...]:
    """Its parts, an amount as what it seems to be: a fee, or the cost of works."""
    said = {roles[i] for i in item.members}
    if Role.AMOUNT in said or Role.WORKS_COST not in said:
        return item.parts
    works = PartKind.WORKS_COST
    return tuple(
        replace(p, kind=works, rule=f"roles.{works.value}") if p.kind is PartKind.AMOUNT else p for p in item.parts
    )


def in_rounds(doc: Decoded, some: Sequence[Round], model: RoleModel) -> None:
    """Gives each label to the mission in whose round it stands, and its value with it: all that follows the label of a
    text up to the next label, and behind the last label, and behind others that few missions have, what they
    announce."""
    for told in some:
        mine: list[int] = []
        announced: Role | None = None
        usual = set(told.usual)
        if not any(doc.roles[i] is Role.CLIENT for i in told.before):
            for i in told.named:
                _tell(doc, i, Role.CLIENT, model)
        for i in (*told.labelled, *told.behind):
            if i in told.owed and announced is not None:
                _tell(doc, i, announced, model)
            elif doc.home[i] == i and i != told.head:
                break
            if i in usual or i in told.behind and doc.roles[i] is Role.LABEL:
                announced = doc.announced[i]
            elif announced is not None and announced.narrative:
                if i in told.behind and not doc.roles[i].narrative:
                    break
                if doc.roles[i] not in _FACTS_IN_TEXTS or doc.sure[i] < _BY_LABELS:
                    _tell(doc, i, announced, model)
            elif i in told.behind and doc.roles[i] is not announced and not {doc.roles[i], announced} <= _ABOUT_PEOPLE:
                break
            mine.append(i)
        others = False
        for i in [*told.labelled, *told.behind][len(mine) :]:
            others |= not doc.roles[i].of_mission
            if others and doc.roles[i].narrative and doc.home[i] == told.head:
                doc.home[i] = -1
        for i in mine:
            doc.home[i], doc.home_sure[i] = told.head, max(doc.home_sure[i], _BY_LABELS)
        before = {*told.before, *told.labelled, *told.behind}
        first = min(doc.rank[i] for i in before)
        earlier = [i for i in np.flatnonzero(doc.home == told.head).tolist() if doc.rank[i] < first]
        texts = max((doc.rank[i] for i in earlier if doc.roles[i].narrative), default=-1)
        for i in earlier:
            doc.home[i] = -1 if doc.rank[i] <= texts else told.head


def _tell(doc: Decoded, i: int, role: Role, model: RoleModel) -> None:
    """What a fragment is, whatever it seems to be."""
    doc.roles[i], doc.sure[i] = role, max(doc.sure[i], _BY_LABELS)
    doc.shares[i] = (1 - _BY_LABELS) / (len(model.roles) - 1)
    doc.shares[i, model.roles.index(role)] = _BY_LABELS


_FACTS_IN_TEXTS = frozenset({Role.PARTNERS, Role.PERIOD, Role.AMOUNT, Role.WORKS_COST, Role.ASIDE})
"""What may stand by itself among the sentences of a text."""
_ABOUT_PEOPLE = frozenset({Role.CONTACT, Role.EMAIL, Role.PHONE, Role.LABEL, Role.ASIDE})
_BY_LABELS = 0.9
"""How surely a text belongs to the mission in whose round of labels it stands."""


def tell_figures(doc: Decoded, head: int, some: Sequence[tuple[int, list[int]]]) -> None:
    """Big figures and their words are what came of a mission, each a result, where nothing else says so; else they
    stand beside it."""
    order = [i for figure, words in some for i in (figure, *words)]
    others = any(r is Role.RESULTS and doc.home[i] == head and i not in order for i, r in enumerate(doc.roles))
    for i, place in zip(order, sorted(doc.rank[i] for i in order), strict=True):
        doc.rank[i], doc.roles[i] = place, Role.ASIDE if others else Role.RESULTS
