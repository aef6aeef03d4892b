"""The lexicons of periods and months as patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.dates.expressions import atom_patterns
from carnet.pipeline.values.patterns import GAP, SPACES, any_of, compiled

TAIL = 60
"""Letters before a date in which a word such as "depuis" stands."""


@dataclass(frozen=True, eq=False)
class DateWords:
    """The lexicons as patterns, one object for the same rules. Those that end a window ("depuis") are anchored behind,
    others are not."""

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
    street_or_act: re.Pattern[str]
    street_or_act_before: re.Pattern[str]
    joint: re.Pattern[str]
    filler: frozenset[str]
    year_words: frozenset[str]
    missing: frozenset[str]
    dateparser: tuple[str, ...]


@lru_cache(maxsize=4)
def words_of(rules: Rules) -> DateWords:
    """The lexicons of dates as patterns, made once for the same rules."""
    data = rules.lexicon("periods")
    months = {fold(str(w)): int(n) for n, names in rules.lexicon("months")["months"].items() for w in names}
    seasons = {fold(k): (int(v[0]), int(v[1])) for k, v in data["seasons"].items()}
    ordinals = {fold(str(k)): int(v) for k, v in data["ordinals"].items()}
    units = {fold(k): v for k, v in data["units"].items()}
    numbers = {fold(k): int(v) for k, v in data["numbers"].items()}
    small = rf"(?:(?:{any_of(data['before_date'])})(?:{SPACES}|(?<=['-])\s?)){{0,4}}"
    joins, count = any_of(data["joins"]), rf"\d{{1,3}}(?:[.,]\d)?|{any_of(numbers)}"
    renewable, times = any_of(data["renewable"]), rf"\s(?:\d|{any_of(numbers)})\s(?:{any_of(data['times'])})"
    street, act = any_of(data["street"]), any_of(data["act"])
    far = rf"(?:\s?(?:n°|no)\s?[\d-]{{1,12}})?[^.;:\d]{{0,30}}?{small}(?:\d{{1,2}}(?:er)?{SPACES})?"
    return DateWords(
        atoms=atom_patterns(data, months, seasons, ordinals, units, joins),
        months=months,
        seasons=seasons,
        ordinals=ordinals,
        units=units,
        numbers=numbers,
        duration=compiled(
            rf"(?<![\w.,])(?:(?P<low>\d{{1,3}})\s?(?:a|-|/|ou)\s?(?=\d))?(?P<n>{count})(?:\s?\((?:{count})\))?"
            rf"\s?(?P<u>{any_of(units)})(?!\w)(?P<half>\s(?:{any_of(data['half_more'])})(?!\w))?"
        ),
        ongoing=compiled(rf"(?<!\w)(?:{any_of(data['ongoing'])})(?!\w)"),
        not_ongoing=compiled(rf"(?<!\w)(?:{any_of(data['not_ongoing'])})(?!\w)"),
        since=compiled(rf"(?<!\w)(?:{any_of(data['since'])})\s?{small}$"),
        since_at_all=compiled(rf"\W{{0,40}}(?:{any_of(data['since'])})(?!\w)"),
        counted=compiled(rf"(?<!\w)(?:{any_of(data['counted'])})\s?{small}$"),
        counted_for=compiled(rf"[\s,:(-]{{0,3}}(?:{any_of(data['counted_for'])})\s"),
        until=compiled(rf"(?<!\w)(?:{any_of(data['until'])})\s?{small}$"),
        delivery=compiled(rf"(?<!\w)(?:{any_of(data['delivery'])})\s?:?\s?{small}$"),
        opener=compiled(rf"(?<!\w){small}$"),
        join=compiled(rf"{GAP}(?:{joins})?{GAP}{small}"),
        gap=compiled(
            rf"[\s,:()]{{0,3}}(?:(?:{joins})[\s(]{{0,2}})?{small}(?:(?:{any_of(data['counted'])})\s?)?{small}"
        ),
        numbered=compiled(rf"(?<!\w)(?:{any_of(data['numbered'])})\s?(?:n°\s?|no\s?)?(?:\d{{1,2}}|[ivx]{{1,4}})(?!\w)"),
        renewal=compiled(rf"(?<!\w)(?:{renewable})(?:{times})?(?!\w)"),
        renewed=compiled(rf"[\s,(]{{0,3}}(?:{renewable}){times}(?!\w)"),
        renews=compiled(rf"(?<!\w)(?:{renewable})\s(?:{any_of(data['counted_for'])})?\s?$"),
        recurring=compiled(rf"(?<!\w)(?:{any_of(data['recurring'])})\s$"),
        street_or_act=compiled(rf"(?<!\w)(?:{street}){SPACES}(?:du|de|des){SPACES}\d|(?<!\w)(?:{act})(?!\w)"),
        street_or_act_before=compiled(
            rf"(?<!\w)(?:(?:{street}){SPACES}{small}(?:\d{{1,2}}(?:er)?{SPACES})?|(?:{act})(?!\w){far})$"
        ),
        joint=re.compile(rf"\s(?:{any_of(w for w in data['joins'] if str(w).isalpha())})\s|\s"),
        filler=frozenset(fold(str(w)) for w in data["filler"]),
        year_words=frozenset(fold(str(w)) for w in data["year_words"]),
        missing=frozenset(fold(str(w)).strip(" .") for w in data["missing"]) | {""},
        dateparser=tuple(data["dateparser"]),
    )
