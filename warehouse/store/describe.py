"""What each view and column holds: from words.yml into the database's comments, and from there to who asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from carnet.schemas.from_yaml import from_yaml

WORDS = Path(__file__).parents[1] / "views" / "words.yml"


@dataclass(frozen=True)
class Column:
    """`kind`: DuckDB's name of the type."""

    name: str
    kind: str
    about: str


@dataclass(frozen=True)
class View:
    """One published view, as the database describes it."""

    name: str
    about: str
    columns: tuple[Column, ...]


def comment_on_views(con: duckdb.DuckDBPyConnection) -> None:
    """Write the words into the catalogue; KeyError where a published view or column has none."""
    from carnet.warehouse.store import declared  # needs Pydantic, which most questions do not

    words = _words()
    con.execute(";".join(_comments(con, words["views"], declared.words() | words["columns"])))


def _comments(con: duckdb.DuckDBPyConnection, views: dict[str, Any], shared: dict[str, str]) -> Iterator[str]:
    for name, columns, _comment in con.execute(_COLUMNS).fetchall():
        about = views[name]
        own = about.get("columns", {})
        yield f'COMMENT ON VIEW "{name}" IS {_quoted(about["about"])}'
        for column, *_ in columns:
            yield f'COMMENT ON COLUMN "{name}"."{column}" IS {_quoted(own.get(column) or shared[column])}'


_COLUMNS = """
SELECT v.view_name, list((c.column_name, c.data_type, c.comment) ORDER BY c.column_index), any_value(v.comment)
FROM duckdb_views() AS v
JOIN duckdb_columns() AS c ON c.schema_name = v.schema_name AND c.table_name = v.view_name
WHERE v.schema_name = 'main' AND NOT v.internal AND NOT starts_with(v.view_name, '_')
GROUP BY v.view_name
ORDER BY v.view_name
"""


def describe(con: duckdb.DuckDBPyConnection) -> list[View]:
    """The published views, in the order in which words.yml explains them."""
    rows = con.execute(_COLUMNS).fetchall()
    found = {name: View(name, about or "", tuple(Column(*c) for c in columns)) for name, columns, about in rows}
    return [found.pop(name) for name in _words()["views"] if name in found] + list(found.values())


def as_markdown(views: list[View]) -> str:
    """The views as docs/warehouse.md shows them."""
    parts = []
    for view in views:
        rows = [f"| `{c.name}` | {c.kind} | {c.about.replace('|', chr(92) + '|')} |" for c in view.columns]
        parts.append(
            "\n".join([f"### `{view.name}`", "", view.about, "", "| column | type | holds |", "|---|---|---|", *rows])
        )
    return "\n\n".join(parts)


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = from_yaml(WORDS.read_text(encoding="utf-8"))
    return words


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
