"""Stated durations: "24 mois", "2 ans et 6 mois"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from carnet.pipeline.values.dates.words import DateWords


@dataclass(frozen=True)
class Duration:
    """`text[start:end]` states so many months; None where it states a duration without saying how long."""

    start: int
    end: int
    months: int | None
    note: str | None = None


def find_durations(folded: str, words: DateWords) -> Iterator[Duration]:
    """Stated durations; "2 ans et 6 mois" is one of 30 months."""
    last: Duration | None = None
    for match in words.duration.finditer(folded):
        duration = _duration(match, words)
        if words.recurring.search(folded[max(0, duration.start - 15) : duration.start]):
            duration = replace(duration, months=None)  # "tous les 2 ans" is no duration
        joint = last and words.joint.fullmatch(folded[last.end : match.start()])
        if last and joint and (last.months or 0) >= 12 > (duration.months or 12):
            last = Duration(last.start, duration.end, (last.months or 0) + (duration.months or 0))
            continue
        if last:
            yield last
        last = duration
    if last:
        yield last


def _duration(match: re.Match[str], words: DateWords) -> Duration:
    low = match["low"]
    if low and int(low) < int(match["n"]):
        return Duration(match.start(), match.end(), None, "a range of durations")
    start = match.start("n") if low else match.start()
    number = words.numbers.get(match["n"]) or Decimal(match["n"].replace(",", "."))
    unit = words.units[match["u"]]
    months = None if unit is None else (number + (Decimal("0.5") if match["half"] else 0)) * unit
    if months is None:
        return Duration(start, match.end(), None)
    if months != int(months) or not 0 < months <= 600:
        return Duration(start, match.end(), None, f"{match.group()!r} is no whole number of months")
    return Duration(start, match.end(), int(months))
