"""`carnet export`: the data set for sites and dashboards."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from carnet.flows.cli.common import CommandError, DebugOption, JsonOption, WarehouseOption, print_json, say
from carnet.flows.cli.groups import GIVE
from carnet.warehouse.exports.audience import Audience

if TYPE_CHECKING:
    from carnet.warehouse.exports.dataset import Delivery
    from carnet.warehouse.exports.terms import Terms


NoAmountsOption = Annotated[
    bool, typer.Option("--no-amounts", help="Without amounts, turnover and weight of clients, in texts too.")
]
LicenseOption = Annotated[
    str | None, typer.Option(metavar="NAME|URL", help="The licence it is given under (CC-BY-4.0, etalab-2.0, …).")
]


def register(app: typer.Typer) -> None:
    app.command("export", rich_help_panel=GIVE, epilog="Example: carnet export site/data --audience public")(export)


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, an empty one, or an earlier export's.")],
    audience: Annotated[
        Audience, typer.Option(help="public: without personal data, in texts too; internal: all there is.")
    ] = Audience.public,
    brochure: Annotated[str | None, typer.Option(help="Only this brochure.  [default: all]")] = None,
    no_amounts: NoAmountsOption = False,
    license: LicenseOption = None,
    json: JsonOption = False,
    warehouse: WarehouseOption = None,
    debug: DebugOption = False,
) -> None:
    """The data set as files (CSV, Parquet, JSON, SQLite, JSON-LD, a Data Package), and what moved since the last."""
    from carnet.flows.services.export import export as write
    from carnet.flows.services.export import sentence
    from carnet.flows.settings import read_settings

    given = write(read_settings(warehouse), folder, audience, brochure, terms_of(no_amounts, license))
    if json:
        print_json(as_dict(given))
    else:
        say(f"carnet: {folder}: {sentence(given)}")
        if audience is Audience.internal:
            say("carnet: it holds personal data (contacts, team, texts): not for publication")


def terms_of(no_amounts: bool, license: str | None) -> Terms:
    """Wrong usage for a licence that nobody knows."""
    from carnet.warehouse.disk.errors import QueryError
    from carnet.warehouse.exports.terms import Terms, license_named

    try:
        return Terms(not no_amounts, license_named(license) if license else None)
    except QueryError as error:
        raise CommandError(f"--license {error}", usage=True) from None


def as_dict(given: Delivery) -> dict[str, object]:
    moved = given.moved
    told = moved and {"added": moved.added, "removed": moved.removed, "changed": moved.changed, "from": moved.before}
    return {"folder": str(given.folder), "rows": given.rows, "changed": moved is not None, "changes": told,
            "passages_left_out": given.left_out}  # fmt: skip
