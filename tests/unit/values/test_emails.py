"""E-mail addresses: the table, and what holds for any text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from carnet.pipeline.values.emails import find_emails

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "cases/fr/emails.yml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: repr(case["text"]))
def test_table(case: dict[str, Any]) -> None:
    found = find_emails(case["text"])
    read = [{"address": f.value.address, "repaired": f.value.repaired, "malformed": f.value.malformed} for f in found]
    assert read == case["expected"], case.get("note")


def test_an_address_that_may_go_on_carries_a_note() -> None:
    assert find_emails("x.durac@ville.be\nziers.fr")[0].note


@given(st.text(alphabet="ab.@-_, \n(at)[]frcomé1;/'", max_size=80))
def test_any_text_is_read_without_error_and_spans_stand_in_order(text: str) -> None:
    found = find_emails(text)
    assert all(0 <= f.start < f.end <= len(text) for f in found)
    assert all(one.end <= two.start for one, two in zip(found, found[1:], strict=False))
    assert all("\n" not in f.value.address and " " not in f.value.address for f in found)


@given(
    st.from_regex(r"[a-z]{1,8}\.[a-z]{2,10}", fullmatch=True),
    st.from_regex(r"[a-z]{3,10}-[a-z]{3,10}\.(?:fr|org|example)", fullmatch=True),
    st.integers(min_value=1, max_value=40),
)
def test_a_domain_cut_anywhere_is_put_together_again(local: str, domain: str, cut: int) -> None:
    at = min(cut, len(domain) - 1)
    found = find_emails(f"{local}@{domain[:at]}\n{domain[at:]}")
    assert [f.value.address for f in found][:1] == [f"{local}@{domain}"]
    assert not found[0].value.malformed


def test_long_text_is_read_in_linear_time() -> None:
    assert find_emails("a" * 50_000 + "@" + "b" * 50_000) is not None
    assert find_emails("@" * 20_000) == []
