"""Names of places that are names of bodies: "Sète", "Ille-et-Vilaine", "Quimper Bretagne Occidentale"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from carnet.pipeline.rules.places import FrenchPlace, load_places
from carnet.pipeline.values.organisations.forms import Hit
from carnet.pipeline.values.organisations.lexicon import BodyLexicon
from carnet.pipeline.values.organisations.words import ARTICLES, NOTE, OF, words_of
from carnet.schemas.mission import ClientType


def as_region(words: tuple[str, ...], bare: tuple[str, ...], lexicon: BodyLexicon) -> Hit | None:
    """A region of France by its bare name."""
    for form in (words, bare):
        if " ".join(form) in lexicon.regions:
            return Hit("region", None, "organisations.region.name", True, form)
    return None


def as_town(words: tuple[str, ...], bare: tuple[str, ...], lexicon: BodyLexicon) -> Hit | None:
    """A French town whose name begins like a body: "Château-Thierry", "Carrières-sous-Poissy", "Ville-d'Avray"."""
    if len(bare) < 2 or not any(len(form.words) == 1 for form in lexicon.starts.get(bare[0], ())):
        return None
    for form in dict.fromkeys((words, bare)):
        if load_places().find(" ".join(form), "c"):
            return Hit("commune", None, "organisations.place.c", True, form, "place")
    return None


def as_place(words: tuple[str, ...], bare: tuple[str, ...], lexicon: BodyLexicon) -> Hit | None:
    """A bare name of the gazetteer: "Sète", "Ille-et-Vilaine", "Quimper Bretagne Occidentale"."""
    places = load_places()
    for form in dict.fromkeys((words, bare)):
        name = " ".join(form)
        found = places.find(name, "cdr")
        if found:
            return _as_french_place(found, form, name in lexicon.ambiguous)
        if name in lexicon.wider:
            named = form[0] in lexicon.starts  # "Province de Luxembourg": its first word says what it is
            return None if named else Hit("region", None, "organisations.place.region_abroad", False, form, "place")
        code = lexicon.cities.get(name) or lexicon.communes.get(name)
        if code:
            return Hit("commune", None, "organisations.place.abroad", name in lexicon.cities, form, "place")
    if core_key(bare, lexicon) in epci_keys():
        return Hit("epci", None, "organisations.place.epci", True, bare, "place")
    if bare[:1] == ("grand",) and len(bare) <= 4 and places.find(" ".join(bare[1:]), "c"):
        return Hit("epci", None, "organisations.place.grand", True, bare, "place")
    if places.find(" ".join(bare), "a"):
        return Hit("commune", None, "organisations.place.former", True, bare, "place")
    return None


def _as_french_place(found: Sequence[FrenchPlace], form: tuple[str, ...], ambiguous: bool) -> Hit:
    """Of one name the big town first (Paris), then the département; not sure when both are likely (Vienne)."""
    kinds: dict[str, ClientType] = {"r": "region", "d": "departement", "c": "commune"}
    town = next((place for place in found if place.kind == "c"), None)
    wide = next((place for kind in "rd" for place in found if place.kind == kind), None)
    first = town if town and (wide is None or town.inhabitants > 100_000) else wide or found[0]
    sure = not ambiguous
    if town and first is town:
        sure = sure and town.inhabitants >= 500
    elif town:
        sure = town.inhabitants < 3000
    return Hit(kinds[first.kind], None, f"organisations.place.{first.kind}", sure, form, "place")


def core_key(words: Sequence[str], lexicon: BodyLexicon) -> str:
    """The telling words of a name, to be looked up among `epci_keys`."""
    return " ".join(word for word in words if word not in lexicon.empty)


@lru_cache(maxsize=1)
def epci_keys() -> frozenset[str]:
    """Names of EPCI without their type and small words: "CC du Pays de l'Arbresle (CCPA)" is "pays arbresle"."""
    small = {*OF, *ARTICLES, "en", "et", "sur", "a", "au", "aux"}
    types = {"cc", "ca", "cu", "ept", "metropole", "communaute", "agglomeration", "agglo", "eurometropole"}
    keys: set[str] = set()
    for place in load_places().epci():
        named = NOTE.sub(" ", place.name)
        for part in [named, *re.findall(r"''([^']+)''", named)]:
            words = [word for word in words_of(part) if word not in small]
            if words and words[0] in types:
                words = words[1:]
            if len(words) > 1 or (words and not load_places().find(words[0], "cadr")):
                keys.add(" ".join(words))
    return frozenset(keys)
