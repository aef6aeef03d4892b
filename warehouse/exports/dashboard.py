"""One HTML page of charts about a firm's references: no script, no network, nobody's name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from carnet.schemas.from_yaml import from_yaml
from carnet.warehouse.ask.missions import there
from carnet.warehouse.ask.query import ask
from carnet.warehouse.exports import french
from carnet.warehouse.exports.charts import Chart, Datum, bars, columns
from carnet.warehouse.store.db import Connection

HERE = Path(__file__).parent
TOP = 10
MOST = 14
YEARS = 60
QUESTIONS = HERE / "dashboard"
Rows = Mapping[str, list[dict[str, Any]]]
"""Answers by question: the files of `dashboard/`."""


@dataclass(frozen=True)
class AmountKind:
    """The kind of amounts that is added up."""

    currency: str | None
    tax: str | None

    def shown(self, value: Decimal | float) -> str:
        return french.amount(Decimal(round(value)), None, self.currency)

    @property
    def kind(self) -> str:
        return french.amount(Decimal(0), None, self.currency, self.tax).removeprefix("0").strip()


def dashboard_rows(con: Connection, firm: str | None = None) -> Rows:
    """What the page shows, of one firm or of all; QueryError for a firm that is not there."""
    firm = there(con, "firm", firm) if firm is not None else None
    given = {"firm": firm}
    kinds = ask(con, question("kind"), given).dicts()
    money = kinds[0] if kinds else {"currency": None, "tax": None}
    rows = {"kind": [money | {"firm": firm}]}
    for path in sorted(QUESTIONS.glob("*.sql")):
        if path.stem != "kind":
            sql = question(path.stem)
            taken = {name: value for name, value in (given | money).items() if f"${name}" in sql}
            rows[path.stem] = ask(con, sql, taken).dicts()
    return rows


def masked(rows: Rows, mask: Callable[[str], str]) -> Rows:
    """The same, with what the public is given instead of names of clients and parts of brochures."""
    texts = ("client", "label")
    return {
        name: [{key: mask(v) if key in texts and isinstance(v, str) else v for key, v in row.items()} for row in answer]
        for name, answer in rows.items()
    }


@dataclass(frozen=True)
class Board:
    """What the page says, before it is drawn; `charts` by the name of their question."""

    firm: str
    state: str
    amounts_note: str
    tiles: list[tuple[str, str]]
    charts: dict[str, Chart]
    quality: list[list[str]]


def board(rows: Rows, amounts: bool = True) -> Board:
    """The answers in words and charts. Without `amounts`: no money, no turnover, not how much of it comes from whom."""
    (chosen,) = rows["kind"]
    money = AmountKind(chosen["currency"], chosen["tax"])
    (totals,) = rows["totals"]
    return Board(
        firm=chosen["firm"] or words()["everybody"],
        state=_state(totals),
        amounts_note=_amounts_note(totals, money) if amounts else words()["no_amounts"],
        tiles=_tiles(totals, money, amounts),
        charts=_charts(rows, money, amounts),
        quality=[_quality(row) for row in rows["quality"]],
    )


def page(rows: Rows, amounts: bool = True) -> str:
    """A page that stands alone: it can be mailed, printed, put on a site. `amounts`: as for `board`."""
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made = board(rows, amounts)
    return environment.get_template("dashboard.html.j2").render(
        words=words(), colours=words()["colours"], firm=made.firm, state=made.state, amounts_note=made.amounts_note,
        tiles=made.tiles, charts=[chart for chart in made.charts.values() if chart.marks], quality=made.quality,
    )  # fmt: skip


@cache
def words() -> Any:  # the content of a YAML file of ours
    """What the dashboard says: titles, notes, units."""
    return from_yaml((HERE / "dashboard.yml").read_text(encoding="utf-8"))


def question(name: str) -> str:
    """The SQL of a chart."""
    return (QUESTIONS / f"{name}.sql").read_text(encoding="utf-8")


def _state(totals: Mapping[str, Any]) -> str:
    day: dt.date | None = totals["newest_edition"]
    missions, editions = _counted("missions", totals["missions"]), _counted("editions", totals["editions"])
    if day is None:
        return str(words()["state_undated"].format(missions=missions, editions=editions))
    return str(words()["state"].format(missions=missions, editions=editions, day=french.day(day)))


def _counted(what: str, count: int) -> str:
    return f"{french.number(count)}{french.NO_BREAK}{words()[what]['one' if count < 2 else 'many']}"


def _amounts_note(totals: Mapping[str, Any], money: AmountKind) -> str:
    others = totals["missions"] - totals["with_this_kind"]
    return str(words()["amounts"].format(kind=money.kind, others=others))


def _tiles(totals: Mapping[str, Any], money: AmountKind, amounts: bool) -> list[tuple[str, str]]:
    names, count = words()["tiles"], totals["missions"]
    years = [str(year) for year in (totals["first_year"], totals["last_year"]) if year]
    return [
        (french.number(count), names["missions"]),
        (french.number(totals["ongoing"]), names["ongoing"]),
        (french.number(totals["clients"]), names["clients"]),
        *([(money.shown(totals["amount"] or 0), names["amount"].format(kind=money.kind))] if amounts else []),
        ("–".join(dict.fromkeys(years)) or "–", names["years"]),
        (_percent(totals["with_amount"], count), names["with_amount"]),
        (_percent(totals["reachable"], count), names["reachable"]),
    ]


OF_MONEY = ("turnover", "domain_amounts", "client_type_amounts", "sizes", "clients")


def _charts(rows: Rows, money: AmountKind, amounts: bool) -> dict[str, Chart]:
    titles = words()["charts"]
    lost = sum(row["amount"] or 0 for row in rows["turnover"] if row["year"] is None)
    unspread = words()["unspread"].format(amount=money.shown(lost)) if lost else ""
    turnover = [
        Datum(str(row["year"]), float(row["amount"]), money.shown(row["amount"]))
        for row in _every_year(rows["turnover"])
    ]
    running = [_count(str(row["year"]), row) for row in _every_year(rows["running"])]
    charts = {
        "turnover": columns(titles["turnover"], turnover, unspread),
        "running": columns(titles["running"], running),
        "domains": _first(titles["domains"], rows["domains"]),
        "domain_amounts": _most(titles["domain_amounts"], rows["domain_amounts"], money),
        "client_types": _first(titles["client_types"], rows["client_types"], words()["client_types"]),
        "client_type_amounts": _most(
            titles["client_type_amounts"], rows["client_type_amounts"], money, words()["client_types"]
        ),
        "sizes": bars(titles["sizes"], [_count(_size(row, money), row) for row in rows["sizes"]]),
        "countries": _first(titles["countries"], rows["countries"], words()["countries"]),
        "clients": _clients(titles["clients"], rows["clients"][:TOP], money),
        "coverage": _coverage(rows),
    }
    return {name: chart for name, chart in charts.items() if amounts or name not in OF_MONEY}


def _coverage(rows: Rows) -> Chart:
    shown = [
        Datum(
            str(row["year"]), row["missions"], f"{row['reachable']}/{row['missions']}",
            row["reachable"] / (row["missions"] or 1),
        )
        for row in _every_year(rows["coverage"])
    ]  # fmt: skip
    return columns(words()["charts"]["coverage"], shown, words()["coverage_note"])


def _clients(title: str, rows: Sequence[Mapping[str, Any]], money: AmountKind) -> Chart:
    """Who pays most, and how much of all."""
    share = sum(row["share"] or 0 for row in rows)
    served = [
        Datum(row["client"] or words()["unnamed"], float(row["amount"]), money.shown(row["amount"])) for row in rows
    ]
    return bars(title, served, words()["clients_note"].format(share=_percent(share, 1)) if share else "")


def _every_year(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The rows with a year, and zeros for the years between them; a misprinted century does not fill the page."""
    known = {row["year"]: row for row in rows if row["year"] is not None}
    if not known or max(known) - min(known) > YEARS:
        return list(known.values())
    zeros = {name: 0 for name in rows[0] if name != "year"}
    return [known.get(year, zeros | {"year": year}) for year in range(min(known), max(known) + 1)]


def _first(title: str, rows: Sequence[Mapping[str, Any]], names: Mapping[str, str] | None = None) -> Chart:
    """The biggest by number of missions, the others in a note."""
    shown = [_count(_label(row["label"], names), row) for row in rows[:MOST]]
    rest = rows[MOST:]
    missions = _counted("missions", sum(row["missions"] for row in rest))
    return bars(title, shown, words()["others"].format(missions=missions, count=len(rest)) if rest else "")


def _most(
    title: str, rows: Sequence[Mapping[str, Any]], money: AmountKind, names: Mapping[str, str] | None = None
) -> Chart:
    """The biggest by their amounts, the others in a note."""
    shown = [
        Datum(_label(row["label"], names), float(row["amount"]), money.shown(row["amount"])) for row in rows[:MOST]
    ]
    rest = rows[MOST:]
    amount = money.shown(sum(row["amount"] for row in rest))
    return bars(title, shown, words()["other_amounts"].format(amount=amount, count=len(rest)) if rest else "")


def _label(label: str | None, names: Mapping[str, str] | None) -> str:
    """A code by its French name."""
    return (names or {}).get(label, label) if label else str(words()["not_said"])


def _count(label: str, row: Mapping[str, Any]) -> Datum:
    return Datum(label, row["missions"], french.number(row["missions"]))


def _size(row: Mapping[str, Any], money: AmountKind) -> str:
    start, to = row["size_from"], row["size_to"]
    if start is None:
        return str(words()["not_said"])
    name = "size_last" if to is None else "size_between" if start else "size_first"
    return str(words()[name].format(start=french.number(start), from_=money.shown(start), to=money.shown(to or 0)))


def _quality(row: Mapping[str, Any]) -> list[str]:
    return [
        row["brochure"] + (f" ({words()['current']})" if row["is_current"] else ""),
        french.day(row["edition_date"]) if row["edition_date"] else "–",
        french.number(row["missions"]),
        *(_percent(row[name], 1) for name in ("share_with_period", "share_with_amount", "share_with_contact")),
        _percent(row["read_share"], 1),
        french.number(row["missions_in_question"]),
    ]


def _percent(part: float | None, whole: float) -> str:
    """
    >>> _percent(2, 3).replace(french.NO_BREAK, " "), _percent(None, 1)
    ('67 %', '–')
    """
    return "–" if part is None or not whole else f"{100 * part / whole:.0f}{french.NO_BREAK}%"
