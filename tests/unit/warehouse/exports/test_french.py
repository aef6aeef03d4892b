"""Numbers, amounts and periods as a French reader writes them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from carnet.warehouse.exports.french import amount, goes_on, number, period

D = dt.date


def plain(text: str) -> str:
    return text.replace("\u202f", "_").replace("\u00a0", "~")


@pytest.mark.parametrize(
    ("value", "written"),
    [("0", "0"), ("999", "999"), ("29000.00", "29_000"), ("1234567.5", "1_234_567,50"), ("-1500", "-1_500")],
)
def test_numbers(value: str, written: str) -> None:
    assert plain(number(Decimal(value))) == written


@pytest.mark.parametrize(
    ("parts", "written"),
    [
        ((Decimal(29000), None, "EUR", "HT"), "29_000~€~HT"),
        ((Decimal(25000), Decimal(30000), "EUR", "HT"), "25_000 à 30_000~€~HT"),
        ((Decimal(45000), None, "CHF", None), "45_000~CHF"),
        ((Decimal(18500), None, None, None), "18_500"),
        ((None, None, "EUR", "HT"), ""),
    ],
)
def test_amounts(parts: tuple[Decimal | None, Decimal | None, str | None, str | None], written: str) -> None:
    assert plain(amount(*parts)) == written


@pytest.mark.parametrize(
    ("start", "end", "precisions", "ongoing", "written"),
    [
        (D(2021, 1, 1), D(2022, 3, 31), ("month", "month"), False, "janvier 2021 – mars 2022"),
        (D(2022, 1, 1), D(2022, 9, 30), ("month", "month"), False, "janvier – septembre 2022"),
        (D(2022, 8, 1), D(2022, 8, 31), ("month", "month"), False, "août 2022"),
        (D(2017, 1, 1), D(2017, 12, 31), ("year", "year"), False, "2017"),
        (D(2018, 1, 1), D(2021, 12, 31), ("year", "year"), False, "2018 – 2021"),
        (D(2021, 1, 12), D(2021, 6, 30), ("day", "day"), False, "12 janvier 2021 – 30 juin 2021"),
        (D(2021, 3, 1), D(2022, 12, 31), ("month", "year"), False, "mars 2021 – 2022"),
        (D(2021, 1, 1), None, ("month", None), True, "depuis janvier 2021 (en cours à la date de la brochure)"),
        (D(2021, 1, 1), D(2025, 6, 30), ("month", "month"), True,
         "janvier 2021 – juin 2025 (en cours à la date de la brochure)"),
        (D(2020, 3, 1), None, ("month", None), False, "à partir de mars 2020"),
        (D(2020, 4, 1), None, ("month", None), False, "à partir d’avril 2020"),
        (D(2020, 4, 1), None, ("day", None), False, "à partir du 1er avril 2020"),
        (None, D(2020, 4, 30), (None, "month"), False, "jusqu’à avril 2020"),
        (None, D(2020, 4, 30), (None, "day"), False, "jusqu’au 30 avril 2020"),
        (None, D(2020, 4, 30), (None, "month"), True, "en cours à la date de la brochure, jusqu’à avril 2020"),
        (None, None, (None, None), True, "en cours à la date de la brochure"),
        (None, None, (None, None), False, ""),
    ],
)  # fmt: skip
def test_periods(
    start: dt.date | None, end: dt.date | None, precisions: tuple[str | None, str | None], ongoing: bool, written: str
) -> None:
    assert period(start, end, *precisions, ongoing=goes_on(None, None) if ongoing else "") == written
