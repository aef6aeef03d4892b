"""References made by hand, for tests of formats: no database behind them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from carnet.warehouse.ask.window import Window
from carnet.warehouse.exports.references import Reference, ReferenceList

DAY = dt.date(2024, 1, 15)


def reference(
    number: int,
    title: str | None,
    client: str | None,
    *,
    partners: tuple[str, ...] = (),
    contacts: Sequence[dict[str, Any]] = (),
    findings: Sequence[dict[str, Any]] = (),
    **more: Any,
) -> Reference:
    row: dict[str, Any] = {
        "mission_id": f"{number:012x}", "firm": "Ondine Conseil", "title": title, "client": client,
        "client_stated": True, "client_type": "commune", "start_date": dt.date(2021, 3, 1),
        "end_date": dt.date(2022, 6, 30), "start_precision": "month", "end_precision": "month", "stated_months": None,
        "status": "completed", "amount": Decimal(29_000), "amount_max": None, "currency": "EUR", "tax": "HT",
        "context": [], "approach": [], "results": [],
        "edition_date": dt.date(2023, 6, 1), "until_date": dt.date(2022, 6, 30),
    }  # fmt: skip
    person = {"name": None, "role": None, "email": None, "phone": None, "has_left": False}
    people = tuple(person | contact for contact in contacts)
    if "status" in more:
        row["until_date"] = more.get("end_date") or row["edition_date"]
    return Reference(number, row | more, partners, people, tuple(findings), is_within=True)


def listed(references: Sequence[Reference], years: int = 3) -> ReferenceList:
    return ReferenceList(tuple(references), Window.before(DAY, years), ())
