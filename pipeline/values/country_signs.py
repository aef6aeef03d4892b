"""The country that a telephone number, an internet address or a currency tells, as ISO codes; of a territory the state
it is of."""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers

from carnet.pipeline.rules import Rules
from carnet.pipeline.values.phones import find_phones

_ENDING = re.compile(r"\.([a-z]{2,12})\Z")


def of_number(e164: str, rules: Rules) -> str | None:
    """Of a number with the code of its country.

    >>> of_number("+22822209710", load_rules()), of_number("+262262200000", load_rules())
    ('TG', 'FR')
    """
    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return None
    country = phonenumbers.region_code_for_number(number)
    return _states(rules).get(country, country) if country else of_calling_code(number.country_code or 0, rules)


def of_calling_code(code: int, rules: Rules) -> str | None:
    """Of what stands behind the "+" of a number: 221, 262; of several that share one the main."""
    country = phonenumbers.region_code_for_country_code(code)
    return None if country in ("ZZ", "001") else _states(rules).get(country, country)


def of_address(address: str, rules: Rules) -> str | None:
    """Of an e-mail or the name of a host, by its ending; nothing of one that is used everywhere (".io").

    >>> of_address("contact@mairie.tg", load_rules()), of_address("www.atelier.io", load_rules())
    ('TG', None)
    """
    ending = _ENDING.search(address.lower())
    return _endings(rules).get(ending.group(1)) if ending else None


def of_currency(code: str | None, rules: Rules) -> str | None:
    """Of one that a single country has: "CHF", not "EUR" or "XOF"."""
    country: str | None = rules.lexicon("countries")["currencies"].get(code)
    return country


def of_numbers_in(text: str, rules: Rules) -> set[str]:
    """Of all numbers of a text that are printed with the code of a country."""
    found = (f for f in find_phones(text, rules) if text[f.start : f.end].lstrip("( ").startswith(("+", "00")))
    return {country for f in found if (country := of_number(f.value, rules))}


@lru_cache(maxsize=4)
def _states(rules: Rules) -> dict[str, str]:
    """Territory -> state."""
    data = rules.lexicon("countries")["territories"]
    return {str(part): str(state) for state, parts in data.items() for part in parts}


@lru_cache(maxsize=4)
def _endings(rules: Rules) -> dict[str, str]:
    """Ending of an internet address -> country: the ISO codes but those used everywhere, and some with names."""
    data = rules.lexicon("countries")
    known = {code.lower(): _states(rules).get(code, code) for code in phonenumbers.SUPPORTED_REGIONS}
    named = {str(word): str(code) for code, words in data["endings"].items() for word in words}
    return {word: code for word, code in {**known, **named}.items() if word not in data["endings_of_all"]}
