"""The last resort for a single date: dateparser, where it leaves nothing to guess."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from carnet.pipeline.values.dates.expressions import YEAR
from carnet.pipeline.values.dates.words import DateWords
from carnet.schemas.values import PartialDate

_PRINTED_YEAR = re.compile(YEAR)


def read_by_dateparser(text: str, words: DateWords) -> PartialDate | None:
    """A form that our patterns do not know, if dateparser reads month and year and ignores no word of it."""
    tokens = re.findall(r"\w+", text)
    if not 4 <= len(text) <= 40 or not 2 <= len(tokens) <= 6 or not _PRINTED_YEAR.search(text):
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
