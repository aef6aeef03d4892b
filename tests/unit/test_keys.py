"""The key of a mission: from its printed heading, distinct within the edition."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from carnet.pipeline.keys import mission_keys
from tests.unit.fields.sections import part, passage, section


def test_case_accents_and_marks_play_no_part() -> None:
    one, two = (
        mission_keys([section(h)])[0]
        for h in ("Ville de Morcy : Œuvres à l’étude", "VILLE DE MORCY – OEUVRES A L'ETUDE")
    )
    assert one == two
    assert one.startswith("ville-de-morcy-oeuvres-a-l-etude-")


def test_line_ends_and_looks_play_no_part() -> None:
    wrapped, big = section("Ville de Morcy :\nPlan vélo"), section([passage("Ville de Morcy : Plan vélo", 30)])
    assert mission_keys([wrapped]) == mission_keys([big])


def test_the_parts_below_a_heading_play_no_part() -> None:
    assert mission_keys([section("Plan vélo", {"client": "Ville de Morcy"})]) == mission_keys([section("Plan vélo")])


def test_repeats_are_counted() -> None:
    first, second, third = mission_keys([section("Plan vélo"), section("Plan Vélo"), section("Plan vélo !")])
    assert (second, third) == (f"{first}-2", f"{first}-3")


def test_headings_that_differ_late_have_different_keys() -> None:
    long = "Schéma directeur " * 10
    one, two = mission_keys([section(long + "eau"), section(long + "air")])
    assert one != two and len(one) < 80


def test_a_row_of_a_table_has_its_client_and_title() -> None:
    row = [part("client", "Ville de Morcy"), part("period", "2021"), part("title", "Plan vélo")]
    (key,) = mission_keys([section((), row, from_table=True)])
    assert key.startswith("ville-de-morcy-plan-velo-")


def test_without_heading_the_first_text_counts() -> None:
    (key,) = mission_keys([section((), {"context": ["Un réseau ancien.", "Des fuites."]})])
    assert key.startswith("un-reseau-ancien-")


def test_a_mission_without_any_text_has_a_key() -> None:
    keys = mission_keys([section(), section()])
    assert len(set(keys)) == 2 and all(keys)


@given(st.lists(st.text("abÉ :-\n'1", max_size=12), max_size=8))
def test_keys_are_distinct_plain_and_stable(headings: list[str]) -> None:
    sections = [section(h) for h in headings]
    keys = mission_keys(sections)
    assert keys == mission_keys(sections)
    assert len(set(keys)) == len(keys)
    assert all(set(key) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") for key in keys)
