"""`carnet check`, `carnet publish`: nothing wrong leaves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from carnet.flows.cli.common import DebugOption, JsonOption, WarehouseOption, print_json, say, show, styled, table
from carnet.flows.cli.export import LicenseOption, NoAmountsOption, terms_of
from carnet.flows.cli.groups import GIVE
from carnet.warehouse.exports.audience import Audience

if TYPE_CHECKING:
    from carnet.warehouse.ask.check import Checked

MOST = 20
"""Offenders of one check that a person is shown."""


def register(app: typer.Typer) -> None:
    app.command("check", rich_help_panel=GIVE, epilog="Example: carnet check")(check)
    app.command("publish", rich_help_panel=GIVE, epilog="Example: carnet publish site/data")(publish)


def check(json: JsonOption = False, warehouse: WarehouseOption = None, debug: DebugOption = False) -> None:
    """Data checks: those that fail stop `carnet publish`, the others only warn. Exit status 1 when one fails."""
    from carnet.flows.services import publish as publishing
    from carnet.flows.settings import existing_settings
    from carnet.warehouse.ask.check import failures

    checked = publishing.check(existing_settings(warehouse))
    if json:
        print_json([_as_dict(one) for one in checked])
    else:
        _tell(checked)
    raise typer.Exit(1 if failures(checked) else 0)


def publish(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="As of `carnet export`.")],
    audience: Annotated[Audience, typer.Option(help="As of `carnet export`.")] = Audience.public,
    no_amounts: NoAmountsOption = False,
    license: LicenseOption = None,
    json: JsonOption = False,
    warehouse: WarehouseOption = None,
    debug: DebugOption = False,
) -> None:
    """`carnet export` once all data checks pass; otherwise what stands in DIR is left, and exit status 1."""
    from carnet.flows.services import publish as publishing
    from carnet.flows.settings import existing_settings

    published = publishing.publish(existing_settings(warehouse), folder, audience, terms_of(no_amounts, license))
    if json:
        checks = [_as_dict(one) for one in published.checked]
        print_json({"published": published.given is not None, "folder": str(folder), "checks": checks})
    else:
        _tell(published.checked)
        say(f"carnet: {publishing.summary(published)}")
    raise typer.Exit(0 if published.given else 1)


def _tell(checked: list[Checked]) -> None:
    for one in checked:
        if not one.offenders:
            continue
        style = "bold red" if one.check.level == "fail" else "yellow"
        show(styled(f"{one.check.level}: {one.check.about} ({len(one.offenders)})", style))
        rows = [(styled(o["mission_id"] or "", "cyan"), o["edition_id"], o["what"]) for o in one.offenders[:MOST]]
        show(table(("mission", "edition", "what"), rows))
    failed = sum(bool(one.offenders) and one.check.level == "fail" for one in checked)
    warned = sum(bool(one.offenders) and one.check.level == "warn" for one in checked)
    say(f"carnet: {len(checked)} checks: {failed} failed, {warned} warned")


def _as_dict(one: Checked) -> dict[str, object]:
    return {"check": one.check.name, "level": one.check.level, "about": one.check.about, "offenders": one.offenders}
