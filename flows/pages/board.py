"""The dashboard: the same answers as `carnet dashboard`, each bar leads to its missions."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from carnet.flows.pages.house import ReadingConnection, show
from carnet.warehouse.ask.explore import NOT_SAID, Choice, facets
from carnet.warehouse.exports.charts import Chart, Datum
from carnet.warehouse.exports.dashboard import Rows, board, dashboard_rows, question, words
from carnet.warehouse.store.db import Connection

router = APIRouter(include_in_schema=False)
LEADS = {
    "turnover": "year", "running": "year", "domains": "domain", "domain_amounts": "domain",
    "client_types": "client_type", "client_type_amounts": "client_type", "sizes": "size",
    "countries": "client_country", "clients": "client",
}  # fmt: skip
"""The facet that a bar of a chart stands for."""
CODES = {"client_type": "client_types", "client_country": "countries"}
"""Under which name the dashboard has the words of a facet's codes."""


@dataclass(frozen=True)
class BoardChart:
    """A chart, the address of each of its bars, and the SQL it was asked with."""

    name: str
    chart: Chart
    addresses: list[str | None]
    sql: str


@router.get("/dashboard")
def dashboard(request: Request, con: ReadingConnection, firm: str | None = None) -> Response:
    rows = dashboard_rows(con, firm or None)
    made = board(rows)
    drawn = [
        BoardChart(name, chart, [_address(name, datum, firm, rows) for datum in chart.data], question(name))
        for name, chart in made.charts.items()
        if chart.marks
    ]
    return show(request, "dashboard.html", board=made, drawn=drawn, dashboard=words(), firm=firm, firms=_firms(con))


def _firms(con: Connection) -> list[str]:
    """Those to choose from."""
    return [count.value for count in facets(con, Choice())["firm"] if count.value]


def _address(name: str, datum: Datum, firm: str | None, rows: Rows) -> str | None:
    facet = LEADS.get(name)
    if facet is None:
        return None
    value = _value(facet, datum.label, rows)
    if value is None:
        return None
    return "/?" + urlencode({facet: value} | ({"firm": firm} if firm else {}))


def _value(facet: str, label: str, rows: Rows) -> str | None:
    """What stands in `missions` for what the bar is called."""
    if facet == "year":
        return label
    if facet == "client":
        return label if label != words()["unnamed"] else None
    if label == words()["not_said"]:
        return NOT_SAID
    if facet == "size":
        sizes = [row["size_from"] for row in rows["sizes"]]
        shown = [datum.label for datum in board(rows).charts["sizes"].data]
        return str(int(sizes[shown.index(label)]))
    codes = {shown: code for code, shown in words().get(CODES.get(facet, ""), {}).items()}
    return str(codes.get(label, label))
