"""Corrections: checked on the stored draft, written to the log, then taken into the warehouse. The log first: a command
that is killed in between is completed by the next one that writes."""

from __future__ import annotations

import datetime as dt
import secrets
from collections import Counter
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
class Now:
    """An edition as it is before a correction: its draft, and the corrections that hold in it."""

    stand: Stand
    draft: EditionDraft
    before: Sequence[Correction]

    def read(self) -> EditionResult:
        """As read: missions joined and split, no value corrected."""
        return settle_draft(self.draft, [c for c in self.before if c.reshapes])

    def under(self, *more: Correction) -> EditionResult:
        return settle_draft(self.draft, [*self.before, *more])


@dataclass(frozen=True)
class Preview:
    """What a correction would do. `also`: other fields of the mission that follow, with old and new value. `settled`,
    `asked`: codes of findings on it that would go and come. `is_mission`: it would still be one."""

    mission_id: str
    field: str
    old_value: str | None
    new_value: str | None
    also: dict[str, tuple[str | None, str | None]]
    settled: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    is_mission: bool = True


@dataclass(frozen=True)
class _Planned:
    """A correction that can be, and the edition before and after it."""

    made: Correction
    now: Now
    before: EditionResult
    after: EditionResult

    @property
    def old(self) -> Mission | None:
        return _find(self.before, self.now.stand.key)

    @property
    def new(self) -> Mission | None:
        return _find(self.after, self.now.stand.key)

    @property
    def result(self) -> str | None:
        from carnet.pipeline.correct import value_of

        return value_of(self.new, self.made.field) if self.new else None


def correct(settings: Settings, mission: str, field: str, value: str, asked: Asked) -> Corrected:
    """Set a field right; ValueError in one sentence when the value can't be. The field "mission" says that it is none
    ("-"), that another belongs to it ("+ ID"), or that it is two ("/ words" with which the second begins)."""
    with open_whole(settings) as con:
        planned = _plan(con, settings, mission, field, value, asked)
        made = planned.made
        append(settings.raw, "correction", made.model_dump(mode="json", exclude=NOT_LOGGED))
        take_in(con, settings)
        left = _ids_of(con, planned.now.stand, planned.after, planned.before) if made.reshapes else ()
    assert planned.old, "a mission that is corrected is read"
    come = _come(planned.before, planned.after, planned.old, planned.new)
    return Corrected(made.mission_id, field, made.old_value, planned.result, left, come)


def _come(before: EditionResult, after: EditionResult, old: Mission, new: Mission | None) -> tuple[str, ...]:
    """Findings on the mission that the correction brings, worst first; of its dates, as they are and not as printed."""
    known = {f.code for f in before.findings if f.mission == old.ordinal}
    if new and (old.start_date, old.end_date) != (new.start_date, new.end_date):
        known -= {FindingCode.DATE_ORDER}
    found = [f for f in after.findings if new and f.mission == new.ordinal and f.code not in known]
    dates = f"it ends on {new.end_date} now, before it starts on {new.start_date}" if new else ""
    return tuple(
        dates if f.code is FindingCode.DATE_ORDER else f.message
        for f in sorted(found, key=lambda f: [*Severity].index(f.severity))
    )


def preview(con: Connection, settings: Settings, mission: str, field: str, value: str) -> Preview:
    """What `correct` would do, without doing it; the same errors. `con` need not be able to write."""
    from carnet.pipeline.correct import FIELDS, value_of

    planned = _plan(con, settings, mission, field, value, Asked("", ""))
    old, new = planned.old, planned.new
    also = {}
    for name in FIELDS if old and new else ():
        pair = value_of(old, name), value_of(new, name)  # type: ignore[arg-type]  # neither is None here
        if name != field and pair[0] != pair[1]:
            also[name] = pair
    before, after = _codes(planned.before, old), _codes(planned.after, new)
    gone, came = tuple((before - after).elements()), tuple((after - before).elements())
    made = planned.made
    return Preview(made.mission_id, field, made.old_value, planned.result, also, gone, came, new is not None)


def _codes(result: EditionResult, mission: Mission | None) -> Counter[str]:
    return Counter(f.code.value for f in result.findings if mission and f.mission == mission.ordinal)


def _plan(con: Connection, settings: Settings, mission: str, field: str, value: str, asked: Asked) -> _Planned:
    from carnet.pipeline.correct import FIELDS, NOTHING, value_of

    if field not in FIELDS:
        meant = did_you_mean(field, FIELDS) or f"; those are {', '.join(FIELDS)}"
        raise QueryError(f"{field}: no field that can be corrected{meant}")
    new_value = None if value.strip() in (NOTHING, "") else value
    mission_id = full_id(con, mission)
    now = now_of(con, mission_id, settings)
    before = now.under()
    read, old = (_find(result, now.stand.key) for result in (now.read(), before))
    if read is None or old is None:
        raise QueryError(f"{mission_id}: it was corrected away; `carnet correct … mission --undo` brings it back")
    if field == "mission" and new_value is not None:
        new_value = _shape(con, now, new_value)
    made = Correction(
        mission_id=mission_id, field=field, old_value=value_of(old, field), new_value=new_value, why=asked.why,
        author=asked.author, made_at=dt.datetime.now(dt.UTC), id=secrets.token_hex(6), sha256=now.stand.sha256,
        key=now.stand.key, printed=value_of(read, field),
    )  # fmt: skip
    planned = _Planned(made, now, before, now.under(made))
    if made.reshapes:
        _check_shape(made, before, planned.after)
    elif value.lstrip()[:1] in "+-" and new_value and planned.result == made.old_value:
        raise QueryError(f"{field}: {value!r} changes nothing; it is {made.old_value!r}")
    return planned


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


def now_of(con: Connection, mission_id: str, settings: Settings) -> Now:
    """The newest edition in which the mission stands."""
    stand = stands(con, mission_id)[-1]
    before = addressed(con, read_journal(settings.raw)).get(stand.edition_id, [])
    return Now(stand, stored_draft(con, stand.edition_id), before)


def _find(result: EditionResult, key: str) -> Mission | None:
    return next((m for k, m in zip(result.keys, result.missions, strict=True) if k == key), None)


def _shape(con: Connection, now: Now, value: str) -> str:
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
