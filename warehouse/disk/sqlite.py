"""SQLite files that other programs keep beside the warehouse: copied, searched and scrubbed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

PATIENCE_SECONDS = 20.0
Rewriting = Callable[[str], str]
"""What becomes of a text; the same text where nothing is to be done."""


class DatabaseBusy(Exception):
    """Another program has the file open and writes to it."""


def copy_database(database: Path, to: Path, unused: str) -> bool:
    """A copy as it is at this moment; False where the table `unused` has rows already."""
    with closing(sqlite3.connect(database)) as theirs, closing(sqlite3.connect(to)) as copy:
        theirs.backup(copy)
        (rows,) = copy.execute(f'SELECT count(*) FROM "{unused}"').fetchone()
    return bool(rows == 0)


def cells_that_change(database: Path, change: Rewriting) -> int:
    """How many cells would not stay as they are; 0 where there is no file."""
    if not database.is_file():
        return 0
    with closing(_connect(database, change)) as con:
        return sum(
            con.execute(f'SELECT count(*) FROM "{table}" WHERE "{column}" <> changed("{column}")').fetchone()[0]
            for table, column in _columns(con)
        )


def change_cells(database: Path, change: Rewriting) -> None:
    """Each cell, then the free space of the file and its log, so that nothing of what was there is left.

    Raises DatabaseBusy.
    """
    try:
        with closing(_connect(database, change)) as con:
            con.execute("PRAGMA secure_delete = ON")
            with con:
                for table, column in _columns(con):
                    con.execute(
                        f'UPDATE OR REPLACE "{table}" SET "{column}" = changed("{column}") '
                        f'WHERE "{column}" <> changed("{column}")'
                    )
            con.execute("VACUUM")
            (busy, *_), *_ = con.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        if busy:
            raise DatabaseBusy("busy")
    except sqlite3.OperationalError as error:
        raise DatabaseBusy(str(error)) from error


def _connect(database: Path, change: Rewriting) -> sqlite3.Connection:
    con = sqlite3.connect(database, timeout=PATIENCE_SECONDS)
    con.create_function("changed", 1, lambda cell: change(cell) if isinstance(cell, str) else cell)
    return con


def _columns(con: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Every table and column that may hold text."""
    tables = con.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall()
    for (table,) in tables:
        columns: list[tuple[Any, ...]] = con.execute(f'PRAGMA table_info("{table}")').fetchall()
        yield from ((table, name) for _, name, kind, *_ in columns if kind.upper() not in _NOT_TEXT)


_NOT_TEXT = {"INTEGER", "BIGINT", "FLOAT", "REAL", "BOOLEAN", "DATETIME", "TIMESTAMP", "CHAR(36)", "BLOB"}
