"""The page of charts leaves: masked as all that is public."""

from __future__ import annotations

from carnet.flows.services.export import public_mask
from carnet.flows.settings import Settings
from carnet.warehouse.ask.query import open_trusted
from carnet.warehouse.disk.output import Output
from carnet.warehouse.exports.dashboard import dashboard_rows, masked, page


def dashboard(settings: Settings, out: Output, firm: str | None = None, amounts: bool = True) -> int:
    """Write the page; how many missions it counts."""
    with open_trusted(settings.warehouse) as con:
        rows = masked(dashboard_rows(con, firm), public_mask(con))
    out.write(page(rows, amounts).encode())
    return int(rows["totals"][0]["missions"])
