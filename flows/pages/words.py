"""What the pages say, in French: `words.yml`, with the names that fields and findings have everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from carnet.schemas.closed_lists import FindingCode, Origin
from carnet.schemas.fields import FRENCH
from carnet.schemas.from_yaml import from_yaml
from carnet.warehouse.exports import french
from carnet.warehouse.exports.finding_words import in_french
from carnet.warehouse.matching.themes import load_themes

HERE = Path(__file__).parent


@cache
def words() -> Any:  # the content of a YAML file of ours
    """Names of codes and fields, and sentences, by what they are for; with the blanks of French print."""
    own = from_yaml(french.spaced((HERE / "words.yml").read_text(encoding="utf-8")))
    told = {"findings": {code.value: code.french for code in FindingCode}, "fields": FRENCH | own["fields"]}
    told["doubts"] = {code.value: code.french for code in FindingCode if code.origin is Origin.READING}
    themes = {code: names["fr"] for code, names in load_themes().names.items()}
    places = from_yaml((HERE / "departements.yml").read_text(encoding="utf-8"))
    return own | told | {
        "departement": {code: f"{name} ({code})" for code, name in places.items()},
        "theme_code": themes, "theme": themes,
    }  # fmt: skip


def mistake(name: str, kind: str, told: Mapping[str, object] = MappingProxyType({})) -> str:
    """What is wrong with a value in an address, or that was sent. `kind`, `told`: as Pydantic names it.

    >>> mistake("offset", "greater_than_equal", {"ge": 0}), mistake("year", "string_pattern_mismatch")
    ('offset : attendu, 0 ou plus', 'année : valeur incomprise')
    """
    sentences = words()["mistakes"]
    sentence = sentences.get(kind, sentences["other"]).format(**told)
    return f"{words()['fields'].get(name, name)} : {sentence}"


def word(kind: str, code: object) -> str:
    """The French name of a code; the code itself where there is none.

    >>> word("client_type", "epci"), word("domain", "Eau"), word("domain", None)
    ('intercommunalité', 'Eau', 'non précisé')
    """
    if code is None:
        return str(words()["not_said"])
    return str(words().get(kind, {}).get(code, code))


def shown(field: str, value: str | None) -> str:
    """A value that was read or corrected, as a French reader reads it.

    >>> shown("client_type", "epci"), shown("amount", "29000.00").replace(french.THIN, " ")
    ('intercommunalité', '29 000')
    """
    if value is None:
        return ""
    if field in ("amount", "amount_max"):
        try:
            return french.number(Decimal(value))
        except InvalidOperation:
            return value
    return word(field, value) if field in ("client_type", "client_country", "status") else value


def exactly(finding: dict[str, Any]) -> Markup:
    """What a finding says beyond the words of its code, if anything; in English where it has no French."""
    said = in_french(finding["message"])
    if said == word("findings", finding["code"]):
        return Markup()
    language = Markup("") if said else Markup(' lang="en"')
    return Markup("<small{}>{}</small>").format(language, said or finding["message"])
