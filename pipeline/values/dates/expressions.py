"""The patterns of all expressions that print a date or a stretch of time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from carnet.pipeline.values.patterns import SPACES, any_of, compiled

YEAR = r"(?:19[5-9]\d|20[0-6]\d)"
"""A year that a brochure may mean."""
WITHOUT_FIGURES = frozenset({"season", "quarter", "half", "named"})
"""Expressions that words alone can print: "printemps", "premier trimestre", "mars"."""


def atom_patterns(
    data: Mapping[str, Any],
    months: Iterable[str],
    seasons: Iterable[str],
    ordinals: Iterable[str],
    units: Iterable[str],
    joins: str,
) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Name and pattern of each expression; of two that begin at one place the earlier wins."""
    month, season, ordinal = any_of(months), any_of(seasons), any_of(ordinals)
    year2 = rf"\d{{2}}(?!\d|[/.,]\d|\s\d{{3}}(?!\d)|\s?(?:er\b|{month}|{any_of(data['counts'])})(?![a-z]))"
    year = rf"(?:(?:\s?[-/]\s?|\.?\s?,?\s?'?)(?P<y>{YEAR}(?!\d)|{year2}))?"
    of = rf"(?:\s?[-/']?\s?|{SPACES})(?:(?:de{SPACES}|d'|of{SPACES})?(?:l'\s?annee{SPACES})?)"
    part_year = rf"(?:{of}'?(?P<y>{YEAR}(?!\d)|{year2}))?"
    counts, no = any_of(data["counts"]), r"(?<![\d/.])"
    day = r"(?<![\da-z/.,])(?P<d>\d{1,2})(?:er|st|nd|rd|th)?\s?(?:of\s)?"
    span = (
        rf"(?<![\da-z/.,])(?P<d0>\d{{1,2}})(?:er)?(?:,\s?\d{{1,2}}){{0,6}}\s?(?:{joins})\s?"
        rf"(?:(?:{any_of(data['weekdays'])})\s)?"
    )
    full = rf"\d{{1,2}}[/.]\d{{1,2}}[/.](?:{YEAR}|\d{{2}})(?!\d)"
    last_year = rf"(?P<y2>{YEAR}|\d{{2}})(?!\d)"
    quarters = (any_of(data["quarter_words"]), any_of(data["quarter_letters"]), 4)
    halves = (any_of(data["half_words"]), any_of(data["half_letters"]), 2)
    patterns = {
        "iso": rf"(?<![\d.-])(?P<y>{YEAR})(?P<s>[-/])(?P<m>0[1-9]|1[0-2])(?:(?P=s)(?P<d>\d{{2}}))?(?![\d-])",
        "dotted": rf"(?<![\d.,])(?P<y>{YEAR})\.(?P<m>0[1-9]|1[0-2])(?:\.(?P<d>\d{{2}}))?(?!\d|[.,]\d)",
        "numeric": rf"(?:{span})?{no}(?P<d>\d{{1,2}})\s?(?P<s>[/.-])\s?(?P<m>\d{{1,2}})\s?(?P=s)\s?"
        rf"(?P<y>{YEAR}|\d{{2}}(?!(?P=s)\d))(?!\d)",
        "day_month": rf"{no}(?P<d>\d{{1,2}})[/.](?P<m>\d{{1,2}})\.?(?=\s?(?:{joins})\s?{full})",
        "month_span": rf"{no}(?P<m0>\d{{1,2}})\s?(?:{joins})\s?(?P<m>\d{{1,2}})\s?[/.]\s?(?P<y>{YEAR})(?!\d)",
        "month_year": rf"{no}(?P<m>\d{{1,2}})(?:\s?[/.]\s?|(?<=\d\d)-)(?P<y>{YEAR})(?!\d)",
        "short_month": rf"{no}(?P<m>\d{{2}})/(?P<y>\d{{2}})(?![\d/])",
        "year_month": rf"(?<![\d.,])(?P<y>{YEAR})\s(?P<m>{month})(?!\w)\.?(?!\s?'?\d)",
        "year_quarter": _year_first(*quarters),
        "year_half": _year_first(*halves),
        "season": rf"(?<!\w)(?P<s>{season})(?!\w)(?:\s?(?:[-/]|et)\s?(?P<s2>{season})(?!\w))?"
        rf"(?:{of}(?P<y>{YEAR})(?:\s?[-/]\s?(?P<y2>{YEAR}|\d{{2}}))?(?!\d))?",
        "quarter": _part_pattern(*quarters, ordinal, joins) + part_year,
        "half": _part_pattern(*halves, ordinal, joins) + part_year,
        "months_years": rf"(?<!\w)(?P<m0>{month})\.?\s?(?:{joins})\s?(?P<m>{month})\.?\s"
        rf"(?P<y>{YEAR})\s?[-/]\s?{last_year}",
        "month_first": rf"(?<!\w)(?P<m>{month})\.?\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y>{YEAR})(?!\d)",
        "named": rf"(?:(?:{span})?{day})?(?<![a-z])(?P<m>{month})(?![a-z])\.?{year}",
        "short_years": rf"{no}(?P<y>{YEAR})(?:\s?[-/]\s?|\sa\s)'?(?P<y2>\d{{2}})"
        rf"(?!\d|[/.-]\d|\s\d{{3}}(?!\d)|\s?(?:er\b|{month}|{any_of(units)}|{counts}))",
        "quoted_year": r"(?<!\w)'(?P<y>\d\d)(?!\w|[.,]\d|\s\d{3}(?!\d))",
        "year": rf"(?<!\d)(?:(?<![.,'])|(?<={YEAR}[.,])|(?<=[a-z]['.]))(?P<y>{YEAR})"
        rf"(?!\d|[.,]\d{{1,3}}(?!\d)|\s\d{{3}}(?!\d)|\s?(?:{counts}))",
    }
    return tuple((name, compiled(pattern)) for name, pattern in patterns.items())


def _year_first(_: str, letters: str, last: int) -> str:
    """2021 T2."""
    return rf"(?<![\d.,])(?P<y>{YEAR})\s?[-/]?\s?(?:{letters})(?P<n>[1-{last}])(?!\w)"


def _part_pattern(words: str, letters: str, last: int, ordinal: str, joins: str) -> str:
    """1er et 2e trimestres, T2, 2T, trimestre 2."""
    return (
        rf"(?<!\w)(?:(?:(?P<o0>{ordinal})\s?(?:{joins})\s?)?(?P<o>{ordinal})\s?(?:{words}|{letters})\b\.?"
        rf"|(?:{letters})\s?(?P<n>[1-{last}])(?!\d)|(?P<n2>[1-{last}])\s?(?:{letters})(?![a-z])"
        rf"|(?:{words})\s(?P<n3>[1-{last}])(?!\d))"
    )
