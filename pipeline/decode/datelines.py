"""Datelines: where a letter was written, and when. They head no mission and say nothing of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from carnet.pipeline.page.fragments import Fragment
from carnet.pipeline.roles.network import Told
from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.dates import parse_date
from carnet.schemas.roles import Role

_LONGEST = 90  # letters of a dateline
_ASIDES = (Role.FRONT, Role.FURNITURE, Role.ASIDE, Role.OFFICE, Role.TEAM, Role.LABEL, Role.HEAD)
"""Roles that a dateline may have."""


def without_datelines(told: Told, fragments: Sequence[Fragment], roles: Sequence[Role], rules: Rules) -> Told:
    """What the network says, but of datelines: whatever of a mission they seem to be is an aside, and they head none.

    "Morcy, le 27 juin 2022" under a letter's head was taken for the title of a mission.
    """
    lines = [f.number for f in fragments if is_dateline(f.text, rules)]
    if not lines:
        return told
    shares, anchors = told.roles.copy(), told.anchors.copy()
    others = [n for n, role in enumerate(roles) if role not in _ASIDES]
    shares[lines, roles.index(Role.ASIDE)] += shares[lines][:, others].sum(axis=1)
    shares[[[i] for i in lines], others] = 0.0
    anchors[lines] = 0.0
    return replace(told, roles=shares, anchors=anchors)


def is_dateline(text: str, rules: Rules) -> bool:
    """Is a text nothing but a place and a day?

    >>> is_dateline("Fait à Morcy, le 27 juin 2022", load_rules()), is_dateline("Morcy, juin 2022", load_rules())
    (True, False)
    """
    if len(text) > _LONGEST or not any(c.isdigit() for c in text):
        return False
    match = _form(rules).fullmatch(fold(text).strip())
    date = parse_date(match["date"], rules) if match else None
    return date is not None and date.day is not None


@lru_cache(maxsize=4)
def _form(rules: Rules) -> re.Pattern[str]:
    words = rules.lexicon("observations")
    openers, joints = (
        "|".join(re.escape(fold(str(w))) for w in words[k]) for k in ("dateline_opens", "dateline_joins")
    )
    place, date = r"[a-z][a-z'-]{1,30}(?:\s[a-z'-]{1,30}){0,4}?", r"(?P<date>[^,;:]{6,24}?)\.?"
    return re.compile(rf"(?:(?:{openers})\s{place},?\s|{place},\s?)(?:{joints})\s{date}")
