"""Missions whose heading is no text."""

from __future__ import annotations

from collections.abc import Sequence

from carnet.pipeline.decode.headless import without_heads
from carnet.schemas.roles import Role
from tests.unit.decode.made import Cell, fragments, homes, roles

LABELS = (("Contexte", None), ("Démarche", None), ("Résultats", None), ("Montant", Role.AMOUNT))


def sheet(page: int, head: str | None, home: int, amount: str, top: float = 0, labels: int = 4) -> list[Cell]:
    """A mission with its labels, and what it costs."""
    title = [Cell(head, Role.TITLE, top=top, page=page, home=home)] if head else []
    told = [
        Cell(text, Role.LABEL, top=top + 20 + 30 * n, page=page, home=home)
        for n, (text, _) in enumerate(LABELS[:labels])
    ]
    return [*title, *told, Cell(amount, Role.AMOUNT, top=top + 140, page=page, home=home)]


def first(*pages: Sequence[Cell]) -> list[int]:
    cells = [cell for some in pages for cell in some]
    announced = [dict(LABELS).get(cell.text) for cell in cells]
    rank = list(range(len(cells)))
    return list(without_heads(fragments(cells), roles(cells), announced, homes(cells), rank))


THREE = [sheet(n + 1, f"Plan {n}", 6 * n, f"{n + 1}0 000 €") for n in range(3)]


def test_the_opening_label_begins_a_mission_that_has_no_head() -> None:
    assert first(*THREE, sheet(4, None, 12, "90 000 €")) == [18]


def test_two_on_one_page_the_second_without_a_head() -> None:
    assert first(*THREE, sheet(3, None, 12, "90 000 €", top=300)) == [18]


def test_one_before_any_head_too() -> None:
    assert first(sheet(1, None, -1, "90 000 €"), *[[*map(moved, some)] for some in THREE]) == [0]


def moved(cell: Cell) -> Cell:
    return Cell(cell.text, cell.role, top=cell.top, page=cell.page + 1, home=cell.home + 5)


def test_what_belonged_to_the_next_head_is_its_own() -> None:
    """The pages before a head seemed to be that mission's."""
    astray = sheet(4, None, 23, "90 000 €")
    assert first(*THREE, astray, sheet(5, "Plan 4", 23, "40 000 €")) == [18]


def test_facts_told_again_on_the_next_page_are_no_mission() -> None:
    assert first(*THREE, sheet(4, None, 12, "30 000 €")) == []


def test_texts_alone_that_go_on_are_no_mission() -> None:
    going_on = [c for c in sheet(4, None, 12, "") if c.text not in ("Montant", "")]
    assert first(*THREE, going_on) == []


def test_labels_that_missions_print_many_times_open_none() -> None:
    twice = [[*some, *sheet(n + 1, None, 6 * n, "5 000 €", top=300)[:4]] for n, some in enumerate(THREE)]
    assert first(*twice) == []


def test_fewer_than_three_missions_tell_nothing() -> None:
    assert first(*THREE[:2], sheet(3, None, 6, "90 000 €")) == []
