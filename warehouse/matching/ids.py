"""Which id does each mission bear? One that was given stays, whatever arrives later; and what became of the others.

A place is a mission as one edition prints it. `identity.py` says which places are one mission, the book (the log's
lines) which ids were given to which places, in order: so a rebuild gives the same ids.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

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
        self.last: dict[MissionPlace, str] = {}
        self._lines: list[tuple[MissionPlace, str]] = []
        self._births: dict[str, int] = {}
        self._editions: dict[str, tuple[int, ...]] = {}
        for one in given:
            self.add(one)

    @property
    def given(self) -> Given:
        """As it is now: what is added later is not in it."""
        return Given(self, len(self._lines))

    def copy(self) -> Book:
        """To be changed without this one."""
        book = Book()
        book.last, book._births, book._editions = dict(self.last), dict(self._births), dict(self._editions)
        book._lines = list(self._lines)
        return book

    def add(self, one: GivenId) -> None:
        """Nothing where the place bears that id already."""
        self.add_all(one.place[0], [(one.place[1], one.mission_id)])

    def add_all(self, sha256: str, given: Iterable[tuple[str, str]]) -> None:
        """Several of one edition: keys of missions, and their ids."""
        lines, last, births = self._lines, self.last, self._births
        first = len(lines)
        for key, mission_id in given:
            place = (sha256, key)
            if last.get(place) != mission_id:
                births.setdefault(mission_id, len(lines))
                lines.append((place, mission_id))
                last[place] = mission_id
        if len(lines) > first:
            self._editions[sha256] = (*self._editions.get(sha256, ()), *range(first, len(lines)))

    def move(self, moved: MovedKeys) -> None:
        """Places under their new keys, in what was seen of this book before, too."""
        numbers = self._editions.get(moved.sha256, ())
        bore = {place: self.last.pop(place) for place in {self._lines[n][0] for n in numbers}}
        self.last |= {moved.of(place): mission_id for place, mission_id in bore.items()}
        for n in numbers:
            place, mission_id = self._lines[n]
            self._lines[n] = (moved.of(place), mission_id)

    def births(self, places: Collection[MissionPlace]) -> Iterator[tuple[str, MissionPlace]]:
        """Each id that was given first at one of these places, with that place; the oldest first."""
        for mission_id, n in self._births.items():
            if self._lines[n][0] in places:
                yield mission_id, self._lines[n][0]

    def knows(self, mission_id: str) -> bool:
        return mission_id in self._births

    def since(self, number: int) -> list[GivenId]:
        """What was given after so many."""
        return [GivenId(*line) for line in self._lines[number:]]

    def numbered(self) -> Iterator[tuple[int, GivenId]]:
        """All in order, counted from 1."""
        return ((n, GivenId(*line)) for n, line in enumerate(self._lines, 1))


class Given(Sequence[GivenId]):
    """What a book said at one time: looked up by edition or id, not gone through."""

    def __init__(self, book: Book, length: int) -> None:
        self._book = book
        self._length = length

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, at: int) -> GivenId: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[GivenId]: ...
    def __getitem__(self, at: int | slice) -> GivenId | Sequence[GivenId]:
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(self._length))]
        return GivenId(*self._book._lines[range(self._length)[at]])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Given) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # as a list

    def holds(self, sha256: str) -> bool:
        """Whether missions of this edition have ids."""
        return any(n < self._length for n in self._book._editions.get(sha256, ())[:1])

    def of(self, sha256: str) -> list[tuple[int, GivenId]]:
        """What was given in this edition, each with its place among all (from 0)."""
        return [(n, self[n]) for n in self._book._editions.get(sha256, ()) if n < self._length]

    def birth(self, mission_id: str) -> int | None:
        """When this id was first given; None: never."""
        n = self._book._births.get(mission_id, self._length)
        return n if n < self._length else None

    def book(self) -> Book:
        """The same, to be added to."""
        return self._book.copy() if len(self._book._lines) == self._length else Book(self)


class Excerpt(Book):
    """All that was given, to be asked and added to only as far as these editions (sha256) go: no other place is in it,
    and none can be moved. It costs as much as they do, however many there are."""

    def __init__(self, given: Given, editions: Iterable[str]) -> None:
        super().__init__()
        self._all = given
        self._old = sorted((n, one) for sha256 in set(editions) for n, one in given.of(sha256))
        self.last = {one.place: one.mission_id for _, one in self._old}

    def births(self, places: Collection[MissionPlace]) -> Iterator[tuple[str, MissionPlace]]:
        for n, one in self._old:
            if one.place in places and self._all.birth(one.mission_id) == n:
                yield one.mission_id, one.place
        yield from (born for born in super().births(places) if self._all.birth(born[0]) is None)

    def knows(self, mission_id: str) -> bool:
        return self._all.birth(mission_id) is not None or super().knows(mission_id)

    def since(self, number: int) -> list[GivenId]:
        return super().since(number - len(self._all))

    def numbered(self) -> Iterator[tuple[int, GivenId]]:
        yield from ((n + 1, one) for n, one in self._old)
        yield from ((n + len(self._all), one) for n, one in super().numbered())


def give(groups: Sequence[Sequence[MissionPlace]], book: Book, firm_of: Mapping[str, str | None]) -> list[str]:
    """An id for each mission (all its places, from the oldest edition on): the oldest one that was first given to one
    of its places, else a new one. The book is not changed."""
    at = {place: n for n, group in enumerate(groups) for place in group}
    ids: dict[int, str] = {}
    for mission_id, birth in book.births(at.keys()):
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
