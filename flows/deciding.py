"""What people decide: checked, written to the log, then taken into the warehouse. The log first: a command that is
killed in between is completed by the next one that writes."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from pathlib import Path

from flows.ingest import settle_draft
from flows.settings import Settings
from flows.writing import begin_forgetting, finish_forgetting, open_whole, open_whole_locked, take_in
from schemas.correction import Correction
from schemas.mission import Mission
from schemas.result import EditionResult
from warehouse.db import Connection
from warehouse.drafts import stored_draft
from warehouse.errors import QueryError
from warehouse.forget import Standing, fingerprints_of, standing_of
from warehouse.forgotten import the_key
from warehouse.journal import append, read_journal
from warehouse.lock import writer_lock
from warehouse.missions import full_id
from warehouse.renew import addressed


@dataclass(frozen=True)
class Corrected:
    """What a correction did."""

    mission_id: str
    field: str
    old_value: str | None
    new_value: str | None


@dataclass(frozen=True)
class Asked:
    """Who decides, and why."""

    why: str
    author: str


def correct(settings: Settings, mission: str, field: str, value: str, asked: Asked) -> Corrected:
    """Set a field right; ValueError in one sentence when the value can't be."""
    from pipeline.correct import FIELDS, NOTHING, value_of

    if field not in FIELDS:
        raise QueryError(f"{field}: no field that can be corrected; those are {', '.join(FIELDS)}")
    new_value = None if value.strip() in (NOTHING, "") else value
    if field == "mission" and new_value is not None:
        raise QueryError(f"mission {value!r}: expected - (it is no mission)")
    with open_whole(settings) as con:
        mission_id = full_id(con, mission)
        edition_id, sha256, key = _last_place(con, mission_id)
        draft = stored_draft(con, edition_id)
        journal = read_journal(settings.raw)
        before = addressed(con, journal).get(edition_id, [])
        read, old = (_find(settle_draft(draft, some), key) for some in ((), before))
        if read is None or old is None:
            raise QueryError(f"{mission_id}: it was corrected away; `carnet correct … mission --undo` brings it back")
        made = Correction(
            mission_id=mission_id, field=field, old_value=value_of(old, field), new_value=new_value, why=asked.why,
            author=asked.author, made_at=dt.datetime.now(dt.UTC), id=secrets.token_hex(6), sha256=sha256, key=key,
            printed=value_of(read, field),
        )  # fmt: skip
        new = _find(settle_draft(draft, [*before, made]), key)
        result = value_of(new, field) if new else None
        if value.lstrip()[:1] in "+-" and new_value and result == made.old_value:
            raise QueryError(f"{field}: {value!r} changes nothing; it is {made.old_value!r}")
        append(settings.raw, "correction", made.model_dump(mode="json", exclude={"undone_at", "only_if_same"}))
        take_in(con, settings)
    return Corrected(mission_id, field, made.old_value, result)


def undo(settings: Settings, mission: str, field: str, author: str) -> Corrected:
    """Take back the last correction of a field."""
    with open_whole(settings) as con:
        mission_id = full_id(con, mission)
        rows = con.execute(
            """SELECT correction_id, old_value, new_value FROM store.correction
               WHERE mission_id = ? AND field = ? AND undone_at IS NULL ORDER BY made_at DESC LIMIT 1""",
            [mission_id, field],
        ).fetchall()
        if not rows:
            raise QueryError(f"{mission_id}: no correction of {field} is in force; `carnet corrections` lists them")
        ((correction_id, old_value, new_value),) = rows
        append(settings.raw, "undo", {"id": correction_id, "at": dt.datetime.now(dt.UTC).isoformat(), "author": author})
        take_in(con, settings)
    return Corrected(mission_id, field, new_value, old_value)


def pair(settings: Settings, kind: str, a: str, b: str, asked: Asked) -> tuple[str, str]:
    """Say that two missions are the same, or are not; the ids of both afterwards."""
    with open_whole(settings) as con:
        places = _places(con, kind, a, b)
        line = {"a": places[0], "b": places[1], "why": asked.why, "author": asked.author}
        append(settings.raw, kind, line | {"made_at": dt.datetime.now(dt.UTC).isoformat()})
        take_in(con, settings)
        return _id_at(con, places[0]), _id_at(con, places[1])


def _places(con: Connection, kind: str, a: str, b: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """The two places the decision is about. `distinct M M`: M's newest place and the one before."""
    ids = full_id(con, a), full_id(con, b)
    first, second = ([(row[1], row[2]) for row in _all_places(con, one)] for one in ids)
    if kind == "distinct":
        if ids[0] != ids[1]:
            return first[-1], second[-1]
        if len(first) < 2:
            raise QueryError(f"{ids[0]}: it stands in one edition only; there is nothing to part")
        return first[-2], first[-1]
    if ids[0] == ids[1]:
        raise QueryError(f"{ids[0]}: both are this mission already")
    together = {sha256 for sha256, _ in first} & {sha256 for sha256, _ in second}
    if together:
        raise QueryError(f"{ids[0]} and {ids[1]} stand in one edition: `carnet correct {ids[1]} mission -` drops one")
    brochures = {row[3] for one in ids for row in _all_places(con, one)}
    if len(brochures) > 1:
        raise QueryError(f"they stand in different brochures: {', '.join(sorted(brochures))}")
    earlier, later = (second, first) if _is_later(con, first[0], second[-1]) else (first, second)
    return earlier[-1], later[0]  # where the later one begins


def _is_later(con: Connection, one: tuple[str, str], other: tuple[str, str]) -> bool:
    places = dict(con.execute("SELECT sha256, place FROM _timeline JOIN store.edition USING (edition_id)").fetchall())
    return bool(places[one[0]] > places[other[0]])


def _id_at(con: Connection, place: tuple[str, str]) -> str:
    query = """SELECT mission_id FROM store.portrait JOIN store.edition USING (edition_id)
               WHERE sha256 = ? AND key = ?"""
    return str(con.execute(query, list(place)).fetchall()[0][0])


def forget(settings: Settings, who: str, go_on: bool) -> Standing:
    """Where a person stands; with `go_on` they are erased everywhere that is ours to change."""
    with writer_lock(settings.warehouse):
        with open_whole_locked(settings) as con:
            found = standing_of(con, who, settings.raw)
        if not go_on or not found.person.anything:
            return found
        fingerprints = fingerprints_of(found.person, the_key(settings.raw))
        begin_forgetting(settings)
        append(settings.raw, "forget", {"fingerprints": fingerprints, "at": dt.datetime.now(dt.UTC).isoformat()})
        finish_forgetting(settings)
    return found


def _find(result: EditionResult, key: str) -> Mission | None:
    return next((m for k, m in zip(result.keys, result.missions, strict=True) if k == key), None)


def _last_place(con: Connection, mission_id: str) -> tuple[str, str, str]:
    """The newest edition in which it stands: edition_id, sha256, key."""
    edition_id, sha256, key, _ = _all_places(con, mission_id)[-1]
    return edition_id, sha256, key


def _all_places(con: Connection, mission_id: str) -> list[tuple[str, str, str, str]]:
    rows: list[tuple[str, str, str, str]] = con.execute(
        """SELECT p.edition_id, e.sha256, p.key, e.brochure FROM store.portrait AS p
           JOIN _timeline AS t USING (edition_id) JOIN store.edition AS e USING (edition_id)
           WHERE p.mission_id = ? ORDER BY t.place""",
        [mission_id],
    ).fetchall()
    return rows


def default_author() -> str:
    """The name of the user at this machine."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return Path.home().name or "somebody"
