"""Which mission each fragment belongs to."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from carnet.pipeline.decode.homes import homes
from carnet.schemas.roles import Role

SHEET = (Role.TITLE, Role.LABEL, Role.CONTEXT, Role.LABEL, Role.RESULTS)
"""Of a mission, in the order of print; its title heads it."""


def linked(
    missions: int, doubtful: Sequence[tuple[int, float]], before: int = 0, roles: Sequence[Role] = SHEET
) -> list[int]:
    """The mission that each fragment goes to. `doubtful`: fragments that the networks link rather to the next mission,
    and how likely; `before`: missions whose last two fragments stand over their head."""
    size = len(roles)
    said = [role for _ in range(missions) for role in roles]
    heads = np.array([n * size for n in range(missions)], np.int64)
    rank = np.arange(len(said))
    for n in range(before):  # the last two are read first
        at = n * size
        rank[[at, at + 1, at + 2, at + 3, at + 4]] = [at + 2, at + 3, at + 4, at, at + 1]
    who, whose, share = [], [], []
    astray = dict(doubtful)
    for i in range(len(said)):
        own, following = heads[i // size], heads[min(i // size + 1, missions - 1)]
        more = astray.get(i, 0.01 if following != own else 0.0)
        for head, p in ((own, 1 - more), (following, more)):
            who.append(i), whose.append(head), share.append(p)
    found, _ = homes(
        rank, said, np.array(who), np.array(whose), np.array(share, np.float32), heads
    )  # fmt: skip
    return [int(home) // size for home in found]


def test_each_text_goes_where_its_links_say() -> None:
    assert linked(3, []) == [0] * 5 + [1] * 5 + [2] * 5


def test_what_stands_behind_its_head_in_all_others_hardly_stands_before_it_in_one() -> None:
    """Label and text at the foot of a mission, which look rather like those of the next."""
    assert linked(12, [(23, 0.7), (24, 0.7)])[20:25] == [4] * 5
    assert linked(12, [(23, 0.995), (24, 0.995)])[23:25] == [5, 5]


def test_where_such_often_stand_over_heads_the_links_tell() -> None:
    assert linked(12, [(53, 0.7), (54, 0.7)], before=8)[50:55] == [10, 10, 10, 11, 11]
    assert linked(12, [(53, 0.7), (54, 0.7)])[50:55] == [10] * 5


def test_what_stands_in_headings_is_asked_for_by_itself() -> None:
    """A client over each title, which heads the mission, and texts that never stand there."""
    sheet = (Role.TITLE, Role.LABEL, Role.CONTEXT, Role.RESULTS, Role.CLIENT)
    over = [(5 * n + 4, 0.9) for n in range(11)]
    found = linked(12, [*over, (23, 0.7)], roles=sheet)
    assert [found[5 * n + 4] for n in range(11)] == list(range(1, 12)) and found[23] == 4


def test_a_second_fee_over_a_heading_is_that_of_the_mission_before() -> None:
    """At the top of a page, linked to the mission that begins there, which has one of its own."""
    sheet = (Role.TITLE, Role.CONTEXT, Role.LABEL, Role.AMOUNT)
    last = (10, 0.98), (11, 0.98)
    found = linked(12, last, roles=sheet)
    assert found[8:12] == [2] * 4
