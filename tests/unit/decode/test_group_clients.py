"""A client that stands once over all its missions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from carnet.pipeline.decode.group_clients import Group, group_clients
from carnet.schemas.roles import Role
from tests.unit.decode.made import Cell, fragments, homes, roles

PERSON = [Cell("Contact", Role.LABEL), Cell("Anne Malvy", Role.CONTACT)]


def client(*lines: str, size: float = 16) -> list[Cell]:
    return [Cell(line, Role.CLIENT, size=size) for line in lines]


def mission(title: str) -> list[Cell]:
    return [Cell(title, Role.TITLE, size=12, home=0), Cell("2021", Role.PERIOD, home=0)]


def page(*blocks: Sequence[Cell]) -> list[Cell]:
    """The blocks one below the other. Each mission's head is its own; what stands over one is, as roles first have it,
    of the next."""
    cells = [cell for block in blocks for cell in block]
    heads = [i for i, cell in enumerate(cells) if cell.role is Role.TITLE]
    out = []
    for i, cell in enumerate(cells):
        before, behind = [h for h in heads if h <= i], [h for h in heads if h > i]
        over = cell.role not in (Role.TITLE, Role.PERIOD)
        home = (behind or before)[0] if over else before[-1]
        out.append(replace(cell, home=home, top=20.0 * i))
    return out


TWO_EACH = [
    client("Ville de Morcy"),
    mission("Plan vélo"),
    mission("Zonage des eaux"),
    client("Région Armor"),
    mission("Bilan des lycées"),
    mission("Schéma des gares"),
]


def groups(*blocks: Sequence[Cell]) -> list[tuple[list[str], list[str], list[str]]]:
    cells = page(*blocks)
    found = group_clients(fragments(cells), roles(cells), homes(cells), range(len(cells)))
    parts = [(g.client, g.between, g.missions) for g in found]
    return [tuple([cells[i].text for i in some] for some in three) for three in parts]  # type: ignore[misc]


def test_a_large_client_is_that_of_all_missions_up_to_the_next() -> None:
    assert groups(*TWO_EACH) == [
        (["Ville de Morcy"], [], ["Plan vélo", "Zonage des eaux"]),
        (["Région Armor"], [], ["Bilan des lycées", "Schéma des gares"]),
    ]


def test_who_stands_between_the_client_and_its_first_mission_is_asked_about_all() -> None:
    cells = page(TWO_EACH[0], PERSON, *TWO_EACH[1:])
    kinds = roles(cells)
    first, second = group_clients(fragments(cells), kinds, homes(cells), range(len(cells)))
    assert [cells[i].text for i in first.people(kinds)] == ["Contact", "Anne Malvy"]
    assert second.people(kinds) == []


def test_a_label_alone_is_nobody() -> None:
    assert Group((0,), (1,), (2,)).people([Role.CLIENT, Role.LABEL, Role.TITLE]) == []


def test_a_client_may_run_over_two_lines() -> None:
    two = client("Communauté de communes", "du Val Lunel")
    assert groups(two, *TWO_EACH[1:])[0][0] == ["Communauté de communes", "du Val Lunel"]


def test_a_client_at_most_missions_stands_over_none() -> None:
    one_each = [block for n in range(4) for block in (client(f"Ville {n}"), mission(f"Plan {n}"))]
    assert groups(*one_each) == []
    assert groups(*one_each, mission("Zonage des eaux")) == []


def test_one_client_is_that_of_a_brochure_and_of_no_group() -> None:
    assert groups(client("Ville de Morcy"), *[mission(f"Plan {n}") for n in range(4)]) == []


def test_clients_as_small_as_titles_head_nothing() -> None:
    small = [client("Ville de Morcy", size=12), *TWO_EACH[1:3], client("Région Armor", size=12), *TWO_EACH[4:]]
    assert groups(*small) == []


def test_clients_in_two_looks_head_nothing() -> None:
    assert groups(client("Ville de Morcy", size=20), *TWO_EACH[1:]) == []


def test_a_mission_over_the_first_client_has_none_of_them() -> None:
    assert groups(mission("Plan du port"), *TWO_EACH) == []


def test_a_client_without_a_mission_is_no_group() -> None:
    assert groups(*TWO_EACH, client("Ville de Lys"), PERSON) == []


def test_the_order_is_that_of_reading() -> None:
    """Two columns: the clients of the right one come behind the left one's missions, whatever the numbers of print."""
    cells = page(*TWO_EACH)
    turned = [5, 6, 7, 8, 9, 0, 1, 2, 3, 4]
    found = group_clients(fragments(cells), roles(cells), homes(cells), turned)
    assert [cells[g.client[0]].text for g in found] == ["Région Armor", "Ville de Morcy"]


def test_an_empty_document_has_none() -> None:
    assert group_clients([], [], [], []) == []
