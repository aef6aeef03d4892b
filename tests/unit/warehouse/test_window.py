"""Which missions lie within the years before a day, told from dates as precise as printed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from carnet.warehouse.ask.window import Window

WINDOW = Window.before(dt.date(2026, 11, 25), 3)
PRECISION = {4: "year", 7: "month", 10: "day"}

CASES = [
    # start, end, status (of an ongoing one the date of its brochure too), months, side, whether that is sure
    ("2024-03", "2025-06", "completed", None, "within", True),
    ("2018", "2023-11-25", "completed", None, "within", True),
    ("2018", "2023-11-24", "completed", None, "before", None),
    ("2018", "2023-11", "completed", None, "within", False),
    ("2018", "2023-10", "completed", None, "before", None),
    ("2022", "2023", "completed", None, "within", False),
    ("2023", None, "completed", None, "within", False),
    ("2022", None, "completed", None, "before", None),
    (None, "2024", "completed", None, "within", True),
    (None, "2022", "completed", None, "before", None),
    ("2021-03", None, "completed", 36, "within", False),
    ("2021-03", None, "completed", 12, "before", None),
    ("2026-11-25", None, "completed", None, "within", True),
    ("2026-11-26", None, "completed", None, "after", None),
    ("2026", "2027", "completed", None, "within", False),
    ("2027", "2028", "ongoing", None, "after", None),
    ("2015", None, "ongoing 2024-06-01", None, "within", True),
    ("2015", None, "ongoing 2023-11-24", None, "before", None),
    ("2015", None, "ongoing", None, "before", None),
    ("2015", "2016", "ongoing 2024-06-01", None, "before", None),
    ("2015", "2024", "ongoing 2023-06-01", None, "within", True),
    (None, None, "ongoing 2024-06-01", None, "within", True),
    (None, None, "ongoing", None, "undated", None),
    (None, None, "completed", None, "undated", None),
    (None, None, None, 24, "undated", None),
    ("9999", "9999", "completed", 999, "after", None),
]


@pytest.mark.parametrize(("start", "end", "status", "months", "side", "is_sure"), CASES)
def test_side(
    start: str | None, end: str | None, status: str | None, months: int | None, side: str, is_sure: bool | None
) -> None:
    status, _, said = (status or "").partition(" ")
    mission = {"status": status or None, "stated_months": months} | dated("start", start) | dated("end", end)
    mission["until_date"] = mission["end_date"] or (dt.date.fromisoformat(said) if said else None)
    assert WINDOW.side(mission) == side
    if side == "within":
        assert WINDOW.is_sure(mission) is is_sure


def dated(name: str, text: str | None) -> dict[str, Any]:
    """As the warehouse holds it: the first day of a start, the last of an end."""
    if text is None:
        return {f"{name}_date": None, f"{name}_precision": None}
    filled = text + {4: "-01-01", 7: "-01", 10: ""}[len(text)]
    day = dt.date.fromisoformat(filled)
    if name == "end" and len(text) < 10:
        month = 12 if len(text) == 4 else day.month
        day = (dt.date(day.year + month // 12, month % 12 + 1, 1) if day.year < 9999 else dt.date.max) - dt.timedelta(1)
    return {f"{name}_date": day, f"{name}_precision": PRECISION[len(text)]}


def test_window_of_a_leap_day() -> None:
    assert Window.before(dt.date(2024, 2, 29), 4).start == dt.date(2020, 2, 29)
    assert Window.before(dt.date(3, 1, 1), 50).start == dt.date(1, 1, 1)
