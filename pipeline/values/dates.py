"""Text -> dates and periods at their printed precision.

Ranges, durations, quarters, half-years, seasons and short years are read by patterns made from the lexicons; a single
date that they do not know goes to dateparser, told not to fill in what is not printed. Nothing depends on today.

A text is read in steps: durations ("24 mois") are taken out, then dates and stretches ("mars 2020", "T2 2020",
"2019-21") become atoms, atoms without a year take one from their neighbours, and the words around decide what the
first and the last atom mean. Words that no step knows make the reading doubtful.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from pipeline.rules import Rules
from pipeline.rules.fold import fold
from pipeline.values.found import Found
from schemas.values import PartialDate, Period

_LONGEST = 300  # letters of a period field that are read; the rest is noted
_LONGEST_FREE = 20_000  # letters of a running text that are searched
_LINE = 90  # a line that may be nothing but a period
_TAIL = 60  # letters before a date in which a word such as "depuis" stands
_YEAR = r"(?:19[5-9]\d|20[0-6]\d)"
_FRACTIONS = str.maketrans("½¼¾⅓⅔⅛", "??????")  # fold would make digits of them


@dataclass(frozen=True)
class _Atom:
    """A date or stretch that one expression prints. Years below 1000 are counted from a year that is not printed.

    `short`: its year is printed with two digits. `note`: why the expression is doubtful.
    """

    start: int
    end: int
    low: PartialDate
    high: PartialDate
    rule: str
    short: bool = False
    note: str | None = None

    @property
    def dated(self) -> bool:
        return self.low.year > 1000

    def in_year(self, year: int) -> _Atom:
        low = self.low.model_copy(update={"year": self.low.year + year})
        return replace(self, low=low, high=self.high.model_copy(update={"year": self.high.year + year}))


@dataclass(frozen=True)
class _Duration:
    start: int
    end: int
    months: int | None
    note: str | None = None


@dataclass(frozen=True)
class _Reading:
    """All that was recognised in one folded text."""

    folded: str
    printed: str
    durations: tuple[_Duration, ...]
    atoms: tuple[_Atom, ...]
    ongoing: tuple[tuple[int, int], ...]


def parse_period(text: str, rules: Rules) -> Found[Period] | None:
    """The period that a field's text says; None when it says none that we understand.

    `note` says what is doubtful: words that were not understood, an end that is not clear.

    >>> parse_period("Sept 22 – juin 2023", load_rules()).value.end
    PartialDate(year=2023, month=6, day=None)
    """
    words = _words(rules)
    reading = _read(text[:_LONGEST], words)
    if reading.folded.strip(" .()") in words.missing:
        return None
    period, notes = _period(reading, words)
    if period == Period() and not notes:
        return None
    left = _left_over(reading, words)
    if left:
        notes.append(f"not understood: {left!r}")
    if len(text) > _LONGEST:
        notes.append("a long text, of which only the beginning was read")
    dated = [a for a in reading.atoms if a.dated]
    rule = dated[0].rule if dated else "duration" if reading.durations else "ongoing"
    return Found(period, 0, len(text), f"dates.{rule}", "; ".join(notes) or None)


def parse_date(text: str, rules: Rules) -> PartialDate | None:
    """A single date ("mars 2023", "12/03/2021"); None for a range or anything else."""
    words = _words(rules)
    reading = _read(text[:_LONGEST], words)
    if not reading.durations and not reading.ongoing and not _left_over(reading, words):
        if len(reading.atoms) != 1:
            return None
        (atom,) = reading.atoms
        return atom.low if atom.dated and atom.low == atom.high and not atom.note else None
    return _by_dateparser(text, words)


def find_periods(text: str, rules: Rules) -> list[Found[Period]]:
    """Periods in free text: only what is surely one, so a bare year counts only where it is the whole text.

    >>> [f.rule for f in find_periods("Étude menée de mars à juin 2021 pour 2 000 habitants", load_rules())]
    ['dates.month']
    """
    words = _words(rules)
    whole = _whole_line(text, words, rules)
    if whole:
        return [whole]
    printed = text[:_LONGEST_FREE]
    reading = _read(printed, words)
    found = []
    for start, end, atoms in _chains(reading, words):
        if not _sure(atoms, reading.folded, start, words):
            continue
        inner = parse_period(printed[start:end], rules)
        if inner and not inner.note and inner.value.start:
            found.append(Found(inner.value, start, end, inner.rule))
    return found


# ---- recognising --------------------------------------------------------------------------------------------------


def _read(text: str, words: _Words) -> _Reading:
    folded = fold(text.translate(_FRACTIONS)).replace("\n", " ").replace("\r", " ")
    durations = tuple(_durations(folded, words))
    rest = _blank(folded, [(d.start, d.end) for d in durations])
    quiet = _blank(rest, [m.span() for m in words.not_ongoing.finditer(rest)])
    ongoing = tuple(m.span() for m in words.ongoing.finditer(quiet))
    return _Reading(folded, text, durations, tuple(_with_years(_atoms(rest, words))), ongoing)


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with NULs instead of what stands in the spans, so that no pattern reads over them."""
    out, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            out += [text[at:start], "\0" * (end - start)]
            at = end
    return "".join([*out, text[at:]])


def _durations(folded: str, words: _Words) -> Iterator[_Duration]:
    """Stated durations; "2 ans et 6 mois" is one of 30 months."""
    last: _Duration | None = None
    for match in words.duration.finditer(folded):
        duration = _duration(match, words)
        if words.recurring.search(folded[max(0, duration.start - 15) : duration.start]):
            duration = replace(duration, months=None)  # "tous les 2 ans" is no duration
        joint = last and re.fullmatch(words.and_ + r"|\s", folded[last.end : match.start()])
        if last and joint and (last.months or 0) >= 12 > (duration.months or 12):
            last = _Duration(last.start, duration.end, (last.months or 0) + (duration.months or 0))
            continue
        if last:
            yield last
        last = duration
    if last:
        yield last


def _duration(match: re.Match[str], words: _Words) -> _Duration:
    low = match["low"]
    if low and int(low) < int(match["n"]):
        return _Duration(match.start(), match.end(), None, "a range of durations")
    start = match.start("n") if low else match.start()
    number = words.numbers.get(match["n"]) or Decimal(match["n"].replace(",", "."))
    unit = words.units[match["u"]]
    months = None if unit is None else (number + (Decimal("0.5") if match["half"] else 0)) * unit
    if months is None:
        return _Duration(start, match.end(), None)
    if months != int(months) or not 0 < months <= 600:
        return _Duration(start, match.end(), None, f"{match.group()!r} is no whole number of months")
    return _Duration(start, match.end(), int(months))


def _atoms(folded: str, words: _Words) -> list[_Atom]:
    """Expressions from left to right; where two begin at one place, the earlier pattern wins.

    One that is no date ("31/02/2021") gives no atom, but no other pattern may read a part of it.
    """
    matches = sorted(
        ((m.start(), i, name, m) for i, (name, pattern) in enumerate(words.atoms) for m in pattern.finditer(folded)),
        key=lambda entry: entry[:2],
    )
    out: list[_Atom] = []
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


def _stretch(
    match: re.Match[str], low: PartialDate | None, high: PartialDate | None, rule: str, note: str | None = None
) -> _Atom | None:
    if low is None or high is None:
        return None
    printed = match.groupdict().get("y")
    return _Atom(match.start(), match.end(), low, high, rule, bool(printed) and len(str(printed)) == 2, note)


def _numeric(match: re.Match[str], _: _Words) -> _Atom | None:
    """12/01/2021, 2021-01-12, 03/2019, 12/01 (before "au 30/06/2021")."""
    parts = match.groupdict()
    year = _full(parts["y"]) if parts.get("y") else 0
    if parts.get("y") and not year:
        return None
    date = _date(year, int(parts["m"]), _number(parts.get("d")))
    return _stretch(match, date, date, "numeric" if date and date.day else "month-number")


def _short_month(match: re.Match[str], words: _Words) -> _Atom | None:
    """03/19: a month, unless the year could be a month too."""
    atom = _numeric(match, words)
    note = f"{match.group()!r}: month and year, or day and month" if 1 <= int(match["y"]) <= 12 else None
    return replace(atom, note=note, short=True) if atom and atom.dated else None


def _maybe_years(match: re.Match[str], atom: _Atom) -> _Atom:
    """2010-12, alone: rather two years than December; the reading is doubtful."""
    first, second = int(match["y"]), int(match["m"])
    if match["d"] or second <= first % 100:
        return atom
    low, high = PartialDate(year=first), PartialDate(year=first // 100 * 100 + second)
    return replace(atom, low=low, high=high, rule="years", note=f"{match.group()!r}: two years, or a year and a month")


def _month_span(match: re.Match[str], _: _Words) -> _Atom | None:
    """09-12/2020."""
    low, high = (_date(int(match["y"]), int(match[m])) for m in ("m0", "m"))
    return _stretch(match, low, high, "month-number") if low and high and (low.month or 0) < (high.month or 0) else None


def _named(match: re.Match[str], words: _Words) -> _Atom | None:
    """12 mars 2021, mars 21, 4-30 avril."""
    month = words.months[match["m"]]
    year = _full(match["y"]) if match["y"] else 0
    if match["y"] and not year:
        return None
    parts = match.groupdict()
    high = _date(year, month, _number(parts.get("d")))
    first = _number(parts.get("d0"))
    return _stretch(match, _date(year, month, first) if first else high, high, "month")


def _months_years(match: re.Match[str], words: _Words) -> _Atom | None:
    """septembre à juin 2021-2022."""
    year, last = int(match["y"]), int(match["y2"])
    last += year // 100 * 100 if last < 100 else 0
    first_month, last_month = words.months[match["m0"]], words.months[match["m"]]
    note = None if first_month > last_month else f"{match.group()!r}: one stretch, or one in each year"
    return _stretch(match, _date(year, first_month), _date(last, last_month), "month", note)


def _part(match: re.Match[str], words: _Words, months: int) -> _Atom | None:
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


def _season(match: re.Match[str], words: _Words) -> _Atom | None:
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


def _short_years(match: re.Match[str], _: _Words) -> _Atom | None:
    """2019-21."""
    first = int(match["y"])
    second = first // 100 * 100 + int(match["y2"])
    second += 100 if second < first and first % 100 > 90 else 0
    if not first < second <= first + 30:
        return None
    return _stretch(match, PartialDate(year=first), PartialDate(year=second), "years")


def _year(match: re.Match[str], _: _Words) -> _Atom | None:
    date = PartialDate(year=int(match["y"]))
    return _stretch(match, date, date, "year")


_READERS = {
    "iso": _numeric,
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
    "year": _year,
}


def _with_years(atoms: list[_Atom]) -> list[_Atom]:
    """A missing year is that of the next date that has one, else of the date before.

    A year that stands apart ("2021 : mars à juin", "mars à juin (2021)") only lends itself and is dropped.
    """
    years = [a for a in atoms if a.dated]
    if len(years) == 1 and len(atoms) > 1 and years[0].rule == "year" and years[0] in (atoms[0], atoms[-1]):
        lent = years[0].low.year
        out = [a.in_year(lent) for a in atoms if not a.dated]
        out[0] = replace(out[0], start=min(out[0].start, years[0].start))
        out[-1] = replace(out[-1], end=max(out[-1].end, years[0].end))
        return _descending(out) if len(atoms) > 1 else out
    out = list(atoms)
    for i in range(len(out) - 1, -1, -1):
        after = out[i + 1] if i + 1 < len(out) else None
        if not out[i].dated and after and after.dated:
            late = (out[i].low.month or 0) > (after.low.month or 12)
            out[i] = out[i].in_year(after.low.year - late)  # "octobre à février 2014"
    for i in range(1, len(out)):
        before = out[i - 1]
        if not out[i].dated and before.dated:
            early = (out[i].high.month or 12) < (before.high.month or 0)
            out[i] = out[i].in_year(before.high.year + early)  # "octobre 2020 à mars"
    return out


def _descending(atoms: list[_Atom]) -> list[_Atom]:
    """ "octobre à mars (2021)": which of the two is in 2021 is not printed."""
    if len(atoms) > 1 and (atoms[0].low.month or 0) > (atoms[-1].high.month or 12):
        return [*atoms[:-1], replace(atoms[-1].in_year(1), note="the year of the first or of the last month")]
    return atoms


# ---- meaning ------------------------------------------------------------------------------------------------------


def _period(reading: _Reading, words: _Words) -> tuple[Period, list[str]]:
    """What the atoms, durations and words together say, and what is doubtful in it."""
    atoms = [a for a in reading.atoms if a.dated]
    notes = [n for n in (*(a.note for a in atoms), *(d.note for d in reading.durations)) if n]
    months, note = _stated(reading, words)
    notes += [note] if note else []
    ongoing = bool(reading.ongoing)
    if not atoms:
        since = bool(words.since_at_all.match(reading.folded)) and bool(reading.atoms or reading.durations)
        notes += ["since when is not printed"] if since else []
        return Period(stated_months=months, ongoing=ongoing or since), notes
    if len(atoms) == 1:
        period, note = _from_one(atoms[0], reading, months, ongoing, words)
        return period, [*notes, note] if note else notes
    start, end = _ends(atoms, reading.folded, words)
    last = atoms[-1].start
    if words.since.search(reading.folded[max(atoms[-2].end, last - _TAIL) : last]):
        return Period(start=start, stated_months=months, ongoing=True), notes  # "2012, puis depuis 2018"
    return Period(start=start, end=end, stated_months=months, ongoing=ongoing), notes


def _stated(reading: _Reading, words: _Words) -> tuple[int | None, str | None]:
    """The stated months. "4 ans (1 an renouvelable 3 fois)" states 48, "3 ans renouvelable 1 an" 36; "24 mois + 12
    mois" is not summed silently."""
    folded = reading.folded
    stated = [d for d in reading.durations if d.months]
    first = [
        d
        for d in stated
        if not words.renewed.match(folded, d.end) and not words.renews.search(folded[max(0, d.start - 30) : d.start])
    ] or stated
    summed = any("+" in folded[a.end : b.start] for a, b in zip(stated, stated[1:], strict=False))
    doubtful = summed or len({d.months for d in first}) > 1
    return (first[0].months if first else None), "several durations" if doubtful else None


def _from_one(
    atom: _Atom, reading: _Reading, months: int | None, ongoing: bool, words: _Words
) -> tuple[Period, str | None]:
    """The words around a single date say whether it is a start, an end or both."""
    before = reading.folded[max(0, atom.start - _TAIL) : atom.start]
    after = reading.folded[atom.end :]
    if months and (words.counted.search(before) or words.counted_for.match(after)):
        end = _counted_end(atom.low, months)
        note = None if end else "the end could not be counted"
        return Period(start=atom.low, end=end, stated_months=months, ongoing=ongoing), note
    if words.until.search(before):
        return Period(end=atom.high, stated_months=months, ongoing=ongoing), None
    if atom.low == atom.high and words.delivery.search(before):
        if ongoing:
            return Period(end=atom.high, stated_months=months, ongoing=True), None
        return Period(start=atom.low, end=atom.high, stated_months=months), "only an end is printed"
    if ongoing or words.since.search(before):
        return Period(start=atom.low, stated_months=months, ongoing=True), None
    dots = bool(re.match(r"[\s–—-]{0,40}(?:\.\.|…)", reading.printed[atom.end :]))
    dash = bool(re.fullmatch(r"\s?(?:-|→|>)[\s.]*", after))
    if dots or dash:
        return Period(start=atom.low, stated_months=months, ongoing=True), None if dots and dash else "an open end"
    span = (atom.high.year - atom.low.year) * 12 + (atom.high.month or 12) - (atom.low.month or 1) + 1
    if months and months > span:
        return Period(start=atom.low, stated_months=months), "a duration longer than its only date"
    return Period(start=atom.low, end=atom.high, stated_months=months), None


def _ends(atoms: Sequence[_Atom], folded: str, words: _Words) -> tuple[PartialDate, PartialDate]:
    """Two dates that a word joins keep their printed order; of a list the earliest and the latest count."""
    if len(atoms) == 2 and words.join.fullmatch(folded[atoms[0].end : atoms[1].start]):
        return atoms[0].low, atoms[1].high
    return (
        min((a.low for a in atoms), key=lambda d: (d.first_day(), d.precision != "year")),
        max((a.high for a in atoms), key=lambda d: (d.last_day(), d.precision != "year")),
    )


def _counted_end(start: PartialDate, months: int) -> PartialDate | None:
    """The last day, month or year of `months` from the start: 12 months from 15/03/2020 end on 14/03/2021."""
    if start.month is None:
        return PartialDate(year=start.year + months // 12 - 1) if months % 12 == 0 else None
    at = start.year * 12 + start.month - 1 + months - (0 if start.day else 1)
    year, month = at // 12, at % 12 + 1
    if start.day is None:
        return PartialDate(year=year, month=month)
    day = min(start.day, calendar.monthrange(year, month)[1])
    last = dt.date(year, month, day) - dt.timedelta(days=1)
    return PartialDate(year=last.year, month=last.month, day=last.day)


def _left_over(reading: _Reading, words: _Words) -> str:
    """Words that no step has read and that are no filler."""
    spans = [(a.start, a.end) for a in reading.atoms if a.dated]
    spans += [(d.start, d.end) for d in reading.durations] + list(reading.ongoing)
    rest = _blank(reading.folded, spans)
    rest = words.renewal.sub(" ", words.numbered.sub(" ", rest))
    odd = [w.strip("-") for w in re.findall(r"[\w°?-]+", rest.replace("'", " "))]
    return " ".join(w for w in odd if w and w not in words.filler and w not in words.ordinals)[:60]


# ---- free text ----------------------------------------------------------------------------------------------------


def _whole_line(text: str, words: _Words, rules: Rules) -> Found[Period] | None:
    """A line that is nothing but a period; a bare year only with words such as "Année" beside it."""
    if len(text.strip()) > _LINE:
        return None
    found = parse_period(text, rules)
    if found is None or found.note or found.value == Period():
        return None
    reading = _read(text, words)
    atoms = [a for a in reading.atoms if a.dated]
    if _street_or_act(reading.folded, words):
        return None
    if len(atoms) == 1 and atoms[0].rule == "year":
        others = re.findall(r"[a-z]+", reading.folded)
        if not found.value.ongoing and not reading.durations and any(w not in words.year_words for w in others):
            return None
    if len(atoms) == 1 and atoms[0].short and (atoms[0].start > 0 or atoms[0].low.year < 2000):
        return None
    return found


def _street_or_act(folded: str, words: _Words) -> bool:
    return bool(words.address.search(folded))


def _chains(reading: _Reading, words: _Words) -> Iterator[tuple[int, int, list[_Atom]]]:
    """Dates, durations and words such as "depuis" that only joining words part."""
    pieces: list[tuple[int, int, _Atom | None]] = [(a.start, a.end, a) for a in reading.atoms]
    pieces += [(d.start, d.end, None) for d in reading.durations] + [(s, e, None) for s, e in reading.ongoing]
    run: list[tuple[int, int, _Atom | None]] = []
    for piece in sorted(pieces, key=lambda p: (p[0], p[1])):
        if run and not words.gap.fullmatch(reading.folded[run[-1][1] : piece[0]][: _TAIL + 1]):
            yield from _chain(run, reading.folded, words)
            run = []
        run.append(piece)
    yield from _chain(run, reading.folded, words)


def _chain(
    run: list[tuple[int, int, _Atom | None]], folded: str, words: _Words
) -> Iterator[tuple[int, int, list[_Atom]]]:
    atoms = [a for _, _, a in run if a]
    if not atoms:
        return
    start, end = run[0][0], run[-1][1]
    window = folded[max(0, start - _TAIL) : start]
    lead = words.since.search(window) or words.until.search(window) or words.opener.search(window)
    start -= len(window) - lead.start() if lead else 0
    if end < len(folded) and folded[end] == ")" and "(" in folded[start:end]:
        end += 1
    yield start, end, atoms


def _sure(atoms: Sequence[_Atom], folded: str, start: int, words: _Words) -> bool:
    """Not an address, a law, a bare year, a single short year, an undated month."""
    if words.address_before.search(folded[max(0, start - _TAIL) : start]) or not all(a.dated for a in atoms):
        return False
    before = folded[max(0, atoms[0].start - _TAIL) : atoms[0].start]
    word = re.search(r"(?<![a-z])([a-z]+)[.\s]{0,40}$", before)
    if atoms[0].rule == "year" and word and word[1] not in words.filler and any(a.rule != "year" for a in atoms):
        return False  # "Févirer 2021 à mars 2022"
    if len(atoms) > 1:
        return all(a.rule != "year" for a in atoms) or len({a.low.year for a in atoms}) > 1
    return atoms[0].rule != "year" and not atoms[0].short or bool(words.since.search(before))


# ---- last resort --------------------------------------------------------------------------------------------------


def _by_dateparser(text: str, words: _Words) -> PartialDate | None:
    """A form that our patterns do not know, if dateparser reads month and year and ignores no word of it."""
    tokens = re.findall(r"\w+", text)
    if not 4 <= len(text) <= 40 or not 2 <= len(tokens) <= 6 or not re.search(_YEAR, text):
        return None
    from dateparser.date import DateDataParser

    settings = {
        "REQUIRE_PARTS": ["month", "year"],
        "PARSERS": ["absolute-time"],
        "PREFER_DAY_OF_MONTH": "first",
        "DATE_ORDER": "DMY",
        "RELATIVE_BASE": dt.datetime(2000, 1, 1),
    }
    parser = DateDataParser(languages=list(words.dateparser), settings=settings)

    def read(tokens: Sequence[str]) -> PartialDate | None:
        data = parser.get_date_data(" ".join(tokens))
        if data.date_obj is None:
            return None
        day = data.date_obj.day if data.period == "day" else None
        return PartialDate(year=data.date_obj.year, month=data.date_obj.month, day=day)

    date = read(tokens)
    if date is None or any(read([*tokens[:i], *tokens[i + 1 :]]) == date for i in range(len(tokens))):
        return None
    return date


# ---- words and patterns -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Words:
    """The lexicons as patterns. Those that end a window ("depuis") are anchored behind, others are not."""

    atoms: tuple[tuple[str, re.Pattern[str]], ...]
    months: dict[str, int]
    seasons: dict[str, tuple[int, int]]
    ordinals: dict[str, int]
    units: dict[str, int | None]
    numbers: dict[str, int]
    duration: re.Pattern[str]
    ongoing: re.Pattern[str]
    not_ongoing: re.Pattern[str]
    since: re.Pattern[str]
    since_at_all: re.Pattern[str]
    counted: re.Pattern[str]
    counted_for: re.Pattern[str]
    until: re.Pattern[str]
    delivery: re.Pattern[str]
    opener: re.Pattern[str]
    join: re.Pattern[str]
    gap: re.Pattern[str]
    numbered: re.Pattern[str]
    renewal: re.Pattern[str]
    renewed: re.Pattern[str]
    renews: re.Pattern[str]
    recurring: re.Pattern[str]
    address: re.Pattern[str]
    address_before: re.Pattern[str]
    and_: str
    filler: frozenset[str]
    year_words: frozenset[str]
    missing: frozenset[str]
    dateparser: tuple[str, ...]


@lru_cache(maxsize=4)
def _words(rules: Rules) -> _Words:
    data = rules.lexicon("periods")
    months = {fold(str(w)): int(n) for n, names in rules.lexicon("months")["months"].items() for w in names}
    seasons = {fold(k): (int(v[0]), int(v[1])) for k, v in data["seasons"].items()}
    ordinals = {fold(str(k)): int(v) for k, v in data["ordinals"].items()}
    units = {fold(k): v for k, v in data["units"].items()}
    numbers = {fold(k): int(v) for k, v in data["numbers"].items()}
    small = rf"(?:(?:{_any(data['before_date'])})(?:\s{{1,40}}|(?<=['-])\s?)){{0,4}}"
    joins, count = _any(data["joins"]), rf"\d{{1,3}}(?:[.,]\d)?|{_any(numbers)}"
    renewable, times = _any(data["renewable"]), rf"\s(?:\d|{_any(numbers)})\s(?:{_any(data['times'])})"
    street, act = _any(data["street"]), _any(data["act"])
    far = rf"(?:\s?(?:n°|no)\s?[\d-]{{1,12}})?[^.;:\d]{{0,30}}?{small}(?:\d{{1,2}}(?:er)?\s{{1,40}})?"
    return _Words(
        atoms=_atom_patterns(data, months, seasons, ordinals, units, joins),
        months=months,
        seasons=seasons,
        ordinals=ordinals,
        units=units,
        numbers=numbers,
        duration=_compiled(
            rf"(?<![\w.,])(?:(?P<low>\d{{1,3}})\s?(?:a|-|/|ou)\s?(?=\d))?(?P<n>{count})(?:\s?\((?:{count})\))?"
            rf"\s?(?P<u>{_any(units)})(?!\w)(?P<half>\s(?:{_any(data['half_more'])})(?!\w))?"
        ),
        ongoing=_compiled(rf"(?<!\w)(?:{_any(data['ongoing'])})(?!\w)"),
        not_ongoing=_compiled(rf"(?<!\w)(?:{_any(data['not_ongoing'])})(?!\w)"),
        since=_compiled(rf"(?<!\w)(?:{_any(data['since'])})\s?{small}$"),
        since_at_all=_compiled(rf"\W{{0,40}}(?:{_any(data['since'])})(?!\w)"),
        counted=_compiled(rf"(?<!\w)(?:{_any(data['counted'])})\s?{small}$"),
        counted_for=_compiled(rf"[\s,:(-]{{0,3}}(?:{_any(data['counted_for'])})\s"),
        until=_compiled(rf"(?<!\w)(?:{_any(data['until'])})\s?{small}$"),
        delivery=_compiled(rf"(?<!\w)(?:{_any(data['delivery'])})\s?:?\s?{small}$"),
        opener=_compiled(rf"(?<!\w){small}$"),
        join=_compiled(rf"\s{{0,40}}(?:{joins})?\s{{0,40}}{small}"),
        gap=_compiled(rf"[\s,:()]{{0,3}}(?:(?:{joins})[\s(]{{0,2}})?{small}(?:(?:{_any(data['counted'])})\s?)?{small}"),
        numbered=_compiled(rf"(?<!\w)(?:{_any(data['numbered'])})\s?(?:n°\s?|no\s?)?(?:\d{{1,2}}|[ivx]{{1,4}})(?!\w)"),
        renewal=_compiled(rf"(?<!\w)(?:{renewable})(?:{times})?(?!\w)"),
        renewed=_compiled(rf"[\s,(]{{0,3}}(?:{renewable}){times}(?!\w)"),
        renews=_compiled(rf"(?<!\w)(?:{renewable})\s(?:{_any(data['counted_for'])})?\s?$"),
        recurring=_compiled(rf"(?<!\w)(?:{_any(data['recurring'])})\s$"),
        address=_compiled(rf"(?<!\w)(?:{street})\s{{1,40}}(?:du|de|des)\s{{1,40}}\d|(?<!\w)(?:{act})(?!\w)"),
        address_before=_compiled(
            rf"(?<!\w)(?:(?:{street})\s{{1,40}}{small}(?:\d{{1,2}}(?:er)?\s{{1,40}})?|(?:{act})(?!\w){far})$"
        ),
        and_=rf"\s(?:{_any(w for w in data['joins'] if str(w).isalpha())})\s",
        filler=frozenset(fold(str(w)) for w in data["filler"]),
        year_words=frozenset(fold(str(w)) for w in data["year_words"]),
        missing=frozenset(fold(str(w)).strip(" .") for w in data["missing"]) | {""},
        dateparser=tuple(data["dateparser"]),
    )


def _atom_patterns(
    data: Mapping[str, Any],
    months: Iterable[str],
    seasons: Iterable[str],
    ordinals: Iterable[str],
    units: Iterable[str],
    joins: str,
) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Name and pattern of each expression; of two that begin at one place the earlier wins."""
    month, season, ordinal = _any(months), _any(seasons), _any(ordinals)
    year2 = rf"\d{{2}}(?!\d|[/.,]\d|\s\d{{3}}(?!\d)|\s?(?:er\b|{month}|{_any(data['counts'])})(?![a-z]))"
    year = rf"(?:(?:\s?[-/]\s?|\.?\s?,?\s?'?)(?P<y>{_YEAR}(?!\d)|{year2}))?"
    of = r"(?:\s?[-/']?\s?|\s{1,40})(?:(?:de\s{1,40}|d'|of\s{1,40})?(?:l'\s?annee\s{1,40})?)"
    part_year = rf"(?:{of}'?(?P<y>{_YEAR}(?!\d)|{year2}))?"
    counts, no = _any(data["counts"]), r"(?<![\d/.])"
    day = r"(?<![\da-z/.,])(?P<d>\d{1,2})(?:er|st|nd|rd|th)?\s?(?:of\s)?"
    span = rf"(?<![\da-z/.,])(?P<d0>\d{{1,2}})(?:er)?\s?(?:{joins})\s?"
    full = rf"\d{{1,2}}[/.]\d{{1,2}}[/.](?:{_YEAR}|\d{{2}})(?!\d)"
    last_year = rf"(?P<y2>{_YEAR}|\d{{2}})(?!\d)"
    quarters = (_any(data["quarter_words"]), _any(data["quarter_letters"]), 4)
    halves = (_any(data["half_words"]), _any(data["half_letters"]), 2)
    patterns = {
        "iso": rf"(?<![\d.-])(?P<y>{_YEAR})(?P<s>[-/])(?P<m>0[1-9]|1[0-2])(?:(?P=s)(?P<d>\d{{2}}))?(?![\d-])",
        "numeric": rf"{no}(?P<d>\d{{1,2}})\s?(?P<s>[/.-])\s?(?P<m>\d{{1,2}})\s?(?P=s)\s?"
        rf"(?P<y>{_YEAR}|\d{{2}}(?!(?P=s)\d))(?!\d)",
        "day_month": rf"{no}(?P<d>\d{{1,2}})[/.](?P<m>\d{{1,2}})\.?(?=\s?(?:{joins})\s?{full})",
        "month_span": rf"{no}(?P<m0>\d{{1,2}})\s?(?:{joins})\s?(?P<m>\d{{1,2}})\s?[/.]\s?(?P<y>{_YEAR})(?!\d)",
        "month_year": rf"{no}(?P<m>\d{{1,2}})(?:\s?[/.]\s?|(?<=\d\d)-)(?P<y>{_YEAR})(?!\d)",
        "short_month": rf"{no}(?P<m>\d{{2}})/(?P<y>\d{{2}})(?![\d/])",
        "year_month": rf"(?<![\d.,])(?P<y>{_YEAR})\s(?P<m>{month})(?!\w)\.?(?!\s?'?\d)",
        "year_quarter": _year_first(*quarters),
        "year_half": _year_first(*halves),
        "season": rf"(?<!\w)(?P<s>{season})(?!\w)(?:\s?(?:[-/]|et)\s?(?P<s2>{season})(?!\w))?"
        rf"(?:{of}(?P<y>{_YEAR})(?:\s?[-/]\s?(?P<y2>{_YEAR}|\d{{2}}))?(?!\d))?",
        "quarter": _part_pattern(*quarters, ordinal, joins) + part_year,
        "half": _part_pattern(*halves, ordinal, joins) + part_year,
        "months_years": rf"(?<!\w)(?P<m0>{month})\.?\s?(?:{joins})\s?(?P<m>{month})\.?\s"
        rf"(?P<y>{_YEAR})\s?[-/]\s?{last_year}",
        "month_first": rf"(?<!\w)(?P<m>{month})\.?\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y>{_YEAR})(?!\d)",
        "named": rf"(?:(?:{span})?{day})?(?<![a-z])(?P<m>{month})(?![a-z])\.?{year}",
        "short_years": rf"{no}(?P<y>{_YEAR})(?:\s?[-/]\s?|\sa\s)'?(?P<y2>\d{{2}})"
        rf"(?!\d|[/.-]\d|\s\d{{3}}(?!\d)|\s?(?:er\b|{month}|{_any(units)}|{counts}))",
        "year": rf"(?<!\d)(?:(?<![.,'])|(?<={_YEAR}[.,])|(?<=[a-z]['.]))(?P<y>{_YEAR})"
        rf"(?!\d|[.,]\d{{1,3}}(?!\d)|\s\d{{3}}(?!\d)|\s?(?:{counts}))",
    }
    return tuple((name, _compiled(pattern)) for name, pattern in patterns.items())


def _year_first(_: str, letters: str, last: int) -> str:
    """2021 T2."""
    return rf"(?<![\d.,])(?P<y>{_YEAR})\s?[-/]?\s?(?:{letters})(?P<n>[1-{last}])(?!\w)"


def _part_pattern(words: str, letters: str, last: int, ordinal: str, joins: str) -> str:
    """1er et 2e trimestres, T2, 2T, trimestre 2."""
    return (
        rf"(?<!\w)(?:(?:(?P<o0>{ordinal})\s?(?:{joins})\s?)?(?P<o>{ordinal})\s?(?:{words}|{letters})\b\.?"
        rf"|(?:{letters})\s?(?P<n>[1-{last}])(?!\d)|(?P<n2>[1-{last}])\s?(?:{letters})(?![a-z])"
        rf"|(?:{words})\s(?P<n3>[1-{last}])(?!\d))"
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


def _any(words: Iterable[object]) -> str:
    """Alternation of words, longest first."""
    return "|".join(re.escape(w) for w in sorted({fold(str(w)) for w in words}, key=lambda w: (-len(w), w)))
