"""What seems to be a mission and is set and told unlike all others: a table of means, the subject of a tender."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import TypeVar

from carnet.pipeline.observe.document import look_of
from carnet.pipeline.page.fragments import Fragment
from carnet.pipeline.rules.fold import letters_of
from carnet.schemas.roles import Role

_T = TypeVar("_T")
_MANY = 5
"""Missions from which on a brochure has a manner of its own."""
_USUAL = 0.6
"""Share of the missions from which on a label, or a kind of part, is usual."""
_LABELS = 3
"""Usual labels from which on a mission without any of them is odd."""
_ALIKE = 0.75
"""Share of the heads that are set in one look, from which on another look is odd."""
_FEW = 0.25
"""Share of all that may be odd: more of them are missions told in another manner."""
_HALF = 0.5
"""The same of those that tell no fact at all, where the others do."""
_TOLD = 2
"""Kinds of facts that missions usually tell, from which on one without any is none."""
_LIST = 3
"""Odd ones in one look, with facts, from which on they are a list of their own."""
_SURE = 0.85
_NAMED = (Role.TITLE, Role.CLIENT)
_FACTS = frozenset({Role.CLIENT, Role.PERIOD, Role.START, Role.AMOUNT, Role.FACTS, Role.PARTNERS, Role.PLACE})
"""What a list tells of its missions, one of these at least."""
_NO_KINDS = frozenset({Role.LABEL, Role.ASIDE, Role.REFERENCE})


def unlike_the_others(
    fragments: Sequence[Fragment], roles: Sequence[Role], members: Mapping[int, Sequence[int]], sure: Sequence[float]
) -> set[int]:
    """Heads of what is no mission, of `members`: head -> the fragments of its mission. Odd in two of three: its labels,
    what it tells, how its head is set; not where it surely names a client and what was done."""
    if len(members) < _MANY:
        return set()
    labels = {a: {letters_of(fragments[i].text) for i in some if roles[i] is Role.LABEL} for a, some in members.items()}
    kinds = {a: {roles[i] for i in some} - _NO_KINDS for a, some in members.items()}
    usual_labels, usual_kinds = _usual(labels.values(), len(members)), _usual(kinds.values(), len(members))
    looks = Counter(look_of(fragments[a]) for a in members)
    look, count = looks.most_common(1)[0]
    one_look = count >= _ALIKE * len(members)
    odd = set()
    for a, some in members.items():
        signs = int(one_look and look_of(fragments[a]) != look)
        signs += len(usual_labels) >= _LABELS and not labels[a] & usual_labels
        signs += 2 * len(kinds[a] & usual_kinds) <= len(usual_kinds)
        named = all(any(roles[i] is role and sure[i] >= _SURE for i in some) for role in _NAMED)
        if signs >= 2 and not named:
            odd.add(a)
    listed = Counter(look_of(fragments[a]) for a in odd if kinds[a] & _FACTS)
    odd = {a for a in odd if listed[look_of(fragments[a])] < _LIST}
    bare = {a for a in odd if not kinds[a] & _FACTS} if len(usual_kinds & _FACTS) >= _TOLD else set()
    few = len(odd - bare) <= _FEW * len(members) and len(odd) <= _HALF * len(members)
    return odd if few else bare if len(bare) <= _HALF * len(members) else set()


def _usual(some: Iterable[Set[_T]], count: int) -> set[_T]:
    told = Counter(one for each in some for one in each)
    return {one for one, times in told.items() if times >= _USUAL * count}
