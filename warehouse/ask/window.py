"""The years before a day in which a mission must have run, told from dates that are only as precise as printed."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

RowOfView = Mapping[str, Any]  # a row of a view: any SQL type
Side = Literal["within", "before", "after", "undated"]


@dataclass(frozen=True)
class Window:
    """From `start` to `end`, both included."""

    start: dt.date
    end: dt.date
    years: int

    @classmethod
    def before(cls, day: dt.date, years: int) -> Window:
        """
        >>> Window.before(dt.date(2024, 2, 29), 3).start
        datetime.date(2021, 2, 28)
        """
        year = max(1, day.year - years)
        return cls(day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1])), day, years)

    def side(self, mission: RowOfView) -> Side:
        """Where the period of a mission lies; it is within when it may touch the window."""
        begins, ends = span(mission)
        if begins is None or ends is None:
            return "undated"
        if ends < self.start:
            return "before"
        return "after" if begins > self.end else "within"

    def is_sure(self, mission: RowOfView) -> bool:
        """False when only the printed month or year is within, and its days need not be."""
        start, end = mission["start_date"] or mission["end_date"], mission["end_date"] or mission["start_date"]
        if start is None or is_open(mission):
            return True
        start_precision = mission["start_precision" if mission["start_date"] else "end_precision"]
        end_precision = mission["end_precision" if mission["end_date"] else "start_precision"]
        return first_day(end, end_precision) >= self.start and last_day(start, start_precision) <= self.end


def span(mission: RowOfView) -> tuple[dt.date | None, dt.date | None]:
    """The first and last day on which a mission may have run; an end that is not printed follows from the stated
    months, else is that of the printed start. Nothing for a mission without any date. One that goes on does so as far
    as its brochure can tell: until the date of that.

    >>> start = {"start_date": dt.date(2021, 1, 1), "start_precision": "year", "stated_months": None}
    >>> span(start | {"end_date": None, "end_precision": None, "status": "completed"})[1]
    datetime.date(2021, 12, 31)
    """
    start, end = mission["start_date"], mission["end_date"]
    until = mission["until_date"] if is_open(mission) else None
    if start is None and end is None:
        return (until and dt.date.min, until)
    begins = start or first_day(end, mission["end_precision"])
    return begins, end or until or _reckoned_end(start, mission["start_precision"], mission["stated_months"])


def is_open(mission: RowOfView) -> bool:
    """It goes on, and no end is printed."""
    return mission["status"] == "ongoing" and mission["end_date"] is None


def first_day(day: dt.date, precision: str | None) -> dt.date:
    """Of the printed year or month."""
    return day.replace(month=1, day=1) if precision == "year" else day.replace(day=1) if precision == "month" else day


def last_day(day: dt.date, precision: str | None) -> dt.date:
    """
    >>> last_day(dt.date(2024, 2, 1), "month"), last_day(dt.date(2024, 2, 1), "year")
    (datetime.date(2024, 2, 29), datetime.date(2024, 12, 31))
    """
    if precision == "year":
        return day.replace(month=12, day=31)
    return day.replace(day=calendar.monthrange(day.year, day.month)[1]) if precision == "month" else day


def _reckoned_end(start: dt.date, precision: str | None, months: int | None) -> dt.date:
    last = last_day(start, precision)
    if not months:
        return last
    at = last.year * 12 + last.month - 1 + months
    year, month = min(at // 12, dt.MAXYEAR), at % 12 + 1
    return last.replace(year=year, month=month, day=min(last.day, calendar.monthrange(year, month)[1]))
