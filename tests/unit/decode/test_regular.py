"""Of two readings, the one under which the brochure is more regular."""

from __future__ import annotations

import pytest

from carnet.pipeline.decode.regular import Filled, makes_more_sense

ALL = frozenset({"title", "client", "period", "amount"})
WHOLE = Filled([ALL] * 4, 0.0)


@pytest.mark.parametrize("worse", [
    Filled([ALL - {"amount"}] * 4, 0.0),  # a column is lost
    Filled([*[ALL] * 4, frozenset({"title"})], 0.0),  # a mission is invented
    Filled([ALL] * 4, 0.5),  # some have twice what they have once
    Filled([], 0.0),
])  # fmt: skip
def test_what_is_lost_invented_or_run_together_makes_less_sense(worse: Filled) -> None:
    assert makes_more_sense(WHOLE, worse)
    assert not makes_more_sense(worse, WHOLE)


def test_equals_make_no_more_sense() -> None:
    assert not makes_more_sense(WHOLE, WHOLE)


def test_far_more_is_worth_some_disorder_but_not_of_what_is_whole() -> None:
    half = Filled([ALL - {"amount"}] * 3, 0.0)
    many = Filled([ALL - {"amount", "client"}] * 9, 0.1)
    assert makes_more_sense(many, half)
    assert not makes_more_sense(Filled([ALL, *[frozenset({"title", "client"})] * 9], 0.0), WHOLE)
