"""Missions in a table of all, some of which are told in full further on: each is one mission, with what both tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from carnet.pipeline.decode.proposal import Read
from carnet.pipeline.rules.fold import letters_of
from carnet.schemas.outline import MissionSection, Outline, PartKind

_LETTERS = 8
"""Of a title, from which on two that are the same name one mission."""
_PAIRS = 2
"""Missions told twice at least."""
_TEXTS = frozenset({PartKind.CONTEXT, PartKind.APPROACH, PartKind.RESULTS, PartKind.BODY})
_FACTS = frozenset({
    PartKind.CLIENT, PartKind.PERIOD, PartKind.DURATION, PartKind.START, PartKind.END, PartKind.AMOUNT, PartKind.PLACE,
    PartKind.CONTACT, PartKind.PARTNERS, PartKind.STATUS, PartKind.REFERENCE,
})  # fmt: skip
_DATES = frozenset({PartKind.PERIOD, PartKind.START, PartKind.END, PartKind.DURATION})
_MANY = 4
"""Missions from which on one name over all of them names no part."""


def told_once(told: Outline) -> tuple[Outline, list[list[int]]]:
    """The outline with one mission for each two, and for each of its missions which ones of before it is: a row, and
    what tells it in full. As they are, where no two are."""
    missions = told.missions
    twins = _twins(missions)
    alone = [n for n, s in enumerate(missions) if n not in twins and _is_row(s) and s.from_table]
    if len(twins) < _PAIRS or not alone:
        return told, [[n] for n in range(len(missions))]
    full = set(twins.values())
    kept = [[n, twins[n]] if n in twins else [n] for n in range(len(missions)) if n not in full]
    merged = [_merged([missions[n] for n in some]) for some in kept]
    if len({part_letters(s) for s in merged}) == 1 and len(merged) >= _MANY:
        merged = [replace(s, domain=None, domain_rule="") for s in merged]
    numbered = tuple(replace(s, ordinal=n) for n, s in enumerate(merged, start=1))
    return replace(told, missions=numbered), kept


def read_once(read: Read) -> Read:
    """The same of a reading by roles, with how sure each part is."""
    outline, kept = told_once(read.outline)
    sure = tuple({kind: p for n in some for kind, p in read.sure[n].items()} for some in kept)
    return replace(read, outline=outline, sure=sure)


def _twins(missions: Sequence[MissionSection]) -> dict[int, int]:
    """By row, what tells its mission in full on another page."""
    out: dict[int, int] = {}
    for n, row in enumerate(missions):
        fulls = [m for m, s in enumerate(missions) if m not in out.values() and _tells(s, row)] if _is_row(row) else []
        if len(fulls) == 1:
            out[n] = fulls[0]
    return out


def _is_row(s: MissionSection) -> bool:
    """A row of a table, or without texts; with a fact or two."""
    kinds = {part.kind for part in s.parts if part.items}
    return (s.from_table or not kinds & _TEXTS) and len(kinds & _FACTS) >= 2


def _tells(full: MissionSection, row: MissionSection) -> bool:
    """Is it of one title, and of one client, time and amount, where both say so?"""
    one, other = title_letters(full), title_letters(row)
    same = min(len(one), len(other)) >= _LETTERS and (one in other or other in one)
    more = len(said_letters(full, *_TEXTS)) > len(said_letters(row, *_TEXTS))
    if not (same and more and full.page_first != row.page_first):
        return False
    clients = said_letters(full, PartKind.CLIENT), said_letters(row, PartKind.CLIENT)
    years = _years(full), _years(row)
    amounts = said_letters(full, PartKind.AMOUNT), said_letters(row, PartKind.AMOUNT)
    return (
        (clients[0] in clients[1] or clients[1] in clients[0])
        and (not years[0] or not years[1] or bool(years[0] & years[1]))
        and (not amounts[0] or not amounts[1] or amounts[0] in amounts[1] or amounts[1] in amounts[0])
    )


def _merged(some: Sequence[MissionSection]) -> MissionSection:
    if len(some) == 1:
        return some[0]
    row, full = some
    has = {part.kind for part in full.parts if part.items}
    has |= _DATES if has & _DATES else frozenset()
    parts = (*full.parts, *(p for p in row.parts if p.kind in _FACTS and p.kind not in has))
    return replace(full, parts=parts, page_first=row.page_first, domain=row.domain, domain_rule=row.domain_rule)


def _years(s: MissionSection) -> set[str]:
    said = " ".join(i.text for p in s.parts if p.kind in _DATES for i in p.items)
    return set(re.findall(r"(?:19|20)\d\d", said))


def part_letters(s: MissionSection) -> str:
    """Letters of the name of the part of the brochure that a mission stands in."""
    return letters_of(s.domain.text) if s.domain is not None else ""


def title_letters(section: MissionSection) -> str:
    """Letters of a mission's title, by which two tellings of it are known."""
    said = [p.text for p in section.heading] or [
        item.text for part in section.parts if part.kind is PartKind.TITLE for item in part.items
    ]
    return letters_of(" ".join(said))


def said_letters(section: MissionSection, *kinds: PartKind) -> str:
    """Letters of what a mission says in parts of some kinds."""
    return letters_of(" ".join(item.text for part in section.parts if part.kind in kinds for item in part.items))
