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


CATALOG_VIEWS = {"duckdb_views", "duckdb_columns", "duckdb_tables", "duckdb_constraints", "sqlite_master"}
"""Of DuckDB's own views, those that say nothing of this machine, such as where a file lies."""
NAMES_PLACES = {"current_setting"}


def single_question(con: Connection, sql: str, *, views_only: bool = False) -> duckdb.Statement:
    """The one statement in `sql`, if it only asks; what changes anything or reaches out is refused before it runs.
    `views_only`: also what asks past the views, for stored drafts or for this machine.

    Raises QueryError for anything else.
    """
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
    parsed = _taken_apart(con, sql)
    refused = [*_other_functions(parsed), *(_past_the_views(con, parsed) if views_only else ())]
    for name, offset in refused:
        raise QueryError(
            f'"{name}" is not to be had here: questions read the views, no files, network or settings',
            place=place_of(sql, offset),
        )
    return statements[0]


def _taken_apart(con: Connection, sql: str) -> Any:
    """The question as a tree of JSON. What DuckDB can't take apart is refused; EXPLAIN is taken off first."""
    asked = _EXPLAIN.sub(lambda m: " " * len(m[0]), sql, count=1)
    parsed = json.loads(con.execute("SELECT json_serialize_sql(?::VARCHAR)", [asked]).fetchall()[0][0])
    if parsed.get("error"):
        raise QueryError("only questions are allowed here (SELECT, DESCRIBE, SUMMARIZE …)")
    return parsed


def _other_functions(parsed: Any) -> Iterator[tuple[str, int | None]]:
    """Name and place (in bytes) of each function that stands for a table and is not one of ours."""
    for node in _nodes(parsed):
        if node.get("type") == "TABLE_FUNCTION":
            name = str(node["function"].get("function_name"))
            if name.lower() not in TABLE_FUNCTIONS:
                yield name, node.get("query_location")


def _past_the_views(con: Connection, parsed: Any) -> Iterator[tuple[str, int | None]]:
    """Tables of another schema, views in which DuckDB tells of itself, functions that tell where files lie. A name that
    nobody knows is left to DuckDB, which says what may be meant."""
    (database, internal), *_ = con.execute(
        """SELECT current_database(), (
             SELECT list(view_name) FROM duckdb_views() WHERE internal AND schema_name <> 'information_schema')"""
    ).fetchall()
    for node in _nodes(parsed):
        schema = str(node.get("schema_name") or "").lower()
        if "table_name" in node and schema not in ("", "main", "information_schema", "pg_catalog", database.lower()):
            yield f"{node['schema_name']}.{node['table_name']}".rstrip("."), node.get("query_location")
        name = str(node.get("table_name") or "").lower()
        if schema != "information_schema" and name in internal and name not in CATALOG_VIEWS:
            yield name, node.get("query_location")
        if str(node.get("function_name") or "").lower() in NAMES_PLACES:
            yield node["function_name"], node.get("query_location")


_PIVOT = re.compile(r"\bPIVOT(_WIDER)?\b", re.IGNORECASE)
_EXPLAIN = re.compile(r"(?is)\A(?:\s|--[^\n]*\n|/\*.*?\*/)*+EXPLAIN(?:\s+ANALYZE)?\b")


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Every object in it, at any depth."""
    if isinstance(tree, list):
        for item in tree:
            yield from _nodes(item)
    elif isinstance(tree, dict):
        yield tree
        for item in tree.values():
            yield from _nodes(item)
