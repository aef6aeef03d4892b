"""Text -> dates and periods at their printed precision.

Ranges, durations, quarters, half-years, seasons and short years are read by patterns made from the lexicons; a single
date that they do not know goes to dateparser, told not to fill in what is not printed. Nothing depends on today.

A text is read in steps: durations ("24 mois") are taken out (durations.py), then dates and stretches ("mars 2020",
"T2 2020", "2019-21") become atoms (expressions.py finds, atoms.py reads them), atoms without a year take one from their
neighbours (years.py), and the words around decide what the first and the last atom mean (meaning.py). Words that no
step knows make the reading doubtful. In running text only what is surely a period counts (free_text.py).
"""

from __future__ import annotations

import re

from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.remembered import remembered
from carnet.pipeline.values.dates.by_dateparser import read_by_dateparser
from carnet.pipeline.values.dates.free_text import find_chains, is_sure
from carnet.pipeline.values.dates.meaning import period_of
from carnet.pipeline.values.dates.reading import left_over, read
from carnet.pipeline.values.dates.words import DateWords, words_of
from carnet.pipeline.values.found import Found
from carnet.schemas.values import PartialDate, Period

_LONGEST = 300  # letters of a period field that are read; the rest is noted
_LONGEST_FREE = 20_000  # letters of a running text that are searched
_LINE = 90  # a line that may be nothing but a period


def parse_period(text: str, rules: Rules) -> Found[Period] | None:
    """The period that a field's text says; None when it says none that we understand.

    `note` says what is doubtful: words that were not understood, an end that is not clear.

    >>> parse_period("Sept 22 – juin 2023", load_rules()).value.end
    PartialDate(year=2023, month=6, day=None)
    """
    words = words_of(rules)
    reading = read(text[:_LONGEST], words)
    if reading.folded.strip(" .()") in words.missing:
        return None
    period, notes = period_of(reading, words)
    if period == Period() and not notes:
        return None
    left = left_over(reading, words)
    if left:
        notes.append(f"not understood: {left!r}")
    if len(text) > _LONGEST:
        notes.append("a long text, of which only the beginning was read")
    dated = [a for a in reading.atoms if a.dated]
    rule = dated[0].kind if dated else "duration" if reading.durations else "ongoing"
    return Found(period, 0, len(text), f"dates.{rule}", "; ".join(notes) or None)


def opens_with_season(text: str, rules: Rules) -> bool:
    """Does the first date of a text name a season, whose first day is no more than its beginning?

    >>> opens_with_season("Printemps 2024", load_rules()), opens_with_season("mars 2024", load_rules())
    (True, False)
    """
    dated = (atom for atom in read(text[:_LONGEST], words_of(rules)).atoms if atom.dated)
    return next((atom.kind == "season" for atom in dated), False)


def parse_date(text: str, rules: Rules) -> PartialDate | None:
    """A single date ("mars 2023", "12/03/2021"); None for a range or anything else."""
    words = words_of(rules)
    reading = read(text[:_LONGEST], words)
    if not reading.durations and not reading.ongoing and not left_over(reading, words):
        if len(reading.atoms) != 1:
            return None
        (atom,) = reading.atoms
        return atom.low if atom.dated and atom.low == atom.high and not atom.note else None
    return read_by_dateparser(text, words)


def find_periods(text: str, rules: Rules) -> list[Found[Period]]:
    """Periods in free text: only what is surely one, so a bare year counts only where it is the whole text.

    >>> [f.rule for f in find_periods("Étude menée de mars à juin 2021 pour 2 000 habitants", load_rules())]
    ['dates.month']
    """
    return list(_periods(text, rules))


@remembered
def _periods(text: str, rules: Rules) -> tuple[Found[Period], ...]:
    words = words_of(rules)
    whole = _whole_line(text, words, rules)
    if whole:
        return (whole,)
    printed = text[:_LONGEST_FREE]
    reading = read(printed, words)
    found = []
    for start, end, atoms in find_chains(reading, words):
        if not is_sure(atoms, reading.folded, start, words):
            continue
        inner = parse_period(printed[start:end], rules)
        if inner and not inner.note and inner.value.start:
            found.append(Found(inner.value, start, end, inner.rule))
    return tuple(found)


def _whole_line(text: str, words: DateWords, rules: Rules) -> Found[Period] | None:
    """A line that is nothing but a period; a bare year only with words such as "Année" beside it."""
    if len(text.strip()) > _LINE:
        return None
    found = parse_period(text, rules)
    if found is None or found.note or found.value == Period():
        return None
    reading = read(text, words)
    atoms = [a for a in reading.atoms if a.dated]
    if words.street_or_act.search(reading.folded):
        return None
    if len(atoms) == 1 and atoms[0].kind == "year":
        others = re.findall(r"[a-z]+", reading.folded)
        if not found.value.ongoing and not reading.durations and any(w not in words.year_words for w in others):
            return None
    if len(atoms) == 1 and atoms[0].short and (atoms[0].start > 0 or atoms[0].low.year < 2000):
        return None
    return found
