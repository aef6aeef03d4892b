"""Missions that a column cuts."""

from __future__ import annotations

from dataclasses import replace

from carnet.pipeline.decode.cut_columns import cut_by_columns
from carnet.schemas.roles import Role
from tests.unit.decode.made import Cell, fragments, homes, roles

CUT = [
    Cell("Plan un", Role.TITLE, 50, 100, home=0),
    Cell("Résultats", Role.LABEL, 50, 130, home=0),
    Cell("Trois lieux.", Role.RESULTS, 50, 145, home=0),
    Cell("Plan deux", Role.TITLE, 50, 300, home=3),
    Cell("Démarche", Role.LABEL, 50, 330, home=3),
    Cell("Douze ateliers.", Role.APPROACH, 50, 345, home=3),
    Cell("Résultats", Role.LABEL, 320, 100, home=0),
    Cell("Un plan voté.", Role.RESULTS, 320, 115, home=0),
    Cell("Plan trois", Role.TITLE, 320, 200, home=8),
]


def moved(cells: list[Cell]) -> list[tuple[str, str]]:
    found = cut_by_columns(fragments(cells), roles(cells), homes(cells))
    return [(cells[i].text, cells[head].text) for i, head in found]


def test_what_stands_over_the_first_head_of_a_column_is_of_the_last_mission_of_the_column_before() -> None:
    assert moved(CUT) == [("Résultats", "Plan deux"), ("Un plan voté.", "Plan deux")]


def test_not_where_that_mission_tells_it_itself_or_its_own_has_the_label_once() -> None:
    told = [*CUT, Cell("Deux lieux.", Role.RESULTS, 50, 360, home=3)]
    assert moved(told) == []
    once = [replace(CUT[1], text="Suites"), *CUT[2:]]
    assert moved([CUT[0], *once]) == []


def test_not_under_the_first_head_of_its_column() -> None:
    assert moved([*CUT[:6], replace(CUT[6], top=230), replace(CUT[7], top=245), CUT[8]]) == []
