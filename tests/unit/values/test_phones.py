"""Telephone numbers: the tables, and what holds for any text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from carnet.pipeline.rules import load_rules
from carnet.pipeline.values.phones import find_phones
from tests.effort import check_growth

FOLDER = Path(__file__).parents[2] / "cases"
CASES: list[dict[str, Any]] = [
    case for lang in ("fr", "en") for case in yaml.safe_load((FOLDER / lang / "phones.yml").read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: repr((case["text"], case.get("region", "FR"))))
def test_table(case: dict[str, Any]) -> None:
    found = find_phones(case["text"], load_rules(), case.get("region", "FR"))
    assert [f.value for f in found] == case["expected"]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Tél. : 03 27 99 21 44.", "03 27 99 21 44"),
        ("Tél. (+33) 3 27 99 21 44, fax", "(+33) 3 27 99 21 44"),
        ("T. 02 61 91 02\n14", "02 61 91 02\n14"),
        ("(03) 27 99 21 44", "(03) 27 99 21 44"),
    ],
)
def test_the_span_holds_the_printed_number(text: str, printed: str) -> None:
    (found,) = find_phones(text, load_rules())
    assert text[found.start : found.end] == printed


PIECES = ["03", "27 99", "21", "44", "+33", "0032", "(0)", "/", ".", "-", "\n", " ", "Tél. ", "€"]
PIECES += ["2021", "SIRET ", "59000", "0475"]


@given(
    st.lists(st.sampled_from(PIECES), max_size=16).map("".join)
    | st.text(max_size=60)
    | st.text("0123456789 +()./-\n", max_size=40),
    st.sampled_from(["FR", "BE", "CH", "LU", "MC", "XX"]),
)
def test_any_text_is_read_without_error(text: str, region: str) -> None:
    last = 0
    for found in find_phones(text, load_rules(), region):
        assert last <= found.start < found.end <= len(text)
        assert found.value.startswith("+") and found.value[1:].isdigit()
        last = found.end


@given(st.integers(1, 9), st.integers(0, 10**8 - 1), st.sampled_from([" ", ".", "-", "", "\u00a0", "\n"]))
def test_each_french_number_is_read_however_it_is_parted(zone: int, rest: int, mark: str) -> None:
    digits = f"0{zone}{rest:08d}"
    text = "Tél. : " + mark.join(digits[i : i + 2] for i in range(0, 10, 2))
    assert [f.value for f in find_phones(text, load_rules())] == ["+33" + digits[1:]]


@pytest.mark.parametrize("piece", ["0", "01 ", "+33 ", "a", "0033", "03 27 99 21 44 ", "(0)", "01\n", "1 ", "+"])
def test_long_repetitions_are_read_once(piece: str) -> None:
    check_growth(lambda text: find_phones(text, load_rules()), lambda size: piece * (size // len(piece)), 1_000_000)
