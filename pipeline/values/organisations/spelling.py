"""Short forms and numbers for what they stand for: "DDT", "CD 35"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from carnet.pipeline.rules.places import load_places
from carnet.pipeline.values.organisations.lexicon import BodyLexicon
from carnet.pipeline.values.organisations.words import words_of
from carnet.schemas.mission import ClientType


def shortened(words: Sequence[str], lexicon: BodyLexicon) -> tuple[str, ...]:
    """Long forms replaced by their short ones: "direction départementale des territoires" is "ddt"."""
    out: list[str] = []
    at = 0
    while at < len(words):
        known = lexicon.short_forms.get(words[at], ())
        form = next((form for form in known if tuple(words[at : at + len(form[0])]) == form[0]), None)
        out.extend(form[1] if form else words[at : at + 1])
        at += len(form[0]) if form else 1
    return tuple(out)


def with_departement(words: Sequence[str], kind: ClientType | None) -> tuple[str, ...]:
    """ "CD 35" is "CD Ille-et-Vilaine"."""
    out: list[str] = []
    is_lone_number = len(words) == 1 and kind != "departement"
    for word in words:
        number = re.fullmatch(r"(?:c[dg])?(\d[\dab]\d?)", word)
        name = _departements().get(number.group(1)) if number and not is_lone_number else None
        out.extend(words_of(name) if name else [word])
    return tuple(out)


@lru_cache(maxsize=1)
def _departements() -> Mapping[str, str]:
    lines = [line for lines in load_places().lines.values() for line in lines.splitlines() if line[0] == "d"]
    return {line.split("\t")[2].lower(): line.split("\t")[1] for line in lines}
