"""Of two readings, the one under which the brochure is more regular."""

from __future__ import annotations

import pytest

from carnet.pipeline.decode.regular import Filled, filled, makes_more_sense
from carnet.schemas.layout import Passage, Word
from carnet.schemas.outline import MissionSection, Part, PartKind

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


def _section(*kinds: PartKind) -> MissionSection:
    said = Passage.of_words([Word("mot")])
    return MissionSection(1, (), tuple(Part(kind, (said,)) for kind in kinds))


def test_one_part_in_two_places_is_no_mission_run_together() -> None:
    kinds = (PartKind.TITLE, PartKind.CLIENT, PartKind.PERIOD, PartKind.CONTACT)
    two, once = filled([_section(*kinds, *kinds)], []), filled([_section(*kinds, PartKind.CONTACT)], [])
    assert (two.twice, once.twice) == (1.0, 0.25)
    whole = Filled([ALL] * 4, once.twice)
    assert makes_more_sense(whole, Filled([ALL - {"amount", "client"}, frozenset({"title"})] * 4, 0.0))
    assert makes_more_sense(Filled([ALL] * 4, 0.0), Filled([ALL] * 2, two.twice))


def test_of_equals_the_first_is_taken() -> None:
    """The roles' reading, which is the better one of brochures nobody has seen."""
    assert makes_more_sense(WHOLE, WHOLE)


def test_far_more_is_worth_some_disorder_but_not_of_what_is_whole() -> None:
    half = Filled([ALL - {"amount"}] * 3, 0.0)
    many = Filled([ALL - {"amount", "client"}] * 9, 0.1)
    assert makes_more_sense(many, half)
    assert not makes_more_sense(Filled([ALL, *[frozenset({"title", "client"})] * 9], 0.0), WHOLE)


def test_a_list_in_short_behind_full_missions_is_as_regular_as_they_are() -> None:
    """ "Autres références": eight more missions, each with a client, a title and a date alone."""
    full = ALL | {"contacts", "context", "approach", "results"}
    both = Filled([*[full] * 6, *[frozenset({"title", "client", "period"})] * 8], 0.0)
    assert makes_more_sense(both, Filled([full - {"contacts"}, *[full] * 5], 0.0))
    invented = Filled([*[full] * 6, *[frozenset({"title"})] * 8], 0.0)
    assert not makes_more_sense(invented, Filled([full] * 6, 0.0))
