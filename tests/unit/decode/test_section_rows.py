"""Rows of a table that name a part of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from carnet.pipeline.decode.section_rows import section_rows
from carnet.schemas.roles import Role
from tests.unit.decode.made import KNOWN, Cell, fragments, shares

COLUMNS = (50.0, 200.0, 350.0)
HEADS = [
    Cell(text, Role.HEAD, x, 100) for text, x in zip(("Client", "Mission", "Montant (€ HT)"), COLUMNS, strict=True)
]
ROW = Cell("Eau potable", Role.DOMAIN, 50, 120, bold=True)


def mission(client: str, title: str, top: float) -> list[Cell]:
    said = ((client, Role.CLIENT), (title, Role.TITLE), ("24 500", Role.AMOUNT))
    return [Cell(text, role, x, top) for (text, role), x in zip(said, COLUMNS, strict=True)]


def named(*rows: Cell, heads: list[Cell] = HEADS) -> list[str]:
    """A table of three missions, with these rows over them, between them or below."""
    missions = [*mission("Ville de Morcy", "Plan", 140), *mission("Ville de Lys", "Zonage", 160)]
    cells = [*heads, *missions, *mission("Ville de Brenoux", "Bilan", 200), *rows]
    cells.sort(key=lambda cell: cell.top)
    likely = np.array([0.99 if cell.role is Role.TITLE else 0.0 for cell in cells], np.float32)
    return [cells[i].text for i in section_rows(fragments(cells), shares(cells), likely, KNOWN)]


def test_a_text_alone_in_its_row_names_a_part() -> None:
    assert named(ROW, replace(ROW, text="Assainissement", top=180)) == ["Eau potable", "Assainissement"]


def test_in_the_middle_of_the_table_it_does_as_well() -> None:
    (last,) = HEADS[2:]
    middle = (50 + last.x0 + 0.5 * last.size * len(last.text)) / 2
    assert named(replace(ROW, x0=middle - 0.25 * ROW.size * len(ROW.text))) == ["Eau potable"]


def test_elsewhere_in_the_table_it_names_none() -> None:
    assert named(replace(ROW, x0=110)) == []
    assert [len(named(replace(ROW, x0=x0))) for x0 in (64, 66)] == [1, 0]


def test_what_is_surely_text_names_none() -> None:
    assert named(replace(ROW, role=Role.CONTEXT, sure=0.9)) == []
    assert named(replace(ROW, role=Role.CONTEXT, sure=0.6)) == ["Eau potable"]


def test_what_may_be_the_client_of_the_rows_below_names_none() -> None:
    assert named(replace(ROW, role=Role.GROUP_CLIENT, sure=0.4)) == []
    assert named(replace(ROW, role=Role.CLIENT, sure=0.4, top=130)) == []
    assert named(replace(ROW, role=Role.CLIENT, sure=0.2)) == ["Eau potable"]


def test_over_a_row_with_a_client_of_its_own_it_is_none() -> None:
    assert named(replace(ROW, role=Role.CLIENT, sure=0.9)) == ["Eau potable"]
    assert named(replace(ROW, role=Role.CLIENT, sure=0.9, top=220)) == []


def test_in_the_look_of_a_title_it_is_one() -> None:
    assert named(replace(ROW, bold=False)) == []


def test_beside_another_cell_it_is_one() -> None:
    assert named(ROW, Cell("2021", Role.PERIOD, 200, 120)) == []


def test_sums_sentences_and_numbers_name_none() -> None:
    assert named(replace(ROW, text="Total 73 500")) == []
    assert named(replace(ROW, text="Missions menées seuls.")) == []
    assert named(replace(ROW, text="1.")) == []
    assert named(replace(ROW, text="Lot 21")) == ["Lot 21"]
    assert [len(named(replace(ROW, text="x" * count))) for count in (90, 91)] == [1, 0]


def test_below_the_last_mission_it_names_none() -> None:
    assert named(replace(ROW, top=220), replace(ROW, top=240)) == []


def test_over_the_heads_or_with_too_few_of_them_it_names_none() -> None:
    assert named(replace(ROW, top=60)) == []
    assert named(ROW, heads=HEADS[:2]) == []
    assert named(ROW, heads=[Cell("Références", Role.HEAD, 50, 60), *HEADS]) == ["Eau potable"]


def test_an_empty_document_has_none() -> None:
    assert section_rows([], shares([]), np.zeros(0, np.float32), KNOWN) == []


def test_a_row_alone_that_seems_to_head_a_mission_names_a_part_where_most_titles_look_otherwise() -> None:
    row = replace(ROW, role=Role.TITLE, sure=0.7, top=180)
    missions = [cell for n in range(9) for cell in mission(f"Ville de Lys {n}", f"Plan {n}", 220 + 20.0 * n)]
    assert named(row, *missions) == ["Eau potable"]


def test_a_body_over_a_row_with_a_client_of_its_own_names_a_part() -> None:
    row = Cell("Namur", Role.CLIENT, 20, 120, size=12)
    assert named(row, heads=[Cell("N°", Role.HEAD, 20, 100), *HEADS]) == ["Namur"]
    assert named(replace(row, size=10), heads=[Cell("N°", Role.HEAD, 20, 100), *HEADS]) == []
