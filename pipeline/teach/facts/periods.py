"""Periods as brochures print them, with the answer of FORMAT.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random
from typing import Any

from carnet.pipeline.teach.content import Printed
from carnet.pipeline.teach.facts.grammar import smooth
from carnet.pipeline.teach.facts.lists import drawn, load, pick, weighed
from carnet.schemas.roles import Role

_FAMILIES: Mapping[str, Mapping[str, float]] = {
    "year": {"year": 5, "years": 4},
    "month": {"two_months": 10, "month": 1},
    "day": {"days": 8, "month": 1, "year": 1},
    "year_and_month": {"year": 3, "years": 3, "two_months": 3, "month": 1},
    "any": {"year": 3, "years": 3, "two_months": 5, "month": 1, "days": 2, "parts": 3, "durations": 3},
}  # fmt: skip
_ODD: Mapping[str, float] = {
    "parts": 3,
    "durations": 4,
    "month": 1,
    "years": 1,
    "two_months": 2,
    "days": 1,
    "until": 0.3,
}
_BUILDING: Mapping[str, float] = {"phased": 4, "delivered": 4, "years": 1, "year": 2}
_QUARTERS = ("1er", "2e", "3e", "4e")
_QUARTER_WORDS = ("premier", "deuxième", "troisième", "quatrième")


@dataclass(frozen=True, slots=True)
class Span:
    """When a mission ran; `ongoing`: and still does."""

    year: int
    month: int
    day: int
    months: int
    ongoing: bool = False

    @property
    def end(self) -> tuple[int, int]:
        """Year and month of its end."""
        at = self.year * 12 + self.month - 2 + self.months
        return at // 12, at % 12 + 1


@dataclass(frozen=True, slots=True)
class PeriodForms:
    """What one brochure does with its dates: kinds by weight, and a form for each kind that it mostly keeps."""

    kinds: Mapping[str, float]
    odd: Mapping[str, float]
    oddness: float
    shorter: bool
    elides: bool  # "d'avril", not "de avril"
    kept: dict[str, str] = field(default_factory=dict)

    def form(self, rng: Random, kind: str) -> str:
        if kind not in self.kept or rng.random() < 0.12:
            some = drawn(rng, "periods", kind)
            self.kept.setdefault(kind, some)
            return some
        return self.kept[kind]


def period_forms(rng: Random, builds: bool) -> PeriodForms:
    """Forms by lot. `builds`: the profession speaks of sites and deliveries."""
    family = weighed(rng, {"year": 4, "month": 5, "day": 1, "year_and_month": 3, "any": 2})
    kinds = dict(_FAMILIES[family])
    if builds and rng.random() < 0.6:
        kinds |= {"phased": 2.0, "delivered": 3.0}
    return PeriodForms(
        kinds,
        _BUILDING if builds and rng.random() < 0.5 else _ODD,
        pick(rng, (0.0, 0.05, 0.15, 0.4)),
        rng.random() < 0.2,
        rng.random() < 0.85,
    )


def span(rng: Random, year: int, longest: int) -> Span:
    """A stretch of time before the brochure's `year`."""
    months = min(1 + int(rng.expovariate(1 / 9)), longest)
    start = year - 1 - min(int(rng.expovariate(1 / 3.5)), 14)
    ongoing = rng.random() < (0.3 if start >= year - 3 else 0.03)
    month = rng.randint(1, 12)
    if (start * 12 + month + months) // 12 > year and not ongoing:
        months = rng.randint(1, 6)
    return Span(start, month, rng.randint(1, 27), months, ongoing)


def period(rng: Random, forms: PeriodForms, when: Span) -> Printed:
    """A period as printed, and what it means."""
    if when.ongoing:
        return _made(rng, forms, when, *_ongoing(rng, forms, when))
    chance = rng.random()
    if chance < 0.012:
        return _backwards(rng, forms, when)
    if chance < 0.03:
        return _mismatched(rng, forms, when)
    kinds = forms.odd if rng.random() < forms.oddness else forms.kinds
    return _made(rng, forms, when, *_KINDS[weighed(rng, kinds)](rng, forms, when))


def missing(rng: Random) -> Printed:
    """ "NC" in place of a period."""
    text = drawn(rng, "periods", "none")
    return Printed(text, Role.PERIOD, {"findings": ["period_missing"], "period_raw": text})


def start_of(rng: Random, forms: PeriodForms, when: Span) -> Printed:
    """A start in a field of its own."""
    return _edge(rng, forms, Role.START, "start", when.year, when.month, when.day)


def end_of(rng: Random, forms: PeriodForms, when: Span) -> Printed:
    """An end in a field of its own; "en cours" for what goes on."""
    if when.ongoing:
        text = forms.form(rng, "ongoing").split(" de ")[0]
        return Printed(text, Role.END, {"status": "ongoing"})
    return _edge(rng, forms, Role.END, "end", *when.end, min(when.day, 27))


def duration_of(rng: Random, forms: PeriodForms, when: Span) -> Printed:
    """A duration that agrees with the dates, in a field of its own."""
    months = _agreeing(when)
    if months % 12 == 0 and rng.random() < 0.5:
        form, years = forms.form(rng, "duration_in_years"), months // 12
        text = form.format(nn=years, ywords=_number(years)).replace("1 ans", "1 an").replace("un ans", "un an")
    else:
        text = forms.form(rng, "duration").format(n=months, words=_number(months))
    return Printed(text, Role.DURATION, {"stated_months": months})


# ---- kinds: each gives its form's name, fields beside those of the span, and the answer

_Made = tuple[str, dict[str, Any], dict[str, Any]]


def _made(
    rng: Random, forms: PeriodForms, when: Span, kind: str, more: Mapping[str, Any], gold: dict[str, Any]
) -> Printed:
    text = forms.form(rng, kind).format_map({**_fields(forms, when), **more})
    text = smooth(text) if forms.elides else text
    return Printed(text, Role.PERIOD, {**gold, "period_raw": text})


def _months(rng: Random, forms: PeriodForms, when: Span) -> _Made:
    if when.months == 1:
        return _month(rng, forms, when)
    same = when.year == when.end[0] and rng.random() < 0.7
    return "same_year" if same else "months", {}, _from_to(when)


def _month(rng: Random, forms: PeriodForms, when: Span) -> _Made:
    start = f"{when.year}-{when.month:02}"
    return "month", {}, {"start": start, "end": start}


def _years(rng: Random, forms: PeriodForms, when: Span) -> _Made:
    years = max(when.end[0] - when.year, 1)
    return "years", _year_fields(when.year + years), {"start": str(when.year), "end": str(when.year + years)}


def _year(rng: Random, forms: PeriodForms, when: Span) -> _Made:
    return "year", {}, {"start": str(when.year), "end": str(when.year)}


def _days(rng: Random, forms: PeriodForms, when: Span) -> _Made:
    start = f"{when.year}-{when.month:02}-{when.day:02}"
    year, month = when.end
    day = rng.randint(1, 28)
    kind = "days"
    if (year, month) == (when.year, when.month):
        day = when.day + 1
        kind = "days_same_month"
    elif year == when.year and rng.random() < 0.5:
        kind = "days_same_year"
    return (
        kind,
        {"d2": day if day > 1 else "1er", "dd2": f"{day:02}"},
        {"start": start, "end": f"{year}-{month:02}-{day:02}"},
    )


def _parts(rng: Random, forms: PeriodForms, when: Span) -> _Made:
    """Quarters, half-years, seasons: their first and last months, no stated months."""
    year = when.year
    kind = weighed(rng, {"halves": 3, "quarters": 3, "two_quarters": 1, "seasons": 2, "two_seasons": 1, "winter": 0.5})
    if kind == "halves":
        half = rng.randint(1, 2)
        return "halves_first" if half == 1 else "halves_second", {}, _part(year, half * 6 - 5, year, half * 6)
    if kind == "quarters":
        quarter = rng.randint(1, 4)
        words = {"q": quarter, "qe": _QUARTERS[quarter - 1], "qw": _QUARTER_WORDS[quarter - 1]}
        return "quarters", words, _part(year, quarter * 3 - 2, year, quarter * 3)
    if kind == "two_quarters":
        one, two = rng.randint(1, 4), rng.randint(1, 4)
        end = year if two > one else year + 1
        return kind, {"q": one, "q2": two, "y2": end}, _part(year, one * 3 - 2, end, two * 3)
    if kind == "winter":
        return kind, {"y1": year + 1}, {"start": f"{year}-12", "end": f"{year + 1}-02"}
    season, season2 = pick(rng, tuple(_seasons())), pick(rng, tuple(_seasons()))
    first, last = _seasons()[season], _seasons()[season2 if kind == "two_seasons" else season]
    words = {"season": season, "Season": season.capitalize(), "season2": season2, "y2": year + 1}
    return kind, words, _part(year, first[0], year + (kind == "two_seasons"), last[1])


def _durations(rng: Random, forms: PeriodForms, when: Span) -> _Made:
    """A duration beside dates; both count."""
    kind = weighed(rng, {"duration_months": 4, "duration_years": 3, "duration_year": 3, "counted": 2, "weeks": 1})
    if kind == "duration_months" and when.months > 1:
        return kind, {"n": when.months}, {**_from_to(when), "stated_months": when.months}
    if kind == "counted":
        months = max(when.months, 2)
        counted = Span(when.year, when.month, when.day, months)
        return kind, {"n": months}, {**_from_to(counted), "stated_months": months}
    if kind == "weeks":
        return kind, {"n": rng.randint(2, 6)}, _month(rng, forms, when)[2]
    if kind == "duration_years" and when.end[0] > when.year:
        years = when.end[0] - when.year + pick(rng, (0, 1))
        gold = {"start": str(when.year), "end": str(when.end[0]), "stated_months": 12 * years}
        return "duration_one_year" if years == 1 else kind, {"n": 12 * years, "nn": years}, gold
    months = rng.randint(2, 11)
    return "duration_year", {"n": months}, {"start": str(when.year), "end": str(when.year), "stated_months": months}


def _phased(rng: Random, forms: PeriodForms, when: Span) -> _Made:
    """Start of the first phase, end of the last."""
    long = rng.random() < 0.4
    last = when.year + (rng.randint(2, 4) if long else rng.randint(1, 3))
    middle = rng.randint(when.year + 1, last - 1) if long else last
    gold = {"start": str(when.year), "end": str(last)}
    return "phased_3" if long else "phased_2", {"y1": middle, **_year_fields(last)}, gold


def _delivered(rng: Random, forms: PeriodForms, when: Span) -> _Made:
    """A lone delivery reads like its date."""
    kind = weighed(rng, {"delivered_year": 5, "delivered_month": 3, "delivered_season": 1})
    if kind == "delivered_season":
        season = pick(rng, tuple(_seasons()))
        first, last = _seasons()[season]
        return kind, {"season": season}, _part(when.year, first, when.year, last)
    gold = _year(rng, forms, when)[2] if kind == "delivered_year" else _month(rng, forms, when)[2]
    return kind, {}, gold


def _until(rng: Random, forms: PeriodForms, when: Span) -> _Made:
    return "until_year", {}, {"end": str(when.year)}


def _ongoing(rng: Random, forms: PeriodForms, when: Span) -> _Made:
    kind = weighed(rng, {"since_year": 5, "since_month": 4, "since_day": 0.4, "years_ongoing": 1, "ongoing": 2})
    if kind == "ongoing":
        return kind, {}, {"status": "ongoing"}
    if kind == "years_ongoing":
        last = when.year + rng.randint(1, 3)
        return kind, _year_fields(last), {"start": str(when.year), "end": str(last), "status": "ongoing"}
    start = {"since_year": f"{when.year}", "since_month": f"{when.year}-{when.month:02}"}
    day = f"{when.year}-{when.month:02}-{when.day:02}"
    return kind, {}, {"start": start.get(kind, day), "status": "ongoing"}


_KINDS = {
    "year": _year, "years": _years, "month": _month, "two_months": _months, "days": _days, "parts": _parts,
    "durations": _durations, "phased": _phased, "delivered": _delivered, "until": _until,
}  # fmt: skip


# ---- what a reader finds wrong


def _backwards(rng: Random, forms: PeriodForms, when: Span) -> Printed:
    """An end before the start."""
    if rng.random() < 0.6:
        last = when.year + rng.randint(1, 3)
        gold = {"start": str(last), "end": str(when.year), "findings": ["date_order"]}
        return _made(rng, forms, when, "backwards_years", _year_fields(last), gold)
    if when.months < 2:
        return _made(rng, forms, when, *_year(rng, forms, when))
    dates = _from_to(when)
    gold = {"start": dates["end"], "end": dates["start"], "findings": ["date_order"]}
    return _made(rng, forms, when, "backwards_months", {}, gold)


def _mismatched(rng: Random, forms: PeriodForms, when: Span) -> Printed:
    """A duration that fits neither count of the printed months."""
    if when.months < 2:
        return _made(rng, forms, when, *_year(rng, forms, when))
    months = when.months + rng.randint(3, 12)
    if rng.random() < 0.4 and when.months > 8:
        months = when.months // 2
    gold = {**_from_to(when), "stated_months": months, "findings": ["duration_mismatch"]}
    return _made(rng, forms, when, "duration_months", {"n": months}, gold)


# ---- parts


def _fields(forms: PeriodForms, when: Span) -> dict[str, Any]:
    words = load("periods")
    short: Sequence[str] = words["shorter" if forms.shorter else "short"]
    (year2, month2), month = when.end, words["month_names"]
    m, m2, s, s2 = month[when.month - 1], month[month2 - 1], short[when.month - 1], short[month2 - 1]
    return {
        "y": when.year, "yy": f"{when.year % 100:02}", **_year_fields(year2), "y1": when.year + 1,
        "m": m, "M": m.capitalize(), "MON": m.upper(), "m2": m2, "M2": m2.capitalize(), "MON2": m2.upper(),
        "MONA": _bare(m), "MONA2": _bare(m2), "s": s, "S": s.capitalize(), "s2": s2,
        "0m": f"{when.month:02}", "0m2": f"{month2:02}",
        "d": when.day if when.day > 1 else "1er", "dd": f"{when.day:02}", "n": when.months,
    }  # fmt: skip


def _bare(month: str) -> str:
    """Capitals without accents: "FEVRIER"."""
    return month.upper().translate(str.maketrans("ÉÛ", "EU"))


def _year_fields(last: int) -> dict[str, Any]:
    return {"y2": last, "yy2": f"{last % 100:02}"}


def _from_to(when: Span) -> dict[str, Any]:
    year, month = when.end
    return {"start": f"{when.year}-{when.month:02}", "end": f"{year}-{month:02}"}


def _part(year: int, month: int, last_year: int, last_month: int) -> dict[str, Any]:
    return {"start": f"{year}-{month:02}", "end": f"{last_year}-{last_month:02}"}


def _edge(rng: Random, forms: PeriodForms, role: Role, key: str, year: int, month: int, day: int) -> Printed:
    if "edge" not in forms.kept:
        forms.kept["edge"] = weighed(rng, {"a_month": 5, "a_day": 2, "a_year": 3})
    kind = forms.kept["edge"]
    fields = _fields(forms, Span(year, month, day, 1))
    precise = {"a_month": f"{year}-{month:02}", "a_day": f"{year}-{month:02}-{day:02}", "a_year": f"{year}"}
    return Printed(forms.form(rng, kind).format_map(fields), role, {key: precise[kind]})


def _agreeing(when: Span) -> int:
    return max(when.months, 1)


def _number(value: int) -> str:
    words: Sequence[str] = load("periods")["numbers"]
    return words[value] if value < len(words) else str(value)


@lru_cache(maxsize=1)
def _seasons() -> Mapping[str, Sequence[int]]:
    found: Mapping[str, Sequence[int]] = load("periods")["seasons_of"]
    return found
