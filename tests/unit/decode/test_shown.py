"""What is shown of the reading by roles: every stretch with its role, its mission and its doubts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from carnet.pipeline.decode.homes import homes
from carnet.pipeline.decode.shown import template, thoughts
from carnet.pipeline.read import read
from carnet.pipeline.rules import load_rules
from carnet.schemas.roles import Role

SAMPLE = Path(__file__).resolve().parents[3] / "raw" / "maubray-fiches.pdf"


@pytest.mark.slow
def test_every_stretch_of_a_sample_is_told() -> None:
    pages = read(SAMPLE.read_bytes(), "application/pdf", SAMPLE.name).pages
    some = thoughts(pages, load_rules())
    assert some
    assert all(0 <= t.second_sure <= t.first_sure <= 1 for t in some)
    missions = {t.mission for t in some} - {0}
    assert missions == set(range(1, len(missions) + 1))
    assert {t.mission for t in some if t.is_head} == missions
    slots = template(some)
    assert slots[0].count >= slots[-1].count >= 2
    assert all(sum(slot.roles.values()) == slot.count for slot in slots)


def test_of_two_missions_nearly_as_near_the_one_that_goes_on() -> None:
    """Fragments 0 and 4 head missions; 2 is linked to 4 by a hair, but stands between what is sure to be of 0."""
    anchors = np.array([0, 4])
    who = np.array([1, 1, 2, 2, 3, 3])
    whose = np.array([0, 4, 0, 4, 0, 4])
    share = np.array([0.9, 0.1, 0.48, 0.52, 0.8, 0.2], np.float32)
    home, sure = homes(np.arange(5), [Role.PLACE] * 5, who, whose, share, anchors)
    assert home.tolist() == [0, 0, 0, 0, 4]
    assert sure[2] == pytest.approx(0.48)


def test_what_is_sure_is_left_where_it_is() -> None:
    """Columns side by side: the order goes to and fro, the links do not."""
    anchors = np.array([0, 1])
    who = np.array([2, 2, 3, 3, 4, 4, 5, 5])
    whose = np.array([0, 1] * 4)
    share = np.array([0.99, 0.01, 0.01, 0.99] * 2, np.float32)
    home, _ = homes(np.arange(6), [Role.PLACE] * 6, who, whose, share, anchors)
    assert home.tolist() == [0, 1, 0, 1, 0, 1]


def test_a_run_on_top_of_a_column_goes_on_with_the_mission_before_it() -> None:
    """0 heads a mission that has its date and amount; 3 heads one that breaks off; 4 and 5, in the next column, are
    linked to 0, which has all they say."""
    roles = [Role.TITLE, Role.PERIOD, Role.AMOUNT, Role.TITLE, Role.PERIOD, Role.AMOUNT]
    who = np.array([1, 2, 4, 4, 5, 5])
    whose = np.array([0, 0, 0, 3, 0, 3])
    share = np.array([1, 1, 0.9, 0.1, 0.9, 0.1], np.float32)
    home, sure = homes(np.arange(6), roles, who, whose, share, np.array([0, 3]))
    assert home.tolist() == [0, 0, 0, 3, 3, 3]
    assert 0.5 < sure[4] < 1


def test_a_run_that_its_mission_turns_out_to_have_elsewhere_goes_on_with_the_mission_before_it() -> None:
    """0 heads a mission whose date, 5, is linked to 8, the next one. What stands in the next column, from 10 on, is
    that one's in truth: so it has a date of its own."""
    roles = [
        Role.TITLE, Role.CONTEXT, Role.APPROACH, Role.RESULTS, Role.LABEL, Role.PERIOD, Role.LABEL, Role.AMOUNT,
        Role.TITLE, Role.CONTEXT, Role.APPROACH, Role.RESULTS, Role.PERIOD, Role.AMOUNT,
    ]  # fmt: skip
    links = {
        1: (1, 0), 2: (0.8, 0.2), 3: (0.8, 0.2), 4: (0.09, 0.87), 5: (0.13, 0.7), 6: (0.39, 0.54), 7: (0.97, 0.03),
        9: (0, 1), 10: (0.9, 0.1), 11: (0.9, 0.1), 12: (0.9, 0.1), 13: (0.9, 0.1),
    }  # fmt: skip
    who = np.repeat(np.array(list(links)), 2)
    share = np.array([p for pair in links.values() for p in pair], np.float32)
    home, _ = homes(np.arange(14), roles, who, np.array([0, 8] * len(links)), share, np.array([0, 8]))
    assert home.tolist() == [0] * 8 + [8] * 6
