"""Printed numbers -> Decimal: "29 000", "135.475", "38 250,00", "45'000.–", "1,2"."""

from __future__ import annotations

import re
from decimal import Decimal

from carnet.pipeline.rules.fold import fold

NUMBER = (
    r"(?:\d{1,3}(?:[ .,']\d{3}(?!\d)){1,4}(?:,\d{1,2}(?!\d)|\.\d{1,2}(?!\d))?"
    r"|\d{1,12}(?!\d)(?:[.,]\d{1,3}(?!\d))?)"
)
"""A printed number, part of a pattern on folded text. Groups of three may be parted by a space, dot, comma, quote."""

_GROUPED = re.compile(r"(\d{1,3})((?:[ .,']\d{3})+)(?:([.,])(\d{1,2}))?", re.ASCII)
_PLAIN = re.compile(r"(\d+)(?:[.,](\d+))?", re.ASCII)
_DASHES = re.compile(r"(?:[.,]\s?)?-{1,3}$")  # the cents of "45'000.–"
_FIGURES = re.compile(r"[\d\s.,']{1,40}")
_LONGEST = 40


def parse_number(text: str) -> Decimal | None:
    """The number that `text` is, None for anything else. Three digits after a single mark are thousands, but not
    after a leading zero ("0,460").

    >>> parse_number("1 250 000,50")
    Decimal('1250000.50')
    >>> parse_number("45'000.–")
    Decimal('45000')
    """
    if len(text) > _LONGEST:
        return None
    bare = _DASHES.sub("", fold(text).strip()).strip()
    grouped = _GROUPED.fullmatch(bare)
    if grouped and grouped[1] != "0":
        head, groups, mark, cents = grouped.groups()
        marks = set(groups[::4])
        if len(marks) > 1 or mark in marks:
            return None
        return Decimal(head + re.sub(r"\D", "", groups) + (f".{cents}" if cents else ""))
    plain = _PLAIN.fullmatch(bare)
    return Decimal(f"{plain[1]}.{plain[2]}" if plain[2] else plain[1]) if plain else None


def parse_measure(text: str, unit: str = "") -> Decimal | None:
    """The number that stands before a unit, or alone; None for anything else, or another unit.

    >>> parse_measure("1 250 m²", "m²"), parse_measure("1 300", "m²"), parse_measure("1,5 ha", "m²")
    (Decimal('1250'), Decimal('1300'), None)
    """
    bare = text.strip().removesuffix(".").removesuffix(unit).strip()
    return parse_number(bare) if _FIGURES.fullmatch(bare) else None


def parse_decimal(text: str) -> Decimal | None:
    """The number where a single mark is surely a decimal one: "1,250" before "M€" is one and a quarter."""
    plain = _PLAIN.fullmatch(fold(text).strip()) if len(text) <= _LONGEST else None
    return Decimal(f"{plain[1]}.{plain[2]}") if plain and plain[2] else parse_number(text)
