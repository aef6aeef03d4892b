"""Whether a mission is over, where the brochure says so."""

from __future__ import annotations

from typing import Any

import pytest

from carnet.pipeline.fields import status
from tests.unit.fields.sections import context, parts_of, section, table


@pytest.mark.parametrize("case", table("statuses"))
def test_table(case: dict[str, Any]) -> None:
    found = sorted(status.find(section((), parts_of(case)), context()), key=lambda c: c.rank)
    assert (found[0].value if found else None) == case["expected"], case.get("note")


def test_the_evidence_is_what_says_so() -> None:
    (found,) = status.find(section((), {"results": "Mission en cours : livraison prévue en 2025"}), context())
    assert [(e.field, e.text) for e in found.evidence] == [("status", "Mission en cours")]
