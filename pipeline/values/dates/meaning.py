"""What the dates, durations and words of a text together say: a period, and what is doubtful in it."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from itertools import pairwise

from carnet.pipeline.values.dates.atoms import Atom
from carnet.pipeline.values.dates.reading import DateReading
from carnet.pipeline.values.dates.words import TAIL, DateWords
from carnet.schemas.values import PartialDate, Period


def period_of(reading: DateReading, words: DateWords) -> tuple[Period, list[str]]:
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
    if words.since.search(reading.folded[max(atoms[-2].end, last - TAIL) : last]):
        return Period(start=start, stated_months=months, ongoing=True), notes  # "2012, puis depuis 2018"
    return Period(start=start, end=end, stated_months=months, ongoing=ongoing), notes


def _stated(reading: DateReading, words: DateWords) -> tuple[int | None, str | None]:
    """The stated months. "4 ans (1 an renouvelable 3 fois)" states 48, "3 ans renouvelable 1 an" 36; "24 mois + 12
    mois" is not summed silently."""
    folded = reading.folded
    stated = [d for d in reading.durations if d.months]
    first = [
        d
        for d in stated
        if not words.renewed.match(folded, d.end) and not words.renews.search(folded[max(0, d.start - 30) : d.start])
    ] or stated
    summed = any("+" in folded[a.end : b.start] for a, b in pairwise(stated))
    doubtful = summed or len({d.months for d in first}) > 1
    return (first[0].months if first else None), "several durations" if doubtful else None


def _from_one(
    atom: Atom, reading: DateReading, months: int | None, ongoing: bool, words: DateWords
) -> tuple[Period, str | None]:
    """The words around a single date say whether it is a start, an end or both."""
    before = reading.folded[max(0, atom.start - TAIL) : atom.start]
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
    framed = reading.folded[: atom.start].rstrip().endswith("-")  # "— 2019 —" is a line with ornaments
    dots = bool(re.match(r"[\s–—-]{0,40}(?:\.\.|…)", reading.printed[atom.end :])) and not framed
    dash = bool(re.fullmatch(r"\s?(?:-|→|>)[\s.]*", after)) and not framed
    if dots or dash:
        return Period(start=atom.low, stated_months=months, ongoing=True), None if dots and dash else "an open end"
    span = (atom.high.year - atom.low.year) * 12 + (atom.high.month or 12) - (atom.low.month or 1) + 1
    if months and months > span:
        return Period(start=atom.low, stated_months=months), "a duration longer than its only date"
    return Period(start=atom.low, end=atom.high, stated_months=months), None


def _ends(atoms: Sequence[Atom], folded: str, words: DateWords) -> tuple[PartialDate, PartialDate]:
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
