"""Which id does each mission bear? One that was given stays, whatever arrives later; and what became of the others.

A place is a mission as one edition prints it. `identity.py` says which places are one mission, the book (the log's
lines) which ids were given to which places, in order: so a rebuild gives the same ids.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from carnet.warehouse.store.hashes import short_hash

MissionPlace = tuple[str, str]
"""sha256 of an edition and key of a mission in it."""
SPLIT = "~"
"""Stands in the key of a mission that a correction split from another, behind that one's key."""


@dataclass(frozen=True)
class GivenId:
    """From then on the mission at this place bore this id."""

    place: MissionPlace
    mission_id: str


@dataclass(frozen=True)
class MovedKeys:
    """An edition is read otherwise now: keys that missions had (the heading was cut elsewhere), and theirs now."""

    sha256: str
    keys: tuple[tuple[str, str], ...]

    def of(self, place: MissionPlace) -> MissionPlace:
        """Where what stood there stands now; what was split from a mission goes with it."""
        if place[0] != self.sha256:
            return place
        key, split, rest = place[1].partition(SPLIT)
        return self.sha256, dict(self.keys).get(key, key) + split + rest

    def back(self) -> MovedKeys:
        return MovedKeys(self.sha256, tuple((new, old) for old, new in self.keys))

    def is_still_to_be(self, there: set[str]) -> bool:
        """With these keys the edition is read as it was before."""
        old, new = ({pair[n] for pair in self.keys} for n in (0, 1))
        return bool(there & (old - new)) and not there & (new - old)


Log = Callable[[Sequence[GivenId | MovedKeys]], None]
"""Writes down for good what was given, and what moved."""


class Book:
    """All ids that were ever given, oldest first. `last`: what a place bears."""

    def __init__(self, given: Iterable[GivenId] = ()) -> None:
        self.given: list[GivenId] = []
        self.last: dict[MissionPlace, str] = {}
        self._births: dict[str, int] = {}
        self._editions: dict[str, list[int]] = {}
        for one in given:
            self.add(one)

    @classmethod
    def about(cls, given: Sequence[GivenId], editions: Collection[str]) -> Book:
        """All that was given, to be asked and added to only as far as these editions (sha256) go: `last` holds no other
        place, and none can be moved."""
        book = cls()
        book.given = list(given)
        for n, one in enumerate(given):
            book._births.setdefault(one.mission_id, n)
        book.last = {one.place: one.mission_id for one in given if one.place[0] in editions}
        return book

    def add(self, one: GivenId) -> None:
        """Nothing where the place bears that id already."""
        if self.last.get(one.place) != one.mission_id:
            self._births.setdefault(one.mission_id, len(self.given))
            self._editions.setdefault(one.place[0], []).append(len(self.given))
            self.given.append(one)
            self.last[one.place] = one.mission_id

    def move(self, moved: MovedKeys) -> None:
        """Places under their new keys."""
        numbers = self._editions.get(moved.sha256, ())
        bore = {place: self.last.pop(place) for place in {self.given[n].place for n in numbers}}
        self.last |= {moved.of(place): mission_id for place, mission_id in bore.items()}
        for n in numbers:
            self.given[n] = GivenId(moved.of(self.given[n].place), self.given[n].mission_id)

    def births(self) -> Iterator[tuple[str, MissionPlace]]:
        """Each id with the place at which it was given first."""
        return ((mission_id, self.given[n].place) for mission_id, n in self._births.items())

    def knows(self, mission_id: str) -> bool:
        return mission_id in self._births


def give(groups: Sequence[Sequence[MissionPlace]], book: Book, firm_of: Mapping[str, str | None]) -> list[str]:
    """An id for each mission (all its places, from the oldest edition on): the oldest one that was first given to one
    of its places, else a new one. The book is not changed."""
    at = {place: n for n, group in enumerate(groups) for place in group}
    ids: dict[int, str] = {}
    for mission_id, birth in book.births():
        if birth in at:
            ids.setdefault(at[birth], mission_id)
    taken: set[str] = set()
    for n, group in sorted(enumerate(groups), key=lambda numbered: numbered[1][0]):
        if n not in ids:
            possible = _possible(group[0], firm_of.get(group[0][0]))
            ids[n] = next(one for one in possible if not book.knows(one) and one not in taken)
            taken.add(ids[n])
    return [ids[n] for n in range(len(groups))]


def _possible(place: MissionPlace, firm: str | None) -> Iterator[str]:
    """New ids, the best first: made of what is printed, so that whoever reads the same brochures finds the same; then
    of the edition's bytes as well, where a mission with that heading has the first."""
    sha256, key = place
    yield short_hash(firm or "", key)
    yield short_hash(sha256, key)
    number = 2
    while True:
        yield short_hash(sha256, key, str(number))
        number += 1


def made_first(place: MissionPlace, firm: str | None) -> str:
    """The id that a mission at a new place is given, unless another mission bears it."""
    return next(_possible(place, firm))


def made_of(place: MissionPlace, firm: str | None, brochure: str) -> set[str]:
    """Ids that this place may have been given elsewhere, or before a log was lost; by the oldest carnet, too."""
    names = _possible(place, firm)
    return {next(names), next(names), short_hash(brochure, place[1])}


def successors(
    book: Book, bears: Mapping[MissionPlace, str], part_of: Callable[[MissionPlace], MissionPlace | None]
) -> dict[MissionPlace, str | None]:
    """For every place in the book the id that answers for it now. `part_of`: the mission of which it became a part."""

    def successor(place: MissionPlace | None) -> str | None:
        seen: set[MissionPlace] = set()
        while place is not None and place not in bears and place not in seen:
            seen.add(place)
            place = part_of(place)
        return bears.get(place) if place else None

    return {place: successor(place) for place in book.last}
