"""Editions in time: `carnet diff`, `history`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from carnet.flows.cli.common import (
    DebugOption,
    ForceOption,
    JsonOption,
    WarehouseOption,
    amount_shown,
    period_shown,
    print_json,
    safe,
    say,
    show,
    styled,
    table,
    to_json,
)
from carnet.flows.cli.groups import ASK

if TYPE_CHECKING:
    from carnet.flows.settings import Settings
    from carnet.warehouse.ask.changes import Step


class DiffFormat(StrEnum):
    md = "md"
    json = "json"
    html = "html"


def register(app: typer.Typer) -> None:
    app.command(
        "diff", rich_help_panel=ASK, epilog="Example: carnet diff ondine-conseil --from 2021 --to 2023 --format html"
    )(diff)
    app.command("history", rich_help_panel=ASK, epilog="Example: carnet history 3f2a91c07b5e")(history)


def diff(
    brochure: Annotated[str | None, typer.Argument(help="One brochure.  [default: all]")] = None,
    old: Annotated[
        str | None, typer.Option("--from", help="The older edition: id, file or date.  [default: the one before]")
    ] = None,
    new: Annotated[str | None, typer.Option("--to", help="The newer edition.  [default: the current one]")] = None,
    format: Annotated[DiffFormat, typer.Option(help="How to write it.")] = DiffFormat.md,
    out: Annotated[Path | None, typer.Option(help="Write to this file instead of stdout.")] = None,
    force: ForceOption = False,
    warehouse: WarehouseOption = None,
    debug: DebugOption = False,
) -> None:
    """What changed between two editions: missions added and removed, fields with old and new words and pages."""
    from carnet.flows.services.outputs import output_to
    from carnet.flows.settings import read_settings
    from carnet.warehouse.ask.changes import steps
    from carnet.warehouse.ask.query import open_reader

    settings = read_settings(warehouse)
    into = output_to(settings, out, "diff", force=force) if out else None
    with open_reader(settings.warehouse) as con:
        found = steps(con, brochure, old, new)
    if not found and format is not DiffFormat.json:
        say("carnet: no brochure has two editions")
        return
    text = _page(found, format)
    if into:
        into.write(text.encode("utf-8", "replace"))
        say(f"carnet: {into.path}: {sum(len(step.changes) for step in found)} changes")
    else:
        print(text, end="")


def _page(found: list[Step], format: DiffFormat) -> str:
    """Safe on a terminal too."""
    from carnet.flows.cli.diff_page import as_json, as_markdown
    from carnet.warehouse.exports.changes_html import changes_html

    if format is DiffFormat.json:
        return to_json(as_json(found), indent=1) + "\n"
    return safe(changes_html(found) if format is DiffFormat.html else as_markdown(found))


def history(
    what: Annotated[
        str | None, typer.Argument(metavar="[BROCHURE|MISSION]", help="One brochure, or a mission's id.")
    ] = None,
    with_runs: Annotated[bool, typer.Option("--runs", help="What each ingest brought, refused files too.")] = False,
    json: JsonOption = False,
    warehouse: WarehouseOption = None,
    debug: DebugOption = False,
) -> None:
    """Which editions came and what each brought; for a mission, in which editions it stands and what they say."""
    from carnet.flows.settings import read_settings
    from carnet.warehouse.ask import changes
    from carnet.warehouse.ask.missions import mission_editions
    from carnet.warehouse.ask.query import open_reader

    if with_runs:
        _show_runs(read_settings(warehouse), json)
        return
    with open_reader(read_settings(warehouse).warehouse) as con:
        stands = mission_editions(con, what) if what else []
        editions = [] if stands else changes.history(con, what)
    if json:
        print_json(stands or [vars(e) for e in editions])
    elif stands:
        named = ("file_name", "edition_date", "client", "title")
        rows = [(*(m[n] for n in named), period_shown(m), amount_shown(m), m["page_first"]) for m in stands]
        show(table(("edition", "date", "client", "title", "period", "amount", "page"), rows))
    else:
        lines = [
            (
                e.brochure, styled(e.edition_id, "cyan"), e.file_name, e.edition_date,
                "current" if e.is_current else "",
                e.missions, e.added or None, e.removed or None, e.changed or None, e.findings, e.ingested_at,
            )
            for e in editions
        ]  # fmt: skip
        columns = (
            "brochure", "edition", "file", "date", "", "missions", "added", "removed", "changed", "findings", "came",
        )  # fmt: skip
        show(table(columns, lines))


def _show_runs(settings: Settings, json: bool) -> None:
    """The last one first."""
    from dataclasses import asdict

    from carnet.flows.services.runs import runs

    told = runs(settings)[::-1]
    if json:
        print_json([asdict(run) for run in told])
    elif not told:
        show("no ingest has brought anything yet")
    else:
        lines = [
            (
                run.at[:16].replace("T", " "), run.by, c.file, c.status, c.brochure, c.missions or None,
                c.added or None, c.removed or None, c.changed or None, c.look or None, c.reason,
            )
            for run in told
            for c in run.files
        ]  # fmt: skip
        columns = (
            "at (UTC)", "by", "file", "status", "brochure", "missions", "added", "removed", "changed", "to look at",
            "reason",
        )  # fmt: skip
        show(table(columns, lines))
