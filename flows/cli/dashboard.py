"""`carnet dashboard`: a page of charts that stands alone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from carnet.flows.cli.common import DebugOption, WarehouseOption, say
from carnet.flows.cli.export import NoAmountsOption


def register(app: typer.Typer) -> None:
    app.command("dashboard", epilog="Example: carnet dashboard tableau-de-bord.html")(dashboard)


def dashboard(
    file: Annotated[Path, typer.Argument(metavar="FILE.html", help="The page to write.")],
    firm: Annotated[str | None, typer.Option(help="One firm's brochures.  [default: all]")] = None,
    no_amounts: NoAmountsOption = False,
    warehouse: WarehouseOption = None,
    debug: DebugOption = False,
) -> None:
    """A page of charts (French) for a browser: one file, no network, nobody's name or address."""
    from carnet.flows.settings import read_settings
    from carnet.warehouse.ask.query import open_reader
    from carnet.warehouse.exports.dashboard import dashboard_rows, write_dashboard
    from carnet.warehouse.privacy.given_out import note_given_out

    path = read_settings(warehouse).warehouse
    with open_reader(path) as con:
        rows = dashboard_rows(con, firm)
    note_given_out(path, file, "dashboard")
    write_dashboard(rows, file, not no_amounts)
    say(f"carnet: {file}: {rows['totals'][0]['missions']} missions; open it in a browser")
