"""Big figures over the words that say what came of a mission."""

from __future__ import annotations

from dataclasses import replace

import pytest

from carnet.pipeline.decode.figures import big_figures, is_figure
from carnet.schemas.roles import Role
from tests.unit.decode.made import Cell, fragments, homes, roles

TITLE = Cell("Plan guide", Role.TITLE, 50, 50, 14, home=0)
FIGURE = Cell("61 %", Role.ASIDE, 50, 100, 24, home=0)
WORDS = Cell("de sorties positives", Role.RESULTS, 50, 130, home=0)


def pairs(*cells: Cell) -> list[tuple[str, list[str]]]:
    """Each big figure of the first mission, with its words."""
    found = big_figures(fragments(cells), roles(cells), homes(cells))
    assert set(found) <= {0}
    return [(cells[i].text, [cells[j].text for j in under]) for i, under in found.get(0, [])]


def test_a_figure_stands_with_the_words_right_under_it() -> None:
    assert pairs(TITLE, FIGURE, WORDS) == [("61 %", ["de sorties positives"])]


@pytest.mark.parametrize("role", [Role.ASIDE, Role.OTHER, Role.RESULTS, Role.WORKS_COST])
def test_whatever_a_figure_seemed_to_be(role: Role) -> None:
    assert len(pairs(TITLE, replace(FIGURE, role=role), WORDS)) == 1


@pytest.mark.parametrize("role", [Role.AMOUNT, Role.PERIOD, Role.DURATION, Role.REFERENCE])
def test_the_fee_and_the_date_are_no_results(role: Role) -> None:
    assert pairs(TITLE, replace(FIGURE, role=role), WORDS) == []


def test_words_must_be_smaller_and_near() -> None:
    assert pairs(TITLE, FIGURE, replace(WORDS, size=22)) == []
    assert pairs(TITLE, FIGURE, replace(WORDS, top=149)) == []
    assert len(pairs(TITLE, FIGURE, replace(WORDS, top=147))) == 1
    assert pairs(TITLE, FIGURE, replace(WORDS, top=85)) == []


def test_words_in_another_column_on_another_page_or_of_another_mission_are_not_its_own() -> None:
    other = Cell("Zonage", Role.TITLE, 50, 400, 14, home=3)
    assert pairs(TITLE, FIGURE, replace(WORDS, x0=200)) == []
    assert pairs(TITLE, FIGURE, replace(WORDS, page=2)) == []
    assert pairs(TITLE, FIGURE, replace(WORDS, home=3), other) == []


def test_words_that_tell_no_result_are_left() -> None:
    assert pairs(TITLE, FIGURE, replace(WORDS, role=Role.CONTEXT)) == []


def test_figures_side_by_side_each_have_their_words_in_the_order_of_print() -> None:
    right = [replace(FIGURE, text="1 sur 3", x0=250), replace(WORDS, text="reste au village", x0=250)]
    below = [replace(FIGURE, text="0,92 €", top=200), replace(WORDS, text="par repas servi", top=230)]
    assert pairs(TITLE, *below, *right, FIGURE, WORDS) == [
        ("61 %", ["de sorties positives"]),
        ("1 sur 3", ["reste au village"]),
        ("0,92 €", ["par repas servi"]),
    ]


def test_a_figure_without_a_mission_is_none() -> None:
    assert big_figures(fragments([FIGURE, WORDS]), [FIGURE.role, WORDS.role], [-1, -1]) == {}


@pytest.mark.parametrize("text", ["61 %", "1 sur 3", "0,92 €", "+ 12", "3,5 ha", "1 250 arbres"])
def test_a_number_with_its_unit_is_a_figure(text: str) -> None:
    assert is_figure(text)


@pytest.mark.parametrize("text", ["", "%", "de sorties", "12 rues piétonnes", "2021 habitants", "05 61 00 11 22 33"])
def test_longer_words_and_no_number_are_none(text: str) -> None:
    assert not is_figure(text)
