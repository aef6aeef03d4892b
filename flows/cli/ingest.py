"""`carnet ingest`: brochures into the warehouse."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.common import CommandError, DebugOption, JsonOption, WarehouseOption, print_json, say, show, table

if TYPE_CHECKING:
    from flows.ingest import Outcome, Run

STYLES = {"new": "green", "replaced": "cyan", "unchanged": "dim", "refused": "red"}


def register(app: typer.Typer) -> None:
    app.command("ingest", epilog="Example: carnet ingest raw/ --jobs 2")(ingest)


def ingest(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files or folders.  [default: raw/]")] = None,
    brochure: Annotated[str | None, typer.Option(help="Name of the brochure, where the file does not tell.")] = None,
    edition_date: Annotated[str | None, typer.Option(help="YYYY-MM-DD, where the file does not tell.")] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Files read at once.  [default: one for each processor]")
    ] = None,
    json: JsonOption = False,
    warehouse: WarehouseOption = None,
    debug: DebugOption = False,
) -> None:
    """Read brochures (PDF, .txt, .md) into the warehouse; files that are known already are left alone."""
    from flows.ingest import plan
    from flows.settings import RAW, read_settings
    from flows.start import carry_out
    from warehouse.load import Naming

    naming = Naming(brochure or None, _date(edition_date))
    run = plan(paths or [RAW], read_settings(warehouse), naming, jobs)
    if not run.to_read and not run.outcomes:
        raise CommandError(f"no PDF, .txt or .md file in {', '.join(map(str, paths or [RAW]))}")
    with _progress(run):
        carry_out(run, lambda sentence: say(f"carnet: {sentence}"))
    for outcome in run.refused:
        say(f"carnet: {outcome.path}: {outcome.reason}")
        if debug and outcome.internal:
            say(outcome.internal)
    _summarise(run, json)
    raise typer.Exit(1 if run.refused else 0)


def _date(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise CommandError(f"--edition-date {text!r}: expected a date like 2024-03-31", usage=True) from None


@contextmanager
def _progress(run: Run) -> Iterator[None]:
    """A bar on a terminal's stderr, nothing in a pipe."""
    if not sys.stderr.isatty() or not run.to_read:
        yield
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task(_waiting_for(run), total=len(run.to_read))

        def tell(outcome: Outcome) -> None:
            progress.update(bar, advance=1, description=_waiting_for(run))

        run.tell = tell
        yield


def _waiting_for(run: Run) -> str:
    from rich.markup import escape

    from flows.cli.common import safe

    names = [arrival.name for arrival in run.left]
    return escape(safe(f"reading {names[0]}" + (" …" if len(names) > 1 else ""))) if names else "done"


def _summarise(run: Run, json: bool) -> None:
    outcomes = sorted(run.outcomes, key=lambda o: str(o.path))
    if json:
        print_json({"warehouse": str(run.settings.warehouse), "files": [_as_dict(o) for o in outcomes]})
        return
    from flows.cli.common import styled

    rows = [
        (
            o.path.name, styled(o.status, STYLES[o.status]), o.brochure, o.missions or None, o.findings or None,
            f"{o.read_share:.0%}" if o.read_share is not None else None, f"{o.seconds:.1f} s" if o.seconds else None,
        )
        for o in outcomes
    ]  # fmt: skip
    right = {"justify": "right"}
    columns = ("file", "status", "brochure", "missions", "findings", "text read", "time")
    show(table(columns, rows, missions=right, findings=right, time=right, **{"text read": right}))
    done = [o for o in outcomes if o.status != "refused"]
    missions = sum(o.missions for o in done)
    show(f"{missions} missions from {len(done)} of {len(outcomes)} files in {run.settings.warehouse}")


def _as_dict(outcome: Outcome) -> dict[str, object]:
    names = ("status", "brochure", "edition_id", "missions", "findings", "read_share", "seconds", "reason")
    return {"file": str(outcome.path)} | {name: getattr(outcome, name) for name in names}
