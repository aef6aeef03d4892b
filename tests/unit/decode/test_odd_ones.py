"""What seems to be a mission and is told unlike all others is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from carnet.pipeline.decode.odd_ones import unlike_the_others
from carnet.schemas.roles import Role
from tests.unit.decode.made import Cell, fragments, roles

USUAL = [
    Cell("Plan vélo", Role.TITLE, size=14, bold=True),
    Cell("Client", Role.LABEL),
    Cell("Ville de Morcy", Role.CLIENT),
    Cell("Période", Role.LABEL),
    Cell("Mars 2021", Role.PERIOD),
    Cell("Montant", Role.LABEL),
    Cell("24 500 € HT", Role.AMOUNT),
]
MEANS = [Cell("Nos moyens", Role.TITLE, size=11), Cell("Drone", Role.OTHER), Cell("Deux véhicules", Role.OTHER)]
TOLD = [Cell("Ville de Lys : plan vélo", Role.TITLE, size=11), Cell("Avec Hydrelle", Role.PARTNERS)]


def odd(*missions: Sequence[Cell]) -> list[str]:
    cells = [cell for mission in missions for cell in mission]
    members: dict[int, list[int]] = {}
    for mission in missions:
        start = sum(len(some) for some in members.values())
        members[start] = list(range(start, start + len(mission)))
    sure = [cell.sure for cell in cells]
    return [cells[a].text for a in sorted(unlike_the_others(fragments(cells), roles(cells), members, sure))]


def test_set_and_told_unlike_all_others_it_is_no_mission() -> None:
    assert odd(*[USUAL] * 5, MEANS) == ["Nos moyens"]


def test_of_few_missions_none_is_odd() -> None:
    assert odd(*[USUAL] * 3, MEANS) == []


def test_odd_in_one_thing_only_it_is_a_mission() -> None:
    other_look = [replace(USUAL[0], size=11, bold=False), *USUAL[1:]]
    assert odd(*[USUAL] * 5, other_look) == []
    without_labels = [replace(cell, sure=0.7) for cell in USUAL if cell.role is not Role.LABEL]
    assert odd(*[USUAL] * 5, without_labels) == []
    labels_alone = [replace(cell, sure=0.7) for cell in USUAL if cell.role in (Role.TITLE, Role.LABEL)]
    assert odd(*[USUAL] * 5, labels_alone) == []


def test_in_the_usual_look_what_has_neither_labels_nor_facts_is_none() -> None:
    bare = [replace(USUAL[0], text="Nos moyens"), *MEANS[1:]]
    assert odd(*[USUAL] * 5, bare) == ["Nos moyens"]
    few_labels = [cell for cell in USUAL if cell.text != "Montant"]
    assert odd(*[few_labels] * 5, bare) == []  # two usual labels tell little
    no_labels = [cell for cell in USUAL if cell.role is not Role.LABEL]
    assert odd(*[USUAL] * 3, *[no_labels] * 3, bare) == []  # not in most missions


def test_where_heads_are_set_in_many_looks_none_is_odd_in_its_own() -> None:
    varied = [[replace(USUAL[0], size=size), *USUAL[1:]] for size in (12, 13, 14, 15, 16)]
    assert odd(*varied, [MEANS[0], USUAL[1], *MEANS[1:]]) == []


def test_where_client_and_title_are_sure_it_is_a_mission() -> None:
    named = [*TOLD[:1], Cell("Ville de Lys", Role.CLIENT)]
    assert odd(*[USUAL] * 8, [*named[:1], replace(named[1], sure=0.7)]) == ["Ville de Lys : plan vélo"]
    assert odd(*[USUAL] * 8, named) == []


def test_several_in_one_look_that_tell_facts_are_a_list_of_their_own() -> None:
    assert odd(*[USUAL] * 12, *[TOLD] * 2) == ["Ville de Lys : plan vélo"] * 2
    assert odd(*[USUAL] * 12, *[TOLD] * 3) == []


def test_many_that_tell_something_are_missions_in_another_manner() -> None:
    other = [[replace(TOLD[0], size=size), TOLD[1]] for size in (9, 10, 11)]
    assert odd(*[USUAL] * 9, *other) == ["Ville de Lys : plan vélo"] * 3
    assert odd(*[USUAL] * 6, *other) == []


def test_more_of_them_may_be_odd_where_they_tell_no_fact_at_all() -> None:
    assert odd(*[USUAL] * 6, *[MEANS] * 4) == ["Nos moyens"] * 4
    facts = [*MEANS, Cell("2021", Role.PERIOD)]
    assert odd(*[USUAL] * 6, *[[replace(facts[0], size=size), *facts[1:]] for size in (9, 10, 11, 12)]) == []


def test_where_missions_tell_one_kind_of_facts_many_without_any_are_missions() -> None:
    plain = [USUAL[0], *USUAL[3:4], *[Cell(word, Role.LABEL) for word in ("Lieu", "Objet")], Cell("2021", Role.PERIOD)]
    assert odd(*[plain] * 6, *[MEANS] * 4) == []
