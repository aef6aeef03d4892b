"""Ordering bodies: which kind a name is, and of which country.

A name is taken as words (words.py) and held against the forms that show a kind of body (lexicon.py, forms.py) and
against names of places (gazetteer.py); kind.py says in which order, country.py where the body is at home. Beside it:
bodies named in running text (in_text.py), one body under two names (same_body.py; spelling.py), and bodies in the
domains of e-mail addresses (domains.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.remembered import remembered
from carnet.pipeline.values.organisations.country import country_of
from carnet.pipeline.values.organisations.forms import Hit, Where
from carnet.pipeline.values.organisations.kind import class_of
from carnet.pipeline.values.organisations.lexicon import lexicon_of
from carnet.pipeline.values.organisations.words import MAX_NAME, WORD
from carnet.schemas.mission import ClientType


@dataclass(frozen=True)
class OrgKind:
    """What a name is. `sure`: kind and country both are; `type_sure` and `country_sure` tell which is not.

    `where`: at which place of the name the word that tells its kind stands; `common`: that word is
    a common noun ("Parc", "Réseau"), which names no body by itself."""

    client_type: ClientType | None
    country: str | None
    rule: str
    sure: bool
    type_sure: bool = True
    country_sure: bool = True
    where: Where = ""
    common: bool = False


_APART = re.compile(r"\s/\s|[,;\n]\s|\s[+|]\s")
_ACRONYM = re.compile(r"[A-ZÀ-Ö]{2,8}\s[–—-]\s(?=\S)(.{4,200})")
"""With the name in full behind it: "ONE – Office de la Naissance et de l'Enfance"."""


@remembered
def classify(name: str, rules: Rules) -> OrgKind:
    """Kind and country of the body called `name`; of several ("A / B") the first that is known.

    >>> classify("CC du Pays de l'Arbresle", load_rules()).client_type
    'epci'
    """
    told = form_of(name, rules)
    hit = told.hit
    if hit is None:
        return OrgKind(None, None, "organisations.none", False, False, False)
    country, country_sure = country_of(name, told.body, hit, lexicon_of(rules))
    sure = told.type_sure and country_sure
    return OrgKind(hit.kind, country, hit.rule, sure, told.type_sure, country_sure, told.where, told.common)


@dataclass(frozen=True)
class OrgForm:
    """What a name is, as far as its form tells: see OrgKind. `body`: the one of several that is known; `hit`: how."""

    body: str
    hit: Hit | None
    type_sure: bool

    @property
    def where(self) -> Where:
        return self.hit.where if self.hit else ""

    @property
    def common(self) -> bool:
        return self.hit is not None and self.hit.owner is not None and self.hit.owner.common


@remembered
def form_of(name: str, rules: Rules) -> OrgForm:
    """The kind of the body called `name`, without looking for its country.

    >>> form_of("CC du Pays de l'Arbresle", load_rules()).where
    'starts'
    """
    lexicon = lexicon_of(rules)
    bodies = [body for body in _APART.split(name[:MAX_NAME]) if WORD.search(body)]
    if not bodies:
        return OrgForm("", None, False)
    full = _ACRONYM.match(bodies[0])
    bodies[1:1] = [full[1]] if full else []
    hits = [class_of(body, lexicon) for body in bodies[:4]]
    at = next((index for index, hit in enumerate(hits) if hit.sure), 0)
    return OrgForm(bodies[at], hits[at], hits[at].sure and (at == 0 or bool(full) and at == 1))
