"""The heading over all missions names no part."""

from __future__ import annotations

from dataclasses import replace

import pytest

from carnet.pipeline.fields.over_all import says_missions, without_general_title
from tests.unit.fields.sections import RULES, passage, section


@pytest.mark.parametrize(
    ("text", "general"),
    [
        ("Expérience du cabinet", True),
        ("Liste de nos principales références", True),
        ("Cohésion sociale", False),
        ("Projets de paysage", False),
        ("2021", False),
    ],
)
def test_words_that_fit_any_list(text: str, general: bool) -> None:
    assert says_missions(text, RULES) is general


def test_only_the_one_heading_over_all() -> None:
    missions = [replace(section(), domain=passage(name)) for name in ("Nos références", "Nos références")]
    assert [m.domain for m in without_general_title(missions, RULES)] == [None, None]
    parts = [replace(section(), domain=passage(name)) for name in ("Autres références", "Santé")]
    assert all(m.domain is not None for m in without_general_title(parts, RULES))
