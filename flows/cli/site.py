"""`carnet site`: the references as pages for everybody."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from carnet.flows.cli.common import CommandError, DebugOption, WarehouseOption, say
from carnet.flows.cli.export import NoAmountsOption
from carnet.flows.cli.groups import PAGES


def register(app: typer.Typer) -> None:
    app.command("site", rich_help_panel=PAGES, epilog="Example: carnet site public --url https://example.org/refs/")(
        site
    )


def site(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Replaced whole; new, empty or a site of carnet's.")],
    url: Annotated[str | None, typer.Option(help="Where it will stand; for a sitemap and whole addresses.")] = None,
    title: Annotated[str | None, typer.Option(help="Instead of « FIRM – Références ».")] = None,
    no_amounts: NoAmountsOption = False,
    warehouse: WarehouseOption = None,
    debug: DebugOption = False,
) -> None:
    """Static pages (French) for the public: no person named, no server, no network; they work from a file share."""
    from carnet.flows.services.export import left_out
    from carnet.flows.services.site import site
    from carnet.flows.settings import read_settings
    from carnet.warehouse.exports.to_site import SiteHeading

    if url is not None and not url.startswith(("https://", "http://")):
        raise CommandError(f"--url {url!r}: expected an address like https://example.org/references/", usage=True)
    shown = site(read_settings(warehouse), folder, SiteHeading(title, url), not no_amounts)
    say(f"carnet: {folder / 'index.html'}: {shown.missions} missions{left_out(shown.left_out)}")
