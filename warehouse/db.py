"""Open the warehouse: to write (migrations applied, views made anew) or to read (never changed)."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb

from warehouse.errors import WarehouseBusy, WarehouseError
from warehouse.lock import writer_lock

HERE = Path(__file__).parent
MIGRATIONS = HERE / "migrations"
VIEWS = HERE / "views"
POLL_SECONDS = 0.05

Connection = duckdb.DuckDBPyConnection


@contextmanager
def open_writer(warehouse: Path, wait_seconds: float = 60.0) -> Iterator[Connection]:
    """The one writing connection, made when the file is not there; waits for other writers and readers."""
    with writer_lock(warehouse, wait_seconds), connect(warehouse, read_only=False, wait_seconds=wait_seconds) as con:
        migrate(con)
        yield con


@contextmanager
def connect(warehouse: Path, *, read_only: bool, wait_seconds: float) -> Iterator[Connection]:
    """A DuckDB connection, tried again while another process holds the file; closed at the end."""
    if read_only and not warehouse.exists():
        raise WarehouseError(f"{warehouse}: no warehouse there; make one with `carnet ingest FILE`")
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            con = duckdb.connect(str(warehouse), read_only=read_only)
            break
        except duckdb.IOException as error:
            if "Could not set lock" not in str(error):
                raise WarehouseError(f"{warehouse}: {_first_sentence(error)}") from error
            if time.monotonic() >= deadline:
                raise WarehouseBusy(_held(warehouse, str(error))) from error
            time.sleep(POLL_SECONDS)
        except duckdb.Error as error:
            raise WarehouseError(f"{warehouse}: {_first_sentence(error)}") from error
    try:
        yield con
    finally:
        con.close()


def migrate(con: Connection) -> None:
    """Apply the numbered migrations that are not recorded yet, then make all views anew, in one transaction."""
    con.begin()
    try:
        con.execute("CREATE SCHEMA IF NOT EXISTS store")
        con.execute(
            """CREATE TABLE IF NOT EXISTS store.migration
               (name VARCHAR NOT NULL, applied_at TIMESTAMP DEFAULT current_timestamp)"""
        )
        done = applied(con)
        check_version(done)
        for path in migration_files():
            if path.stem not in done:
                con.execute(path.read_text(encoding="utf-8"))
                con.execute("INSERT INTO store.migration (name) VALUES (?)", [path.stem])
        _renew_views(con)
        con.commit()
    except BaseException:
        con.rollback()
        raise


def applied(con: Connection) -> set[str]:
    """Names of the migrations this warehouse has; empty when it is no warehouse of ours."""
    try:
        return {name for (name,) in con.execute("SELECT name FROM store.migration").fetchall()}
    except duckdb.CatalogException:
        return set()


def is_current(con: Connection) -> bool:
    """True when all migrations of this carnet are applied, so that its views can be read."""
    return applied(con) >= {path.stem for path in migration_files()}


def migration_files() -> list[Path]:
    return sorted(MIGRATIONS.glob("*.sql"))


def check_version(done: set[str]) -> None:
    """WarehouseError when a newer carnet made this warehouse: its tables are not ours to touch."""
    if done - {path.stem for path in migration_files()}:
        raise WarehouseError("this warehouse was made by a newer carnet; update carnet, or name another warehouse")


def _renew_views(con: Connection) -> None:
    """Views hold no data: they are dropped and made from their files, each after those it reads."""
    ours = "SELECT view_name FROM duckdb_views() WHERE schema_name = 'main' AND NOT internal"
    for (name,) in con.execute(ours).fetchall():
        con.execute(f'DROP VIEW "{name}"')
    for sql in view_definitions().values():
        con.execute(sql)


def view_definitions() -> dict[str, str]:
    """SQL by view name, in an order in which they can be made; a file is named like its view, private ones `_…`."""
    sql = {path.stem: path.read_text(encoding="utf-8") for path in sorted(VIEWS.glob("*.sql"))}
    reads = {name: [other for other in sql if re.search(rf"(?<![.\w]){other}\b", text)] for name, text in sql.items()}
    order = TopologicalSorter({name: [other for other in found if other != name] for name, found in reads.items()})
    return {name: sql[name] for name in order.static_order()}


def _held(warehouse: Path, message: str) -> str:
    pid = re.search(r"PID (\d+)", message)
    holder = f"process {pid[1]}" if pid else "another process"
    return f"{warehouse}: {holder} has it open (a carnet that writes, a notebook, a viewer?); close that and try again"


def _first_sentence(error: Exception) -> str:
    return str(error).strip().splitlines()[0]
