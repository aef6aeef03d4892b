"""What follows from decided values: the client's type and country, status, days of printed months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.rules.places import load_places
from carnet.pipeline.values.country_signs import of_address, of_currency, of_number
from carnet.pipeline.values.organisations import classify
from carnet.pipeline.values.organisations.words import ARTICLES, MAX_NAME, words_of
from carnet.schemas.mission import ClientType, Contact, Status
from carnet.schemas.values import Period

_NO_PLACE = ("etat", "entreprise", "association", "autre", "enseignement", "sante")


@dataclass(frozen=True)
class ClientFacts:
    """`sure`: the words of the client say its type."""

    type: ClientType | None
    country: str | None
    sure: bool
    rule: str
    country_sure: bool


def client_facts(
    client: str | None, printed: str, contacts: Sequence[Contact], currency: str | None, region: str, rules: Rules
) -> ClientFacts:
    """Type from the client's words; country from them or what stands in brackets behind, then from phones and e-mail
    domains of the contacts, the currency, the publisher's country. `printed`: the heading or cell with its brackets."""
    if client is None:
        return ClientFacts(None, None, True, "", True)
    kind = classify(printed if printed.startswith(client) else client, rules)
    own = classify(client, rules)
    country = next((c for c in (_noted(printed, rules), _spoken(contacts, region, rules)) if c), None)
    if country is None and not (own.sure and own.country not in (None, "FR")):
        country = of_currency(currency, rules)
    stated = country is not None
    known = next((k.country for k in (kind, own) if k.country_sure), None)
    if region != "FR" and known == "FR" and own.client_type in _NO_PLACE and not _of_a_french_part(client):
        known = None  # a ministry or a company without a place: of the publisher's country
    country = country or known or (region if region != "FR" else kind.country or own.country)
    return ClientFacts(
        own.client_type or kind.client_type, country, own.type_sure, own.rule, stated or own.country_sure
    )


def _of_a_french_part(client: str) -> bool:
    """Does a name end with that of a region or département: "ARS Île-de-France"?"""
    printed = client[:MAX_NAME].split()
    tails = (words_of(" ".join(printed[-n:])) for n in range(1, min(len(printed), _WORDS_OF_A_PART) + 1))
    bare = (words[1:] if words and words[0] in ARTICLES else words for words in tails)
    return any(load_places().find(" ".join(words), "rd") for words in bare)


_WORDS_OF_A_PART = 4


def _noted(printed: str, rules: Rules) -> str | None:
    """The country in brackets: "Ville de Tournai (Belgique)"."""
    folded = fold(printed) if "(" in printed else ""
    for code, names in rules.lexicon("clients")["country_notes"].items():
        if any(f"({fold(str(n))})" in folded for n in names):
            return str(code)
    return None


def _spoken(contacts: Sequence[Contact], region: str, rules: Rules) -> str | None:
    """Of a phone number with its country's prefix, of an e-mail domain; a French one tells something abroad only."""
    for contact in contacts:
        told = (
            of_number(contact.phone, rules) if contact.phone else None,
            of_address(contact.email, rules) if contact.email else None,
        )
        country = next((code for code in told if code and not code == region == "FR"), None)
        if country:
            return country
    return None


def status(period: Period | None, texts: Sequence[str], rules: Rules, said: str | None = None) -> Status:
    """What the brochure says of it (`said`), else ongoing where the period or the text of the mission is, else
    completed. The texts speak in drafts that were kept before the status had a finder."""
    if said is not None:
        return "ongoing" if said == "ongoing" else "completed"
    if period is not None and period.ongoing:
        return "ongoing"
    sayings = [fold(str(s)) for s in rules.lexicon("fields")["ongoing_sayings"]]
    for text in texts:
        folded = fold(text).strip(" .")
        if any(folded == s or len(folded) < 60 and folded.startswith(s) and len(s.split()) > 2 for s in sayings):
            return "ongoing"
    return "completed"
