"""`carnet init`: a folder to work in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from carnet.flows.cli.common import DebugOption, say
from carnet.flows.cli.groups import START


def register(app: typer.Typer) -> None:
    app.command("init", rich_help_panel=START, epilog="Example: carnet init references")(init)


def init(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Made if it is not there; what is in it stays.")],
    debug: DebugOption = False,
) -> None:
    """Make a project folder: raw/ for brochures, warehouse/ for the database, carnet.toml for settings."""
    from carnet.flows.services.init import init

    file = init(folder)
    say(f"carnet: {file} made; put brochures in {folder / 'raw'}, then, in {folder}: carnet ingest")
