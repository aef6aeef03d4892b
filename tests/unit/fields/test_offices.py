"""Towns in which the publisher has an address."""

from __future__ import annotations

from typing import Any

import pytest

from carnet.pipeline.fields import offices
from tests.unit.fields.sections import context, outline, table


@pytest.mark.parametrize("case", table("offices"))
def test_table(case: dict[str, Any]) -> None:
    ctx = context(region=case.get("region", "FR"))
    found = offices.find(outline(offices=[case["block"]]), ctx)
    assert [[c.value["city"], c.value["country"]] for c in found] == case["expected"]


def test_a_town_counts_once_whichever_way_it_is_printed() -> None:
    found = offices.find(outline(offices=["38000 Grenoble"], front=["38000 GRENOBLE", "44000 Nantes"]), context())
    assert [c.value["city"] for c in found] == ["Grenoble", "Nantes"]


def test_the_evidence_is_the_town() -> None:
    (found,) = offices.find(outline(offices=["12 rue des Tanneurs\n38000 Grenoble"]), context())
    assert [(e.field, e.text) for e in found.evidence] == [("office", "Grenoble")]
