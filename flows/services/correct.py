"""Corrections: checked on the stored draft, written to the log, then taken into the warehouse. The log first: a command
that is killed in between is completed by the next one that writes."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from carnet.flows.services.asked import Asked
from carnet.flows.services.ingest import settle_draft
from carnet.flows.services.unit_of_work import open_whole, take_in
from carnet.flows.settings import Settings
from carnet.schemas.correction import Correction
from carnet.schemas.draft import EditionDraft
from carnet.schemas.finding import FindingCode, Severity
from carnet.schemas.mission import Mission
from carnet.schemas.result import EditionResult
from carnet.warehouse.ask.corrections import last_in_force
from carnet.warehouse.ask.missions import full_id
from carnet.warehouse.ask.places import Stand, id_at, stands
from carnet.warehouse.disk.errors import QueryError, did_you_mean
from carnet.warehouse.loading.amended import addressed
from carnet.warehouse.log.journal import append, read_journal
from carnet.warehouse.store.db import Connection
from carnet.warehouse.store.drafts import stored_draft

NOT_LOGGED = {"undone_at", "only_if_same", "former"}
"""Of a correction: what other lines of the log say, or the reading in which it is applied."""


@dataclass(frozen=True)
class Corrected:
    """What a correction did. `missions`: ids of all that a join or a split left, the corrected one first. `doubts`:
    what a careful reader would question now and did not before."""

    mission_id: str
    field: str
    old_value: str | None
    new_value: str | None
    missions: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Now:
    """An edition as it is before a correction: its draft, and the corrections that hold in it."""

    stand: Stand
    draft: EditionDraft
    before: Sequence[Correction]

    def read(self) -> EditionResult:
        """As read: missions joined and split, no value corrected."""
        return settle_draft(self.draft, [c for c in self.before if c.reshapes])

    def under(self, *more: Correction) -> EditionResult:
        return settle_draft(self.draft, [*self.before, *more])


def correct(settings: Settings, mission: str, field: str, value: str, asked: Asked) -> Corrected:
    """Set a field right; ValueError in one sentence when the value can't be. The field "mission" says that it is none
    ("-"), that another belongs to it ("+ ID"), or that it is two ("/ words" with which the second begins)."""
    from carnet.pipeline.correct import FIELDS, NOTHING, value_of

    if field not in FIELDS:
        meant = did_you_mean(field, FIELDS) or f"; those are {', '.join(FIELDS)}"
        raise QueryError(f"{field}: no field that can be corrected{meant}")
    new_value = None if value.strip() in (NOTHING, "") else value
    with open_whole(settings) as con:
        mission_id = full_id(con, mission)
        now = _now(con, mission_id, settings)
        read, old = (_find(result, now.stand.key) for result in (now.read(), now.under()))
        if read is None or old is None:
            raise QueryError(f"{mission_id}: it was corrected away; `carnet correct … mission --undo` brings it back")
        if field == "mission" and new_value is not None:
            new_value = _shape(con, now, new_value)
        made = Correction(
            mission_id=mission_id, field=field, old_value=value_of(old, field), new_value=new_value, why=asked.why,
            author=asked.author, made_at=dt.datetime.now(dt.UTC), id=secrets.token_hex(6), sha256=now.stand.sha256,
            key=now.stand.key, printed=value_of(read, field),
        )  # fmt: skip
        after = now.under(made)
        new = _find(after, now.stand.key)
        result = value_of(new, field) if new else None
        if made.reshapes:
            _check_shape(made, now.under(), after)
        elif value.lstrip()[:1] in "+-" and new_value and result == made.old_value:
            raise QueryError(f"{field}: {value!r} changes nothing; it is {made.old_value!r}")
        append(settings.raw, "correction", made.model_dump(mode="json", exclude=NOT_LOGGED))
        take_in(con, settings)
        left = _ids_of(con, now.stand, after, now.under()) if made.reshapes else ()
    return Corrected(mission_id, field, made.old_value, result, left, _come(now.under(), after, old, new))


def _come(before: EditionResult, after: EditionResult, old: Mission, new: Mission | None) -> tuple[str, ...]:
    """Findings on the mission that the correction brings, worst first; of its dates, as they are and not as printed."""
    known = {f.code for f in before.findings if f.mission == old.ordinal}
    found = [f for f in after.findings if new and f.mission == new.ordinal and f.code not in known]
    dates = f"it ends on {new.end_date} now, before it starts on {new.start_date}" if new else ""
    return tuple(
        dates if f.code is FindingCode.DATE_ORDER else f.message
        for f in sorted(found, key=lambda f: [*Severity].index(f.severity))
    )


def undo(settings: Settings, mission: str, field: str, author: str) -> Corrected:
    """Take back the last correction of a field."""
    with open_whole(settings) as con:
        mission_id = full_id(con, mission)
        last = last_in_force(con, mission_id, field)
        if last is None:
            raise QueryError(f"{mission_id}: no correction of {field} is in force; `carnet corrections` lists them")
        append(settings.raw, "undo", {"id": last.id, "at": dt.datetime.now(dt.UTC).isoformat(), "author": author})
        take_in(con, settings)
    return Corrected(mission_id, field, last.new_value, last.old_value)


def _now(con: Connection, mission_id: str, settings: Settings) -> _Now:
    """The newest edition in which the mission stands."""
    stand = stands(con, mission_id)[-1]
    before = addressed(con, read_journal(settings.raw)).get(stand.edition_id, [])
    return _Now(stand, stored_draft(con, stand.edition_id), before)


def _find(result: EditionResult, key: str) -> Mission | None:
    return next((m for k, m in zip(result.keys, result.missions, strict=True) if k == key), None)


def _shape(con: Connection, now: _Now, value: str) -> str:
    """The value as the log holds it: the other mission by its key in this edition."""
    from carnet.pipeline.reshape import split_sign

    sign, rest = split_sign(value)
    if sign == "/" and rest:
        return f"/ {rest}"
    if sign != "+" or not rest:
        raise QueryError(f"mission {value!r}: expected - (no mission), '+ ID' (joins), or '/ words' (splits)")
    other = full_id(con, rest)
    key = next((s.key for s in stands(con, other) if s.edition_id == now.stand.edition_id), None)
    if key is None or key == now.stand.key:
        raise QueryError(f"{other}: not another mission of the same edition; only those can be joined")
    return f"+ {key}"


def _check_shape(made: Correction, before: EditionResult, after: EditionResult) -> None:
    if before.keys == after.keys:
        words = (made.new_value or "")[1:].strip()
        raise QueryError(f"mission: no paragraph or bullet of it begins with {words!r}; `carnet show` prints them")


def _ids_of(con: Connection, stand: Stand, after: EditionResult, before: EditionResult) -> tuple[str, ...]:
    """The corrected mission, and those that came of it."""
    keys = (stand.key, *(key for key in after.keys if key not in before.keys))
    return tuple(id_at(con, stand.edition_id, key) for key in keys)
