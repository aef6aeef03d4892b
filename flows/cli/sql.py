"""`carnet sql`: a question in SQL, a recipe of the cookbook, or what there is to ask."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.common import CommandError, DebugOption, WarehouseOption, print_json, say, show, styled, table

if TYPE_CHECKING:
    from flows.settings import Settings
    from warehouse.describe import View

TABLE_ROWS = 500
"""A table for people ends here unless --limit says otherwise."""
MEMORY = 3 << 30
"""Bytes that the process may grow by while it answers: beyond what DuckDB counts itself (memory_limit)."""


class Format(StrEnum):
    table = "table"
    csv = "csv"
    json = "json"
    jsonl = "jsonl"
    parquet = "parquet"


def register(app: typer.Typer) -> None:
    app.command("sql", epilog='Example: carnet sql "SELECT client, sum(amount) FROM missions GROUP BY 1"')(sql)


def sql(
    query: Annotated[
        str | None, typer.Argument(help="One SELECT on the views (missions, contacts, evidence, findings, …).")
    ] = None,
    schema: Annotated[
        bool, typer.Option("--schema", help="What the views hold; with a view's name for QUERY, its columns.")
    ] = False,
    format: Annotated[Format, typer.Option(help="How to write the answer.")] = Format.table,
    out: Annotated[Path | None, typer.Option(help="Write to this file instead of stdout.")] = None,
    limit: Annotated[
        int | None,
        typer.Option(min=1, help="At most so many rows.  [default: 500 for a table, else $CARNET_SQL_ROWS or 1000000]"),
    ] = None,
    timeout: Annotated[
        float | None, typer.Option(min=0.1, help="Seconds it may take.  [default: $CARNET_SQL_SECONDS or 60]")
    ] = None,
    warehouse: WarehouseOption = None,
    debug: DebugOption = False,
) -> None:
    """Ask the warehouse in SQL: read-only, without access to files or network."""
    from flows.settings import read_settings

    if format is Format.parquet and out is None and sys.stdout.isatty():
        raise CommandError("--format parquet is no text: name a file with --out", usage=True)
    settings = read_settings(warehouse)
    if schema:
        _show_schema(settings, query, format)
        return
    if query is None:
        raise CommandError("a question is missing: SELECT …, or --schema for what there is", usage=True)
    _answer(settings, query, format, out, limit, timeout or settings.sql_seconds)


def _answer(
    settings: Settings, query: str, format: Format, out: Path | None, limit: int | None, seconds: float
) -> None:
    """Exit status 1 when an answer for machines was cut short without being asked to."""
    from flows.cli.write import write_answer
    from warehouse.query import ask, open_reader

    rows = limit or (TABLE_ROWS if format is Format.table else settings.sql_rows)
    with open_reader(settings.warehouse) as con, _bounded_memory():
        answer = ask(con, query, limit=rows, seconds=seconds)
    write_answer(answer, format.value, out)
    if answer.more:
        say(f"carnet: only the first {rows} rows are shown; ask for more with --limit")
        if limit is None and format is not Format.table:
            raise typer.Exit(1)


@contextmanager
def _bounded_memory() -> Iterator[None]:
    """`SELECT range(1000000000)` allocates past DuckDB's own limit: the system says no instead (not on Windows)."""
    try:
        import resource
    except ImportError:
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_DATA)
    used = 0
    with suppress(OSError, ValueError, IndexError):  # no /proc: the whole is bounded, not the growth
        used = int(Path("/proc/self/statm").read_text().split()[5]) * resource.getpagesize()
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (used + MEMORY, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)


def _show_schema(settings: Settings, name: str | None, format: Format) -> None:
    from dataclasses import asdict

    from warehouse.describe import describe
    from warehouse.query import open_reader

    with open_reader(settings.warehouse) as con:
        views = describe(con)
    chosen = [view for view in views if name in (None, view.name)]
    if not chosen:
        raise CommandError(f'there is no view "{name}"; there are {", ".join(view.name for view in views)}', usage=True)
    if format is not Format.table:
        print_json([asdict(view) for view in chosen])
        return
    for view in chosen:
        _show_view(view)


def _show_view(view: View) -> None:
    show(styled(view.name, "bold cyan"), styled(view.about))
    narrow = {"no_wrap": True}
    rows = [(styled(c.name, "cyan"), styled(c.kind, "dim"), c.about) for c in view.columns]
    show(table(("column", "type", "holds"), rows, column=narrow, type=narrow), "")
