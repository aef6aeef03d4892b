"""The date of an edition: printed on the cover or in running lines, else that of the file."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from pipeline.rules import Rules
from pipeline.values.dates import find_periods
from schemas.layout import Passage
from schemas.outline import Outline

_EARLIEST = 2003  # producers without a clock stamp an epoch
_STAMP = re.compile(r"D?:?(\d{4})(\d{2})(\d{2})")


def edition_date(outline: Outline, metadata: Mapping[str, str], rules: Rules) -> tuple[dt.date | None, str | None]:
    """The date and the rule that found it; the last day of a printed month is not implied: its first day stands."""
    for passage in (*outline.front[:8], *outline.running):
        date = _printed(passage, rules)
        if date:
            return date, "dating.printed"
    for key in ("ModDate", "CreationDate"):
        match = _STAMP.match(metadata.get(key, ""))
        if match and int(match[1]) >= _EARLIEST:
            try:
                return dt.date(int(match[1]), int(match[2]), int(match[3])), f"dating.{key}"
            except ValueError:
                continue
    return None, None


def _printed(passage: Passage, rules: Rules) -> dt.date | None:
    """A month or day printed alone or after a word or two ("Édition janvier 2024", "Mise à jour : mars 2023")."""
    for line in passage.lines():
        if len(line.text) > 60:
            continue
        for found in find_periods(line.text, rules):
            start, end = found.value.start, found.value.end
            if start and end and start == end and start.month:
                return start.first_day()
            if start and end and start.month and found.rule == "dates.season":
                return start.first_day()
    return None
