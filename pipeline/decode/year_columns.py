"""Fees told year by year: columns headed by years, with their sum in one at the right of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from carnet.pipeline.page.fragments import Fragment
from carnet.pipeline.values.numbers import parse_number

_YEAR = re.compile(r"(?:19|20)\d\d")
_UNIT = re.compile(r"\D{0,6}$")
_MISSIONS = 3
"""Rows whose years add up to what stands behind them, from which on the columns are such."""
_MOST = 0.75
"""Share of all rows under the years that add up, at least."""


@dataclass(frozen=True)
class YearColumns:
    """By head of a mission: the years that it has a fee in, as they stand over the columns; those fees; their sum."""

    years: dict[int, list[int]]
    fees: dict[int, list[int]]
    sums: dict[int, int]


def fees_by_year(fragments: Sequence[Fragment], homes: Sequence[int]) -> YearColumns:
    """The rows that tell their fee so, on all pages; none, where the years of most do not add up to a sum."""
    out = YearColumns({}, {}, {})
    seen = adding = 0
    for page in sorted({f.page for f in fragments}):
        on_page = [f for f in fragments if f.page == page]
        heads = _years(on_page)
        if len(heads) < 2:
            continue
        pitch = (_middle(heads[-1]) - _middle(heads[0])) / (len(heads) - 1)
        rows: dict[int, list[Fragment]] = {}
        for f in on_page:
            below = f.box.top > heads[0].box.bottom and homes[f.number] >= 0
            if below and _value(f) is not None and _middle(f) > _middle(heads[0]) - pitch / 2:
                rows.setdefault(homes[f.number], []).append(f)
        for home, some in rows.items():
            *fees, total = sorted(_level(some, fragments[home]), key=_middle)
            under = [min(heads, key=lambda head: abs(_middle(head) - _middle(f))) for f in fees]
            if not fees or _middle(total) < _middle(heads[-1]) + pitch / 2:
                continue
            seen += 1
            if sum(_value(f) or 0 for f in fees) == _value(total) and len({h.number for h in under}) == len(fees):
                adding += 1
                out.years[home] = [head.number for head in under]
                out.fees[home] = [f.number for f in fees]
                out.sums[home] = total.number
    return out if adding >= _MISSIONS and adding >= _MOST * seen else YearColumns({}, {}, {})


def _level(some: Sequence[Fragment], head: Fragment) -> list[Fragment]:
    """Those of the row nearest to the head of the mission: below its last one the sums of all may stand."""
    nearest = min(some, key=lambda f: abs(f.box.top - head.box.top))
    return [f for f in some if f.box.y_overlap(nearest.box) > 0]


def _years(on_page: Sequence[Fragment]) -> list[Fragment]:
    """The first row of years side by side, each once."""
    years = [f for f in on_page if _YEAR.fullmatch(f.text.strip())]
    for first in sorted(years, key=lambda f: f.box.top):
        row = sorted((f for f in years if f.box.y_overlap(first.box) > 0), key=lambda f: f.box.x0)
        said = [int(f.text) for f in row]
        if len(row) > 1 and said == list(range(said[0], said[0] + len(said))):
            return row
    return []


def _middle(f: Fragment) -> float:
    return (f.box.x0 + f.box.x1) / 2


def _value(f: Fragment) -> Decimal | None:
    """The number that a cell is, whatever its unit: that the years add up tells that it is money."""
    return parse_number(_UNIT.sub("", f.text)) if f.text[:1].isdigit() else None
