"""Text -> dates and periods at their printed precision.

Ranges, durations, quarters, half-years, seasons and short years are read by patterns made from the lexicons; a single
date that they do not know goes to dateparser, told not to fill in what is not printed. Nothing depends on today.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.rules import Rules
from pipeline.rules.fold import fold
from pipeline.values.found import Found
from schemas.values import PartialDate, Period

_LONGEST = 300  # letters of a period field that are looked at
_WINDOW = 90
_YEAR = r"(?:19[5-9]\d|20[0-6]\d)"


@dataclass(frozen=True)
class _Atom:
    """A date or a stretch that one expression prints. `low` and `high` have year 0 where no year is printed."""

    start: int
    end: int
    low: PartialDate
    high: PartialDate
    rule: str

    @property
    def dated(self) -> bool:
        return self.low.year > 0


@dataclass(frozen=True)
class _Grammar:
    atoms: tuple[tuple[str, re.Pattern[str]], ...]
    months: dict[str, int]
    seasons: dict[str, tuple[int, int]]
    ordinals: dict[str, int]
    units: dict[str, int | None]
    numbers: dict[str, int]
    duration: re.Pattern[str]
    since: re.Pattern[str]
    counted: re.Pattern[str]
    ongoing: re.Pattern[str]
    join: re.Pattern[str]
    filler: frozenset[str]
    missing: frozenset[str]


def parse_period(text: str, rules: Rules) -> Found[Period] | None:
    """The period that a field's text says; None when it says none that we understand.

    `note` names words that were not understood.

    >>> parse_period("Sept 22 – juin 2023", load_rules()).value.end
    PartialDate(year=2023, month=6, day=None)
    """
    grammar = _grammar(rules)
    folded = fold(text[:_LONGEST])
    if folded.strip(" .") in grammar.missing:
        return None
    atoms = _with_years(_atoms(folded, grammar))
    months, spans = _stated(folded, grammar, atoms)
    ongoing = grammar.ongoing.search(folded)
    if not atoms and months is None and not ongoing and not spans:
        return None
    atoms = [a for a in atoms if a.dated]
    period = _period(folded, atoms, months, bool(ongoing), grammar)
    if period == Period():
        return None
    taken = [(a.start, a.end) for a in atoms] + spans + [m.span() for m in grammar.ongoing.finditer(folded)]
    left = _left_over(folded, taken, grammar)
    rule = atoms[0].rule if atoms else "duration" if months else "ongoing"
    note = f"not understood: {left!r}" if left else None
    return Found(period, 0, len(text), f"dates.{rule}", note)


def parse_date(text: str, rules: Rules) -> PartialDate | None:
    """A single date ("mars 2023", "12/03/2021"); None for a range or anything else."""
    grammar = _grammar(rules)
    atoms = [a for a in _with_years(_atoms(fold(text[:_LONGEST]), grammar)) if a.dated]
    if len(atoms) == 1:
        return atoms[0].low if atoms[0].low == atoms[0].high else None
    return _by_dateparser(text) if not atoms else None


def find_periods(text: str, rules: Rules) -> list[Found[Period]]:
    """Periods in free text: only what is surely one, so a bare year counts only where it is the whole text."""
    grammar = _grammar(rules)
    folded = fold(text)
    if len(folded.strip()) <= _WINDOW:
        whole = parse_period(text, rules)
        strong = whole and not whole.note and (whole.value.start or whole.value.ongoing or whole.value.stated_months)
        if whole and strong:
            return [whole]
    found: list[Found[Period]] = []
    for group in _chains(folded, _atoms(folded, grammar), grammar):
        start, end = group[0].start, group[-1].end
        before = grammar.since.search(folded[max(0, start - 20) : start])
        if before and before.end() >= len(folded[max(0, start - 20) : start].rstrip()):
            start = max(0, start - 20) + before.start()
        if len(group) == 1 and group[0].rule == "year" and not before:
            continue
        reading = parse_period(text[start:end], rules)
        if reading and not reading.note and reading.value.start:
            found.append(Found(reading.value, start, end, reading.rule))
    return found


# ---- reading ------------------------------------------------------------------------------------------------------


def _atoms(folded: str, grammar: _Grammar) -> list[_Atom]:
    out: list[_Atom] = []
    taken = 0
    matches = sorted(
        ((m.start(), i, -m.end(), name, m) for i, (name, pattern) in enumerate(grammar.atoms) for m in pattern.finditer(folded)),
        key=lambda entry: (entry[0], entry[1], entry[2]),
    )
    for start, _, _, name, match in matches:
        if start < taken:
            continue
        for atom in _READ[name](match, grammar):
            out.append(atom)
            taken = match.end()
    return out


def _date(year: int, month: int | None = None, day: int | None = None) -> PartialDate | None:
    if month is not None and not 1 <= month <= 12 or day is not None and not 1 <= day <= 31:
        return None
    if year and month and day:
        import calendar

        if day > calendar.monthrange(year, month)[1]:
            return None
    return PartialDate(year=year, month=month, day=day)


def _full(text: str) -> int:
    """"22" -> 2022, "98" -> 1998, "2022" -> 2022."""
    year = int(text.strip("'"))
    return year if year > 99 else 2000 + year if year < 70 else 1900 + year


def _one(match: re.Match[str], date: PartialDate | None, rule: str) -> list[_Atom]:
    return [_Atom(match.start(), match.end(), date, date, rule)] if date else []


def _numeric(match: re.Match[str], _: _Grammar) -> list[_Atom]:
    return _one(match, _date(_full(match["y"]), int(match["m"]), int(match["d"])), "numeric")


def _iso(match: re.Match[str], _: _Grammar) -> list[_Atom]:
    return _one(match, _date(int(match["y"]), int(match["m"]), int(match["d"]) if match["d"] else None), "iso")


def _month_year(match: re.Match[str], _: _Grammar) -> list[_Atom]:
    return _one(match, _date(int(match["y"]), int(match["m"])), "month-number")


def _named(match: re.Match[str], grammar: _Grammar) -> list[_Atom]:
    month = grammar.months[match["m"]]
    year = _full(match["y"]) if match["y"] else 0
    day = int(match["d"]) if match["d"] else None
    first = int(match["d0"]) if match["d0"] else None
    end = _date(year, month, day)
    if end is None:
        return []
    start = _date(year, month, first) if first else end
    return [_Atom(match.start(), match.end(), start or end, end, "month")]


def _part(match: re.Match[str], months: int, number: int, rule: str) -> list[_Atom]:
    year = int(match["y"]) if match["y"] else 0
    if not 1 <= number <= 12 // months:
        return []
    first = (number - 1) * months + 1
    low, high = _date(year, first), _date(year, first + months - 1)
    return [_Atom(match.start(), match.end(), low, high, rule)] if low and high else []


def _quarter(match: re.Match[str], grammar: _Grammar) -> list[_Atom]:
    number = int(match["n"]) if match["n"] else grammar.ordinals.get(match["o"] or "", 0)
    return _part(match, 3, number, "quarter")


def _half(match: re.Match[str], grammar: _Grammar) -> list[_Atom]:
    number = int(match["n"]) if match["n"] else grammar.ordinals.get(match["o"] or "", 0)
    return _part(match, 6, number, "half-year")


def _season(match: re.Match[str], grammar: _Grammar) -> list[_Atom]:
    low, high = grammar.seasons[match["s"]]
    year = int(match["y"])
    last = _full(match["y2"]) if match["y2"] else year + (high < low)
    if match["s2"]:
        high = grammar.seasons[match["s2"]][1]
        last = year + (high < low)
    start, end = _date(year, low), _date(last, high)
    return [_Atom(match.start(), match.end(), start, end, "season")] if start and end else []


def _short_years(match: re.Match[str], _: _Grammar) -> list[_Atom]:
    """2019-21; not 2019-03, which _iso has read before."""
    first = int(match["y"])
    second = first // 100 * 100 + int(match["y2"])
    if not first < second <= first + 30:
        return []
    return [_Atom(match.start(), match.end(), PartialDate(year=first), PartialDate(year=second), "years")]


def _year(match: re.Match[str], _: _Grammar) -> list[_Atom]:
    return _one(match, _date(int(match["y"])), "year")


_READ = {
    "iso": _iso, "numeric": _numeric, "month_year": _month_year, "named": _named, "quarter": _quarter, "half": _half,
    "season": _season, "short_years": _short_years, "year": _year,
}  # fmt: skip


def _with_years(atoms: Sequence[_Atom]) -> list[_Atom]:
    """A missing year is that of the next date with one, else of the date before."""
    out = list(atoms)
    for i in range(len(out) - 1, -1, -1):
        if out[i].dated:
            continue
        donor = next((a for a in out[i + 1 :] if a.dated), None)
        year = donor.low.year if donor else None
        if donor and year and donor.low.month and out[i].low.month and out[i].low.month > donor.low.month:
            year -= 1  # "octobre à février 2014"
        if not donor:
            before = next((a for a in reversed(out[:i]) if a.dated), None)
            year = before.high.year if before else None
            if before and year and before.high.month and out[i].high.month and out[i].high.month < before.high.month:
                year += 1
        if year:
            low, high = out[i].low, out[i].high
            out[i] = replace(
                out[i],
                low=PartialDate(year=year, month=low.month, day=low.day),
                high=PartialDate(year=year, month=high.month, day=high.day),
            )
    return out


def _stated(folded: str, grammar: _Grammar, atoms: Sequence[_Atom]) -> tuple[int | None, list[tuple[int, int]]]:
    """Months of the first stated duration that is no part of a date, and the places of all durations."""
    months, spans = None, []
    for match in grammar.duration.finditer(folded):
        if any(a.start < match.end() and match.start() < a.end for a in atoms):
            continue
        raw = match["n"]
        number = int(raw) if raw.isdigit() else grammar.numbers[raw]
        unit = grammar.units[match["u"]]
        spans.append(match.span())
        if months is None and unit and number <= 400:
            months = number * unit
    return months, spans


def _period(folded: str, atoms: Sequence[_Atom], months: int | None, ongoing: bool, grammar: _Grammar) -> Period:
    if not atoms:
        return Period(stated_months=months, ongoing=ongoing)
    first, last = atoms[0], atoms[-1]
    start, end = first.low, last.high
    if len(atoms) > 2 and all(a.rule == "year" for a in atoms):
        start, end = min((a.low for a in atoms), key=str), max((a.high for a in atoms), key=str)
    before = folded[: first.start]
    if len(atoms) == 1:
        if months and _ends_with(grammar.counted, before):
            return Period(start=start, end=_later(start, months - 1), stated_months=months)
        if _ends_with(grammar.since, before):
            return Period(start=start, stated_months=months, ongoing=True)
        if ongoing:
            return Period(start=start, stated_months=months, ongoing=True)
    return Period(start=start, end=end, stated_months=months, ongoing=ongoing)


def _ends_with(pattern: re.Pattern[str], before: str) -> bool:
    """Does `before` end with one of the words, perhaps with an article after it?"""
    tail = before[-40:].rstrip(" 'lead")
    match = None
    for match in pattern.finditer(before[-40:]):
        pass
    return match is not None and match.end() >= len(tail) - 1


def _later(date: PartialDate, months: int) -> PartialDate:
    at = date.year * 12 + (date.month or 1) - 1 + months
    return PartialDate(year=at // 12, month=at % 12 + 1)


def _left_over(folded: str, taken: Sequence[tuple[int, int]], grammar: _Grammar) -> str:
    """Words that no rule read and that are no filler."""
    kept = list(folded)
    for start, end in taken:
        kept[start:end] = " " * (end - start)
    words = re.findall(r"[a-z0-9œ-]+", re.sub(r"['’]", " ", "".join(kept)))
    odd = [w for w in words if w.strip("-") and w.strip("-") not in grammar.filler and w not in grammar.ordinals]
    return " ".join(odd)[:60]


def _chains(folded: str, atoms: Sequence[_Atom], grammar: _Grammar) -> Iterator[list[_Atom]]:
    """Runs of atoms that only a joining word parts."""
    run: list[_Atom] = []
    for atom in atoms:
        if run and not grammar.join.fullmatch(folded[run[-1].end : atom.start]):
            yield run
            run = []
        run.append(atom)
    if run:
        yield run


def _by_dateparser(text: str) -> PartialDate | None:
    """A form that our patterns do not know, if dateparser reads all of it as month and year at least."""
    if not 4 <= len(text) <= 40 or not re.search(_YEAR, text):
        return None
    import datetime as dt

    from dateparser.date import DateDataParser

    settings = {
        "REQUIRE_PARTS": ["month", "year"],
        "PARSERS": ["absolute-time"],
        "PREFER_DAY_OF_MONTH": "first",
        "DATE_ORDER": "DMY",
        "RELATIVE_BASE": dt.datetime(2000, 1, 1),
    }
    data = DateDataParser(languages=["fr"], settings=settings).get_date_data(text)
    if data.date_obj is None or re.search(r"\b[ts][1-4]\b", fold(text)):
        return None
    day = data.date_obj.day if data.period == "day" else None
    return PartialDate(year=data.date_obj.year, month=data.date_obj.month, day=day)


# ---- grammar ------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4)
def _grammar(rules: Rules) -> _Grammar:
    words = rules.lexicon("periods")
    months = {fold(str(w)): int(n) for n, names in rules.lexicon("months")["months"].items() for w in names}
    seasons = {fold(k): (v[0], v[1]) for k, v in words["seasons"].items()}
    ordinals = {fold(str(k)): int(v) for k, v in words["ordinals"].items()}
    units = {fold(k): v for k, v in words["units"].items()}
    numbers = {fold(k): int(v) for k, v in words["numbers"].items()}
    month, season, ordinal = _any(months), _any(seasons), _any(ordinals)
    year2 = rf"(?P<y>{_YEAR}|'?\d{{2}}(?![\d/.,]|\s?(?:€|%|eur|k)))"
    of = r"(?:\s+(?:de\s+|d')?(?:l'\s?annee\s+|l'an\s+)?)?"
    patterns = (
        ("iso", rf"(?<![\d/.-])(?P<y>{_YEAR})-(?P<m>0[1-9]|1[0-2])(?:-(?P<d>\d{{2}}))?(?![\d-])"),
        ("numeric", rf"(?<![\d/.])(?P<d>\d{{1,2}})\s?[/.-]\s?(?P<m>\d{{1,2}})\s?[/.-]\s?(?P<y>{_YEAR}|\d{{2}})(?!\d)"),
        ("month_year", rf"(?<![\d/.])(?P<m>0?[1-9]|1[0-2])\s?[/.]\s?(?P<y>{_YEAR})(?!\d)"),
        ("season", rf"\b(?P<s>{season})(?:\s?[-/]\s?(?P<s2>{season}))?\s+(?P<y>{_YEAR})(?:\s?[-/]\s?(?P<y2>{_YEAR}|\d{{2}}))?(?!\d)"),
        ("quarter", rf"\b(?:(?P<o>{ordinal})\s+(?:{_any(words['quarter_words'])})\.?|(?:{_any(words['quarter_letters'])})(?P<n>[1-4]))(?:{of}(?P<y>{_YEAR}))?(?!\d)"),
        ("half", rf"\b(?:(?P<o>{ordinal})\s+(?:{_any(words['half_words'])})\.?|(?:{_any(words['half_letters'])})(?P<n>[12]))(?:{of}(?P<y>{_YEAR}))?(?!\d)"),
        ("named", rf"(?:(?<!\d)(?P<d0>\d{{1,2}})(?:er)?\s?(?:au|-)\s?)?(?:(?<!\d)(?P<d>\d{{1,2}})(?:er)?\s+)?(?<![a-z])(?P<m>{month})(?![a-z])\.?(?:\s?,?\s?{year2})?"),
        ("short_years", rf"(?<![\d/.])(?P<y>{_YEAR})\s?[-/]\s?(?P<y2>\d{{2}})(?![\d/.-])"),
        ("year", rf"(?<![\d.,'])(?P<y>{_YEAR})(?![\d]|\s?(?:€|%|k€|m2|m3|hab|eur|logements))"),
    )  # fmt: skip
    joins = "|".join(re.escape(fold(str(w))) for w in sorted(words["joins"], key=len, reverse=True))
    return _Grammar(
        atoms=tuple((name, re.compile(pattern)) for name, pattern in patterns),
        months=months,
        seasons=seasons,
        ordinals=ordinals,
        units=units,
        numbers=numbers,
        duration=re.compile(rf"(?<![\w-])(?P<n>\d{{1,3}}|{_any(numbers)})\s?(?P<u>{_any(units)})\b"),
        since=_words(words["since"]),
        counted=_words(words["counted"]),
        ongoing=_words(words["ongoing"]),
        join=re.compile(rf"\s*(?:{joins})?\s*(?:la\s+|le\s+|fin\s+|debut\s+)?"),
        filler=frozenset(fold(str(w)).strip("'") for w in words["filler"]),
        missing=frozenset(fold(str(w)).strip(" .") for w in words["missing"]) | {""},
    )


def _any(words: object) -> str:
    """Alternation of words, longest first."""
    return "|".join(re.escape(fold(str(w))) for w in sorted(words, key=lambda w: -len(str(w))))  # type: ignore[call-overload]


def _words(words: Sequence[object]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w){re.escape(fold(str(w)))}" for w in sorted(words, key=lambda w: -len(str(w)))))
