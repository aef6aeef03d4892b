"""Two figures that are the ends of one range: "18 à 22 k€"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from carnet.pipeline.values.money.figures import Figure
from carnet.pipeline.values.money.marks import is_other_tax
from carnet.pipeline.values.money.words import MoneyWords


def range_around(i: int, figures: Sequence[Figure], folded: str, words: MoneyWords) -> tuple[Figure, Figure | None]:
    """Both ends of a range: "18 à 22 k€" (the unit holds for both), "40 000 € – 90 000 €", "entre 60 et 70 k€"."""
    money = figures[i]
    before = figures[i - 1] if i else None
    if before and not before.is_money and _joined(before, money, folded, words, bare=True):
        low = _same_unit(before, money)
        if low:
            return low, money
    after = figures[i + 1] if i + 1 < len(figures) else None
    if after and is_other_tax(money, [after], folded, words):
        return money, None
    if after and _joined(money, after, folded, words) and after.currency in (None, money.currency):
        return money, after if after.is_money else replace(after, multiplier=money.multiplier)
    if after and not money.currency and _joined(money, after, folded, words):
        return replace(money, currency=after.currency), after
    return money, None


def _joined(first: Figure, second: Figure, folded: str, words: MoneyWords, bare: bool = False) -> bool:
    """Is what stands between the two a word for "to", or, behind the least, for the most? "et" only after "entre", "/"
    only where the first has no unit."""
    if first.value is None or second.value is None or second.start - first.end > 30:
        return False
    between = words.tax_mark.sub("", folded[first.end : second.start])
    if words.to.fullmatch(between):
        return not first.looks_like_year or first.is_money or second.total < 10_000
    if words.to_most.fullmatch(between) and from_the_least(first, folded, words):
        return True
    if bare and between.strip() == "/":
        return first.value < second.value <= first.value * 3
    opened = words.opens_range.search(folded[max(0, first.start - 12) : first.start])
    return bool(opened and words.and_.fullmatch(between))


def from_the_least(first: Figure, folded: str, words: MoneyWords) -> bool:
    """Does a word say that a figure is the least: "minimum 10 000 €"?"""
    return words.least_before.search(folded[max(0, first.start - 20) : first.start]) is not None


def _same_unit(low: Figure, high: Figure) -> Figure | None:
    """The figure before the one with the unit: "18" of "18 à 22 k€", "25" of "25 à 30 000 €"; None: no range."""
    if not low.value or not high.value:
        return None
    if low.value < high.value:
        if high.value / low.value <= 100:
            return replace(low, currency=high.currency, multiplier=high.multiplier)
        short = low.value * 1000
        fits = high.multiplier is None and short < high.value <= short * 5
        return replace(low, currency=high.currency, multiplier=Decimal(1000)) if fits else None
    if low.value >= 1000 and high.multiplier and low.value < high.total:
        return replace(low, currency=high.currency)  # "800 000 à 1,2 M€"
    return replace(low, currency=high.currency, multiplier=high.multiplier) if low.value / high.value <= 100 else None
