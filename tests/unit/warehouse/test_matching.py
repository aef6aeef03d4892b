"""How often a mission is taken for another, over many drawn editions, whichever of the two came first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from carnet.warehouse.matching.identity import identify
from tests.samples.matches import Told, draw, in_reading_order

SEEDS = range(40)


def _mistakes(seed: int, told: Told) -> Iterator[tuple[str, str, bool]]:
    """What was done to the mission, "wrong" (taken for another) or "missed", whether a finding says so."""
    two = draw(seed, told)
    for before, after in ((two.old, two.new), (two.new, two.old)):
        known, found = identify([in_reading_order(before), in_reading_order(after)])
        owner = {identity.mission: number for (number, _), identity in zip(before, known, strict=True)}
        there = {number for number, _ in before}
        for (number, _), identity in zip(after, found, strict=True):
            taken_for = owner.get(identity.mission)
            if taken_for != (number if number in there else None):
                yield two.kinds[number], "missed" if taken_for is None else "wrong", identity.doubt is not None


def test_missions_with_their_texts_are_never_mistaken() -> None:
    assert [(seed, *mistake) for seed in SEEDS for mistake in _mistakes(seed, "all")] == []


@pytest.mark.parametrize("told", ["context", "nothing"])
def test_where_little_is_told_nothing_is_mistaken_without_a_finding(told: Told) -> None:
    mistakes = [(seed, *mistake) for seed in SEEDS for mistake in _mistakes(seed, told)]
    assert [m for m in mistakes if not m[3]] == []
    assert {m[1] for m in mistakes} <= {"heavy title", "heavy title and client", "heavy title and amount",
                                        "light title, client, year", "merged client"}  # fmt: skip
