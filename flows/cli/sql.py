"""`carnet sql`: a question in SQL, a recipe of the cookbook, or what there is to ask."""

from __future__ import annotations

import datetime as dt
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from carnet.flows.cli.choices import one_of
from carnet.flows.cli.common import (
    CommandError,
    DebugOption,
    ForceOption,
    WarehouseOption,
    print_json,
    say,
    show,
    styled,
    table,
)
from carnet.flows.cli.groups import ASK

if TYPE_CHECKING:
    from carnet.flows.settings import Settings
    from carnet.warehouse.disk.output import Output
    from carnet.warehouse.store.describe import View

TABLE_ROWS = 500
"""A table for people ends here unless --limit says otherwise."""


class Format(StrEnum):
    table = "table"
    csv = "csv"
    json = "json"
    jsonl = "jsonl"
    parquet = "parquet"


def register(app: typer.Typer) -> None:
    app.command(
        "sql", rich_help_panel=ASK, epilog='Example: carnet sql "SELECT client, sum(amount) FROM missions GROUP BY 1"'
    )(sql)


def _recipe_names() -> list[str]:
    from carnet.warehouse.ask.recipes import all_recipes

    return list(all_recipes())


def sql(
    query: Annotated[
        str | None, typer.Argument(help="One SELECT on the views (missions, contacts, evidence, findings, …).")
    ] = None,
    schema: Annotated[
        bool, typer.Option("--schema", help="What the views hold; with a view's name for QUERY, its columns.")
    ] = False,
    recipe: Annotated[
        str | None, typer.Option(help="One of the cookbook; --recipes lists them.", autocompletion=_recipe_names)
    ] = None,
    recipes: Annotated[bool, typer.Option("--recipes", help="What each recipe answers and takes.")] = False,
    given: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="A value for $NAME in the question.")
    ] = None,
    format: Annotated[Format, typer.Option(help="How to write the answer.")] = Format.table,
    out: Annotated[Path | None, typer.Option(help="Write to this file instead of stdout.")] = None,
    force: ForceOption = False,
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
    from carnet.flows.settings import read_settings

    if format is Format.parquet and out is None and sys.stdout.isatty():
        raise CommandError("--format parquet is no text: name a file with --out", usage=True)
    settings = read_settings(warehouse)
    if schema:
        _show_schema(settings, query, format)
        return
    if recipes:
        _show_recipes()
        return
    values = _values(given or [])
    if recipe is not None and query is None:
        query, values = _recipe(recipe, values)
    elif query is None or recipe is not None:
        raise CommandError("expected one question: SELECT …, or --recipe NAME (--schema: what there is)", usage=True)
    into = _output(settings, out, force) if out else None
    _answer(settings, query, values, format, into, limit, timeout or settings.sql_seconds)


def _output(settings: Settings, out: Path, force: bool) -> Output:
    from carnet.flows.services.outputs import output_to  # it loads DuckDB, which an answer that is shown needs not

    return output_to(settings, out, "sql", force=force)


def _answer(
    settings: Settings,
    query: str,
    values: dict[str, str],
    format: Format,
    out: Output | None,
    limit: int | None,
    seconds: float,
) -> None:
    """Exit status 1 when an answer for machines was cut short without being asked to."""
    from carnet.flows.cli.write import write_answer
    from carnet.warehouse.ask.apart import ask_apart

    rows = limit or (TABLE_ROWS if format is Format.table else settings.sql_rows)
    answer = ask_apart(settings.warehouse, query, values, limit=rows, seconds=seconds)
    write_answer(answer, format.value, out)
    if answer.more:
        say(f"carnet: only the first {rows} rows are shown; ask for more with --limit")
        if limit is None and format is not Format.table:
            raise typer.Exit(1)


def _values(given: list[str]) -> dict[str, str]:
    pairs = [text.partition("=") for text in given]
    wrong = [name + sign for name, sign, _ in pairs if not sign or not name.strip("$").isidentifier()]
    if wrong:
        raise CommandError(f"--set {wrong[0]}: expected NAME=VALUE, such as --set as_of=2024-12-31", usage=True)
    return {name.strip("$"): value for name, _, value in pairs}


def _recipe(name: str, given: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The question and all its values; what was not given is said, since answers depend on it."""
    from carnet.warehouse.ask.recipes import TODAY, all_recipes

    known = all_recipes()
    one_of("--recipe", name, known)
    parameters = {p.name: p for p in known[name].parameters}
    for unknown in set(given) - set(parameters):
        takes = ", ".join(parameters) or "nothing"
        raise CommandError(f"--set {unknown}: the recipe {name} does not take it; it takes {takes}", usage=True)
    assumed = {
        p.name: dt.date.today().isoformat() if p.default == TODAY else p.default
        for p in parameters.values()
        if p.name not in given
    }
    if assumed:
        values = ", ".join(f"{key}={value}" for key, value in assumed.items())
        say(f"carnet: with {values} (change it with --set)")
    return known[name].sql, assumed | given


def _show_recipes() -> None:
    from carnet.warehouse.ask.recipes import all_recipes

    rows = [
        (styled(r.name, "cyan"), r.title, ", ".join(f"{p.name}={p.default}" for p in r.parameters))
        for r in all_recipes().values()
    ]
    show(table(("recipe", "answers", "takes"), rows, recipe={"no_wrap": True}))


def _show_schema(settings: Settings, name: str | None, format: Format) -> None:
    from dataclasses import asdict

    from carnet.warehouse.ask.query import open_reader
    from carnet.warehouse.store.describe import describe

    with open_reader(settings.warehouse) as con:
        views = describe(con)
    chosen = [view for view in views if name in (None, view.name)]
    if not chosen:
        one_of("--schema", str(name), [view.name for view in views])
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
