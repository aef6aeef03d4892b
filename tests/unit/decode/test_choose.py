"""Which of two proposals is taken."""

from __future__ import annotations

from carnet.pipeline.decode.choose import choose
from carnet.pipeline.decode.proposal import Read
from carnet.pipeline.decode.regular import Filled
from carnet.schemas.outline import MissionSection, Outline

JOB = Outline((MissionSection(ordinal=1, heading=(), parts=(), page_first=1, page_last=1),))


def not_asked(proposed: Outline) -> Filled:
    raise AssertionError("there is nothing to weigh")


def test_where_nothing_looks_like_a_mission_there_is_none() -> None:
    """A job offer says "Mission :", too."""
    chosen = choose(JOB, lambda: Read(Outline(), (), {}, 0.03), not_asked)
    assert (chosen.outline.missions, chosen.by_roles) == ((), True)


def test_what_looks_like_missions_and_was_not_made_out_is_left_to_the_rules() -> None:
    chosen = choose(JOB, lambda: Read(Outline(), (), {}, 0.5), lambda proposed: Filled([], 0.0))
    assert (chosen.outline, chosen.by_roles) == (JOB, False)
