"""A hostile line must not stop a run: what every parser takes for a long line of one thing grows with its length."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from carnet.pipeline.rules import load_rules
from carnet.pipeline.rules.list_marks import marker
from carnet.pipeline.values.bodies import names_body
from carnet.pipeline.values.dates import find_periods, parse_date, parse_period
from carnet.pipeline.values.emails import find_emails
from carnet.pipeline.values.money import find_amounts, parse_amount
from carnet.pipeline.values.money.hints import amount_hints
from carnet.pipeline.values.numbers import parse_number
from carnet.pipeline.values.organisations import classify
from carnet.pipeline.values.organisations.domains import domain_body
from carnet.pipeline.values.organisations.in_text import find_organisations
from carnet.pipeline.values.people import parse_contacts
from carnet.pipeline.values.personal import find_personal
from carnet.pipeline.values.phones import find_phones
from carnet.pipeline.values.plain import is_value
from tests.effort import check_growth

RULES = load_rules()
PARSERS: dict[str, Callable[[str], object]] = {
    "find_periods": lambda text: find_periods(text, RULES),
    "parse_period": lambda text: parse_period(text, RULES),
    "parse_date": lambda text: parse_date(text, RULES),
    "find_amounts": lambda text: find_amounts(text, RULES),
    "parse_amount": lambda text: parse_amount(text, RULES),
    "amount_hints": lambda text: amount_hints(text, RULES),
    "parse_number": parse_number,
    "find_phones": lambda text: find_phones(text, RULES),
    "find_emails": find_emails,
    "find_personal": lambda text: find_personal(text, RULES),
    "parse_contacts": lambda text: parse_contacts(text, RULES),
    "find_organisations": lambda text: find_organisations(text, RULES),
    "classify": lambda text: classify(text, RULES),
    "names_body": lambda text: names_body(text, RULES),
    "domain_body": lambda text: domain_body("a@" + text, RULES),
    "is_value": lambda text: is_value(text, RULES),
    "labels.match": RULES.labels.match,
    "labels.match_start": RULES.labels.match_start,
    "marker": lambda text: marker(text, frozenset("•▶-")),
}
LINES = ["1", "a", "A", " ", "(", ")", "-", ".", "\u00a0"]
ODD = [
    "12 ",
    "ab ",
    "(a) ",
    "a.",
    "à ",
    "a@",
    "a\n",
    "Directeur\n",
    "01 02 ",
    "Ville de ",
    "mars 2020 ",
    "12 € ",
    "Mme A ",
    "1 à ",
    "d'",
]


@pytest.mark.slow
@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("parser", PARSERS)
def test_a_quarter_of_a_megabyte(parser: str, line: str) -> None:
    """The square of it would take minutes: more letters prove nothing more."""
    _quick(parser, line, 250_000)


@pytest.mark.slow
@pytest.mark.parametrize("line", ODD)
@pytest.mark.parametrize("parser", PARSERS)
def test_less_of_it_in_words(parser: str, line: str) -> None:
    _quick(parser, line, 100_000)


def _quick(parser: str, line: str, length: int) -> None:
    check_growth(PARSERS[parser], lambda size: line * (size // len(line)), length)
