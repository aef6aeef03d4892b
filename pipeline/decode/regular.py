"""How regular a brochure is under a reading of it: the better of two readings is the one that makes more sense of it.

A brochure prints much the same of each of its missions. A reading that loses a column leaves fields empty, one that
invents missions finds them poor, one that runs two together finds twice what a mission has once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from carnet.schemas.draft import MissionDraft
from carnet.schemas.outline import MissionSection, PartKind
from carnet.schemas.values import Period

_ONCE = frozenset({
    PartKind.TITLE, PartKind.CLIENT, PartKind.PERIOD, PartKind.START, PartKind.END, PartKind.DURATION, PartKind.AMOUNT,
    PartKind.CONTACT, PartKind.CONTEXT, PartKind.APPROACH, PartKind.RESULTS,
})  # fmt: skip
"""What is printed of a mission in one place."""
_USUAL = 0.5
"""Share of the missions from which on a field is usual in a brochure."""
_TWICE = 1.5
"""Two missions run together have everything twice: that share weighs more than all that may be missing."""
_MORE = 1.22
"""Factor by which one reading finds more than another in all, from which on it is taken although it is less regular."""
_WHOLE = 0.9
"""Regularity from which on a reading has lost nothing of the missions it has,"""
_FAR_MORE = 1.6
"""unless another finds more by this factor: then it has lost missions."""
_LIST = 3
"""Missions of a list at least."""
_NAMED = frozenset({"title", "client"})
"""What each of a list has."""


@dataclass(frozen=True)
class Filled:
    """The fields of which something was read, by mission, and which share of the kinds of its parts a mission has
    twice, on the mean."""

    missions: Sequence[frozenset[str]]
    twice: float

    @property
    def usual(self) -> frozenset[str]:
        """The fields that many missions have."""
        counts = Counter(field for fields in self.missions for field in fields)
        return frozenset(field for field, n in counts.items() if n >= _USUAL * len(self.missions))

    def found(self, usual: frozenset[str]) -> int:
        return sum(len(usual & fields) for fields in self.missions)

    def regularity(self, usual: frozenset[str]) -> float:
        """Share of the usual fields that a mission has, on the mean, less what is there twice. Behind full missions a
        list may tell others in short ("Autres références"): those are held against what they have usually."""
        short = Filled([m for m in self.missions if 2 * len(usual & m) < len(usual)], 0.0)
        of_short = short.usual & usual
        listed = len(short.missions) >= _LIST and of_short >= _NAMED and len(short.missions) < len(self.missions)
        told = len(short.missions) * len(usual) * short.found(of_short) / max(1, len(of_short) * len(short.missions))
        found = self.found(usual) - short.found(usual) + told if listed else self.found(usual)
        return found / max(1, len(usual) * len(self.missions)) - _TWICE * self.twice


def filled(sections: Sequence[MissionSection], drafts: Sequence[MissionDraft]) -> Filled:
    """What a reading, and the fields read from it, come to."""
    twice = [_twice(section) for section in sections]
    fields = [frozenset(name for name, some in draft.candidates.items() if _says(some[0].value)) for draft in drafts]
    return Filled(fields, sum(twice) / max(1, len(twice)))


def _twice(section: MissionSection) -> float:
    counts = Counter(p.kind for p in section.parts if p.items and p.kind in _ONCE)
    return sum(n > 1 for n in counts.values()) / max(1, len(counts))


def _says(value: object) -> bool:
    """Not "NC", which is a value that says nothing, nor a list of nobody, nor a period that ends before it starts."""
    if isinstance(value, Period) and value.start and value.end and value.end.last_day() < value.start.first_day():
        return False
    return value not in (None, []) and getattr(value, "value", value) is not None


def makes_more_sense(one: Filled, other: Filled) -> bool:
    """Is the brochure as regular under the first reading as under the second, or more?"""
    usual = one.usual | other.usual
    a, b = one.regularity(usual), other.regularity(usual)
    mine, theirs = one.found(usual), other.found(usual)
    if mine > (_FAR_MORE if b >= _WHOLE else _MORE) * theirs:
        return True
    if theirs > (_FAR_MORE if a >= _WHOLE else _MORE) * mine:
        return False
    return a >= b
