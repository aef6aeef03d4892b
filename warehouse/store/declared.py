"""What follows in the database from the fields that a mission is declared to have (`schemas/mission.py`)."""

from __future__ import annotations

import duckdb

from carnet.schemas.fields import COMPARED, FIELDS, MissionField


def add_columns(con: duckdb.DuckDBPyConnection) -> None:
    """Columns that were declared since the table was made. They are empty until files are read again, which newer code
    does by itself."""
    known = {name for name, *_ in con.execute("DESCRIBE store.mission").fetchall()}
    for field in FIELDS:
        if field.sql and field.column not in known:
            con.execute(f'ALTER TABLE store.mission ADD COLUMN "{field.column}" {field.sql}')


def filled_in(sql: str) -> str:
    """A view's SQL with the declared columns in their places.

    >>> filled_in("SELECT {compared} FROM wide")[:30]
    'SELECT domain, title, client, '
    """
    values = [field for field in FIELDS if field.told.compared and field.sql]
    return (
        sql.replace("{mission_columns}", ",\n    ".join(f"m.{field.column}" for field in FIELDS if field.sql))
        .replace("{compared_values}", ",\n        ".join(f"{_as_text(field)} AS {field.column}" for field in values))
        .replace("{compared}", ", ".join(COMPARED))
    )


def _as_text(field: MissionField) -> str:
    if field.is_list:
        return f"array_to_string(m.{field.column}, chr(10))"
    return f"m.{field.column}::VARCHAR"


def words() -> dict[str, str]:
    """What the columns hold, in English."""
    return {field.column: field.told.about for field in FIELDS}
