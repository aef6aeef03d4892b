"""One body under two names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.places import load_places
from carnet.pipeline.values.organisations.forms import Hit
from carnet.pipeline.values.organisations.kind import class_of
from carnet.pipeline.values.organisations.lexicon import BodyLexicon, lexicon_of
from carnet.pipeline.values.organisations.spelling import shortened, with_departement
from carnet.pipeline.values.organisations.words import MAX_NAME, NOTE, key_of, printed_words, words_of
from carnet.schemas.mission import ClientType


def same_body(a: str, b: str, rules: Rules) -> bool:
    """Whether two names mean one body, whatever the body word or its short form; "A / B" is either of the two.

    >>> same_body("Ville de Sète", "Mairie de Sète", load_rules())
    True
    """
    lexicon = lexicon_of(rules)
    return any(_same(one, two, lexicon) for one in _bodies(a, lexicon) for two in _bodies(b, lexicon))


@dataclass(frozen=True)
class _Identity:
    """A name for comparing: its kind and family, its telling words in order, and those without the body words."""

    kind: ClientType | None
    family: str
    sure: bool
    words: tuple[str, ...]
    in_full: tuple[str, ...]
    core: frozenset[str]
    is_acronym: bool


def _bodies(name: str, lexicon: BodyLexicon) -> list[_Identity]:
    """The name, its parts where it holds several, and an acronym in brackets."""
    name = name[:MAX_NAME]
    notes = [note for note in NOTE.findall(name) if key_of(note) not in lexicon.countries]
    without = NOTE.sub(" ", name)
    parts = re.split(r"\s/\s|[,;]\s", without)
    forms = dict.fromkeys(part.strip() for part in [without, *(parts if len(parts) > 1 else []), *notes])
    return [identity for form in list(forms)[:6] if (identity := _identity(form, lexicon)).words]


def _identity(name: str, lexicon: BodyLexicon) -> _Identity:
    printed = printed_words(name)
    hit = class_of(name, lexicon) if printed else Hit(None, None, "", False, ())
    words = with_departement(words_of(name), hit.kind)
    in_full = tuple(word for word in words if word not in lexicon.empty)
    telling = tuple(word for word in shortened(words, lexicon) if word not in lexicon.empty)
    core = [word for word in shortened(with_departement(hit.core, hit.kind), lexicon) if word not in lexicon.empty]
    slim = [word for word in core if word not in lexicon.optional] if hit.kind == "epci" else core
    family = _family(hit, [word for word in telling if word not in core])
    acronym = bool(printed) and printed[0].isupper() and len(printed[0]) > 1
    return _Identity(hit.kind, family, hit.sure, telling, in_full, frozenset(slim or core), acronym)


def _family(hit: Hit, body_words: Sequence[str]) -> str:
    """Names of one family may be one body: all towns, all EPCI; State offices only under one word (DREAL, ARS)."""
    if hit.kind in ("commune", "epci", "departement", "region", "entreprise", "bailleur", "association"):
        return str(hit.kind)
    if hit.owner is None:
        return ""
    return hit.owner.name if hit.kind == "groupement" else f"{hit.owner.name}: {' '.join(body_words)}"


def _same(one: _Identity, two: _Identity, lexicon: BodyLexicon) -> bool:
    if set(one.words) == set(two.words) or "".join(one.words) == "".join(two.words):
        return True
    if _acronym_of(one, two) or _acronym_of(two, one):
        return True
    if not _may_be_one(one, two):
        return False
    if "".join(sorted(one.core)) == "".join(sorted(two.core)) and one.core:
        return True
    if one.core == frozenset(two.words) or two.core == frozenset(one.words):
        return True
    return _one_is_shorter(one, two, lexicon) or _one_is_shorter(two, one, lexicon)


def _one_is_shorter(short: _Identity, whole: _Identity, lexicon: BodyLexicon) -> bool:
    """ "PNR des Bauges" of "PNR du Massif des Bauges"; never "Loire" of "Haute-Loire"."""
    if short.family != whole.family or not short.family or short.kind == "departement" or not short.core <= whole.core:
        return False
    if not short.core:
        return short.kind not in ("commune", "entreprise", "association")
    if short.kind == "commune":
        name = " ".join(word for word in short.words if word in short.core)
        return len(name) > 5 and whole.words[: len(short.words)] == short.words and not load_places().find(name, "ca")
    return any(len(word) > 3 and word not in lexicon.name_words for word in short.core)


def _may_be_one(one: _Identity, two: _Identity) -> bool:
    """Not a town and its agglomeration, nor two offices of the State in one region."""
    if one.family == two.family:
        return True
    if not one.family or not two.family:  # one is a bare name
        return not one.sure or not two.sure or one.kind == two.kind
    groups = (
        {"pays", "epci"},
        {"syndicat_mixte", "pays", "petr", "scot", "eptb", "gip"},
        {"pays", "pnr", "parc_weak"},
    )
    return any(one.family in group and two.family in group for group in groups) or not (one.sure and two.sure)


def _acronym_of(short: _Identity, whole: _Identity) -> bool:
    """ "CCPBS" of "Communauté de communes du Pays Bigouden Sud", "ARML Bretagne" of "Association … de Bretagne"."""
    if not short.is_acronym or not 2 < len(short.words[0]) < 10 or not short.words[0].isalpha():
        return False
    rest = short.words[1:]
    if any(word not in whole.in_full for word in rest):
        return False
    letters = "".join(word[0] for word in whole.in_full if word not in rest)
    return short.words[0] == letters or (not rest and letters.startswith(short.words[0]) and len(short.words[0]) > 3)
