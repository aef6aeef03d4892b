"""Is a text the name of a body (a client), rather than the title of a mission or the name of a theme?"""

from __future__ import annotations

import re
from functools import lru_cache

from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.rules.remembered import remembered
from carnet.pipeline.values.organisations import classify, form_of

_LONGEST = 140


@remembered
def names_body(text: str, rules: Rules) -> bool:
    """By a word that tells the kind of body at its head ("Ville de …", "Région …", "… Habitat"), known place or not.

    >>> names_body("Ville de Morcy-sur-Loire", load_rules())
    True
    >>> names_body("Réorganisation du réseau de bus", load_rules())
    False
    """
    bare = " ".join(text.split()).strip(" :–-")
    if not bare or len(bare) > _LONGEST:
        return False
    form = form_of(bare, rules)
    if _is_work(bare, rules):  # "Parc naturel régional …", "Mission locale …"
        return form.where == "starts" and form.type_sure and classify(bare, rules).sure
    if form.type_sure:
        return True
    return form.where == "starts" and not form.common and bare[:1].isupper()


def _is_work(text: str, rules: Rules) -> bool:
    """Does it open with a word for a piece of work ("Étude", "Accompagnement", "Schéma directeur")?"""
    first = re.match(r"[\w'’-]+", fold(text))
    return first is not None and first.group().strip("'’") in _works(rules)


@lru_cache(maxsize=4)
def _works(rules: Rules) -> frozenset[str]:
    return frozenset(fold(str(w)) for w in rules.lexicon("works")["works"])
