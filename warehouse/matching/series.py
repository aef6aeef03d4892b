"""Which editions are of one brochure: by what they hold, and how it changes with time; not by the firm's name alone.

The next edition of a brochure keeps most missions of the one before and adds new ones. Two brochures of one firm (water
and forests, a choice and the whole) may share missions too, but then one lacks what the other has, of the same years.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from carnet.schemas.spelling import folded, slug

_YEAR = r"(?:19|20)\d\d"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_DAY = r"(?:[0-2]?\d|3[01])"
_DATES = (rf"{_YEAR}(?:[-. ]?{_MONTH}(?:[-. ]?{_DAY})?)?", rf"{_DAY}[-.]{_MONTH}[-.]{_YEAR}", r"v\d+")
_DATE_WORDS = re.compile(rf"(?<![a-z0-9])(?:{'|'.join(_DATES)})(?![a-z0-9])")

SHARED = 0.15
"""Editions of one publisher that share less of the shorter one are of two brochures."""
SHARED_UNSIGNED = 0.5
"""The same where one of them does not tell its publisher."""
KEPT = 0.5
"""The next edition keeps so much of the one before; where it keeps less, what it adds must be new work."""
FEW = 3
"""Missions: of less, one that is shared by chance is too much."""


@dataclass(frozen=True)
class SeenMission:
    """A mission as an edition prints it: marks of which one is enough to know it again, and the year it began."""

    marks: frozenset[str]
    year: int | None = None


@dataclass(frozen=True)
class Signature:
    """What an edition is recognised by. `named`: as the user said; `newest`: the last day of its missions."""

    sha256: str
    file_name: str
    firm: str | None
    named: str | None
    missions: tuple[SeenMission, ...] = ()
    dated: dt.date | None = None
    newest: dt.date | None = None

    @cached_property
    def marks(self) -> frozenset[str]:
        """Of all its missions."""
        return frozenset[str]().union(*(mission.marks for mission in self.missions))

    @property
    def order(self) -> tuple[object, ...]:
        """The older comes first; as in the view _timeline."""
        days = (self.dated or dt.date.min, self.newest or dt.date.min)
        return (*days, self.file_name, self.sha256)


def seen(key: str, title: str | None, client: str | None, year: int | None) -> SeenMission:
    """A mission is known again by its heading, its title, or its client and year."""
    found = {f"key {key}"}
    if title and len(slug(title)) > 20:
        found.add(f"title {slug(title)}")
    if client and year:
        found.add(f"client {slug(client)} {year}")
    return SeenMission(frozenset(found), year)


SignatureGroup = tuple[Signature, ...]
Pair = tuple[int, int]
"""Two editions by their number, the older first."""


class Series:
    """The brochures that some editions make up."""

    def __init__(self, editions: Iterable[Signature]) -> None:
        self.editions = sorted(editions, key=lambda e: e.order)
        self.met = _met(self.editions)
        self.follow = {pair for pair in self.met if follows(*self._both(pair))}
        self.sets = self._united()

    @property
    def groups(self) -> list[SignatureGroup]:
        """Editions of one brochure, the oldest first."""
        return [tuple(self.editions[n] for n in sorted(group)) for group in self.sets]

    def _both(self, pair: Pair) -> tuple[Signature, Signature]:
        return self.editions[pair[0]], self.editions[pair[1]]

    def _united(self) -> list[set[int]]:
        """Those that follow each other, the likest first, as long as it stays one story (`_is_one`)."""
        group_of = {n: {n} for n in range(len(self.editions))}
        pairs = sorted(self.follow, key=self._worth)
        united = True
        while united:
            united = False
            for a, b in pairs:
                if group_of[a] is not group_of[b] and self._is_one(group_of[a] | group_of[b]):
                    together = group_of[a] | group_of[b]
                    group_of |= dict.fromkeys(together, together)
                    united = True
        return [group for n, group in group_of.items() if n == min(group)]

    def _worth(self, pair: Pair) -> tuple[object, ...]:
        """What the user named alike first, then what shares most."""
        a, b = self._both(pair)
        return (a.named is None or a.named != b.named, -shared(a, b), pair)

    def _is_one(self, group: set[int]) -> bool:
        """Every edition but the first goes on with an earlier one, and the user has not named two of them apart."""
        if len({self.editions[n].named for n in group} - {None}) > 1:
            return False
        first, *rest = sorted(group)
        return all(
            self.editions[n].named or any((earlier, n) in self.follow for earlier in group if earlier < n) for n in rest
        )

    def doubts(self, names: Mapping[str, str]) -> dict[str, str]:
        """By sha256, why an edition may be of another brochure than it is taken for. `names`: brochures by sha256."""
        out: dict[str, str] = {}
        for pair in sorted(self.met, key=lambda pair: (-shared(*self._both(pair)), pair)):
            older, newer = self._both(pair)
            if newer.named or not of_one_firm(older, newer):
                continue
            if names[older.sha256] != names[newer.sha256]:
                doubt = _may_be_one(older, newer, names[older.sha256])
            else:
                doubt = _may_be_two(newer, [o for o, n in map(self._both, self.follow) if n is newer])
            if doubt:
                out.setdefault(newer.sha256, doubt)
        return out


def _met(editions: Sequence[Signature]) -> list[Pair]:
    """Editions that may have to do with each other: a mission in both, a name."""
    by_mark: dict[str, list[int]] = {}
    for n, edition in enumerate(editions):
        for mark in (*edition.marks, f"named {edition.named}" if edition.named else f"file {own_name(edition)}"):
            by_mark.setdefault(mark, []).append(n)
    return sorted({pair for some in by_mark.values() for pair in itertools.combinations(some, 2)})


def follows(older: Signature, newer: Signature) -> bool:
    """Is the newer one the next edition of the older one's brochure, perhaps with others in between?"""
    if older.named and newer.named:
        return older.named == newer.named
    if not of_one_firm(older, newer):
        return False
    if not older.missions or not newer.missions:  # nothing is held that could tell
        return _is_dated_copy(older, newer)
    if shared(older, newer) < _least(older, newer):
        return False
    return kept(older, newer) >= KEPT or _is_dated_copy(older, newer) or _adds_new_work(older, newer)


def of_one_firm(a: Signature, b: Signature) -> bool:
    """ "Ondine" and "Ondine Conseil" are one; whoever does not tell may be anybody."""
    ours, theirs = (set(slug(e.firm or "").split("-")) - {""} for e in (a, b))
    return ours <= theirs or theirs <= ours


def _least(a: Signature, b: Signature) -> float:
    """The share of the shorter edition that must stand in the other."""
    if min(len(a.missions), len(b.missions)) < FEW:
        return SHARED_UNSIGNED
    return SHARED if (a.firm and b.firm) or own_name(a) == own_name(b) else SHARED_UNSIGNED


def shared(a: Signature, b: Signature) -> float:
    """The share of the shorter edition's missions that stand in the other."""
    shorter, longer = sorted((a, b), key=lambda e: len(e.missions))
    return kept(shorter, longer)


def kept(older: Signature, newer: Signature) -> float:
    """The share of the older edition's missions that stand in the newer one."""
    return _both(older, newer) / len(older.missions) if older.missions else 0.0


def _both(older: Signature, newer: Signature) -> int:
    return sum(bool(mission.marks & newer.marks) for mission in older.missions)


def _is_dated_copy(older: Signature, newer: Signature) -> bool:
    """ "references-2021.pdf" and "references-2023.pdf"."""
    dated = [_DATE_WORDS.search(_words(e.file_name)) for e in (older, newer)]
    return all(dated) and file_slug(older.file_name) == file_slug(newer.file_name)


def _adds_new_work(older: Signature, newer: Signature) -> bool:
    """Most of what only the newer one holds was begun since the older one: it is no other choice of the same years."""
    if older.dated is None:
        return False
    years = [m.year for m in newer.missions if m.year and not m.marks & older.marks]
    return 2 * sum(year >= older.dated.year - 1 for year in years) > len(years)


def _may_be_two(newer: Signature, before: Sequence[Signature]) -> str | None:
    """It keeps little of any edition before it."""
    likest = max(before, key=lambda older: kept(older, newer), default=None)
    if likest is None or kept(likest, newer) >= KEPT or not likest.missions:
        return None
    return (
        f"taken for the edition after {likest.file_name}, of whose {len(likest.missions)} missions it keeps "
        f"{_both(likest, newer)}; `carnet ingest FILE --brochure NAME` makes it one of another brochure"
    )


def _may_be_one(older: Signature, newer: Signature, brochure: str) -> str | None:
    """Much of it stands in another brochure of the firm."""
    if shared(older, newer) < SHARED:
        return None
    return (
        f"taken for another brochure than {older.file_name}, though {_both(newer, older)} of its {len(newer.missions)} "
        f"missions stand there too; `carnet ingest FILE --brochure {brochure}` makes it an edition of that"
    )


def own_name(edition: Signature) -> tuple[str, str]:
    """What an edition alone would be called, and who says so: firm or file_name."""
    if edition.firm and slug(edition.firm):
        return slug(edition.firm), "firm"
    return file_slug(edition.file_name), "file_name"


def file_slug(file_name: str) -> str:
    """
    >>> file_slug("Références_2023-05 v2.pdf")
    'references'
    """
    stem = PurePath(file_name).stem
    return slug(_DATE_WORDS.sub(" ", _words(file_name))) or slug(stem) or "brochure"


def _words(file_name: str) -> str:
    return folded(PurePath(file_name).stem).replace("_", " ")
