"""The date of an edition: printed on the cover or in running lines, else that of the file.

A printed year dates it from its first day, unless the file is of that year and tells the day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.dates import find_periods, opens_with_season
from carnet.schemas.layout import Passage
from carnet.schemas.outline import Outline

_EARLIEST = 2003  # producers without a clock stamp an epoch
_LATEST = 2099
_STAMP = re.compile(r"D?:?(\d{4})(\d{2})(\d{2})")


def edition_date(outline: Outline, metadata: Mapping[str, str], rules: Rules) -> tuple[dt.date | None, str | None]:
    """The date and the rule that found it; the last day of a printed month is not implied: its first day stands."""
    for passage in (*outline.front[:8], *outline.running):
        date = _printed(passage, rules)
        if date:
            return date, "dating.printed"
    stamped, rule = _stamped(metadata)
    years = (_year(p, rules) for p in (*outline.front[:8], *outline.running))
    year = next((y for y in years if y), None)
    if year and (stamped is None or stamped.year != year):
        return dt.date(year, 1, 1), "dating.year"
    return stamped, rule


def _stamped(metadata: Mapping[str, str]) -> tuple[dt.date | None, str | None]:
    for key in ("ModDate", "CreationDate"):
        match = _STAMP.match(metadata.get(key, ""))
        if match and int(match[1]) >= _EARLIEST:
            try:
                return dt.date(int(match[1]), int(match[2]), int(match[3])), f"dating.{key}"
            except ValueError:
                continue
    return None, None


def _year(passage: Passage, rules: Rules) -> int | None:
    """The one year of a short line that names the edition ("Plaquette 2023", "Bureau Orbe – 2019", "2021")."""
    words = {fold(str(w)) for w in rules.lexicon("periods")["edition_words"]}
    for line in passage.lines():
        text = fold(line.text)
        numbers = re.findall(r"\d+", text)
        if len(text) > 60 or len([n for n in numbers if len(n) > 3]) != 1:
            continue
        alone = any(re.fullmatch(r"\W{0,8}(?:19|20)\d\d\W{0,8}", part) for part in re.split(r"\s[–—|·-]\s", text))
        named = words.intersection(re.findall(r"[a-z]+", text))
        year = int(max(numbers, key=len)) if alone or named else 0
        if _EARLIEST <= year <= _LATEST:
            return year
    return None


def _printed(passage: Passage, rules: Rules) -> dt.date | None:
    """A month or day printed alone or after a word or two ("Édition janvier 2024", "Mise à jour : mars 2023")."""
    for line in passage.lines():
        if len(line.text) > 60:
            continue
        for found in find_periods(line.text, rules):
            start, end = found.value.start, found.value.end
            if start and end and start == end and start.month:
                return start.first_day()
            if start and end and start.month and opens_with_season(line.text[found.start : found.end], rules):
                return start.first_day()
    return None
