"""Numbers, amounts, dates and periods as French readers expect them, at the precision that was printed."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from carnet.schemas.from_yaml import from_yaml

THIN = "\u202f"
"""Narrow no-break space: between groups of three digits."""
NO_BREAK = "\u00a0"
"""No-break space: between a number and its unit."""


@cache
def _words() -> Any:  # the content of a YAML file of ours
    return from_yaml(Path(__file__).with_name("french.yml").read_text(encoding="utf-8"))


def number(value: Decimal | int, decimals: int | None = None) -> str:
    """Groups of three, decimal comma; two decimals where there are any, or as many as asked for.

    >>> number(Decimal("29000.00")) == f"29{THIN}000", number(Decimal("1234.5")) == f"1{THIN}234,50"
    (True, True)
    """
    if decimals is None:
        decimals = 0 if value == int(value) else 2
    return f"{value:,.{decimals}f}".replace(",", THIN).replace(".", ",")


def amount(
    value: Decimal | None, maximum: Decimal | None = None, currency: str | None = None, tax: str | None = None
) -> str:
    """« 29 000 € HT », « 25 000 à 30 000 € HT »; empty when there is none. Only what is known is written.

    >>> amount(Decimal(29000), None, "EUR", "HT").replace(THIN, " ").replace(NO_BREAK, " ")
    '29 000 € HT'
    >>> amount(Decimal(25000), Decimal(30000), "CHF").replace(THIN, " ").replace(NO_BREAK, " ")
    '25 000 à 30 000 CHF'
    """
    if value is None:
        return ""
    written = number(value)
    if maximum is not None and maximum != value:
        written = _words()["amount_range"].format(low=written, high=number(maximum))
    return NO_BREAK.join(part for part in (written, unit(currency), tax) if part)


def unit(currency: str | None) -> str | None:
    """
    >>> unit("EUR"), unit("CHF"), unit(None)
    ('€', 'CHF', None)
    """
    sign: str | None = _words()["currencies"].get(currency, currency)
    return sign


def day(date: dt.date) -> str:
    """
    >>> day(dt.date(2026, 11, 3))
    '03/11/2026'
    """
    return date.strftime("%d/%m/%Y")


def partial(date: dt.date, precision: str | None) -> str:
    """A date as precise as it was printed (`day` unless told otherwise).

    >>> [partial(dt.date(2021, 3, 1), precision) for precision in ("year", "month", "day")]
    ['2021', 'mars 2021', '1er mars 2021']
    """
    if precision == "year":
        return f"{date.year}"
    month = f"{_words()['months'][date.month - 1]} {date.year}"
    if precision == "month":
        return month
    return f"{'1er' if date.day == 1 else date.day} {month}"


_BEFORE = re.compile(r" (?=[;?!](?:[\s<&]|$))")
_AROUND = re.compile(r" (?=[:»](?:[\s<.,;&)]|$))|(?<=«) ")


def spaced(text: str) -> str:
    """What we write ourselves, with blanks at which no line breaks: narrow before ; ? !, whole before : and within « ».

    >>> spaced("« oui » : vraiment ?") == f"«{NO_BREAK}oui{NO_BREAK}»{NO_BREAK}: vraiment{THIN}?"
    True
    >>> spaced("https://a.example/?b=1 {% if a != b %}")
    'https://a.example/?b=1 {% if a != b %}'
    """
    return _BEFORE.sub(THIN, _AROUND.sub(NO_BREAK, text))


def period(
    start: dt.date | None,
    end: dt.date | None,
    start_precision: str | None = None,
    end_precision: str | None = None,
    *,
    ongoing: str = "",
) -> str:
    """When a mission ran, at the printed precision; empty when nothing is known. `ongoing`: as `goes_on` says it.

    >>> period(dt.date(2021, 1, 1), dt.date(2022, 3, 31), "month", "month")
    'janvier 2021 – mars 2022'
    >>> period(dt.date(2022, 1, 1), dt.date(2022, 9, 30), "month", "month")
    'janvier – septembre 2022'
    >>> period(dt.date(2021, 1, 1), None, "year", ongoing=goes_on(dt.date(2023, 6, 1), "month"))
    'depuis 2021 (en cours à la date de la brochure, juin 2023)'
    """
    words = _words()["period"]
    first = partial(start, start_precision) if start else ""
    last = partial(end, end_precision) if end else ""
    if start and end:
        if ongoing:
            return str(words["ongoing_until"]).format(start=first, end=last, ongoing=ongoing)
        if first == last:
            return first
        if start_precision == end_precision == "month" and start.year == end.year:
            first = first.removesuffix(f" {start.year}")
        return str(words["between"]).format(start=first, end=last)
    if start:
        return str(words["since"] if ongoing else words["from"]).format(
            start=first, of_start=_of(first, start_precision), ongoing=ongoing
        )
    if end:
        to_day = "until_day" if end_precision in (None, "day") else "until"
        return str(words["ongoing_end" if ongoing else to_day]).format(end=last, ongoing=ongoing)
    return ongoing


def went_on(day: dt.date) -> str:
    """
    >>> went_on(dt.date(2026, 11, 3))
    'en cours le 3 novembre 2026'
    """
    return str(_words()["period"]["ongoing_day"]).format(date=partial(day, "day"))


def goes_on(said: dt.date | None, precision: str | None) -> str:
    """A mission goes on, as its brochure says at its date; nobody knows what was later.

    >>> goes_on(dt.date(2023, 1, 1), "year")
    'en cours à la date de la brochure, 2023'
    """
    words = _words()["period"]
    return str(words["ongoing_on"]).format(date=partial(said, precision)) if said else str(words["ongoing"])


def _of(date: str, precision: str | None) -> str:
    """« de mars 2021 », « d’avril 2021 », « du 1er mars 2021 »."""
    if precision in (None, "day"):
        return f"du {date}"
    return f"d’{date}" if date.startswith(("a", "o")) else f"de {date}"
