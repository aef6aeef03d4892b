"""All staged tables in one SQLite file, with keys and indexes: for Datasette, and for whoever has no DuckDB."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sqlite3
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from warehouse.db import Connection
from warehouse.exports.resources import Column, Resource

BATCH = 5_000
_TYPES = {"INTEGER": "INTEGER", "BIGINT": "INTEGER", "HUGEINT": "INTEGER", "DOUBLE": "REAL", "BOOLEAN": "INTEGER"}


def write_sqlite(con: Connection, resources: Sequence[Resource], path: Path) -> None:
    """Dates and times are ISO texts, lists JSON arrays, truth values 0 and 1."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as lite:
        lite.execute("PRAGMA journal_mode = OFF")  # a new file, thrown away whole if this fails
        lite.execute("PRAGMA synchronous = OFF")
        lite.execute("BEGIN")
        for resource in resources:
            lite.execute(_create(resource))
            rows = con.execute(f"SELECT * FROM {resource.table}")
            marks = ", ".join("?" * len(resource.columns))
            while batch := rows.fetchmany(BATCH):
                lite.executemany(
                    f'INSERT INTO "{resource.name}" VALUES ({marks})', [tuple(map(_value, row)) for row in batch]
                )
        for resource in resources:
            for column in resource.refers:
                if (column,) != resource.key:
                    lite.execute(f'CREATE INDEX "{resource.name}_{column}" ON "{resource.name}" ("{column}")')
        lite.execute("COMMIT")


def _create(resource: Resource) -> str:
    lines = [f'"{column.name}" {_type(column)}' for column in resource.columns]
    if resource.key:
        lines.append(f"PRIMARY KEY ({', '.join(f'{chr(34)}{name}{chr(34)}' for name in resource.key)})")
    lines += [
        f'FOREIGN KEY ("{column}") REFERENCES "{target}" ("{column}")' for column, target in resource.refers.items()
    ]
    return f'CREATE TABLE "{resource.name}" (\n  {", ".join(lines)}\n)'.replace(", ", ",\n  ")


def _type(column: Column) -> str:
    return "NUMERIC" if column.kind.startswith("DECIMAL") else _TYPES.get(column.kind, "TEXT")


def _value(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%dT%H:%M:%SZ}"
    if isinstance(value, dt.date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
