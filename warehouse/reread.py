"""Missions of an edition that is read otherwise now than it was: a heading is cut elsewhere, and the key is another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from warehouse.assignment import assign
from warehouse.identity import identify
from warehouse.ids import Book, Given
from warehouse.likeness import Portrait

ALIKE = 0.85
"""Of two headings, where nothing else is known of the older reading."""


def carried_over(
    book: Book, before: Mapping[str, Sequence[Portrait]], now: Mapping[str, Sequence[Portrait]]
) -> list[Given]:
    """The ids that missions of these editions had under other keys. `before`: older readings, as far as they are still
    known; else the keys in the book must do."""
    out = []
    for sha256, portraits in now.items():
        there = {p.key for p in portraits}
        new = [p for p in portraits if (sha256, p.key) not in book.last]
        gone = [key for some, key in book.last if some == sha256 and key not in there] if new else []
        if sha256 in before:
            pairs = _alike([p for p in before[sha256] if p.key in gone], new)
        else:
            pairs = _spelt_alike(gone, [p.key for p in new])
        out += [Given((sha256, key), book.last[sha256, old]) for old, key in pairs]
    return out


def _alike(gone: Sequence[Portrait], new: Sequence[Portrait]) -> Iterator[tuple[str, str]]:
    """The old key of a mission and its new one, matched like those of two editions."""
    old, found = identify([[replace(p, place=None) for p in portraits] for portraits in (gone, new)])
    key_of = {identity.mission: p.key for identity, p in zip(old, gone, strict=True)}
    for portrait, identity in zip(new, found, strict=True):
        if identity.mission in key_of:
            yield key_of[identity.mission], portrait.key


def _spelt_alike(gone: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The same by the letters of the headings alone."""
    scores = {
        (n, key): alike
        for n, old in enumerate(gone)
        for key in new
        if (alike := fuzz.ratio(_heading(old), _heading(key)) / 100) >= ALIKE
    }
    return ((gone[n], key) for n, key in assign(scores))


def _heading(key: str) -> str:
    """Without the fingerprint and the counter."""
    return re.sub(r"-[0-9a-f]{8}(-\d+)?$", "", key)
