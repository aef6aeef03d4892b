"""Telephone numbers in text -> E.164, through the phonenumbers library."""

from __future__ import annotations

import re

import phonenumbers

from pipeline.rules import Rules
from pipeline.values.found import Found

_LONGEST = 4000
_RUN = re.compile(r"(?<![\w.,/€])(?:\+|00)?\(?\d(?:[ \u00a0\u202f.()/\n-]{0,3}\d){7,15}(?![\w€%])")
"""A run of 8 to 16 digits with the marks that numbers are printed with; it may wrap at a line end."""


def find_phones(text: str, rules: Rules, region: str = "FR") -> list[Found[str]]:
    """Numbers that are possible in the region or carry a country code.

    >>> find_phones("Tél. 03 84 34 12 47", load_rules())[0].value
    '+33384341247'
    """
    regions = [region, *(r for r in rules.lexicon("phones")["regions"] if r != region)]
    found = []
    for match in _RUN.finditer(text[:_LONGEST]):
        number = _parse(match.group(), regions)
        if number:
            found.append(Found(number, match.start(), match.end(), "phones.number"))
    return found


def _parse(printed: str, regions: list[str]) -> str | None:
    digits = re.sub(r"\D", "", printed)
    international = printed.startswith(("+", "00"))
    if not international and not digits.startswith("0"):
        return None
    text = re.sub(r"\(0\)", "", printed).replace("\n", " ").replace("/", " ")
    if re.fullmatch(r"0\d(?:[ .\n-]\d{2}){4}", printed):
        regions = ["FR", *regions]  # five pairs: the French way of printing
    for region in regions if not international else regions[:1]:
        try:
            number = phonenumbers.parse(text, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(number) and _plausible(number, international):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return None


def _plausible(number: phonenumbers.PhoneNumber, international: bool) -> bool:
    """A national number must have the length its country prints: "10 000 habitants" is none."""
    if international:
        return True
    national = str(number.national_number)
    if number.country_code == 32:
        return len(national) == 8 or len(national) == 9 and national.startswith("4")
    return len(national) == 9 if number.country_code in (33, 41) else len(national) in (6, 8, 9)
