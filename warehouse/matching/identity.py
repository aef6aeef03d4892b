"""Which mission is this? Gives the missions of all editions of one brochure their ids, and says why.

A pure function over whole editions, oldest first: the order in which files arrived plays no part. A mission has the id
of the known mission with the same heading, else of the likest one (both assigned over the whole edition at once), else
a new id made from brochure and heading.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from carnet.warehouse.matching.assignment import assign
from carnet.warehouse.matching.likeness import Likeness, Place, Portrait, perhaps_again
from carnet.warehouse.store.rows import short_hash

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
class Identity:
    """`reason`: new, same heading, decided, or likeness with what it was likest to. `doubt`: why it may be wrong."""

    mission_id: str
    reason: str
    score: float | None = None
    doubt: str | None = None


@dataclass(frozen=True)
class Decisions:
    """What people said of pairs of places: these are the same mission, these are not."""

    same: frozenset[frozenset[Place]] = frozenset()
    distinct: frozenset[frozenset[Place]] = frozenset()


UNDECIDED = Decisions()


@dataclass
class _Known:
    """A mission so far: how it was last seen, and all its places."""

    portrait: Portrait
    places: set[Place]

    def bound(self, portrait: Portrait, pairs: frozenset[frozenset[Place]]) -> bool:
        return bool(pairs) and any(frozenset((portrait.place, place)) in pairs for place in self.places)


def identify(
    brochure: str, editions: Sequence[Sequence[Portrait]], decisions: Decisions = UNDECIDED
) -> list[list[Identity]]:
    """An identity for each mission of each edition; `editions` from the oldest to the newest."""
    likeness = Likeness(portrait for edition in editions for portrait in edition)
    known: dict[str, _Known] = {}
    out = []
    for edition in editions:
        matching = _Matching(edition, known, decisions, likeness)
        found = matching.run()
        taken = set(known)
        for index, portrait in enumerate(edition):
            if index not in found:
                doubt = matching.near_miss(portrait)
                found[index] = Identity(_new_id(brochure, portrait.key, taken), "new", doubt=doubt)
                taken.add(found[index].mission_id)
        for index, portrait in enumerate(edition):
            places = {portrait.place} if portrait.place else set()
            before = known.get(found[index].mission_id)
            known[found[index].mission_id] = _Known(portrait, places | (before.places if before else set()))
        out.append([found[index] for index in range(len(edition))])
    return out


class _Matching:
    """Finds the missions of one edition that are known already: as decided, then the same heading, then the likest."""

    def __init__(
        self, edition: Sequence[Portrait], known: Mapping[str, _Known], decisions: Decisions, likeness: Likeness
    ) -> None:
        self.edition = edition
        self.known = known
        self.decisions = decisions
        self.likeness = likeness
        self.found: dict[int, Identity] = {}
        self.used: set[str] = set()

    def run(self) -> dict[int, Identity]:
        """By place in the edition; what is new is not in it."""
        self._as_decided()
        self._by_heading()
        self._by_likeness()
        return self.found

    def near_miss(self, portrait: Portrait) -> str | None:
        """A known mission that no other of this edition is, and that this one is nearly like."""
        near = [
            (score, mission_id)
            for mission_id, one in self._free(portrait)
            if (score := self.likeness(portrait, one.portrait)) >= NEARLY
            or self.likeness.same_occasion(portrait, one.portrait)
        ]
        if not near:
            return None
        _, mission_id = max(near)
        told = _told(self.known[mission_id].portrait)
        return f"taken for a new mission, but it is much like {told!r} ({mission_id}); `carnet same` joins them"

    def _as_decided(self) -> None:
        for index, portrait in enumerate(self.edition):
            for mission_id, one in self.known.items():
                if mission_id not in self.used and one.bound(portrait, self.decisions.same):
                    self._take(index, Identity(mission_id, "decided", 1.0))
                    break

    def _by_heading(self) -> None:
        """Among repeats of a heading the likest are one."""
        scores = {
            (index, mission_id): score + SAME_PLACE * (portrait.key == one.portrait.key)
            for index, portrait in self._left()
            for mission_id, one in self._free(portrait)
            if one.portrait.heading == portrait.heading and (score := self._score(portrait, one)) >= SAME_HEADING
        }
        for index, mission_id in assign(scores):
            self._take(index, Identity(mission_id, "same heading", 1.0, self._doubt(index, mission_id, 1.0)))

    def _by_likeness(self) -> None:
        scores = {
            (index, mission_id): score
            for index, portrait in self._left()
            for mission_id, one in self._free(portrait)
            if (score := self._score(portrait, one)) >= SAME
        }
        for index, mission_id in assign(scores):
            score = round(scores[index, mission_id], 3)
            reason = f"likeness to {self.known[mission_id].portrait.key!r}"
            self._take(index, Identity(mission_id, reason, score, self._doubt(index, mission_id, score)))

    def _doubt(self, index: int, mission_id: str, score: float) -> str | None:
        """Not so like, or the study that is done every few years."""
        before = self.known[mission_id].portrait
        if score >= SURE and not perhaps_again(self.edition[index], before):
            return None
        return f"taken for the mission that was {_told(before)!r}; `carnet distinct` parts them"

    def _score(self, portrait: Portrait, one: _Known) -> float:
        """How like they are; 0 for what is rather the same study done again."""
        return 0.0 if self.likeness.at_odds(portrait, one.portrait) else self.likeness(portrait, one.portrait)

    def _left(self) -> list[tuple[int, Portrait]]:
        return [(index, portrait) for index, portrait in enumerate(self.edition) if index not in self.found]

    def _free(self, portrait: Portrait) -> Iterable[tuple[str, _Known]]:
        """Known missions that this one may be."""
        return [
            (mission_id, one)
            for mission_id, one in self.known.items()
            if mission_id not in self.used and not one.bound(portrait, self.decisions.distinct)
        ]

    def _take(self, index: int, identity: Identity) -> None:
        self.found[index] = identity
        self.used.add(identity.mission_id)


def _told(portrait: Portrait) -> str:
    return portrait.title or portrait.client or portrait.key


def _new_id(brochure: str, key: str, taken: set[str]) -> str:
    """Made from the heading where a mission first stands, so that a rebuild gives the same one."""
    mission_id, n = short_hash(brochure, key), 1
    while mission_id in taken:
        n += 1
        mission_id = short_hash(brochure, key, str(n))
    return mission_id
