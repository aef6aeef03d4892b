"""What is taken of a reading, and what is in doubt about it."""

from __future__ import annotations

import pytest

from carnet.pipeline.decode.choose import SURE_IN_DOUBT, choose
from carnet.pipeline.decode.doubts import SURE
from carnet.pipeline.decode.proposal import Read
from carnet.pipeline.rules import load_rules
from carnet.schemas.outline import MissionSection, Outline, PartKind

RULES = load_rules()
JOB = Outline((MissionSection(ordinal=1, heading=(), parts=(), page_first=1, page_last=1),))
BETWEEN = (SURE + SURE_IN_DOUBT) / 2


def test_where_nothing_looks_like_a_mission_there_is_none() -> None:
    chosen = choose(Read(Outline(), (), {}), RULES)
    assert (chosen.outline.missions, chosen.findings) == ((), ())


@pytest.mark.parametrize(("unsure", "doubted"), [(0.0, []), (0.1, []), (0.4, ["title"]), (2.0, ["title"])])
def test_the_less_sure_the_whole_is_of_itself_the_sooner_a_part_is_doubted(unsure: float, doubted: list[str]) -> None:
    """Of layouts that nobody knows, what seems nearly sure is wrong more often."""
    chosen = choose(Read(JOB, ({PartKind.TITLE: BETWEEN},), {}, unsure), RULES)
    assert [f.field for f in chosen.findings] == doubted


@pytest.mark.parametrize("unsure", [0.0, 2.0])
def test_what_is_hardly_sure_is_doubted_everywhere_and_what_is_sure_nowhere(unsure: float) -> None:
    told = {PartKind.TITLE: SURE - 0.01, PartKind.CLIENT: SURE_IN_DOUBT}
    assert [f.field for f in choose(Read(JOB, (told,), {}, unsure), RULES).findings] == ["title"]
