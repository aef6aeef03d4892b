"""Currency and tax as printed near a figure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from carnet.pipeline.values.money.figures import ONE, Figure
from carnet.pipeline.values.money.words import MoneyWords, Tax

_TAIL = 80  # letters behind a figure in which its tax stands


def currency_in(folded: str, words: MoneyWords) -> str | None:
    """The first currency printed in a text, as its code."""
    match = words.currency_mark.search(folded)
    return words.currency[match["c"]] if match else None


def tax_in(folded: str, words: MoneyWords) -> Tax | None:
    """The first tax word printed in a text."""
    match = words.tax_mark.search(folded)
    return words.tax[match["t"]] if match else None


def tax_of(first: Figure, second: Figure | None, folded: str, words: MoneyWords) -> Tax | None:
    """The tax word right before the figure, else the first one behind it and before the next amount."""
    lead = words.tax_before.search(folded[max(0, first.start - 30) : first.start])
    lead = lead or words.tax_inside.match(folded, first.start)
    if lead:
        return words.tax[lead["t"]]
    end = (second or first).end
    behind = folded[end : end + _TAIL]
    stop = words.figure.search(behind)
    return tax_in(folded[first.end : end] + behind[: stop.start() if stop else None], words)


def is_other_tax(first: Figure, others: Sequence[Figure], folded: str, words: MoneyWords) -> bool:
    """25 000 € HT (30 000 € TTC): the same fee a second time."""
    if len(others) > 1 or first.currency != others[0].currency or not first.total:
        return False
    taxes = (tax_of(first, None, folded, words), tax_of(others[0], None, folded, words))
    return taxes == ("HT", "TTC") and ONE < others[0].total / first.total <= Decimal("1.25")
