"""Ordering bodies: the tables, and what holds for any text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from carnet.pipeline.rules import load_rules
from carnet.pipeline.rules.places import load_places, place_key
from carnet.pipeline.values.organisations import classify
from carnet.pipeline.values.organisations.domains import domain_body
from carnet.pipeline.values.organisations.in_text import find_organisations
from carnet.pipeline.values.organisations.same_body import same_body

CASES: dict[str, list[Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "cases/fr/organisations.yml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES["classify"], ids=lambda case: case["name"])
def test_classify(case: dict[str, Any]) -> None:
    kind = classify(case["name"], load_rules())
    expected = (case["type"], case["country"], case.get("sure", True))
    assert (kind.client_type, kind.country, kind.sure) == expected, kind.rule


@pytest.mark.parametrize(("one", "two"), CASES["same"])
def test_same_body(one: str, two: str) -> None:
    assert same_body(one, two, load_rules())
    assert same_body(two, one, load_rules())


@pytest.mark.parametrize(("one", "two"), CASES["different"])
def test_different_bodies(one: str, two: str) -> None:
    assert not same_body(one, two, load_rules())
    assert not same_body(two, one, load_rules())


@pytest.mark.parametrize("case", CASES["found"], ids=lambda case: case["text"])
def test_found_in_running_text(case: dict[str, Any]) -> None:
    found = find_organisations(case["text"], load_rules())
    assert [f.value for f in found] == case["bodies"]
    assert all(" ".join(case["text"][f.start : f.end].split()) == f.value for f in found)


@pytest.mark.parametrize(("email", "expected"), CASES["domains"])
def test_domain_body(email: str, expected: str | None) -> None:
    assert domain_body(email, load_rules()) == expected


def test_all_epci_of_france_are_known() -> None:
    kinds = {place.name: classify(place.name, load_rules()) for place in load_places().epci()}
    known = ("epci", "FR", True)
    assert [name for name, k in kinds.items() if (k.client_type, k.country, k.sure) != known] == []


def test_places_are_found_in_any_spelling() -> None:
    assert place_key("St-Étienne") == "saint etienne"
    assert load_places().find("SAINT BRIEUC")[0].code == "22"


@given(st.text(alphabet="Ville deCAcommunté'- /(),.&Métropole\n0123", max_size=60))
def test_any_text_is_read_without_error(text: str) -> None:
    rules = load_rules()
    classify(text, rules)
    same_body(text, "Ville de Sète", rules)
    domain_body(text, rules)
    found = find_organisations(text, rules)
    assert all(0 <= f.start < f.end <= len(text) for f in found)


@given(st.text(max_size=60))
def test_any_characters_are_read_without_error(text: str) -> None:
    rules = load_rules()
    classify(text, rules)
    same_body(text, text, rules)
    domain_body(text, rules)
    find_organisations(text, rules)
