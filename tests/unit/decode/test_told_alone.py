"""What the texts of a mission say by how many there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from carnet.pipeline.decode.told_alone import Texts, one_paragraph, told_alone
from carnet.schemas.roles import Role
from tests.unit.decode.made import Cell, fragments, homes, roles

TITLE = Cell("Plan guide", Role.TITLE, top=100, size=14, home=0)
WHY, DONE, CAME = "Le bourg se vide de ses habitants.", "Nous menons douze ateliers.", "Un plan a été adopté."


def text(said: str, role: Role, top: float, **more: object) -> Cell:
    return replace(Cell(said, role, top=top, home=0), **more)  # type: ignore[arg-type]


def label(said: str, top: float) -> Cell:
    return Cell(said, Role.LABEL, top=top, home=0, bold=True)


def texts(cells: Sequence[Cell], announced: Mapping[str, Role] = {}) -> Texts:
    """Each label, in order of print, is that of what follows up to the next one."""
    over: dict[int, tuple[int, float]] = {}
    last = None
    for i, cell in enumerate(cells):
        last = i if cell.role is Role.LABEL else None if cell.role is Role.TITLE else last
        if last is not None and last != i:
            over[i] = last, 1.0
    said = [announced.get(cell.text) for cell in cells]
    return Texts(fragments(cells), roles(cells), homes(cells), over, said, range(len(cells)))


def told(*cells: Cell, announced: Mapping[str, Role] = {}) -> dict[str, Role]:
    return {cells[i].text: role for i, role in told_alone(texts(cells, announced))}


@pytest.mark.parametrize("role", [Role.CONTEXT, Role.RESULTS])
def test_the_only_text_says_what_was_done(role: Role) -> None:
    assert told(TITLE, text(WHY, role, 120)) == {WHY: Role.APPROACH}


def test_what_was_done_stays() -> None:
    assert told(TITLE, text(DONE, Role.APPROACH, 120)) == {}
    assert told(TITLE, text(WHY, Role.CONTEXT, 120), text(DONE, Role.APPROACH, 140)) == {}


def test_of_why_and_what_came_of_it_the_last_says_what_was_done() -> None:
    assert told(TITLE, text(WHY, Role.CONTEXT, 120), text(CAME, Role.RESULTS, 140)) == {CAME: Role.APPROACH}


def test_all_lines_of_the_only_text_do() -> None:
    lines = text("Le bourg se vide,", Role.CONTEXT, 120), text("ses commerces aussi.", Role.CONTEXT, 132)
    assert set(told(TITLE, *lines).values()) == {Role.APPROACH} and len(told(TITLE, *lines)) == 2


def test_a_label_that_says_so_is_believed() -> None:
    cells = TITLE, label("Contexte", 115), text(WHY, Role.CONTEXT, 130)
    assert told(*cells, announced={"Contexte": Role.CONTEXT}) == {}
    assert told(*cells, announced={"Contexte": Role.OTHER}) == {WHY: Role.APPROACH}


def test_the_head_of_its_column_is_believed_as_well() -> None:
    cells = Cell("Contexte", Role.HEAD, top=60), replace(TITLE, home=1), replace(text(WHY, Role.CONTEXT, 120), home=1)
    assert told(*cells, announced={"Contexte": Role.CONTEXT}) == {}
    assert told(*cells) == {WHY: Role.APPROACH}


def test_beside_what_a_label_says_was_done_a_text_before_it_says_why() -> None:
    free = text(WHY, Role.APPROACH, 115)
    cells = TITLE, free, label("Missions", 130), text(DONE, Role.APPROACH, 145)
    assert told(*cells, announced={"Missions": Role.APPROACH}) == {WHY: Role.CONTEXT}
    assert told(*cells) == {}


def test_a_text_in_another_look_further_below_is_not_what_the_label_says() -> None:
    after = text(WHY, Role.APPROACH, 170, size=8.0)
    cells = TITLE, label("Missions", 115), text(DONE, Role.APPROACH, 130), after
    assert told(*cells, announced={"Missions": Role.APPROACH}) == {WHY: Role.CONTEXT}
    alike = replace(after, size=10.0)
    assert told(*cells[:3], alike, announced={"Missions": Role.APPROACH}) == {}


def test_a_text_that_its_own_label_announces_stays() -> None:
    cells = [TITLE, label("Résultats", 115), text(CAME, Role.RESULTS, 130), label("Missions", 150)]
    cells.append(text(DONE, Role.APPROACH, 165))
    assert told(*cells, announced={"Résultats": Role.RESULTS, "Missions": Role.APPROACH}) == {}


def test_each_mission_by_itself() -> None:
    first = [TITLE, text(WHY, Role.CONTEXT, 120), text(DONE, Role.APPROACH, 140)]
    second = [replace(TITLE, top=200, home=3), replace(text(CAME, Role.RESULTS, 220), home=3)]
    assert told(*first, *second) == {CAME: Role.APPROACH}


def test_texts_without_a_mission_are_left() -> None:
    assert told(replace(text(WHY, Role.CONTEXT, 120), home=-1)) == {}
    assert told() == {}


def missions(*bodies: Sequence[tuple[str, Role]], gap: float = 0.0) -> list[Cell]:
    """Missions below each other, each with the lines of its text; `gap`: between them."""
    out: list[Cell] = []
    for n, body in enumerate(bodies):
        home, top = len(out), 200.0 * n
        out.append(Cell(f"Plan {n}", Role.TITLE, top=top, size=14, home=home))
        out += [Cell(said, role, top=top + 20 + (12 + gap) * m, home=home) for m, (said, role) in enumerate(body)]
    return out


def in_one(cells: Sequence[Cell]) -> list[str]:
    found = list(one_paragraph(texts(cells)))
    assert {role for _, role in found} <= {Role.APPROACH}
    return [cells[i].text for i, _ in found]


MIXED = [
    [("Le bourg perd ses commerces et", Role.CONTEXT), ("nous menons douze ateliers avec", Role.APPROACH)],
    [("Nous dessinons la place avec les", Role.APPROACH), ("voisins, les élus et les marchands", Role.APPROACH)],
    [("Nous relevons les arbres du parc,", Role.APPROACH), ("et proposons un plan de gestion à", Role.APPROACH)],
]


def test_one_paragraph_says_what_was_done_from_its_first_line_on() -> None:
    assert in_one(missions(*MIXED)) == ["Le bourg perd ses commerces et"]


def test_not_where_most_letters_say_something_else() -> None:
    other = [[(said, Role.CONTEXT) for said, _ in body] for body in MIXED[:2]]
    assert in_one(missions(*other, MIXED[2])) == []


def test_not_where_most_missions_have_two_paragraphs() -> None:
    two = [[("Le bourg se vide.", Role.CONTEXT), ("Nous menons douze ateliers avec tous.", Role.APPROACH)]] * 2
    parted = [replace(cell, top=cell.top + 30 * (cell.role is Role.APPROACH)) for cell in missions(*two)]
    third = [(said, role) for said, role in MIXED[0]]
    cells = [*parted]
    home = len(cells)
    cells += [replace(cell, home=home, top=cell.top + 600) for cell in missions(third)]
    assert in_one(cells) == []


def test_not_under_a_label_nor_in_a_list() -> None:
    cells = missions(*MIXED)
    at = [i for i, cell in enumerate(cells) if cell.text == MIXED[0][0][0]]
    listed = [replace(cell, marked=i in at) for i, cell in enumerate(cells)]
    assert in_one(listed) == []
    under = [*cells, Cell("Contexte", Role.LABEL, top=cells[at[0]].top - 11, home=0, bold=True)]
    assert in_one(under) == []


def test_nothing_in_an_empty_document() -> None:
    assert in_one([]) == []
