"""Facts that stand over the titles they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from carnet.pipeline.decode.over_titles import (
    facts_behind_labels_over_titles,
    facts_over_titles,
    over_as_elsewhere,
)
from carnet.schemas.roles import Role
from tests.unit.decode.made import Cell, fragments, homes, roles

FACTS = (("Ville de Morcy", Role.CLIENT), ("2021", Role.PERIOD))


def card(n: int, facts: Sequence[tuple[str, Role]] = FACTS, page: int = 1) -> list[Cell]:
    """A picture's facts, the title below them, then the text."""
    top = 100.0 * n
    some = [Cell(f"{text} {n}", role, 50, top + 12.0 * i, page=page) for i, (text, role) in enumerate(facts)]
    text = Cell(f"Douze ateliers {n}", Role.APPROACH, 200, top + 60, page=page)
    return [*some, Cell(f"Plan {n}", Role.TITLE, 200, top + 40, page=page), text]


def astray(*cards: Sequence[Cell]) -> list[Cell]:
    """Each fact is first taken for one of the title before it; the first card's for one of the first."""
    cells = [cell for some in cards for cell in some]
    out, head = [], next(i for i, cell in enumerate(cells) if cell.role is Role.TITLE)
    for i, cell in enumerate(cells):
        head = i if cell.role is Role.TITLE else head
        out.append(replace(cell, home=head))
    return out


def moved(cells: Sequence[Cell]) -> list[tuple[str, str]]:
    found = facts_over_titles(fragments(cells), roles(cells), homes(cells))
    return [(cells[i].text, cells[head].text) for i, head in found]


def test_facts_belong_to_the_title_below_them() -> None:
    assert moved(astray(card(1), card(2), card(3))) == [
        ("Ville de Morcy 2", "Plan 2"),
        ("2021 2", "Plan 2"),
        ("Ville de Morcy 3", "Plan 3"),
        ("2021 3", "Plan 3"),
    ]


def test_on_each_page_anew() -> None:
    cells = astray(card(1), card(2), card(1, page=2), card(2, page=2))
    assert len(moved(cells)) == 6


def test_two_missions_or_one_a_page_tell_nothing() -> None:
    assert moved(astray(card(1), card(2))) == []
    assert moved(astray(*[card(1, page=page) for page in (1, 2, 3)])) == []


def test_one_kind_of_fact_over_a_title_tells_nothing() -> None:
    assert moved(astray(card(1, FACTS[:1]), card(2, FACTS[:1]), card(3, FACTS[:1]))) == []
    assert moved(astray(card(1), card(2), card(3, FACTS[:1]))) == []


def test_facts_below_the_last_title_stay_where_they_are() -> None:
    last = Cell("24 500 € HT", Role.AMOUNT, 50, 370)
    assert moved(astray(card(1), card(2), [*card(3), last])) == []


def test_facts_under_their_titles_stay_where_they_are() -> None:
    """Title, then facts, on every page."""
    under = [
        [Cell(f"Plan {n}", Role.TITLE, 50, 100.0 * n), Cell(f"Morcy {n}", Role.CLIENT, 50, 100.0 * n + 20)]
        + [Cell(f"2021 {n}", Role.PERIOD, 50, 100.0 * n + 32)]
        for n in (1, 2, 3)
    ]
    assert moved(astray(*under)) == []


def test_what_is_right_already_is_left() -> None:
    cells = astray(card(1), card(2), card(3))
    heads = [i for i, cell in enumerate(cells) if cell.role is Role.TITLE]
    right = [replace(c, home=next((h for h in heads if h >= i), c.home)) for i, c in enumerate(cells)]
    right = [replace(c, home=cells[i].home) if c.role is Role.APPROACH else c for i, c in enumerate(right)]
    assert moved(right) == []


def test_where_missions_lack_nothing_as_they_are_all_stays() -> None:
    """Each has the facts of another: nothing tells that those are not its own."""
    cells = astray(card(1), card(2), card(3))
    first, second, third = (i for i, cell in enumerate(cells) if cell.role is Role.TITLE)
    turned = {100.0: third, 200.0: first, 300.0: second}
    facts = (Role.CLIENT, Role.PERIOD)
    assert moved([replace(c, home=turned[c.top // 100 * 100]) if c.role in facts else c for c in cells]) == []


def test_an_empty_document_has_none() -> None:
    assert moved([]) == []


def led(n: int, head: int) -> list[Cell]:
    """A label and whom it names, then the title; all but the title taken for those of the mission before."""
    top = 100.0 * n
    return [
        Cell("Contact", Role.LABEL, 50, top, home=head),
        Cell(f"Anne Roche {n}", Role.CONTACT, 120, top, home=head),
        Cell(f"Plan {n}", Role.TITLE, 50, top + 15, home=4 * n + 2),
        Cell(f"Ville de Morcy {n}", Role.CLIENT, 50, top + 30, home=4 * n + 2),
    ]


def test_people_behind_a_label_over_each_title_are_of_the_title_below() -> None:
    cells = [cell for n, head in enumerate((2, 2, 6)) for cell in led(n, head)]
    found = facts_behind_labels_over_titles(fragments(cells), roles(cells), homes(cells), range(len(cells)))
    assert [(cells[i].text, cells[head].text) for i, head in found if cells[i].role is Role.CONTACT] == [
        ("Anne Roche 1", "Plan 1"),
        ("Anne Roche 2", "Plan 2"),
    ]


def test_not_where_the_label_stands_behind_the_last_title_too() -> None:
    cells = [cell for n, head in enumerate((2, 2, 6)) for cell in led(n, head)]
    cells += [replace(cells[0], top=350.0, home=10), replace(cells[1], top=350.0, home=10)]
    assert not list(facts_behind_labels_over_titles(fragments(cells), roles(cells), homes(cells), range(len(cells))))


def test_a_second_client_right_over_a_title_without_one_is_of_that_title() -> None:
    cells = [
        Cell(text, role, 50, 15.0 * (3 * n + k), home=3 * n + 1)
        for n in range(4)
        for k, (text, role) in enumerate(
            ((f"Pour Ville {n}", Role.CLIENT), (f"Plan {n}", Role.TITLE), (f"{2020 + n}", Role.PERIOD))
        )
    ]
    cells[6] = replace(cells[6], home=4)
    found = over_as_elsewhere(fragments(cells), roles(cells), homes(cells), range(len(cells)))
    assert [(cells[i].text, cells[head].text) for i, head in found] == [("Pour Ville 2", "Plan 2")]
