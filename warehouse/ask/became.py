"""Which mission is meant by an id, or its beginning: one that stands, or what became of one that once did."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from carnet.warehouse.disk.errors import QueryError
from carnet.warehouse.matching.ids import made_of
from carnet.warehouse.store.db import Connection


class UnknownId(QueryError):
    """No mission ever had it."""


@dataclass(frozen=True)
class Meant:
    """`note`: what became of the id that was asked for, where it is not simply that of the mission."""

    mission_id: str
    note: str | None = None


@dataclass(frozen=True)
class _Place:
    """Where an id was once given: the file and the heading; `now_id` answers there today."""

    mission_id: str
    file_name: str | None
    key: str
    now_id: str | None


def meant(con: Connection, asked: str) -> Meant:
    """QueryError when no mission answers to it, or several may; the sentence says what became of it."""
    standing = [row[0] for row in con.execute(_STANDING, [asked]).fetchall()] if asked else []
    places = [_Place(*row) for row in con.execute(_PLACES, [asked]).fetchall()] if asked else []
    whole = sorted({*standing, *(place.mission_id for place in places)})
    whole = [asked] if asked in whole else whole
    if len(whole) > 1:
        raise QueryError(f"{asked}: several missions have ids that begin so; give more of it")
    if not whole:
        return _by_what_it_was_made_of(con, asked)
    if whole[0] in standing:
        return Meant(whole[0], _parted(whole[0], places))
    return _became(whole[0], places)


def former_ids(con: Connection, mission_ids: Sequence[str]) -> dict[str, list[str]]:
    """By mission, the other ids that answer to it: it had them once, and no mission bears them now."""
    found: dict[str, list[str]] = {}
    for now_id, former in con.execute(_FORMER, [list(mission_ids)]).fetchall():
        found.setdefault(now_id, []).append(former)
    return found


_STANDING = "SELECT DISTINCT mission_id FROM store.portrait WHERE starts_with(mission_id, ?) ORDER BY ALL"
_PLACES = """
SELECT g.mission_id, e.file_name, g.key, g.now_id
FROM store.given AS g
LEFT JOIN store.edition AS e USING (sha256)
WHERE starts_with(g.mission_id, ?)
ORDER BY g.number
"""
_MADE_OF = """
SELECT p.mission_id, e.sha256, p.key, e.firm, e.brochure
FROM store.portrait AS p
JOIN store.edition AS e USING (edition_id)
"""
_FORMER = """
SELECT any_value(g.now_id), g.mission_id
FROM store.given AS g
ANTI JOIN store.portrait AS p USING (mission_id)
WHERE g.now_id IS NOT NULL
GROUP BY g.mission_id
HAVING count(DISTINCT g.now_id) = 1 AND list_contains(?::VARCHAR[], any_value(g.now_id))
ORDER BY ALL
"""


def _parted(mission_id: str, places: Iterable[_Place]) -> str | None:
    """Where it stood once and another stands now."""
    told = dict.fromkeys(f"in {p.file_name} it is {p.now_id} now" for p in places if p.now_id not in (None, mission_id))
    return f"{mission_id}: {', '.join(told)}" if told else None


def _became(mission_id: str, places: Iterable[_Place]) -> Meant:
    """What answers where it stood."""
    now = list(dict.fromkeys(p.now_id for p in places if p.now_id))
    if len(now) == 1:
        return Meant(now[0], f"{mission_id} became {now[0]}: both are taken for one mission")
    if now:
        where = dict.fromkeys(f"{p.now_id} (in {p.file_name})" for p in places if p.now_id)
        raise QueryError(f"{mission_id}: it became {' and '.join(where)}; ask for one of them")
    last = list(places)[-1]
    raise QueryError(
        f"{mission_id}: it stood in {last.file_name or 'a file that is not in this warehouse'} under "
        f"{_heading(last.key)!r}, and no mission is read there any more; `carnet missions` lists what is"
    )


def _heading(key: str) -> str:
    """
    >>> _heading("plan-velo-1c9f03ab-2")
    'plan velo'
    """
    return re.sub(r"-[0-9a-f]{8}(-\d+|~[0-9a-f]+)*$", "", key).replace("-", " ")


def _by_what_it_was_made_of(con: Connection, asked: str) -> Meant:
    """An id that another warehouse gave, or this one before its log was lost: ids are made of what is printed."""
    rows = con.execute(_MADE_OF).fetchall() if asked else []
    found = {
        mission_id
        for mission_id, sha256, key, firm, brochure in rows
        if any(made.startswith(asked) for made in made_of((sha256, key), firm, brochure))
    }
    if not found:
        raise UnknownId(f"{asked}: no mission has this id; `carnet missions` lists them")
    if len(found) > 1:
        raise QueryError(f"{asked}: it may be one of {', '.join(sorted(found))}; ask for one of them")
    (mission_id,) = found
    return Meant(mission_id, f"{asked} is {mission_id} here")
