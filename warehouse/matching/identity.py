"""Which mission is this? Tells which missions of all editions of one brochure are one, and why.

A pure function over whole editions, oldest first: the order in which files arrived plays no part. A mission is the
known one with the same heading, else the likest one (both assigned over the whole edition at once), else a new one.
What id it bears is another matter (ids.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from carnet.warehouse.matching.assignment import assign
from carnet.warehouse.matching.ids import MissionPlace
from carnet.warehouse.matching.likeness import Likeness, Portrait, perhaps_again

SAME = 0.70
"""From this likeness on two missions are one: reworded titles keep theirs, two studies for one client stay below."""
SAME_HEADING = 0.55
"""Enough under the same heading: below, it is a common title ("Audit énergétique") or a study done again."""
SAME_PLACE = 0.001
"""What the same place among repeats of a heading adds, where nothing else tells them apart."""
SURE = 0.80
"""A match below is in doubt."""
NEARLY = 0.62
"""So like a mission that it may be that one after all."""


@dataclass(frozen=True)
class IdentityDoubt:
    """Why an identity may be wrong: `about` is the mission it was taken for, or (`is_new`) was not."""

    about: int
    told: str
    is_new: bool

    def sentence(self, mission_id: str) -> str:
        """With the id of the mission it is about."""
        if self.is_new:
            return (
                f"taken for a new mission, but it is much like {self.told!r} ({mission_id}); `carnet same` joins them"
            )
        return f"taken for the mission that was {self.told!r}; `carnet distinct` parts them"


@dataclass(frozen=True)
class Identity:
    """`mission`: a number, the same wherever the mission stands. `reason`: new, same heading, decided, or likeness with
    what it was likest to."""

    mission: int
    reason: str
    score: float | None = None
    doubt: IdentityDoubt | None = None


@dataclass(frozen=True)
class Decisions:
    """What people said of pairs of places: these are the same mission, these are not."""

    same: frozenset[frozenset[MissionPlace]] = frozenset()
    distinct: frozenset[frozenset[MissionPlace]] = frozenset()


UNDECIDED = Decisions()


@dataclass
class _Known:
    """A mission so far: how it was last seen, and all its places."""

    portrait: Portrait
    places: set[MissionPlace]

    def bound(self, portrait: Portrait, pairs: frozenset[frozenset[MissionPlace]]) -> bool:
        return bool(pairs) and any(frozenset((portrait.place, place)) in pairs for place in self.places)


def identify(editions: Sequence[Sequence[Portrait]], decisions: Decisions = UNDECIDED) -> list[list[Identity]]:
    """An identity for each mission of each edition; `editions` from the oldest to the newest."""
    likeness = Likeness(portrait for edition in editions for portrait in edition)
    known: dict[int, _Known] = {}
    out = []
    for edition in editions:
        matching = _Matching(edition, known, decisions, likeness)
        found = matching.run()
        number = len(known)
        for index, portrait in enumerate(edition):
            if index not in found:
                found[index] = Identity(number, "new", doubt=matching.near_miss(portrait))
                number += 1
        for index, portrait in enumerate(edition):
            places = {portrait.place} if portrait.place else set()
            before = known.get(found[index].mission)
            known[found[index].mission] = _Known(portrait, places | (before.places if before else set()))
        out.append([found[index] for index in range(len(edition))])
    return out


class _Matching:
    """Finds the missions of one edition that are known already: as decided, then the same heading, then the likest."""

    def __init__(
        self, edition: Sequence[Portrait], known: Mapping[int, _Known], decisions: Decisions, likeness: Likeness
    ) -> None:
        self.edition = edition
        self.known = known
        self.decisions = decisions
        self.likeness = likeness
        self.found: dict[int, Identity] = {}
        self.used: set[int] = set()

    def run(self) -> dict[int, Identity]:
        """By place in the edition; what is new is not in it."""
        self._as_decided()
        self._by_heading()
        self._by_likeness()
        return self.found

    def near_miss(self, portrait: Portrait) -> IdentityDoubt | None:
        """A known mission that no other of this edition is, and that this one is nearly like."""
        near = [
            (score, mission)
            for mission, one in self._free(portrait)
            if (score := self.likeness(portrait, one.portrait)) >= NEARLY
            or self.likeness.same_occasion(portrait, one.portrait)
        ]
        if not near:
            return None
        _, mission = max(near)
        return IdentityDoubt(mission, _told(self.known[mission].portrait), is_new=True)

    def _as_decided(self) -> None:
        for index, portrait in enumerate(self.edition):
            for mission, one in self.known.items():
                if mission not in self.used and one.bound(portrait, self.decisions.same):
                    self._take(index, Identity(mission, "decided", 1.0))
                    break

    def _by_heading(self) -> None:
        """Among repeats of a heading the likest are one."""
        scores = {
            (index, mission): score + SAME_PLACE * (portrait.key == one.portrait.key)
            for index, portrait in self._left()
            for mission, one in self._free(portrait)
            if one.portrait.heading == portrait.heading and (score := self._score(portrait, one)) >= SAME_HEADING
        }
        for index, mission in assign(scores):
            self._take(index, Identity(mission, "same heading", 1.0, self._doubt(index, mission, 1.0)))

    def _by_likeness(self) -> None:
        scores = {
            (index, mission): score
            for index, portrait in self._left()
            for mission, one in self._free(portrait)
            if (score := self._score(portrait, one)) >= SAME
        }
        for index, mission in assign(scores):
            score = round(scores[index, mission], 3)
            reason = f"likeness to {self.known[mission].portrait.key!r}"
            self._take(index, Identity(mission, reason, score, self._doubt(index, mission, score)))

    def _doubt(self, index: int, mission: int, score: float) -> IdentityDoubt | None:
        """Not so like, or the study that is done every few years."""
        before = self.known[mission].portrait
        if score >= SURE and not perhaps_again(self.edition[index], before):
            return None
        return IdentityDoubt(mission, _told(before), is_new=False)

    def _score(self, portrait: Portrait, one: _Known) -> float:
        """How like they are; 0 for what is rather the same study done again."""
        return 0.0 if self.likeness.at_odds(portrait, one.portrait) else self.likeness(portrait, one.portrait)

    def _left(self) -> list[tuple[int, Portrait]]:
        return [(index, portrait) for index, portrait in enumerate(self.edition) if index not in self.found]

    def _free(self, portrait: Portrait) -> Iterable[tuple[int, _Known]]:
        """Known missions that this one may be."""
        return [
            (mission, one)
            for mission, one in self.known.items()
            if mission not in self.used and not one.bound(portrait, self.decisions.distinct)
        ]

    def _take(self, index: int, identity: Identity) -> None:
        self.found[index] = identity
        self.used.add(identity.mission)


def _told(portrait: Portrait) -> str:
    return portrait.title or portrait.client or portrait.key
