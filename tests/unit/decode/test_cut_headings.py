"""Headings in which one line holds the end of the client and the beginning of the title."""

from __future__ import annotations

from dataclasses import replace

from carnet.pipeline.decode.cut_headings import cut_within_lines
from carnet.schemas.roles import Role
from tests.unit.decode.made import Cell, fragments, homes, roles

LINES = [
    Cell("Direction de l'eau (DE).", Role.CLIENT, top=0, home=0, bold=True),
    Cell("Commissariat au littoral (CL) Impact des", Role.CLIENT, top=12, home=0, bold=True),
    Cell("ateliers sur leurs territoires", Role.TITLE, top=24, home=0, bold=True),
    Cell("d'implantation", Role.TITLE, top=36, home=0, bold=True),
]
TEXT = Cell("La ville se transforme.", Role.CONTEXT, top=60, home=0)


def cut(*cells: Cell) -> list[str]:
    return [cells[i].text for i in sorted(cut_within_lines(fragments(cells), roles(cells), homes(cells)))]


def test_all_its_lines_are_one_heading_whose_words_tell_the_two_apart() -> None:
    assert cut(*LINES, TEXT) == [cell.text for cell in LINES]


def test_not_where_a_sign_or_a_capital_parts_them() -> None:
    assert cut(*LINES[:1], replace(LINES[2], top=12), TEXT) == []  # behind a full stop
    assert cut(LINES[1], replace(LINES[2], text="Ateliers sur leurs territoires", top=24), TEXT) == []
    assert cut(replace(LINES[1], text="Commissariat au littoral :"), LINES[2], TEXT) == []


def test_nor_in_another_look_further_below_or_further_right() -> None:
    assert cut(LINES[1], replace(LINES[2], bold=False), TEXT) == []
    assert cut(LINES[1], replace(LINES[2], top=40), TEXT) == []
    assert cut(LINES[1], replace(LINES[2], x0=300), TEXT) == []


def test_a_line_of_another_mission_is_none_of_it() -> None:
    assert cut(replace(LINES[0], home=9), *LINES[1:]) == [cell.text for cell in LINES[1:]]
