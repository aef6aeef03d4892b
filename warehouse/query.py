"""Questions to the warehouse: read-only, sandboxed, bounded in time, memory and rows."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from warehouse.db import Connection, applied, check_version, connect, is_current
from warehouse.errors import QueryError, WarehouseError
from warehouse.files import naming, part_of, put_in_place
from warehouse.lock import PATIENCE_SECONDS
from warehouse.trouble import in_words

SANDBOX = (
    "SET memory_limit = '1GB'",
    "SET threads = 2",
    "SET max_temp_directory_size = '0B'",
    "SET autoload_known_extensions = false",
    "SET autoinstall_known_extensions = false",
    "SET allow_community_extensions = false",
    "SET enable_external_access = false",
    "SET lock_configuration = true",  # last: from here on nothing of this can be undone
)
QUESTIONS = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN, duckdb.StatementType.RELATION}


@dataclass(frozen=True)
class Answer:
    """`types`: DuckDB's names, for Parquet. `more`: there were more rows than asked for."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: list[tuple[Any, ...]]  # any SQL type
    more: bool = False

    def dicts(self) -> list[dict[str, Any]]:
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@contextmanager
def open_reader(warehouse: Path, wait_seconds: float = PATIENCE_SECONDS) -> Iterator[Connection]:
    """A connection that can't change anything or reach any file; waits for a writer to finish."""
    with connect(warehouse, read_only=True, wait_seconds=wait_seconds) as con:
        done = applied(con)
        if not done:
            raise WarehouseError(f"{warehouse}: not a carnet warehouse; make one with `carnet ingest FILE`")
        check_version(done)
        if not is_current(con):
            raise WarehouseError(f"{warehouse} was made by an older carnet; bring it up to date with `carnet ingest`")
        for setting in SANDBOX:
            con.execute(setting)
        yield con


def ask(
    con: Connection, sql: str, parameters: Sequence[object] = (), *, limit: int | None = None, seconds: float = 60.0
) -> Answer:
    """One question and its answer; QueryError with one sentence when it is refused, wrong or too slow."""
    statement = _single(con, sql)
    with _time_limit(con, seconds) as late:
        try:
            cursor = con.execute(statement, list(parameters))
            rows = cursor.fetchall() if limit is None else cursor.fetchmany(limit + 1)
        except (duckdb.Error, RuntimeError) as error:
            if late.is_set():
                raise QueryError(
                    f"it took longer than {seconds:g} s; narrow it, or allow more with --timeout"
                ) from None
            trouble = in_words(error, "the warehouse") if isinstance(error, duckdb.Error) else None
            raise trouble or QueryError(_one_sentence(error)) from error
    more = limit is not None and len(rows) > limit
    described = cursor.description or []
    return Answer(tuple(d[0] for d in described), tuple(str(d[1]) for d in described), rows[:limit], more)


def _single(con: Connection, sql: str) -> duckdb.Statement:
    """The one statement in `sql`, if it only asks; changing statements are refused before they run."""
    try:
        statements = con.extract_statements(sql)
    except duckdb.Error as error:
        raise QueryError(_one_sentence(error)) from error
    if len(statements) != 1:
        raise QueryError(f"expected one SQL statement, got {len(statements)}")
    if statements[0].type not in QUESTIONS:
        raise QueryError(f"{statements[0].type.name}: only questions are allowed here (SELECT, DESCRIBE, SUMMARIZE …)")
    return statements[0]


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


def _one_sentence(error: Exception) -> str:
    """DuckDB's message without the excerpt of the query below it.

    "Binder Error: Referenced column "titre" not found in FROM clause!⏎Candidate bindings: "title"⏎⏎LINE 1: …"
    """
    lines = []
    for line in str(error).strip().splitlines():
        if not line.strip() or line.startswith("LINE "):
            break
        lines.append(line.strip())
    return " ".join(lines) or type(error).__name__


def write_parquet(answer: Answer, path: Path) -> None:
    """A Parquet file of the answer, written by a database of its own in memory: the sandbox stays shut."""
    columns = ", ".join(
        f"{_quoted(name, chr(34))} {kind}" for name, kind in zip(answer.columns, answer.types, strict=True)
    )
    with naming(path), part_of(path) as part, contextlib.closing(duckdb.connect()) as con:
        con.execute(f"CREATE TABLE answer ({columns})")
        for start in range(0, len(answer.rows), 500):
            batch = answer.rows[start : start + 500]
            values = ",".join(["(" + ",".join("?" * len(answer.columns)) + ")"] * len(batch))
            con.execute(f"INSERT INTO answer VALUES {values}", [value for row in batch for value in row])
        try:
            con.execute(f"COPY answer TO {_quoted(str(part), chr(39))} (FORMAT parquet)")
        except duckdb.IOException as error:
            raise in_words(error, path) or WarehouseError(f"{path}: {_one_sentence(error)}") from error
        put_in_place(part, path)


def _quoted(text: str, quote: str) -> str:
    return quote + text.replace(quote, quote * 2) + quote
