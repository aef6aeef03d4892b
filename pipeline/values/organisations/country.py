"""In which country a body is at home."""

from __future__ import annotations

import re
from collections.abc import Iterator

from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.rules.places import load_places, place_key
from carnet.pipeline.values.organisations.forms import Hit
from carnet.pipeline.values.organisations.lexicon import BodyLexicon, lexicon_of
from carnet.pipeline.values.organisations.words import ARTICLES, MAX_NAME, NOTE, OF, key_of, without_joins, words_of
from carnet.pipeline.values.patterns import GAP

_APART = re.compile(rf"{GAP}[,/–-]{GAP}")
_TAIL = re.compile(rf"(?:\s[–—-]\s|,{GAP}|\s/\s)([^\W\d_][^,/–—]{{2,30}})\Z")


def country_of(name: str, body: str, hit: Hit, lexicon: BodyLexicon) -> tuple[str, bool]:
    """ISO code, and whether it is sure: a word in brackets, the kind of body, a place abroad; else France."""
    for note in _notes(name):
        code = lexicon.countries.get(key_of(note))
        if code and (len(note.strip()) > 3 or note.strip().isupper()):
            return code, True
    mark = lexicon.marks.search(name[:MAX_NAME])
    if mark is not None and mark.lastgroup:
        return mark.lastgroup, True
    core = " ".join(without_joins(hit.core))
    if hit.owner and hit.owner.country and not (hit.kind == "autre" and core in lexicon.cities):
        return hit.owner.country, True
    if state := _of_a_state(name, hit, lexicon):
        return state
    if hit.kind == "commune":
        told = _country_of_town(core, lexicon)
        return told if told[1] else _country_of_town(_before_a_service(name, hit), lexicon)
    parted = re.sub(r"(?<=[a-zà-ÿ])(?=[A-Z])", " ", NOTE.sub(" ", name[:MAX_NAME]))  # "DigitalWallonia"
    abroad = lexicon.abroad.search(fold(parted))
    of_neighbours = hit.owner is not None and hit.owner.abroad or bool(lexicon.near_marks.search(name[:MAX_NAME]))
    if abroad and (of_neighbours or hit.kind not in ("epci", "departement")):
        code = lexicon.cities.get(place_key(abroad.group()), "FR")
        at_home = load_places().find(abroad.group(), "c")
        if not at_home or at_home[0].inhabitants < 3000:
            return code, True
    return "FR", hit.sure and not of_neighbours


def _before_a_service(name: str, hit: Hit) -> str:
    """The words of a town's name that stand before its service: "Ville de Liège – Échevinat de l'urbanisme"."""
    first = words_of(_SERVICE.split(name[:MAX_NAME], maxsplit=1)[0])
    return " ".join(word for word in without_joins(hit.core) if word in first)


_SERVICE = re.compile(rf"{GAP}(?:\s[–—-]\s|[,/(])")


_OF_STATES = ("etat", "enseignement", "autre")
"""Kinds whose name says of which state they are: "Ministère de la Santé du Bénin"; an association "des amis du Mali" is
at home anywhere."""
_WORDS_OF_A_STATE = 4


def _of_a_state(name: str, hit: Hit, lexicon: BodyLexicon) -> tuple[str, bool] | None:
    """The other state whose name stands in a body's, or whose adjective does, and whether it is sure: "… du Togo", "…
    de Lettonie orientale". What is a town's or a region's name as well ("Luxembourg") is looked at as such; of one of
    no known kind it is not sure."""
    words = words_of(name[:MAX_NAME])
    adjective = next((word for word in words if word in lexicon.adjectives), None)
    if adjective and hit.kind in (*_OF_STATES, "entreprise"):
        return lexicon.adjectives[adjective], hit.kind != "autre"
    if hit.kind not in _OF_STATES:
        return None
    for at, word in enumerate(words):
        if word not in OF:
            continue
        begin = next((n for n in range(at + 1, len(words)) if words[n] not in ARTICLES), len(words))
        for end in range(begin + _WORDS_OF_A_STATE, begin, -1):
            said = " ".join(words[begin:end])
            code = lexicon.countries.get(said) if len(said) > 3 else None
            if code and code != "FR" and said not in lexicon.cities:
                return code, hit.kind != "autre"
    return None


def country_of_town(town: str, rules: Rules) -> tuple[str, bool]:
    """ISO code of the country of a town, and whether it is sure that it is no other's: ("FR", True) of "Rouen".

    >>> country_of_town("Liège", load_rules()), country_of_town("Rouen", load_rules())
    (('BE', True), ('FR', True))
    """
    return _country_of_town(place_key(town), lexicon_of(rules))


def _notes(name: str) -> Iterator[str]:
    """Places where a country is printed beside a name: "(Suisse)", "… – Belgique", "…, Luxembourg"."""
    for match in NOTE.finditer(name):
        yield from _APART.split(match.group(1))
    tail = _TAIL.search(name.strip())
    if tail:
        yield tail.group(1)


def _country_of_town(core: str, lexicon: BodyLexicon) -> tuple[str, bool]:
    """Towns abroad share their names with French ones: how many live there decides, and whether it is sure."""
    first, _, rest = core.partition(" ")
    bare = rest if rest and first in ARTICLES else core
    home = load_places().find(core, "ca") or load_places().find(bare, "ca")
    inhabitants = home[0].inhabitants if home else 0
    city = lexicon.cities.get(core) or lexicon.cities.get(bare)
    if city and inhabitants < 5000:
        return city, inhabitants < 1000
    if home:
        return "FR", not (core in lexicon.communes and inhabitants < 5000)
    code = lexicon.communes.get(core) or lexicon.communes.get(bare)
    return (code, True) if code else ("FR", False)
