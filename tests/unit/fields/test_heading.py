"""Headings: client, title, place and the note behind them."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.fields import title
from pipeline.fields.heading import read_heading, reads_as_client_colon
from schemas.layout import Passage
from tests.unit.fields.sections import context, passage, section, table


@pytest.mark.parametrize("case", table("headings"))
def test_table(case: dict[str, Any]) -> None:
    ctx = context(colon_headings=case.get("colons", False))
    heading = read_heading(section(case["heading"], case.get("parts", {})), ctx)
    got = {
        "client": _text(heading.client), "title": _text(heading.title), "in_brackets": _text(heading.note),
        "place": _text(heading.place), "split": heading.split,
    }  # fmt: skip
    assert got == {name: case.get(name) for name in got}, case.get("note")


def _text(found: Passage | None) -> str | None:
    return found.text if found else None


def test_of_two_blocks_without_a_known_body_the_smaller_is_the_client() -> None:
    blocks = [passage("Les Jardins de Cécile", 11), passage("Un lieu pour tous", 18, True)]
    heading = read_heading(section(blocks), context())
    assert (_text(heading.client), _text(heading.title)) == ("Les Jardins de Cécile", "Un lieu pour tous")
    heading = read_heading(section(blocks[::-1]), context())
    assert (_text(heading.client), _text(heading.title)) == ("Les Jardins de Cécile", "Un lieu pour tous")


def test_parts_of_a_heading_know_their_boxes() -> None:
    heading = read_heading(section("Ville de Morcy : Plan vélo"), context())
    assert heading.client and heading.title
    assert [p.word.text for p in heading.client.pieces] == ["Ville", "de", "Morcy"]
    assert [p.word.text for p in heading.title.pieces] == ["Plan", "vélo"]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Ville de Morcy : Plan vélo", True),
        ("Les Jardins de Cécile : Étude de marché", False),
        ("Étude de marché : les jardins", False),
        ("Ville de Morcy", False),
        (["Ville de Morcy :", "Plan vélo"], False),
    ],
)
def test_does_it_surely_read_client_colon(heading: str | list[str], expected: bool) -> None:
    assert reads_as_client_colon(section(heading), context()) is expected


def test_the_title_is_a_candidate_with_its_evidence() -> None:
    (found,) = title.find(section("Ville de Morcy : Plan vélo"), context())
    assert (found.value, found.rule) == ("Plan vélo", "heading.colon")
    assert [(e.field, e.text, e.page) for e in found.evidence] == [("title", "Plan vélo", 1)]


def test_the_title_of_a_table_row_is_its_cell() -> None:
    (found,) = title.find(section(parts={"title": "Plan vélo", "client": "Ville de Morcy"}, from_table=True), context())
    assert (found.value, found.rule) == ("Plan vélo", "cell.title")


def test_without_heading_the_subject_is_the_title() -> None:
    (found,) = title.find(section(parts={"subject": "Étude des\nchemins"}), context())
    assert (found.value, found.rule) == ("Étude des chemins", "label.subject")
    assert title.find(section(parts={"context": "Un réseau ancien."}), context()) == []
