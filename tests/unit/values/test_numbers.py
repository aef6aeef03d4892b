"""Printed numbers: the tables, and what holds for any number."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from carnet.pipeline.values.numbers import parse_number

FOLDER = Path(__file__).parents[2] / "cases"
CASES: list[dict[str, Any]] = [
    case for lang in ("fr", "en") for case in yaml.safe_load((FOLDER / lang / "numbers.yml").read_text("utf-8"))
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: repr(case["text"]))
def test_table(case: dict[str, Any]) -> None:
    value = parse_number(case["text"])
    assert (str(value) if value is not None else None) == case["expected"]


@given(st.integers(0, 10**12), st.sampled_from([" ", "\u00a0", "\u202f", ".", "'", "’"]))
def test_groups_of_three_are_read_back(number: int, mark: str) -> None:
    assert parse_number(f"{number:,}".replace(",", mark)) == number


@given(st.decimals(0, 10**9, places=2))
def test_two_decimals_are_read_back(number: Decimal) -> None:
    assert parse_number(f"{number:,.2f}".replace(",", " ").replace(".", ",")) == number


@given(st.text(max_size=60) | st.text("0123456789., '–-", max_size=40))
def test_any_text_is_read_without_error(text: str) -> None:
    value = parse_number(text)
    assert value is None or value >= 0
