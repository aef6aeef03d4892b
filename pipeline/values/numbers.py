"""Printed numbers -> Decimal: "29 000", "135.475", "38 250,00", "45'000.–", "1,2"."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.rules.fold import fold

NUMBER = r"\d{1,3}(?:[ .,'’]\d{3}){1,4}(?:,\d{1,2}|\.\d{1,2}(?!\d))?|\d{1,12}(?:[.,]\d{1,3})?"
"""A printed number, as part of a pattern on folded text; groups of three parted by a space, dot, comma or quote."""

_GROUPED = re.compile(r"(\d{1,3})((?:[ .,'’]\d{3})+)(?:([.,])(\d{1,2}))?")
_PLAIN = re.compile(r"(\d+)(?:[.,](\d+))?")


def parse_number(text: str) -> Decimal | None:
    """The number that `text` is, None for anything else.

    >>> parse_number("1 250 000,50")
    Decimal('1250000.50')
    >>> parse_number("45'000.–")
    Decimal('45000')
    """
    bare = re.sub(r"[.,][-–—]+$|[-–—]+$", "", fold(text).strip()).strip()
    grouped = _GROUPED.fullmatch(bare)
    if grouped:
        head, groups, _, cents = grouped.groups()
        marks = {c for c in groups if not c.isdigit()}
        if len(marks) == 1 and not (marks <= {","} and len(groups) == 4 and len(head) > 3):
            return Decimal(head + re.sub(r"\D", "", groups) + (f".{cents}" if cents else ""))
        return None
    plain = _PLAIN.fullmatch(bare)
    if plain:
        whole, part = plain.groups()
        return Decimal(f"{whole}.{part}" if part else whole)
    return None
