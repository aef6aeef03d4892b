"""Two warehouses side by side: what a rebuild would change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from warehouse.db import Connection, connect, is_current

TABLES = ("mission", "contact", "partner", "evidence", "finding", "team", "office", "website", "correction", "decision")


@dataclass
class Difference:
    """`tables`: rows gone and come by table. `values`: (mission_id, file, field, old, new) that differ."""

    tables: dict[str, tuple[int, int]] = field(default_factory=dict)
    values: list[tuple[str, str, str, str | None, str | None]] = field(default_factory=list)

    @property
    def any(self) -> bool:
        return any(gone or come for gone, come in self.tables.values())


def differences(old: Path | None, new: Path) -> Difference:
    """What `new` has otherwise than `old`; all of it when there is no `old` that can be compared."""
    with connect(new, read_only=True) as con:
        after, values_after = _rows(con), _values(con)
    before: dict[str, set[str]] = {}
    values_before: dict[tuple[str, str, str], str] = {}
    if old and old.exists():
        with connect(old, read_only=True) as con:
            if is_current(con):
                before, values_before = _rows(con), _values(con)
    found = Difference()
    for table in TABLES:
        gone, come = before.get(table, set()) - after[table], after[table] - before.get(table, set())
        found.tables[table] = (len(gone), len(come))
    keys = sorted(set(values_before) | set(values_after)) if before else []
    found.values = [
        (*key, values_before.get(key), values_after.get(key))
        for key in keys
        if values_before.get(key) != values_after.get(key)
    ]
    return found


def _rows(con: Connection) -> dict[str, set[str]]:
    """Rows as text, with a number for those that repeat."""
    return {table: set(_numbered(con.execute(f"SELECT * FROM store.{table}").fetchall())) for table in TABLES}


def _numbered(rows: list[tuple[Any, ...]]) -> Iterator[str]:
    seen: dict[str, int] = {}
    for row in rows:
        text = repr(row)
        seen[text] = seen.get(text, 0) + 1
        yield f"{text} {seen[text]}"


def _values(con: Connection) -> dict[tuple[str, str, str], str]:
    rows = con.execute(
        """SELECT v.mission_id, e.file_name, v.field, v.value
           FROM _mission_values AS v JOIN store.edition AS e USING (edition_id)"""
    ).fetchall()
    return {(mission_id, name, column): value for mission_id, name, column, value in rows}
