"""What moved since the data set that a folder held before: so that a consumer updates only that."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from carnet.warehouse.exports.package import CHANGES, DESCRIPTOR, FORM
from carnet.warehouse.exports.resources import Resource
from carnet.warehouse.exports.to_tables import quoted
from carnet.warehouse.store.db import Connection

_PARTS = ("partners", "contacts", "evidence", "findings")
"""Tables whose rows belong to a mission: a change in them is a change of it."""


@dataclass(frozen=True)
class Moved:
    """Ids of missions; of a changed one, its columns and tables that changed. `resources`: tables that are others now.
    `before`: version it is told against; None for a first export, when all is added."""

    before: str | None
    after: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: dict[str, list[str]]
    resources: tuple[str, ...]


def moved(con: Connection, resources: Sequence[Resource], before: Path, after: Path) -> Moved:
    """The staged rows against the Parquet files of the folder `before`; `after` is the new folder."""
    new, old = _descriptor(after), _descriptor(before)
    if old is None or old["carnet"].get("form") != FORM or new is None:
        return _first(con, new)
    try:
        return _compared(con, resources, before, old, new)
    except (duckdb.Error, KeyError, OSError):  # somebody changed the folder: whoever has it reads all again
        return _first(con, new)


def write_moved(found: Moved, folder: Path) -> None:
    """`changes.json` beside the tables: ids that came, went or changed, and which tables are others."""
    told = {
        "from": found.before,
        "to": found.after,
        "missions": {"added": found.added, "removed": found.removed, "changed": found.changed},
        "resources": found.resources,
    }
    (folder / CHANGES).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _descriptor(folder: Path) -> dict[str, Any] | None:
    try:
        found = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and isinstance(found.get("carnet"), dict) else None


def _first(con: Connection, new: dict[str, Any] | None) -> Moved:
    ids = con.execute("SELECT mission_id FROM given_missions ORDER BY rowid").fetchall()
    names = tuple(r["name"] for r in new["resources"]) if new else ()
    return Moved(None, new["version"] if new else "", tuple(i for (i,) in ids), (), {}, names)


def _compared(
    con: Connection, resources: Sequence[Resource], before: Path, old: dict[str, Any], new: dict[str, Any]
) -> Moved:
    by_name = {resource.name: resource for resource in resources}
    con.execute(f"CREATE OR REPLACE TEMP TABLE held AS SELECT * FROM {_parquet(before, 'missions')}")
    columns = [c.name for c in by_name["missions"].columns if c.name != "mission_id"]
    added = _ids(con, "SELECT mission_id FROM given_missions AS g ANTI JOIN held USING (mission_id) ORDER BY g.rowid")
    removed = _ids(con, "SELECT mission_id FROM held AS h ANTI JOIN given_missions USING (mission_id) ORDER BY h.rowid")
    differ = ", ".join(f'CASE WHEN g."{c}" IS DISTINCT FROM h."{c}" THEN \'{c}\' END' for c in columns)
    rows = con.execute(
        f"SELECT mission_id, list_filter([{differ}], lambda c: c IS NOT NULL) AS fields "
        "FROM (SELECT *, rowid AS place FROM given_missions) AS g JOIN held AS h USING (mission_id) ORDER BY g.place"
    ).fetchall()
    changed = {mission: list(fields) for mission, fields in rows}
    for part in (name for name in _PARTS if name in by_name):
        for mission in _ids(con, _part_differs(part, before)):
            if mission in changed:
                changed[mission].append(part)
    hashes = [{r["name"]: r.get("hash") for r in descriptor["resources"]} for descriptor in (old, new)]
    names = tuple(sorted(name for name in {*hashes[0], *hashes[1]} if hashes[0].get(name) != hashes[1].get(name)))
    told = {mission: fields for mission, fields in changed.items() if fields}
    return Moved(old["version"], new["version"], added, removed, told, names)


def _part_differs(part: str, before: Path) -> str:
    """Missions whose rows in this table are others, or in another order."""
    row = "to_json(t)::VARCHAR"
    each = f"SELECT mission_id, hash(list({row} ORDER BY {row})) AS told FROM {{}} AS t GROUP BY 1"
    return (
        f"SELECT mission_id FROM ({each.format('given_' + part)}) AS g "
        f"FULL JOIN ({each.format(_parquet(before, part))}) AS h USING (mission_id) "
        "WHERE mission_id IS NOT NULL AND g.told IS DISTINCT FROM h.told ORDER BY 1"
    )


def _parquet(folder: Path, name: str) -> str:
    return f"read_parquet({quoted(str(folder / f'{name}.parquet'))})"


def _ids(con: Connection, sql: str) -> tuple[str, ...]:
    return tuple(mission for (mission,) in con.execute(sql).fetchall())
