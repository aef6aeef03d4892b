"""A staged table as CSV, Parquet or JSON Lines, written by DuckDB row by row: any number of rows, little memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from carnet.warehouse.exports.cells import FORMULA_SIGNS
from carnet.warehouse.exports.resources import Resource, ResourceColumn
from carnet.warehouse.store.db import Connection

_TIME = "%Y-%m-%dT%H:%M:%SZ"


def write_csv(con: Connection, resource: Resource, path: Path) -> None:
    """UTF-8, comma, one line of names. Lists are JSON arrays; what a spreadsheet would run gets an apostrophe."""
    cells = ", ".join(f'{_cell(column)} AS "{column.name}"' for column in resource.columns)
    _copy(con, f"SELECT {cells} FROM {resource.table}", path, f"FORMAT csv, HEADER, TIMESTAMPFORMAT '{_TIME}'")


def write_parquet(con: Connection, resource: Resource, path: Path) -> None:
    """The table as one Parquet file, pressed by zstd."""
    _copy(con, f"SELECT * FROM {resource.table}", path, "FORMAT parquet, COMPRESSION zstd")


def write_jsonl(con: Connection, resource: Resource, path: Path) -> None:
    """One JSON object a line."""
    _copy(con, f"SELECT * FROM {resource.table}", path, f"FORMAT json, TIMESTAMPFORMAT '{_TIME}'")


TABLE_FORMATS: dict[str, Callable[[Connection, Resource, Path], None]] = {
    "csv": write_csv, "parquet": write_parquet, "jsonl": write_jsonl,
}  # fmt: skip


def _copy(con: Connection, query: str, path: Path, options: str) -> None:
    con.execute(f"COPY ({query}) TO {quoted(str(path))} ({options})")


def _cell(column: ResourceColumn) -> str:
    name = f'"{column.name}"'
    if column.is_list:
        return f"to_json({name})::VARCHAR"
    is_words = column.is_text or column.is_plain
    if column.name == "phone" or not is_words:  # a number with its country code is a number to a spreadsheet
        return name
    return f"CASE WHEN regexp_matches({name}, {quoted(_FORMULA)}) THEN '''' || {name} ELSE {name} END"


_FORMULA = rf"^\s*[{''.join(chr(92) + sign if sign in '-|+' else sign for sign in FORMULA_SIGNS)}]"


def quoted(text: str) -> str:
    """An SQL string."""
    return "'" + text.replace("'", "''") + "'"
