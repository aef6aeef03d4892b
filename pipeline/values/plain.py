"""Is a short text nothing but a value: a period, an amount, an address, a number?"""

from __future__ import annotations

from pipeline.rules import Rules
from pipeline.values.dates import find_periods
from pipeline.values.emails import find_emails
from pipeline.values.money import find_amounts
from pipeline.values.phones import find_phones


def is_value(text: str, rules: Rules) -> bool:
    """A value and nothing else.

    >>> is_value("09/2019 – 06/2021", load_rules())
    True
    >>> is_value("La place a été inaugurée en juin 2021.", load_rules())
    False
    """
    return value_kind(text, rules) is not None


def value_kind(text: str, rules: Rules) -> str | None:
    """What a text that is a value and nothing else gives: "contact", "period", "amount"; None for any other text."""
    flat = " ".join(text.split())
    if not flat:
        return None
    if "@" in text and find_emails(text) or find_phones(text, rules):
        return "contact"
    if len(flat) > 90:
        return None
    periods = [(f.start, f.end) for f in find_periods(flat, rules)]
    amounts = [(f.start, f.end) for f in find_amounts(flat, rules)]
    if sum(end - start for start, end in periods + amounts) < 0.7 * len(flat):
        return None
    return "period" if periods else "amount"
