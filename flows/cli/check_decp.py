"""`carnet check-decp`: missions held against public contract data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from carnet.flows.cli.common import (
    CommandError,
    DebugOption,
    JsonOption,
    RawOption,
    WarehouseOption,
    amount_shown,
    print_json,
    say,
    show,
    styled,
    table,
)
from carnet.flows.cli.groups import ASK
from carnet.flows.cli.words import in_words


def register(app: typer.Typer) -> None:
    app.command("check-decp", rich_help_panel=ASK, epilog="Example: carnet check-decp decp-2024.json")(check_decp)


def check_decp(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE…", help="JSON or CSV, as buyers publish them.")
    ] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Forget what all files said.")] = False,
    json: JsonOption = False,
    raw: RawOption = None,
    warehouse: WarehouseOption = None,
    debug: DebugOption = False,
) -> None:
    """Hold missions against public contract data (DECP): what differs is a finding; nothing is replaced."""
    from carnet.flows.services import check_decp as service
    from carnet.flows.settings import existing_settings

    if bool(files) == clear:
        raise CommandError("expected files of public contract data, or --clear", usage=True)
    settings = existing_settings(warehouse, raw)
    if not files:
        service.leave_decp(settings)
        say("carnet: no public contract is held against a mission")
        return
    checked = service.check_decp(settings, files)
    if json:
        print_json(checked.missions)
    elif checked.missions:
        _show(checked.missions)
    for path, told in checked.files:
        if isinstance(told, str):
            say(f"carnet: {told}")
        else:
            say(f"carnet: {path}: {told.records} records, {len(told.contracts)} contracts of clients")
            if told.unclear:
                say(f"carnet: {path}: {told.unclear} records name no buyer by a SIRET")
    differing = sum(False in (m["is_amount_same"], m["is_period_same"]) for m in checked.missions)
    say(f"carnet: {len(checked.missions)} missions have a public contract, {differing} differ from it")
    if any(isinstance(told, str) for _, told in checked.files):
        raise typer.Exit(1)


def _show(missions: list[dict[str, Any]]) -> None:
    narrow: dict[str, Any] = {"no_wrap": True}
    rows = [
        (
            styled(m["mission_id"], "cyan"), m["client"], m["title"], amount_shown(m), m["contract_amount"],
            _said(m["is_amount_same"]), m["notified_date"], _said(m["is_period_same"]), m["contract_number"],
        )
        for m in missions
    ]  # fmt: skip
    columns = ("mission", "client", "title", "amount", "contract", "amount is", "notified", "period is", "number")
    show(table(columns, rows, mission=narrow, amount=narrow, contract=narrow, notified=narrow))


def _said(is_same: bool | None) -> object:
    """Nothing where one side does not tell."""
    if is_same is None:
        return ""
    return styled(in_words("the same") if is_same else in_words("another"), "" if is_same else "yellow")
