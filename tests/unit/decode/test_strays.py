"""Texts linked to another mission than the one they stand in."""

from __future__ import annotations

from dataclasses import replace

from carnet.pipeline.decode.strays import behind_front_matter, lines_of_the_team, over_front_matter, texts_over_heads
from carnet.schemas.roles import Role
from tests.unit.decode.made import Cell, fragments, homes, roles


def sheet(page: int, home: int, text_over: bool = False) -> list[Cell]:
    over = [Cell("Depuis dix ans nous menons de telles études", Role.CONTEXT, top=10, page=page, home=home)] * text_over
    return [
        *over,
        Cell("Plan guide", Role.TITLE, top=60, page=page, home=home),
        Cell("La ville se transforme", Role.CONTEXT, top=80, page=page, home=home),
    ]


def over(*pages: list[Cell]) -> list[str]:
    cells = [cell for some in pages for cell in some]
    labelled = dict.fromkeys((n for n, c in enumerate(cells) if c.text.startswith("La ville")), (0, 1.0))
    found = texts_over_heads(fragments(cells), roles(cells), homes(cells), labelled, range(len(cells)))
    return [cells[i].text for i in found]


def test_a_text_over_one_heading_of_many_is_the_firms_own() -> None:
    plain = [sheet(n, 2 * n) for n in range(10)]
    assert over(*plain, sheet(10, 21, text_over=True)) == ["Depuis dix ans nous menons de telles études"]


def test_where_texts_stand_over_headings_often_they_are_the_missions() -> None:
    both = [cells for n in range(6) for cells in (sheet(n, 5 * n), sheet(n + 20, 5 * n + 3, text_over=True))]
    assert over(*both) == []


def text(said: str, top: float, home: int, role: Role = Role.APPROACH, x0: float = 50.0) -> Cell:
    return Cell(said, role, top=top, home=home, x0=x0)


FIRM = [
    Cell("La coopérative", Role.CLIENT, top=10),
    Cell("Aude Bellerose, coopératrice", Role.TEAM, top=30),
    Cell("Samba Diallo, coopérateur", Role.TEAM, top=42),
]


def headed(*missions: list[Cell]) -> list[str]:
    """Missions in the order of print, each with its cells; each is headed by its title."""
    cells: list[Cell] = []
    for some in missions:
        home = len(cells) + next(n for n, cell in enumerate(some) if cell.role is Role.TITLE)
        cells += [replace(cell, home=home if cell.role.of_mission else -1) for cell in some]
    found = over_front_matter(fragments(cells), roles(cells), homes(cells), range(len(cells)))
    return [cells[i].text for i in found]


def with_client(page: int) -> list[Cell]:
    return [Cell("Ville de Morcy", Role.CLIENT, top=10, page=page), *sheet(page, 0)]


def test_a_heading_over_the_firms_people_is_none_of_the_mission_below() -> None:
    assert headed([*FIRM, *sheet(1, 0)], *[with_client(n) for n in range(2, 7)]) == ["La coopérative"]
    assert headed(*[with_client(n) for n in range(1, 7)]) == []


def test_where_many_missions_have_people_under_their_client_they_are_theirs() -> None:
    both = [[*(replace(cell, page=n) for cell in FIRM), *sheet(n, 0)] for n in range(1, 7)]
    assert headed(*both) == []


def after(words: int, role: Role = Role.CONTEXT, missions: int = 6) -> list[str]:
    """What is linked to the last of some missions and stands on the next page, behind so many words of the firm."""
    cells = [cell for n in range(missions) for cell in sheet(n + 1, 2 * n)]
    page = missions + 1
    cells += [Cell(f"Notre offre, {n}", Role.FRONT, top=12.0 * n, page=page) for n in range(words)]
    cells += [Cell("entre 3 et 9 salariés", role, top=200, page=page, home=2 * missions - 2)]
    cells += [Cell("entre 10 et 19", role, top=20, page=page + 1, home=2 * missions - 2)]
    found = behind_front_matter(fragments(cells), roles(cells), homes(cells), range(len(cells)))
    return [cells[i].text for i in found]


def test_what_stands_behind_the_firms_own_words_is_of_no_mission_nor_what_follows() -> None:
    assert after(3) == ["entre 3 et 9 salariés", "entre 10 et 19"]
    assert after(2) == after(0) == []


def test_one_heading_is_enough_before_figures() -> None:
    assert after(1, Role.ASIDE) == ["entre 3 et 9 salariés", "entre 10 et 19"]


def test_lines_of_the_team() -> None:
    """A name and what the firm's own words say of it share a line; so do lines between two of these."""
    cells = [
        Cell("Quentin Lhoste :", Role.TEAM, top=0, line=0),
        Cell("enquêtes", Role.FRONT, 150, 0, line=0),
        Cell("Olivier Pierret :", Role.FRONT, top=14, line=1),
        Cell("patrimoine", Role.FRONT, 150, 14, line=1),
        Cell("Zoé Hautmont :", Role.TEAM, top=28, line=2),
        Cell("Nous trouver", Role.FRONT, top=42, line=3),
    ]
    found = lines_of_the_team(fragments(cells), roles(cells))
    assert {cells[i].text for i in found} == {"enquêtes", "Olivier Pierret :", "patrimoine"}
