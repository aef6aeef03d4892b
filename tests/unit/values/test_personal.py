"""Who is named in running text: the table, and what holds for any text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from carnet.pipeline.rules import load_rules
from carnet.pipeline.values.personal import find_personal

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "cases" / "fr" / "personal.yml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_table(case: dict[str, Any]) -> None:
    text = case["text"]
    assert [text[f.start : f.end] for f in find_personal(text, load_rules())] == case["hidden"]


PIECES = [
    "M. ",
    "Mme ",
    "Jean ",
    "Vidal",
    "VIDAL ",
    "de ",
    "rue ",
    "@",
    "a.b@c.example",
    "03 27 99 21 44",
    ", ",
    "et ",
    "\n",
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(max_size=80))
def test_any_text_gives_spans_in_order(text: str) -> None:
    last = 0
    for found in find_personal(text, load_rules()):
        assert last <= found.start < found.end <= len(text)
        last = found.end


def test_people_are_found_to_the_end_of_a_long_text() -> None:
    text = "Un mot. " * 4_000 + "Animé par Mme Vidal." + " Un mot." * 4_000
    assert [text[f.start : f.end] for f in find_personal(text, load_rules())] == ["Vidal"]
