"""`carnet serve`: the pages and the API, for a browser on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from carnet.flows.cli.common import CommandError, DebugOption, RawOption, WarehouseOption, say
from carnet.flows.cli.groups import PAGES

PORT = 8765


def register(app: typer.Typer) -> None:
    app.command("serve", rich_help_panel=PAGES, epilog="Example: carnet serve --open")(serve)


def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = PORT,
    host: Annotated[str, typer.Option(help="Not this machine's own: for others, with the token.")] = "127.0.0.1",
    open: Annotated[bool, typer.Option("--open", help="Open the browser.")] = False,
    raw: RawOption = None,
    warehouse: WarehouseOption = None,
    debug: DebugOption = False,
) -> None:
    """Pages (French) to find, check and correct missions and to make lists of them; the same as JSON under /api."""
    from carnet.flows.pages.door import Taken, listen, run
    from carnet.flows.settings import read_settings

    settings = read_settings(warehouse, raw=raw)
    try:
        door = listen(settings, host, port)
    except Taken as error:
        raise CommandError(str(error)) from error
    say(f"carnet: {door.address}")
    say("carnet: open this address; who has it may also write. Ctrl+C ends it")
    if open:
        import webbrowser

        webbrowser.open(door.address)
    run(door)
