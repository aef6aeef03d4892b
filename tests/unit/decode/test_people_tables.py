"""A table that names people for the clients of missions told on other pages."""

from __future__ import annotations

from collections.abc import Sequence

from carnet.pipeline.decode.people_tables import PeopleRow, PeopleTable, number_of, people_tables, their_missions
from carnet.schemas.roles import Role
from tests.unit.decode.made import KNOWN, Cell, fragments, shares

COLUMNS = (50.0, 250.0, 400.0)
HEADS = [
    Cell(text, Role.HEAD, x, 100, page=2)
    for text, x in zip(("Maître d'ouvrage", "Interlocuteur", "Téléphone"), COLUMNS, strict=True)
]
BODIES = ("Ville de Morcy", "Syndicat du Perchay", "Région Armor")
PEOPLE = ("Anne Malvy", "Jean Orsel", "Léa Tibaud")


def missions(*names: str, role: Role = Role.CLIENT) -> list[Cell]:
    """On the first page, each named over the title of a mission."""
    places = ((name, 100 + 50.0 * n) for n, name in enumerate(names))
    return [c for name, y in places for c in (Cell(name, role, 50, y), Cell("Plan guide", Role.TITLE, 50, y + 15))]


def row(name: str, person: str, top: float, role: Role = Role.CLIENT) -> list[Cell]:
    said = ((name, role), (person, Role.CONTACT), ("05 61 00 11 22", Role.PHONE))
    return [Cell(text, what, x, top, page=2) for (text, what), x in zip(said, COLUMNS, strict=True)]


def rows(names: Sequence[str] = BODIES, role: Role = Role.CLIENT) -> list[Cell]:
    some = zip(names, PEOPLE, strict=True)
    return [cell for n, (name, person) in enumerate(some) for cell in row(name, person, 120 + 20.0 * n, role)]


def read(cells: Sequence[Cell]) -> list[PeopleTable]:
    return people_tables(fragments(cells), shares(cells), KNOWN)


def told(cells: Sequence[Cell]) -> list[tuple[str, str, list[str]]]:
    """Name, number and people of each row of the one table."""
    (table,) = read(cells)
    return [(r.name, r.number, [cells[i].text for i in r.people]) for r in table.rows]


def test_people_stand_beside_the_clients_they_are_named_for() -> None:
    cells = [*missions(*BODIES), *HEADS, *rows()]
    assert told(cells) == [(body, "", [person, "05 61 00 11 22"]) for body, person in zip(BODIES, PEOPLE, strict=True)]
    (table,) = read(cells)
    assert table.members == frozenset(range(6, len(cells)))


def test_names_that_stand_nowhere_else_make_no_table_of_people() -> None:
    assert read([*HEADS, *rows()]) == []
    assert read([*missions(*BODIES[:2]), *HEADS, *rows()]) == []


def test_a_table_with_an_amount_or_a_date_tells_missions_themselves() -> None:
    for text, role in (("24 500 € HT", Role.AMOUNT), ("2021", Role.PERIOD), ("Un bourg vieillit.", Role.CONTEXT)):
        cell = Cell(text, role, 500, 120, page=2)
        assert read([*missions(*BODIES), *HEADS, *rows(), cell]) == []
        assert len(read([*missions(*BODIES), *HEADS, *rows(), Cell(text, role, 500, 120, page=2, sure=0.4)])) == 1


def test_running_feet_and_the_team_are_not_of_the_table() -> None:
    cells = [*missions(*BODIES), *HEADS, *rows(), Cell("Page 12", Role.FURNITURE, 50, 700, page=2)]
    (table,) = read(cells)
    assert len(cells) - 1 not in table.members


def test_without_three_heads_side_by_side_there_is_no_table() -> None:
    assert read([*missions(*BODIES), *HEADS[:2], *rows()]) == []
    assert read([]) == []


def test_rows_without_anybody_make_no_table_of_people() -> None:
    bare = [c for c in rows() if c.role is Role.CLIENT or c.top < 160]
    assert read([*missions(*BODIES), *HEADS, *bare]) == []


def test_lines_that_name_a_body_together_are_one_row() -> None:
    whole = "Communauté de communes du Val Lunel"
    two = [
        Cell("Communauté de communes", Role.CLIENT, 50, 180, page=2),
        Cell("Jean Orsel", Role.CONTACT, 250, 180, page=2),
        Cell("du Val Lunel", Role.CLIENT, 50, 192, page=2),
    ]
    cells = [*missions(*BODIES, whole), *HEADS, *rows(), *two]
    assert told(cells)[-1] == (whole, "", ["Jean Orsel"])
    assert len(told(cells)) == 4


def test_bodies_listed_elsewhere_with_nothing_between_them_stay_rows_of_their_own() -> None:
    """ "Ils nous font confiance": the names one below the other, in the order of the table."""
    listed = [Cell(body, Role.FRONT, 50, 100 + 20.0 * n) for n, body in enumerate(BODIES)]
    assert [name for name, _, _ in told([*listed, *HEADS, *rows()])] == list(BODIES)


def test_people_centred_beside_a_name_of_two_lines_belong_to_it() -> None:
    """The person of each row stands level with the middle of its name, above the second line, or over the first."""
    bodies = ("Communauté de communes du Val Lunel", "Syndicat mixte du Haut Perchay", "Département de la Lisse")
    lines = (
        ("Communauté de communes", "du Val Lunel"),
        ("Syndicat mixte", "du Haut Perchay"),
        ("Département", "de la Lisse"),
    )
    cells = [*missions(*bodies), *HEADS]
    for n, ((one, two), person) in enumerate(zip(lines, PEOPLE, strict=True)):
        top = 130 + 50.0 * n
        cells += [Cell(one, Role.CLIENT, 50, top, page=2), Cell(two, Role.CLIENT, 50, top + 12, page=2)]
        cells += [Cell(person, Role.CONTACT, 250, top - 9, page=2)]
        cells += [Cell("a@lys.example", Role.EMAIL, 250, top + 6, page=2)]
    assert told(cells) == [(body, "", [person, "a@lys.example"]) for body, person in zip(bodies, PEOPLE, strict=True)]


def test_rows_may_say_the_numbers_of_missions_in_place_of_names() -> None:
    numbers = ("I-01", "I-02", "I-03")
    cells = [*missions(*numbers, role=Role.REFERENCE), *HEADS, *rows(numbers, Role.REFERENCE)]
    assert [(name, number) for name, number, _ in told(cells)] == [("", "i01"), ("", "i02"), ("", "i03")]


def test_a_number_is_compared_without_its_signs() -> None:
    assert number_of("I-01") == number_of("i 01") == "i01"
    assert number_of("I-01") != number_of("I-10")


def table(*some: PeopleRow) -> PeopleTable:
    return PeopleTable(frozenset(), some)


def test_a_row_is_of_the_mission_of_its_name() -> None:
    named = {10: "Ville de Morcy Plan vélo", 20: "Région Armor Bilan"}
    assert their_missions(
        table(PeopleRow("Région Armor", "", (1, 2)), PeopleRow("Ville de Morcy", "", (3,))), named, {}
    ) == {
        20: [1, 2],
        10: [3],
    }


def test_a_number_tells_the_mission_whatever_the_names() -> None:
    named = {10: "Ville de Morcy", 20: "Région Armor"}
    assert their_missions(table(PeopleRow("", "i02", (1,))), named, {10: ["i01"], 20: ["i02"]}) == {20: [1]}
    assert their_missions(table(PeopleRow("", "i03", (1,))), named, {10: ["i01"], 20: ["i02"]}) == {}


def test_a_client_in_another_spelling_is_told_by_the_words_that_only_it_has() -> None:
    named = {10: "Ville de Morcy Plan vélo", 20: "Ville d'Orbeyre Zonage", 30: "Ville de Brenoux Bilan"}
    assert their_missions(table(PeopleRow("Orbeyre (ville)", "", (1,))), named, {}) == {20: [1]}


def test_a_word_that_most_missions_share_tells_none() -> None:
    named = {10: "Ville de Morcy", 20: "Ville d'Orbeyre", 30: "Ville de Brenoux"}
    assert their_missions(table(PeopleRow("Ville de Sallegrand", "", (1,))), named, {}) == {}


def test_one_row_of_a_client_is_of_all_its_missions() -> None:
    named = {10: "Ville de Morcy Plan vélo", 20: "Ville de Morcy Zonage", 30: "Région Armor"}
    assert their_missions(table(PeopleRow("Ville de Morcy", "", (1,))), named, {}) == {10: [1], 20: [1]}


def test_as_many_rows_as_missions_of_a_client_are_one_each_in_their_order() -> None:
    named = {10: "Ville de Morcy Plan vélo", 20: "Ville de Morcy Zonage"}
    two = table(PeopleRow("Ville de Morcy", "", (1,)), PeopleRow("Ville de Morcy", "", (2,)))
    assert their_missions(two, named, {}) == {10: [1], 20: [2]}


def test_two_rows_of_the_client_of_one_mission_are_both_its_own() -> None:
    two = table(PeopleRow("Ville de Morcy", "", (1,)), PeopleRow("Ville de Morcy", "", (2,)))
    assert their_missions(two, {10: "Ville de Morcy Plan vélo"}, {}) == {10: [1, 2]}


def test_a_column_of_remarks_takes_nothing_from_the_table() -> None:
    remark = Cell("n'est plus en fonction", Role.ASIDE, 550, 140, page=2)
    assert len(told([*missions(*BODIES), *HEADS, *rows(), remark])) == 3
