"""Questions to the warehouse: read-only, sandboxed, bounded in time, memory and rows."""

from __future__ import annotations

import contextlib
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from carnet.warehouse.ask.answer import Answer, too_long
from carnet.warehouse.ask.complaint import complaint
from carnet.warehouse.ask.sandbox import SETTINGS, single_question
from carnet.warehouse.disk.errors import WarehouseError
from carnet.warehouse.disk.lock import PATIENCE_SECONDS
from carnet.warehouse.disk.trouble import in_words
from carnet.warehouse.store.db import Connection, applied, check_version, connect, is_current
from carnet.warehouse.store.index import load_stemmer

OF_THE_FILE = (duckdb.IOException, duckdb.FatalException, duckdb.InternalException, duckdb.SerializationException)
"""Errors that may tell of a damaged file or a full disk; all others are about the question."""


@contextmanager
def open_reader(
    warehouse: Path, wait_seconds: float = PATIENCE_SECONDS, *, search: bool = False
) -> Iterator[Connection]:
    """A connection that can't change anything or reach any file; waits for a writer to finish. `search`: with DuckDB's
    stemmer, where its extension is installed."""
    with open_trusted(warehouse, wait_seconds) as con:
        if search:
            load_stemmer(con)
        for setting in SETTINGS:
            con.execute(setting)
        yield con


@contextmanager
def open_trusted(warehouse: Path, wait_seconds: float = PATIENCE_SECONDS) -> Iterator[Connection]:
    """A connection that can't change the warehouse but may write files: for our own SQL only.

    Raises WarehouseError where there is none, or one of an older carnet.
    """
    with connect(warehouse, read_only=True, wait_seconds=wait_seconds) as con:
        done = applied(con)
        if not done:
            raise WarehouseError(f"{warehouse}: not a carnet warehouse; make one with `carnet ingest FILE`")
        check_version(done)
        if not is_current(con):
            raise WarehouseError(f"{warehouse} was made by an older carnet; bring it up to date with `carnet ingest`")
        yield con


def ask(
    con: Connection,
    sql: str,
    parameters: Sequence[object] | Mapping[str, object] = (),
    *,
    limit: int | None = None,
    seconds: float = 60.0,
    views_only: bool = False,
) -> Answer:
    """One question and its answer; QueryError with one sentence when it is refused, wrong, too slow or too big.

    `parameters`: in order for `?`, by name for `$name`. `limit`: rows at most. `views_only`: somebody else asks, and of
    what is published.
    """
    statement = single_question(con, sql, views_only=views_only)
    with _time_limit(con, seconds) as late:
        try:
            cursor = con.execute(statement, dict(parameters) if isinstance(parameters, Mapping) else list(parameters))
            rows = cursor.fetchall() if limit is None else cursor.fetchmany(limit + 1)
        except (duckdb.Error, RuntimeError) as error:
            if late.is_set():
                raise too_long(seconds) from None
            trouble = in_words(error, "the warehouse") if isinstance(error, OF_THE_FILE) else None
            raise trouble or complaint(error, sql) from error
        except MemoryError as error:
            raise complaint(error, sql) from error
    more = limit is not None and len(rows) > limit
    described = cursor.description or []
    return Answer(tuple(d[0] for d in described), tuple(str(d[1]) for d in described), rows[:limit], more)


@contextmanager
def _time_limit(con: Connection, seconds: float) -> Iterator[threading.Event]:
    """Interrupt what runs on `con` after `seconds`; the event tells that it came to that."""
    late = threading.Event()

    def stop() -> None:
        late.set()
        con.interrupt()

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()


def to_parquet(answer: Answer) -> bytes:
    """A Parquet file of the answer, made by a database of its own in memory: the sandbox stays shut."""
    columns = ", ".join(
        f"{_quoted(name, chr(34))} {kind}" for name, kind in zip(answer.columns, answer.types, strict=True)
    )
    with tempfile.TemporaryDirectory() as folder, contextlib.closing(duckdb.connect()) as con:
        path = Path(folder) / "answer.parquet"
        con.execute(f"CREATE TABLE answer ({columns})")
        for start in range(0, len(answer.rows), 500):
            batch = answer.rows[start : start + 500]
            values = ",".join(["(" + ",".join("?" * len(answer.columns)) + ")"] * len(batch))
            con.execute(f"INSERT INTO answer VALUES {values}", [value for row in batch for value in row])
        try:
            con.execute(f"COPY answer TO {_quoted(str(path), chr(39))} (FORMAT parquet)")
        except duckdb.IOException as error:
            raise in_words(error, path) or WarehouseError(f"{path}: {str(error).splitlines()[0]}") from error
        return path.read_bytes()


def _quoted(text: str, quote: str) -> str:
    return quote + text.replace(quote, quote * 2) + quote
