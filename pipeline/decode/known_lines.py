"""Lines whose words alone say that they head no mission: datelines of letters, sums of tables, contents, what goes on
with the line above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from carnet.pipeline.observe.document import Observed, look_of
from carnet.pipeline.page.relations import RELATIONS
from carnet.pipeline.roles.network import Told
from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.dates import parse_date
from carnet.schemas.roles import Role

_LONGEST = 90  # letters of such a line
_ASIDES = (Role.FRONT, Role.FURNITURE, Role.ASIDE, Role.OFFICE, Role.TEAM, Role.LABEL, Role.HEAD)
"""Roles that a dateline may have."""
_NAMES = (Role.TITLE, Role.CLIENT, Role.HEADING, Role.GROUP_CLIENT, Role.DOMAIN)
"""Roles that a sum has not."""


def without_known_lines(told: Told, seen: Observed, roles: Sequence[Role], rules: Rules) -> Told:
    """What the network says, but of datelines and sums: what they seem to be of a mission is an aside, and no name of
    anything; they head none, and neither does what goes on with the line above, nor a line of contents.

    "Morcy, le 27 juin 2022" under a letter's head was taken for the title of a mission, "Total section 1" for a client,
    "84 élus)" under "Cycle (5 sessions," for another mission.
    """
    dated = [f.number for f in seen.fragments if is_dateline(f.text, rules)]
    sums = [f.number for f in seen.fragments if is_sum(f.text, rules)]
    gone_on = [i for i in np.flatnonzero(told.anchors >= _MAY_HEAD).tolist() if _goes_on(seen, i, rules)]
    credits = _credits(seen, rules)
    contents = _led(seen)
    if not (dated or sums or gone_on or credits or contents):
        return told
    shares, anchors = told.roles.copy(), told.anchors.copy()
    _moved(shares, dated, [n for n, role in enumerate(roles) if role not in _ASIDES], roles.index(Role.ASIDE))
    _moved(shares, credits, [n for n, role in enumerate(roles) if role not in _ASIDES], roles.index(Role.ASIDE))
    _moved(shares, sums, [roles.index(role) for role in _NAMES], roles.index(Role.FRONT))
    _moved(shares, contents, [n for n, role in enumerate(roles) if role.of_mission], roles.index(Role.FRONT))
    anchors[[*dated, *sums, *gone_on, *credits, *contents]] = 0.0
    return replace(told, roles=shares, anchors=anchors)


def _credits(seen: Observed, rules: Rules) -> list[int]:
    """Fragments of lines that say whose a picture is: "© Atelier Roche, été 2023"."""
    openers = tuple(_folded(rules, "observations", "credit_opens"))
    lines = {f.line for f in seen.fragments if f.start == 0 and fold(f.text).startswith(openers)}
    return [f.number for f in seen.fragments if f.line in lines and len(f.text) <= _LONGEST]


def _led(seen: Observed) -> list[int]:
    """Fragments of lines whose dots lead to a page: "Plan de mobilité ........... 12"."""
    lines = {f.line for f in seen.fragments if _LEADERS.search(f.text)}
    return [f.number for f in seen.fragments if f.line in lines]


_LEADERS = re.compile(r"[.…·_]{6}")
_MAY_HEAD = 0.05
"""Probability from which on a fragment may head a mission."""


def _goes_on(seen: Observed, i: int, rules: Rules) -> bool:
    """Does the line right above, in the same look, break off: "Association des maires du", "Cycle (5 sessions,"?"""
    above = int(seen.beside[_ABOVE, i])
    if above < 0:
        return False
    a, b = seen.fragments[above], seen.fragments[i]
    near = a.page == b.page and b.box.top - a.box.bottom < _NEXT * a.style.size and look_of(a) == look_of(b)
    return near and not b.marked and breaks_off(a.text, rules)


_ABOVE = RELATIONS.index("aligned_above")
_NEXT = 0.7
"""Letter sizes between two lines of one text at most."""


def breaks_off(text: str, rules: Rules) -> bool:
    """Does a line end where something must follow?

    >>> breaks_off("Association des maires du", load_rules()), breaks_off("Plan guide du bourg", load_rules())
    (True, False)
    """
    bare = text.rstrip()
    last = fold(bare).split()[-1:] if bare else []
    unfinished = _folded(rules, "fields", "unfinished")
    return bare.endswith((",", "(", "/", "&")) or bare.count("(") > bare.count(")") or bool(unfinished & {*last})


def _moved(shares: npt.NDArray[np.float32], lines: Sequence[int], columns: Sequence[int], to: int) -> None:
    """In these rows, what stands in some columns goes to another."""
    for i in lines:
        shares[i, to] += shares[i, columns].sum()
        shares[i, columns] = 0.0


def is_sum(text: str, rules: Rules) -> bool:
    """Does a text name a sum and nothing else?

    >>> is_sum("TOTAL section 1 (hors NC)", load_rules()), is_sum("Total Énergies Nord", load_rules())
    (True, False)
    """
    words = re.findall(r"[a-z-]{1,20}", fold(text)) if len(text) <= _LONGEST else []
    observed = "observations"
    return (
        bool(words)
        and words[0] in _folded(rules, observed, "sum_words")
        and _folded(rules, observed, "sum_tails").issuperset(words[1:])
    )


@lru_cache(maxsize=16)
def _folded(rules: Rules, lexicon: str, key: str) -> frozenset[str]:
    return frozenset(fold(str(word)) for word in rules.lexicon(lexicon)[key])


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
