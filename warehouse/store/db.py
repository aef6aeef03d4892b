"""Open the warehouse: to write (migrations applied, views made anew) or to read (never changed)."""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib.util
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb

from carnet.warehouse.disk.errors import WarehouseError
from carnet.warehouse.disk.files import keep_mode, part_of, put_in_place, sweep_parts, sync_file
from carnet.warehouse.disk.lock import PATIENCE_SECONDS, wait_until, writer_lock
from carnet.warehouse.disk.trouble import check_magic, in_words
from carnet.warehouse.store.describe import WORDS, comment_on_views
from carnet.warehouse.store.index import refresh_all

HERE = Path(__file__).parents[1]
MIGRATIONS = HERE / "migrations"
VIEWS = HERE / "views"
OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
"""Nothing is fetched, whatever a file claims to be."""

Connection = duckdb.DuckDBPyConnection


@contextmanager
def open_writer(warehouse: Path, wait_seconds: float = PATIENCE_SECONDS) -> Iterator[Connection]:
    """The one writing connection, made when the file is not there; waits for other writers and readers."""
    with writer_lock(warehouse, wait_seconds), open_locked(warehouse, wait_seconds) as con:
        yield con


@contextmanager
def open_locked(warehouse: Path, wait_seconds: float = PATIENCE_SECONDS) -> Iterator[Connection]:
    """The same for who holds the lock already. What was killed in making or replacing the file is swept."""
    sweep_parts(warehouse.parent)
    if not warehouse.exists():
        _make(warehouse)
    with connect(warehouse, read_only=False, wait_seconds=wait_seconds) as con:
        migrate(con)
        yield con


def _make(warehouse: Path) -> None:
    """A warehouse without rows, under its name once it is complete."""
    with new_file(warehouse) as part, connect(part, read_only=False, wait_seconds=0) as con:
        migrate(con)


@contextmanager
def new_file(warehouse: Path) -> Iterator[Path]:
    """Where to write what will be the warehouse when this ends well: then it replaces the file that is there, in one
    step. The lock is held by the caller.

    Raises WarehouseError where it can't be.
    """
    with part_of(warehouse) as part:
        wal, lock = (part.with_name(part.name + ending) for ending in (".wal", ".lock"))
        try:
            yield part
            if wal.exists():  # DuckDB could not finish it when it was closed
                raise WarehouseError(
                    f"{warehouse}: it could not be written whole, as if the disk is full; make room and try again"
                )
            sync_file(part)
            keep_mode(part, warehouse)
            warehouse.with_name(warehouse.name + ".wal").unlink(missing_ok=True)
            put_in_place(part, warehouse)
        finally:
            for leftover in (wal, lock):
                leftover.unlink(missing_ok=True)


def set_aside(warehouse: Path) -> Path:
    """A second name for a damaged file, so that what replaces it does not end it; the file's new name."""
    stamp = dt.datetime.now().strftime("%Y%m%d-%H%M%S")
    aside = warehouse.with_name(f"{warehouse.name}.damaged-{stamp}")
    wal = warehouse.with_name(warehouse.name + ".wal")
    if wal.exists():
        wal.replace(aside.with_name(aside.name + ".wal"))
    try:
        aside.hardlink_to(warehouse)
    except OSError:  # a file system without links
        shutil.copyfile(warehouse, aside)
    return aside


@contextmanager
def connect(warehouse: Path, *, read_only: bool, wait_seconds: float = PATIENCE_SECONDS) -> Iterator[Connection]:
    """A DuckDB connection, tried again while another process holds the file; closed at the end."""
    con = _opened(warehouse, read_only, wait_seconds)
    try:
        yield con
    except duckdb.Error as error:
        trouble = in_words(error, warehouse)
        if trouble is None:
            raise
        raise trouble from error
    finally:
        con.close()


def _opened(warehouse: Path, read_only: bool, wait_seconds: float) -> Connection:
    """WarehouseBusy, WarehouseDamaged or WarehouseError when it can't be."""
    _note_what_is_absent()
    found: list[Connection] = []
    held = ""

    def is_open() -> bool:
        nonlocal held
        if warehouse.exists():
            check_magic(warehouse)
        elif read_only:
            raise WarehouseError(f"{warehouse}: no warehouse there; make one with `carnet ingest FILE`")
        try:
            found.append(duckdb.connect(str(warehouse), read_only=read_only, config=OFFLINE))
        except duckdb.Error as error:
            held = str(error)
            if "Could not set lock" in held:
                return False
            raise in_words(error, warehouse) or WarehouseError(f"{warehouse}: {_first_sentence(error)}") from error
        return True

    wait_until(is_open, wait_seconds, lambda: _held(warehouse, held))
    return found[0]


@cache
def _note_what_is_absent() -> None:
    """DuckDB asks for pandas at every value that it is given, in lists too. Where there is none, Python would look for
    it in all folders each time, 70 µs a value; noted as absent, which changes nothing else, it takes a seventh."""
    if importlib.util.find_spec("pandas") is None:
        sys.modules.setdefault("pandas", None)  # type: ignore[arg-type]


def migrate(con: Connection) -> None:
    """Apply the numbered migrations that are not recorded yet, then make all views anew, in one transaction."""
    from carnet.warehouse.store.declared import add_columns  # needs Pydantic, which most questions do not

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
        add_columns(con)
        _renew_views(con)
        refresh_all(con)
        con.commit()
    except BaseException:
        with suppress(duckdb.Error):  # what failed is told, not that it can't be taken back
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
    """All migrations of this carnet, in order of number."""
    return sorted(MIGRATIONS.glob("*.sql"))


def check_version(done: set[str]) -> None:
    """WarehouseError when a newer carnet made this warehouse: its tables are not ours to touch."""
    if done - {path.stem for path in migration_files()}:
        raise WarehouseError("this warehouse was made by a newer carnet; update carnet, or name another warehouse")


def _renew_views(con: Connection) -> None:
    """Views hold no data: when their files say something else than when they were made, they are dropped and made anew,
    each after those it reads."""
    digest = views_digest()
    told = con.execute(
        "SELECT comment FROM duckdb_tables() WHERE schema_name = 'store' AND table_name = 'migration'"
    ).fetchall()
    if told == [(digest,)]:
        return
    ours = "SELECT view_name FROM duckdb_views() WHERE schema_name = 'main' AND NOT internal"
    for (name,) in con.execute(ours).fetchall():
        con.execute(f'DROP VIEW "{name}"')
    for sql in view_definitions().values():
        con.execute(sql)
    comment_on_views(con)
    con.execute(f"COMMENT ON TABLE store.migration IS '{digest}'")


def views_digest() -> str:
    """A fingerprint of all that the views are made of."""
    from carnet.warehouse.store.declared import words

    told = [name + sql for name, sql in _view_texts().items()]
    told += [WORDS.read_text(encoding="utf-8"), str(words())]
    return hashlib.sha256("\0".join(told).encode()).hexdigest()[:16]


def view_definitions() -> dict[str, str]:
    """SQL by view name, in an order in which they can be made; a file is named like its view, private ones `_…`."""
    sql = _view_texts()
    reads = {name: [other for other in sql if re.search(rf"(?<![.\w]){other}\b", text)] for name, text in sql.items()}
    order = TopologicalSorter({name: [other for other in found if other != name] for name, found in reads.items()})
    return {name: sql[name] for name in order.static_order()}


def _view_texts() -> dict[str, str]:
    """By name."""
    from carnet.warehouse.store.declared import filled_in

    return {path.stem: filled_in(path.read_text(encoding="utf-8")) for path in sorted(VIEWS.glob("*.sql"))}


def view_names() -> list[str]:
    """The published views."""
    return sorted(path.stem for path in VIEWS.glob("[!_]*.sql"))


def _held(warehouse: Path, message: str) -> str:
    pid = re.search(r"PID (\d+)", message)
    holder = f"process {pid[1]}" if pid else "another process"
    return f"{warehouse}: {holder} has it open (a carnet that writes, a notebook, a viewer?)"


def _first_sentence(error: Exception) -> str:
    return str(error).strip().splitlines()[0]
