"""All staged tables in one SQLite file, with keys and indexes: for Datasette, and for whoever has no DuckDB."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from carnet.warehouse.exports.resources import Resource, ResourceColumn
from carnet.warehouse.store.db import Connection

BATCH = 5_000
_TYPES = {"INTEGER": "INTEGER", "BIGINT": "INTEGER", "HUGEINT": "INTEGER", "DOUBLE": "REAL", "BOOLEAN": "INTEGER"}


def write_sqlite(con: Connection, resources: Sequence[Resource], path: Path) -> None:
    """Dates and times are ISO texts, lists JSON arrays, truth values 0 and 1. OSError when the disk is full or shut."""
    with _troubles_of(path), contextlib.closing(sqlite3.connect(path, isolation_level=None)) as lite:
        lite.execute("PRAGMA journal_mode = OFF")  # a new file, thrown away whole if this fails
        lite.execute("PRAGMA synchronous = OFF")
        lite.execute("BEGIN")
        for resource in resources:
            lite.execute(_create(resource))
            rows = con.execute(f"SELECT {', '.join(map(_value, resource.columns))} FROM {resource.table}")
            marks = ", ".join("?" * len(resource.columns))
            while batch := rows.fetchmany(BATCH):
                lite.executemany(f'INSERT INTO "{resource.name}" VALUES ({marks})', batch)
        for resource in resources:
            for column in resource.refers:
                if (column,) != resource.key:
                    lite.execute(f'CREATE INDEX "{resource.name}_{column}" ON "{resource.name}" ("{column}")')
        lite.execute("COMMIT")


@contextlib.contextmanager
def _troubles_of(path: Path) -> Iterator[None]:
    """SQLite's words for the disk's troubles, as the system says them."""
    try:
        yield
    except sqlite3.OperationalError as error:
        number = _TROUBLES.get(error.sqlite_errorcode & 0xFF)
        if number is None:
            raise
        raise OSError(number, os.strerror(number), str(path)) from error


_TROUBLES = {
    sqlite3.SQLITE_FULL: errno.ENOSPC, sqlite3.SQLITE_CANTOPEN: errno.EACCES, sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_IOERR: errno.EIO,
}  # fmt: skip


def _create(resource: Resource) -> str:
    lines = [f'"{column.name}" {_type(column)}' for column in resource.columns]
    if resource.key:
        lines.append(f"PRIMARY KEY ({', '.join(f'{chr(34)}{name}{chr(34)}' for name in resource.key)})")
    lines += [
        f'FOREIGN KEY ("{column}") REFERENCES "{target}" ("{column}")' for column, target in resource.refers.items()
    ]
    return f'CREATE TABLE "{resource.name}" (\n  {", ".join(lines)}\n)'.replace(", ", ",\n  ")


def _type(column: ResourceColumn) -> str:
    return "NUMERIC" if column.kind.startswith("DECIMAL") else _TYPES.get(column.kind, "TEXT")


def _value(column: ResourceColumn) -> str:
    """The column as SQLite takes it, in DuckDB's words."""
    name = f'"{column.name}"'
    if column.is_list:
        return f"to_json({name})::VARCHAR"
    if column.kind == "TIMESTAMP":
        return f"strftime({name}, '%Y-%m-%dT%H:%M:%SZ')"
    if column.kind.startswith("DECIMAL"):
        return f"{name}::DOUBLE"  # a whole number is kept as one, by the column's affinity
    return f"{name}::VARCHAR" if column.kind == "DATE" else f"{name}::INTEGER" if column.kind == "BOOLEAN" else name
