"""Numbers with what is printed at them: currency, multiplier."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from carnet.pipeline.values.money.words import MoneyWords
from carnet.pipeline.values.numbers import parse_decimal, parse_number

ONE = Decimal(1)


@dataclass(frozen=True)
class Figure:
    """A number and what is printed at it. `value` is None where the number cannot be read ("1 250.000")."""

    start: int
    end: int
    value: Decimal | None
    currency: str | None
    multiplier: Decimal | None
    printed: str

    @property
    def is_money(self) -> bool:
        return self.currency is not None or self.multiplier is not None

    @property
    def total(self) -> Decimal:
        return (self.value or Decimal(0)) * (self.multiplier or ONE)

    @property
    def looks_like_year(self) -> bool:
        return bool(re.fullmatch(r"(?:19|20)\d\d", self.printed))


def find_figures(folded: str, printed: str, words: MoneyWords) -> list[Figure]:
    """All numbers of the text, money or not."""
    out = []
    for match in words.figure.finditer(folded):
        mark = match["c1"] or match["c2"]
        raw = match["m0"] or match["m"] or match["ms"]
        end = match.end()
        if raw == "m" and not mark and printed[match.start("ms")] != "M":
            raw, end = None, match.end("n")  # "12 m de haut"
        multiplier = words.multiplier[raw] if raw else None
        number = match["n"]
        value = parse_decimal(number) if multiplier and multiplier > 1000 else parse_number(number)
        currency = words.currency[mark] if mark else None
        out.append(Figure(match.start(), end, value, currency, multiplier, number))
    return out


def bare_figures(figures: Sequence[Figure], folded: str, words: MoneyWords) -> list[Figure]:
    """Figures without a unit that may be the amount: no share, count, year beside another figure."""
    kept = [f for f in figures if not words.no_money.match(folded, f.end)]
    kept = [f for f in kept if not words.numbered.search(folded[max(0, f.start - 12) : f.start])]
    others = [f for f in kept if not f.looks_like_year]
    return others or (kept if len(kept) == 1 else [])
