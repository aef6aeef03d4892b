"""Values at their printed precision."""

from __future__ import annotations

import calendar
import datetime as dt
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict

Precision = Literal["day", "month", "year"]


class Frozen(BaseModel):
    """Base of all models here: immutable, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PartialDate(Frozen):
    """A date as precise as printed: `2022`, `2022-01` and `2022-01-15` are three different dates."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def precision(self) -> Precision:
        return "day" if self.day else "month" if self.month else "year"

    def first_day(self) -> dt.date:
        return dt.date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> dt.date:
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"] + [f"{p:02d}" for p in (self.month, self.day) if p]
        return "-".join(parts)


class Period(Frozen):
    """When a mission ran. `ongoing`: the text says so ("depuis 2021", "en cours"). `stated_months`: 24 in "24 mois"."""

    start: PartialDate | None = None
    end: PartialDate | None = None
    stated_months: int | None = None
    ongoing: bool = False


class Amount(Frozen):
    """A fee. `value` is None for "NC", "Confidentiel". `tax`: HT or TTC where printed (HTVA is HT)."""

    value: Decimal | None
    maximum: Decimal | None = None
    currency: str | None = None
    tax: Literal["HT", "TTC"] | None = None
