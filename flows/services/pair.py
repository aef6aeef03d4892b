"""Two missions of two editions are the same, or are not: decided, logged, taken into the warehouse."""

from __future__ import annotations

import datetime as dt

from carnet.flows.services.asked import Asked
from carnet.flows.services.unit_of_work import open_whole, take_in
from carnet.flows.settings import Settings
from carnet.warehouse.ask.missions import full_id
from carnet.warehouse.ask.places import Stand, id_at, is_later, stands
from carnet.warehouse.disk.errors import QueryError
from carnet.warehouse.log.journal import append
from carnet.warehouse.store.db import Connection


def pair(settings: Settings, kind: str, a: str, b: str, asked: Asked) -> tuple[str, str]:
    """Say that two missions are the same, or are not; the ids of both afterwards."""
    with open_whole(settings) as con:
        ids = full_id(con, a), full_id(con, b)
        one, other = _parted(con, ids) if kind == "distinct" else _united(con, ids)
        line = {"a": one.place, "b": other.place, "why": asked.why, "author": asked.author}
        append(settings.raw, kind, line | {"made_at": dt.datetime.now(dt.UTC).isoformat()})
        take_in(con, settings)
        return id_at(con, one.edition_id, one.key), id_at(con, other.edition_id, other.key)


def _parted(con: Connection, ids: tuple[str, str]) -> tuple[Stand, Stand]:
    """Where two missions stand last; of one mission, its newest place and the one before."""
    first, second = (stands(con, one) for one in ids)
    if ids[0] != ids[1]:
        return first[-1], second[-1]
    if len(first) < 2:
        raise QueryError(f"{ids[0]}: it stands in one edition only; there is nothing to part")
    return first[-2], first[-1]


def _united(con: Connection, ids: tuple[str, str]) -> tuple[Stand, Stand]:
    """Where the earlier mission stands last and the later one begins."""
    if ids[0] == ids[1]:
        raise QueryError(f"{ids[0]}: both are this mission already")
    first, second = (stands(con, one) for one in ids)
    if {s.sha256 for s in first} & {s.sha256 for s in second}:
        raise QueryError(
            f"{ids[0]} and {ids[1]} stand in one edition: `carnet correct {ids[0]} mission '+ {ids[1]}'` joins them, "
            f"`carnet correct {ids[1]} mission -` drops one"
        )
    brochures = sorted({s.brochure for s in (*first, *second)})
    if len(brochures) > 1:
        raise QueryError(f"they stand in different brochures: {', '.join(brochures)}")
    earlier, later = (second, first) if is_later(con, first[0], second[-1]) else (first, second)
    return earlier[-1], later[0]
