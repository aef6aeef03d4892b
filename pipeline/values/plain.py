"""Is a short text nothing but a value: a period, an amount, an address, a number?"""

from __future__ import annotations

from carnet.pipeline.rules import Rules
from carnet.pipeline.values.dates import find_periods
from carnet.pipeline.values.emails import find_emails
from carnet.pipeline.values.money import find_amounts
from carnet.pipeline.values.people import parse_contacts
from carnet.pipeline.values.phones import find_phones


def is_value(text: str, rules: Rules) -> bool:
    """A value and nothing else.

    >>> is_value("09/2019 – 06/2021", load_rules())
    True
    >>> is_value("La place a été inaugurée en juin 2021.", load_rules())
    False
    """
    return value_kind(text, rules) is not None


def tells_person(text: str, rules: Rules) -> bool:
    """Does it give someone to ask: an address, a number, or a name with nothing doubtful about it?

    >>> tells_person("Anne Vasseur, directrice, 04 90 11 22 33", load_rules())
    True
    >>> tells_person("AO 2021-45", load_rules())
    False
    """
    if "@" in text and find_emails(text) or find_phones(text, rules):
        return True
    readings = parse_contacts(text, rules) if len(text) < 200 else []
    return any(r.name is not None and r.name.note is None for r in readings)


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
