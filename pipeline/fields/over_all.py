"""The heading over all missions of a brochure: "Expérience du cabinet" says that they are missions, and of which part
none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.schemas.outline import MissionSection

_WORD = re.compile(r"[a-z]{2,30}")


def without_general_title(missions: Sequence[MissionSection], rules: Rules) -> tuple[MissionSection, ...]:
    """The missions without the one heading that they all stand under, where all its words fit any list of missions."""
    named = {fold(s.domain.flow().text) for s in missions if s.domain is not None}
    if len(named) != 1 or not says_missions(next(iter(named)), rules):
        return tuple(missions)
    return tuple(replace(s, domain=None, domain_rule="") for s in missions)


def says_missions(text: str, rules: Rules) -> bool:
    """Are all words of a heading such as fit any list of missions?

    >>> says_missions("Expérience du cabinet", load_rules()), says_missions("Cohésion sociale", load_rules())
    (True, False)
    """
    words = _WORD.findall(fold(text))
    return bool(words) and _general(rules).issuperset(words)


@lru_cache(maxsize=4)
def _general(rules: Rules) -> frozenset[str]:
    return frozenset(fold(str(w)) for w in rules.lexicon("observations")["list_title_words"])
