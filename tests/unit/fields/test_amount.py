"""The fee: beside its label, in its cell, on a line of a side box; never the cost of the works."""

from __future__ import annotations

from typing import Any

import pytest

from carnet.pipeline.fields import amount
from carnet.schemas.values import Amount
from tests.unit.fields.sections import context, part, parts_of, section, table


@pytest.mark.parametrize("case", table("field_amounts"))
def test_table(case: dict[str, Any]) -> None:
    found = amount.find(
        section(case.get("heading", ()), parts_of(case), from_table=case.get("table", False)), context()
    )
    assert (_values(found[0].value) if found else None) == case["expected"], case.get("note")
    if "printed" in case:
        assert [e.text for e in found[0].evidence] == [case["printed"]]
    assert bool(found and found[0].note) is case.get("doubt", False)


def _values(value: Amount) -> list[Any]:
    numbers = [None if n is None else int(n) for n in (value.value, value.maximum)]
    return [*numbers, value.currency, value.tax]


def test_the_evidence_is_the_line() -> None:
    (found,) = amount.find(section((), {"facts": ["Ville de Morcy", "38 500 € HT"]}), context())
    assert [(e.field, e.text, e.rule) for e in found.evidence] == [("amount", "38 500 € HT", "facts.amount")]


def test_a_large_amount_that_nothing_names_is_doubted() -> None:
    """ "Construction d'une école, 3,2 M€ HT" rather tells the works than the fee."""
    (large,) = amount.find(section("École", [part("amount", "3,2 M€ HT")]), context())
    (small,) = amount.find(section("École", [part("amount", "32 000 € HT")]), context())
    (named,) = amount.find(section("École", [part("amount", "3,2 M€ HT", label="Honoraires")]), context())
    assert [found.note is not None for found in (large, small, named)] == [True, False, False]
