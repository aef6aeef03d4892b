"""In which country a body is at home."""

from __future__ import annotations

import re
from collections.abc import Iterator

from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.rules.places import load_places, place_key
from carnet.pipeline.values.organisations.forms import Hit
from carnet.pipeline.values.organisations.lexicon import BodyLexicon, lexicon_of
from carnet.pipeline.values.organisations.words import ARTICLES, MAX_NAME, NOTE, key_of, without_joins
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
    named = _of_a_country(name, lexicon) if hit.kind in _OF_STATES else None
    if named:
        return named, True
    core = " ".join(without_joins(hit.core))
    if hit.owner and hit.owner.country and not (hit.kind == "autre" and core in lexicon.cities):
        return hit.owner.country, True
    if hit.kind == "commune":
        return _country_of_town(core, lexicon)
    parted = re.sub(r"(?<=[a-zà-ÿ])(?=[A-Z])", " ", NOTE.sub(" ", name[:MAX_NAME]))  # "DigitalWallonia"
    abroad = lexicon.abroad.search(fold(parted))
    of_neighbours = hit.owner is not None and hit.owner.abroad or bool(lexicon.near_marks.search(name[:MAX_NAME]))
    if abroad and (of_neighbours or hit.kind not in ("epci", "departement")):
        code = lexicon.cities.get(place_key(abroad.group()), "FR")
        at_home = load_places().find(abroad.group(), "c")
        if not at_home or at_home[0].inhabitants < 3000:
            return code, True
    return "FR", hit.sure and not of_neighbours


_OF_STATES = ("etat", "enseignement")
"""Kinds whose name says of which state they are: "Ministère de la Santé du Bénin"; an association "des amis du Mali" is
at home anywhere."""
_OF = re.compile(
    r"\b(?:du|des|de la|de l['’]|de|d['’]|au|en)\s{0,2}(?=([A-ZÀ-ÖØ-Þ][^\W\d_]{2,20}(?:[ '’-][^\W\d_]{1,20}){0,3}))"
)


def _of_a_country(name: str, lexicon: BodyLexicon) -> str | None:
    """The other country whose name ends a body's, or stands in it: "… du Togo", "… de Lettonie orientale"."""
    for match in _OF.finditer(name[:MAX_NAME]):
        words = re.split(r"([ '’-])", match.group(1))
        for end in range(len(words), 0, -2):
            said = "".join(words[:end])
            code = lexicon.countries.get(key_of(said)) if len(said) > 3 else None
            if code:
                return code if code != "FR" else None
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
