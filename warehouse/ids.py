"""Which id does each mission bear? One that was given stays, whatever arrives later; and what became of the others.

A place is a mission as one edition prints it. `identity.py` says which places are one mission, the book
which ids were given to which places, in order. Both hold on to nothing but that, so a rebuild gives the same ids.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from warehouse.rows import short_hash

Place = tuple[str, str]
"""sha256 of an edition and key of a mission in it."""


@dataclass(frozen=True)
class Given:
    """From then on the mission at this place bore this id."""

    place: Place
    mission_id: str


Log = Callable[[Sequence[Given]], None]
"""Writes down for good what was given."""


class Book:
    """All ids that were ever given, oldest first. `births`: where each was given first; `last`: what a place bears."""

    def __init__(self, given: Iterable[Given] = ()) -> None:
        self.given: list[Given] = []
        self.births: dict[str, Place] = {}
        self.last: dict[Place, str] = {}
        for one in given:
            self.add(one)

    def add(self, one: Given) -> None:
        """Nothing where the place bears that id already."""
        if self.last.get(one.place) != one.mission_id:
            self.given.append(one)
            self.births.setdefault(one.mission_id, one.place)
            self.last[one.place] = one.mission_id

    def bearers(self, places: Iterable[Place]) -> dict[str, list[Place]]:
        """By id, those of the places that bore it last."""
        found: dict[str, list[Place]] = {}
        for place in places:
            if place in self.last:
                found.setdefault(self.last[place], []).append(place)
        return found


def give(groups: Sequence[Sequence[Place]], book: Book, firm_of: Mapping[str, str | None]) -> list[str]:
    """An id for each mission (all its places, from the oldest edition on). It keeps the oldest one that was first given
    to one of its places; where that place is gone, one that its places bear; else it gets a new one. The book is not
    changed."""
    at = {place: n for n, group in enumerate(groups) for place in group}
    bearers = book.bearers(at)
    ids: dict[int, str] = {}
    for mission_id, birth in book.births.items():
        n = _claimant(birth, bearers.get(mission_id, ()), at)
        if n is not None:
            ids.setdefault(n, mission_id)
    taken = set(book.births)
    for n, group in sorted(enumerate(groups), key=lambda numbered: numbered[1][0]):
        if n not in ids:
            ids[n] = next(i for i in _possible(group[0], firm_of.get(group[0][0])) if i not in taken)
            taken.add(ids[n])
    return [ids[n] for n in range(len(groups))]


def _claimant(birth: Place, bearers: Sequence[Place], at: Mapping[Place, int]) -> int | None:
    """The mission to which an id belongs: where it was first given, else where it is borne, that edition first."""
    if birth in at:
        return at[birth]
    return next((at[place] for place in sorted(bearers, key=lambda p: (p[0] != birth[0], p))), None)


def _possible(place: Place, firm: str | None) -> Iterator[str]:
    """New ids, the best first: made of what is printed, so that whoever reads the same brochures finds the same; then
    of the edition's bytes as well, where a mission with that heading has the first."""
    sha256, key = place
    yield short_hash(firm or "", key)
    yield short_hash(sha256, key)
    number = 2
    while True:
        yield short_hash(sha256, key, str(number))
        number += 1


def made_of(place: Place, firm: str | None, brochure: str) -> set[str]:
    """Ids that this place may have been given elsewhere, or before a log was lost; by the oldest carnet, too."""
    names = _possible(place, firm)
    return {next(names), next(names), short_hash(brochure, place[1])}


def moved(book: Book, there: Iterable[Place]) -> dict[Place, Place]:
    """Where a place is that is no longer read under its key: what bears its id in the same edition."""
    now = {(place[0], book.last[place]): place for place in there if place in book.last}
    known = set(now.values())
    return {
        place: now[place[0], mission_id]
        for place, mission_id in book.last.items()
        if place not in known and (place[0], mission_id) in now
    }


def successors(
    book: Book, bears: Mapping[Place, str], part_of: Callable[[Place], Place | None]
) -> dict[Place, str | None]:
    """For every place in the book the id that answers for it now. `part_of`: the mission of which it became a part."""
    elsewhere = moved(book, bears)

    def successor(place: Place | None) -> str | None:
        seen: set[Place] = set()
        while place is not None and place not in bears and place not in seen:
            seen.add(place)
            place = part_of(place) or elsewhere.get(place)
        return bears.get(place) if place else None

    return {place: successor(place) for place in book.last}
