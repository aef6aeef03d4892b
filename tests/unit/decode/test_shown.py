"""What is shown of the reading by roles: every stretch with its role, its mission and its doubts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from carnet.pipeline.decode.missions import homes
from carnet.pipeline.decode.shown import template, thoughts
from carnet.pipeline.read import read
from carnet.pipeline.rules import load_rules

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
    home, sure = homes(np.arange(5), [True] * 5, who, whose, share, anchors)
    assert home.tolist() == [0, 0, 0, 0, 4]
    assert sure[2] == pytest.approx(0.48)


def test_what_is_sure_is_left_where_it_is() -> None:
    """Columns side by side: the order goes to and fro, the links do not."""
    anchors = np.array([0, 1])
    who = np.array([2, 2, 3, 3, 4, 4, 5, 5])
    whose = np.array([0, 1] * 4)
    share = np.array([0.99, 0.01, 0.01, 0.99] * 2, np.float32)
    home, _ = homes(np.arange(6), [True] * 6, who, whose, share, anchors)
    assert home.tolist() == [0, 1, 0, 1, 0, 1]
