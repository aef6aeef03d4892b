"""Dates and stretches of time, each printed by one expression: its pattern is in expressions.py, its reader here."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from typing import Literal

from carnet.pipeline.values.dates.expressions import WITHOUT_FIGURES
from carnet.pipeline.values.dates.words import DateWords
from carnet.schemas.values import PartialDate

AtomKind = Literal["numeric", "month-number", "month", "quarter", "half-year", "season", "years", "year"]
"""What is printed; evidence names the rule of a period by it ("dates.season")."""


@dataclass(frozen=True)
class Atom:
    """A date or stretch that one expression prints. Years below 1000 are counted from a year that is not printed.

    `short`: its year is printed with two digits. `note`: why the expression is doubtful.
    """

    start: int
    end: int
    low: PartialDate
    high: PartialDate
    kind: AtomKind
    short: bool = False
    note: str | None = None

    @property
    def dated(self) -> bool:
        return self.low.year > 1000

    def in_year(self, year: int) -> Atom:
        low = self.low.model_copy(update={"year": self.low.year + year})
        return replace(self, low=low, high=self.high.model_copy(update={"year": self.high.year + year}))


def find_atoms(folded: str, words: DateWords) -> list[Atom]:
    """Expressions from left to right; where two begin at one place, the earlier pattern wins.

    One that is no date ("31/02/2021") gives no atom, but no other pattern may read a part of it.
    """
    figures = _FIGURE.search(folded) is not None
    matches = [
        (m.start(), i, name, m)
        for i, (name, pattern) in enumerate(words.atoms)
        if figures or name in WITHOUT_FIGURES
        for m in pattern.finditer(folded)
    ]
    matches.sort(key=lambda entry: entry[:2])
    out: list[Atom] = []
    taken = 0
    isos = sum(name == "iso" for _, _, name, _ in matches)
    for start, _, name, match in matches:
        if start < taken:
            continue
        taken = match.end()
        atom = _READERS[name](match, words)
        if atom and name == "iso" and isos == 1:
            atom = _maybe_years(match, atom)
        if atom:
            out.append(atom)
    return out


_FIGURE = re.compile("[0-9]")


def _numeric(match: re.Match[str], _: DateWords) -> Atom | None:
    """12/01/2021, 2021-01-12, 03/2019, 12/01 (before "au 30/06/2021"), 12 au 14/01/2021."""
    parts = match.groupdict()
    year = _full(parts["y"]) if parts.get("y") else 0
    if parts.get("y") and not year:
        return None
    date, first = _date(year, int(parts["m"]), _number(parts.get("d"))), _number(parts.get("d0"))
    low = _date(year, int(parts["m"]), first) if first else date
    return _stretch(match, low, date, "numeric" if date and date.day else "month-number")


def _short_month(match: re.Match[str], words: DateWords) -> Atom | None:
    """03/19: a month, unless the year could be a month too."""
    atom = _numeric(match, words)
    note = f"{match.group()!r}: month and year, or day and month" if 1 <= int(match["y"]) <= 12 else None
    return replace(atom, note=note, short=True) if atom and atom.dated else None


def _maybe_years(match: re.Match[str], atom: Atom) -> Atom:
    """2010-12, alone: rather two years than December; the reading is doubtful."""
    first, second = int(match["y"]), int(match["m"])
    if match["d"] or second <= first % 100:
        return atom
    low, high = PartialDate(year=first), PartialDate(year=first // 100 * 100 + second)
    return replace(atom, low=low, high=high, kind="years", note=f"{match.group()!r}: two years, or a year and a month")


def _month_span(match: re.Match[str], _: DateWords) -> Atom | None:
    """09-12/2020."""
    low, high = (_date(int(match["y"]), int(match[m])) for m in ("m0", "m"))
    return _stretch(match, low, high, "month-number") if low and high and (low.month or 0) < (high.month or 0) else None


def _named(match: re.Match[str], words: DateWords) -> Atom | None:
    """12 mars 2021, mars 21, 4-30 avril."""
    month = words.months[match["m"]]
    year = _full(match["y"]) if match["y"] else 0
    if match["y"] and not year:
        return None
    parts = match.groupdict()
    high = _date(year, month, _number(parts.get("d")))
    first = _number(parts.get("d0"))
    return _stretch(match, _date(year, month, first) if first else high, high, "month")


def _months_years(match: re.Match[str], words: DateWords) -> Atom | None:
    """septembre à juin 2021-2022."""
    year, last = int(match["y"]), int(match["y2"])
    last += year // 100 * 100 if last < 100 else 0
    first_month, last_month = words.months[match["m0"]], words.months[match["m"]]
    note = None if first_month > last_month else f"{match.group()!r}: one stretch, or one in each year"
    return _stretch(match, _date(year, first_month), _date(last, last_month), "month", note)


def _part(match: re.Match[str], words: DateWords, months: int) -> Atom | None:
    """A quarter or half-year: "T2 2020", "1er et 2e trimestres 2021"."""
    parts = match.groupdict()
    year = _full(parts["y"]) if parts["y"] else 0
    count = 12 // months
    printed = parts["n"] or parts.get("n2") or parts.get("n3")
    number = int(printed or words.ordinals.get(parts.get("o") or "", -1)) or count
    first = (words.ordinals.get(parts["o0"]) or count) if parts.get("o0") else number
    if not 1 <= first <= number <= count or parts["y"] and not year:
        return None
    low, high = _date(year, (first - 1) * months + 1), _date(year, number * months)
    return _stretch(match, low, high, "quarter" if months == 3 else "half-year")


def _season(match: re.Match[str], words: DateWords) -> Atom | None:
    """été 2022, hiver 2021-2022, automne-hiver 2021. Winter ends in the year after."""
    first, last = words.seasons[match["s"]], words.seasons[match["s2"] or match["s"]]
    year = int(match["y"]) if match["y"] else 0
    note = None
    if match["y2"]:
        end_year = int(match["y2"]) + (year // 100 * 100 if len(match["y2"]) == 2 else 0)
    else:
        end_year = year + (last[1] < first[0])
        note = f"{match.group()!r}: the winter at the start or at the end of the year" if first[0] == 12 else None
        note = note or (f"{match.group()!r}: the year of the autumn or of the winter" if end_year > year else None)
    return _stretch(match, _date(year, first[0]), _date(end_year, last[1]), "season", note)


def _short_years(match: re.Match[str], _: DateWords) -> Atom | None:
    """2019-21."""
    first = int(match["y"])
    second = first // 100 * 100 + int(match["y2"])
    second += 100 if second < first and first % 100 > 90 else 0
    if not first < second <= first + 30:
        return None
    return _stretch(match, PartialDate(year=first), PartialDate(year=second), "years")


def _year(match: re.Match[str], _: DateWords) -> Atom | None:
    date = PartialDate(year=int(match["y"]))
    return _stretch(match, date, date, "year")


def _quoted_year(match: re.Match[str], _: DateWords) -> Atom | None:
    """'19."""
    year = _full(match["y"])
    return _stretch(match, PartialDate(year=year), PartialDate(year=year), "year") if year else None


_READERS = {
    "iso": _numeric,
    "dotted": _numeric,
    "numeric": _numeric,
    "day_month": _numeric,
    "month_span": _month_span,
    "month_year": _numeric,
    "short_month": _short_month,
    "season": _season,
    "quarter": lambda match, words: _part(match, words, 3),
    "half": lambda match, words: _part(match, words, 6),
    "year_quarter": lambda match, words: _part(match, words, 3),
    "year_half": lambda match, words: _part(match, words, 6),
    "year_month": _named,
    "months_years": _months_years,
    "month_first": _named,
    "named": _named,
    "short_years": _short_years,
    "quoted_year": _quoted_year,
    "year": _year,
}


def _stretch(
    match: re.Match[str], low: PartialDate | None, high: PartialDate | None, kind: AtomKind, note: str | None = None
) -> Atom | None:
    if low is None or high is None:
        return None
    printed = match.groupdict().get("y")
    return Atom(match.start(), match.end(), low, high, kind, bool(printed) and len(str(printed)) == 2, note)


def _date(year: int, month: int | None = None, day: int | None = None) -> PartialDate | None:
    if month is not None and not 1 <= month <= 12:
        return None
    longest = calendar.monthrange(year if year > 1000 else 2000, month)[1] if month else 31
    if day is not None and not 1 <= day <= longest:
        return None
    return PartialDate(year=year, month=month, day=day)


def _full(text: str) -> int:
    """ "22" -> 2022, "98" -> 1998, "2022" -> 2022; years that no brochure means become 0."""
    year = int(text)
    return year if year > 99 else 2000 + year if year < 40 else 1900 + year if year >= 60 else 0


def _number(text: str | None) -> int | None:
    return int(text) if text else None
