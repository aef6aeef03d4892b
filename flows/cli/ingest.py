"""`carnet ingest`, `carnet refused`, `carnet rebuild`: brochures into the warehouse."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from carnet.flows.cli.common import (
    CommandError,
    DebugOption,
    JsonOption,
    RawOption,
    WarehouseOption,
    one_line,
    print_json,
    say,
    say_lines,
    show,
    table,
)
from carnet.flows.cli.groups import READ

if TYPE_CHECKING:
    from carnet.flows.services.ingest import Outcome, Run

JobsOption = Annotated[int | None, typer.Option(min=1, help="Files read at once.  [default: one for each processor]")]
PasswordOption = Annotated[
    str | None, typer.Option(help="Opens protected files; others here may see it.  [default: $CARNET_PASSWORD]")
]
NAMED = 10
"""Files beside the brochures that are told one by one."""
PrefectOption = Annotated[
    bool | None,
    typer.Option("--prefect/--no-prefect", help="As a Prefect flow run or not.  [default: folders are one]"),
]
RunnerOption = Annotated[
    str | None,
    typer.Option(
        metavar="NAME", help="processes, dask, or dask=tcp://HOST:PORT.  [default: $CARNET_RUNNER, else processes]"
    ),
]
StoreOption = Annotated[
    str | None, typer.Option(metavar="DIR|URL", help="Where workers elsewhere find files.  [default: $CARNET_STORE]")
]
STYLES = {"new": "green", "replaced": "cyan", "unchanged": "dim", "refused": "red", "waiting": "yellow"}


def register(app: typer.Typer) -> None:
    app.command("ingest", rich_help_panel=READ, epilog="Example: carnet ingest raw/ --jobs 2")(ingest)
    app.command("refused", rich_help_panel=READ, epilog="Example: carnet refused --retry")(refused)
    app.command("rebuild", rich_help_panel=READ, epilog="Example: carnet rebuild --dry-run")(rebuild)


def ingest(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files or folders.  [default: raw/]")] = None,
    brochure: Annotated[str | None, typer.Option(help="Name of the brochure, where the file does not tell.")] = None,
    edition_date: Annotated[str | None, typer.Option(help="YYYY-MM-DD, where the file does not tell.")] = None,
    password: PasswordOption = None,
    jobs: JobsOption = None,
    prefect: PrefectOption = None,
    runner: RunnerOption = None,
    store: StoreOption = None,
    json: JsonOption = False,
    raw: RawOption = None,
    warehouse: WarehouseOption = None,
    debug: DebugOption = False,
) -> None:
    """Read brochures (PDF, .txt, .md) into the warehouse; files that are known already are left alone."""
    from carnet.flows.services.ingest import plan
    from carnet.flows.settings import read_settings
    from carnet.warehouse.loading.known import Naming

    naming = Naming(brochure or None, _date(edition_date))
    settings = read_settings(warehouse, raw=raw)
    use_prefect = settings.use_prefect if prefect is None else prefect
    settings = replace(
        settings, password=password or settings.password, use_prefect=use_prefect, runner=runner or settings.runner,
        store=store or settings.store,
    )  # fmt: skip
    if settings.is_first_of_user:
        say(f"carnet: no project folder here: the warehouse is {settings.warehouse}; `carnet init FOLDER` makes one")
    paths = paths or [settings.incoming]
    run = plan(paths, settings, naming, jobs)
    _tell_what_is_not_read(run)
    if not run.to_read and not run.outcomes:
        raise CommandError(f"no PDF, .txt or .md file in {', '.join(map(str, paths))}")
    _carry_out(run, json, debug)


def _tell_what_is_not_read(run: Run) -> None:
    """Not refused: nobody asked for these files."""
    more = len(run.not_read) - NAMED
    for beside in run.not_read if more <= 1 else run.not_read[:NAMED]:
        say(f"carnet: {beside.path}: {beside.reason}")
    if more > 1:
        say(f"carnet: … and {more} more files that are not read")


def _carry_out(run: Run, json: bool, debug: bool) -> NoReturn:
    from carnet.flows.orchestration.start import carry_out
    from carnet.flows.services.runs import keep

    with _progress(run):
        carry_out(run, lambda sentence: say(f"carnet: {sentence}"))
    keep(run, "ingest")
    for outcome in run.refused:
        say(f"carnet: {outcome.path}: {outcome.reason}")
        if debug and outcome.internal:
            say_lines(outcome.internal)
    _summarise(run, json)
    raise typer.Exit(1 if run.refused else 0)


def refused(
    retry: Annotated[bool, typer.Option("--retry", help="Try them again now.")] = False,
    password: PasswordOption = None,
    jobs: JobsOption = None,
    json: JsonOption = False,
    raw: RawOption = None,
    warehouse: WarehouseOption = None,
    debug: DebugOption = False,
) -> None:
    """Files that were refused, why and when; they are not read again until they or carnet change."""
    from carnet.flows.inbox.refusals import refusals, there
    from carnet.flows.services.ingest import plan
    from carnet.flows.settings import read_settings
    from carnet.warehouse.loading.known import Naming

    settings = read_settings(warehouse, raw=raw)
    settings = replace(settings, password=password or settings.password)
    listed = sorted(refusals(settings).values(), key=lambda refusal: refusal.path)
    if retry and (paths := there(listed)):
        _carry_out(plan(paths, settings, Naming(), jobs, retry=True), json, debug)
    if json:
        print_json([{"file": r.path, "reason": r.reason, "at": r.at, "sha256": r.sha256} for r in listed])
    elif listed:
        show(table(("file", "reason", "since"), [(one_line(r.path), r.reason, r.at[:10]) for r in listed]))
    else:
        show("no file is refused")


def rebuild(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what it would change.")] = False,
    jobs: JobsOption = None,
    json: JsonOption = False,
    raw: RawOption = None,
    warehouse: WarehouseOption = None,
    debug: DebugOption = False,
) -> None:
    """Make the warehouse again from the originals and the log, beside the old one, and put it in its place."""
    from carnet.flows.cli.rebuild_page import as_json, rebuild_page, sentences
    from carnet.flows.services.rebuild import rebuild
    from carnet.flows.settings import read_settings

    settings = read_settings(warehouse, raw=raw)
    done = rebuild(settings, jobs, dry_run)
    for sentence in sentences(done):
        say(f"carnet: {sentence}")
    if json:
        print_json(as_json(done))
    else:
        show(*rebuild_page(done))
    raise typer.Exit(1 if done.run.refused else 0)


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

    from carnet.flows.cli.common import safe

    names = [arrival.name for arrival in run.left]
    return escape(safe(f"reading {names[0]}" + (" …" if len(names) > 1 else ""))) if names else "done"


def _summarise(run: Run, json: bool) -> None:
    outcomes = sorted(run.outcomes, key=lambda o: str(o.path))
    from carnet.flows.cli.rebuild_page import outcome_as_json

    if json:
        beside = [{"file": str(other.path), "reason": other.reason} for other in run.not_read]
        files = [outcome_as_json(o) for o in outcomes]
        print_json({"warehouse": str(run.settings.warehouse), "files": files, "not_read": beside})
        return
    from carnet.flows.cli.common import styled
    from carnet.flows.inbox.arrivals import name_of

    rows = [
        (
            name_of(o.path), styled(o.status, STYLES[o.status]), o.brochure, o.missions or None, o.findings or None,
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
