"""An edition is read again by other code: which mission of the older reading is which, where keys are others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from rapidfuzz import fuzz

from carnet.schemas.result import EditionResult
from carnet.warehouse.matching.assignment import assign
from carnet.warehouse.matching.identity import identify
from carnet.warehouse.matching.ids import SPLIT, MovedKeys
from carnet.warehouse.matching.likeness import Portrait
from carnet.warehouse.store.rows import TOLD

ALIKE = 0.85
"""Of two headings, where nothing else is known of the older reading."""
GONE = "!"
"""Ends the key of a mission that is read no more, where another has its key now."""


def portraits_in(result: EditionResult) -> list[Portrait]:
    """What the missions of a reading are recognised by."""
    return [
        Portrait(key, m.title, m.client, m.start_date, m.amount, " ".join((*m.context, *m.approach, *m.results))[:TOLD])
        for key, m in zip(result.keys, result.missions, strict=True)
    ]


def moved(sha256: str, old: Sequence[Portrait], new: Sequence[Portrait], known: Collection[str]) -> MovedKeys | None:
    """The missions of one edition that have other keys than in the older reading; None where none has. `known`: keys
    that were ever read in it."""
    return _moves(sha256, dict(_matched(old, new)), {p.key for p in old}, {p.key for p in new}, known)


def moved_by_letters(sha256: str, new: Collection[str], known: Collection[str]) -> MovedKeys | None:
    """The same where the older reading is lost: by the letters of the keys alone."""
    gone = [key for key in known if key not in new and SPLIT not in key]
    come = [key for key in new if key not in known]
    scores = {
        (n, key): alike
        for n, old in enumerate(gone)
        for key in come
        if (alike := fuzz.ratio(_heading(old), _heading(key)) / 100) >= ALIKE
    }
    return _moves(sha256, {gone[n]: key for n, key in assign(scores)}, set(), set(), known)


def _moves(
    sha256: str, pairs: dict[str, str], old: Collection[str], new: Collection[str], known: Collection[str]
) -> MovedKeys | None:
    """With those that nobody is any more out of the way: their keys may be another's now."""
    moves = {key: now for key, now in pairs.items() if key != now}
    taken = {*moves.values(), *(key for key in new if key not in pairs.values())}
    for key in {*old, *(key for key in known if key in moves.values())}:
        if key not in pairs and key in taken:
            moves[key] = _free(key, {*known, *new})
    return MovedKeys(sha256, tuple(sorted(moves.items()))) if moves else None


def _free(key: str, taken: Collection[str]) -> str:
    while (key := key + GONE) in taken:
        pass
    return key


def _matched(old: Sequence[Portrait], new: Sequence[Portrait]) -> Iterator[tuple[str, str]]:
    """The older key of a mission and its key now. A heading that stands once in both readings tells enough; the others
    are matched like those of two editions."""
    once = _once(old) & _once(new) & {p.key for p in old} & {p.key for p in new}
    yield from ((key, key) for key in sorted(once))
    left = [[p for p in portraits if p.key not in once] for portraits in (old, new)]
    before, now = identify(left)
    key_of = {identity.mission: p.key for identity, p in zip(before, left[0], strict=True)}
    found = {key_of[one.mission]: p.key for one, p in zip(now, left[1], strict=True) if one.mission in key_of}
    yield from found.items()
    there = {p.key for p in left[1]} - set(found.values())
    yield from ((p.key, p.key) for p in left[0] if p.key not in found and p.key in there)


def _once(portraits: Sequence[Portrait]) -> set[str]:
    """Keys of headings that are not repeated."""
    counts = Counter(p.heading for p in portraits)
    return {p.key for p in portraits if counts[p.heading] == 1}


def _heading(key: str) -> str:
    """Without the fingerprint and the counter."""
    return re.sub(r"-[0-9a-f]{8}(-\d+)?$", "", key)
