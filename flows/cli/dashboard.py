"""`carnet dashboard`: a page of charts that stands alone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from carnet.flows.cli.common import DebugOption, ForceOption, WarehouseOption, say
from carnet.flows.cli.export import NoAmountsOption
from carnet.flows.cli.groups import GIVE


def register(app: typer.Typer) -> None:
    app.command("dashboard", rich_help_panel=GIVE, epilog="Example: carnet dashboard tableau-de-bord.html")(dashboard)


def dashboard(
    file: Annotated[Path, typer.Argument(metavar="FILE.html", help="The page to write.")],
    firm: Annotated[str | None, typer.Option(help="One firm's brochures.  [default: all]")] = None,
    no_amounts: NoAmountsOption = False,
    force: ForceOption = False,
    warehouse: WarehouseOption = None,
    debug: DebugOption = False,
) -> None:
    """A page of charts (French) for a browser: one file, no network, nobody's name or address."""
    from carnet.flows.services.dashboard import dashboard as write
    from carnet.flows.services.outputs import output_to
    from carnet.flows.settings import read_settings

    settings = read_settings(warehouse)
    out = output_to(settings, file, "dashboard", force=force, public=True)
    say(f"carnet: {file}: {write(settings, out, firm, not no_amounts)} missions; open it in a browser")
