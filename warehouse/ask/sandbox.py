"""What a question may be: one statement that only asks, of the warehouse alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import duckdb

from carnet.warehouse.ask.complaint import complaint, place_of
from carnet.warehouse.disk.errors import QueryError
from carnet.warehouse.store.db import Connection

SETTINGS = (
    "SET memory_limit = '1GB'",
    "SET threads = 2",
    "SET max_temp_directory_size = '0B'",
    "SET autoload_known_extensions = false",
    "SET autoinstall_known_extensions = false",
    "SET allow_community_extensions = false",
    "SET enable_external_access = false",
    "SET errors_as_json = true",  # with the place of what is wrong
    "SET lock_configuration = true",  # last: from here on nothing of this can be undone
)
QUESTIONS = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN, duckdb.StatementType.RELATION}
TABLE_FUNCTIONS = {
    "unnest", "range", "generate_series", "duckdb_views", "duckdb_columns", "duckdb_tables", "duckdb_functions",
    "duckdb_keywords", "pragma_table_info", "json_each", "json_tree", "regexp_split_to_table",
}  # fmt: skip
"""All others read files, start logs or run further SQL: read_csv, glob, read_blob, enable_logging, query, …"""


def single_question(con: Connection, sql: str) -> duckdb.Statement:
    """The one statement in `sql`, if it only asks; what changes anything or reaches out is refused before it runs."""
    try:
        statements = con.extract_statements(sql)
    except duckdb.Error as error:
        raise complaint(error, sql) from error
    if len(statements) == 2 and _PIVOT.search(sql):  # which DuckDB makes two of
        raise QueryError("PIVOT needs the values named here: PIVOT … ON client_type IN ('commune', 'epci') USING …")
    if len(statements) != 1:
        raise QueryError(f"expected one SQL statement, got {len(statements)}")
    if statements[0].type not in QUESTIONS:
        raise QueryError(f"{statements[0].type.name}: only questions are allowed here (SELECT, DESCRIBE, SUMMARIZE …)")
    for name, offset in _table_functions(con, sql):
        if name.lower() not in TABLE_FUNCTIONS:
            raise QueryError(
                f'"{name}" is not to be had here: questions read the views, no files, network or settings',
                place=place_of(sql, offset),
            )
    return statements[0]


def _table_functions(con: Connection, sql: str) -> Iterator[tuple[str, int | None]]:
    """Name and place (in bytes) of each function that stands for a table, at any depth. What DuckDB can't take apart
    is refused; EXPLAIN is taken off first."""
    asked = _EXPLAIN.sub(lambda m: " " * len(m[0]), sql, count=1)
    parsed = json.loads(con.execute("SELECT json_serialize_sql(?::VARCHAR)", [asked]).fetchall()[0][0])
    if parsed.get("error"):
        raise QueryError("only questions are allowed here (SELECT, DESCRIBE, SUMMARIZE …)")
    yield from _walk(parsed)


_PIVOT = re.compile(r"\bPIVOT(_WIDER)?\b", re.IGNORECASE)
_EXPLAIN = re.compile(r"(?is)\A(?:\s|--[^\n]*\n|/\*.*?\*/)*+EXPLAIN(?:\s+ANALYZE)?\b")


def _walk(node: Any) -> Iterator[tuple[str, int | None]]:
    if isinstance(node, list):
        for item in node:
            yield from _walk(item)
    elif isinstance(node, dict):
        if node.get("type") == "TABLE_FUNCTION":
            yield str(node["function"].get("function_name")), node.get("query_location")
        for item in node.values():
            yield from _walk(item)
