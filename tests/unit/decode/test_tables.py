"""What columns of tables tell of their cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from carnet.pipeline.decode.tables import (
    dates_by_columns,
    figures_by_columns,
    heads_in_two_lines,
    one_title_a_row,
    told_by_rows,
)
from carnet.pipeline.page.fragments import Sheet
from carnet.schemas.roles import Role
from tests.unit.decode.made import KNOWN, Cell, fragments, homes, roles, shares

ROWS = [
    ("Orgue de la nef", "Mesures in situ, avis"),
    ("Salle des fêtes", "Étude, suivi du chantier"),
    ("École du centre", "Mesures de contrôle"),
]
HEADS = [Cell("Opération", Role.HEAD, 50, 100), Cell("Prestations", Role.HEAD, 250, 100)]
LEFT, RIGHT = 50, 250


def table(
    rows: Sequence[tuple[str, str]] = ROWS, *, left: float = 0.9, right: float = 0.5, other: Role = Role.OTHER
) -> dict[str, Role]:
    """A title in both columns of each row, as likely as told; the right one may be something else. What is changed."""
    cells = list(HEADS)
    for n, (one, two) in enumerate(rows):
        home, top = len(cells), 120 + 20.0 * n
        cells += [Cell(one, Role.TITLE, LEFT, top, home=home, sure=left)]
        cells += [Cell(two, Role.TITLE, RIGHT, top, home=home, sure=right)]
    seen = shares(cells)
    for i, cell in enumerate(cells):
        if cell.x0 == RIGHT and cell.role is Role.TITLE:
            seen[i] = 0
            seen[i, [KNOWN.index(Role.TITLE), KNOWN.index(other)]] = right, 1 - right
    found = list(one_title_a_row(fragments(cells), roles(cells), seen, homes(cells), KNOWN))
    assert [float(share.sum()) for _, share in found] == pytest.approx([1.0] * len(found))
    return {cells[i].text: KNOWN[int(share.argmax())] for i, share in found}


def test_beside_the_surer_titles_of_another_column_a_cell_is_none() -> None:
    assert table() == {text: Role.OTHER for _, text in ROWS}
    assert table(other=Role.APPROACH) == {text: Role.APPROACH for _, text in ROWS}


def test_where_both_columns_seem_titles_alike_both_are_left() -> None:
    assert table(left=0.6, right=0.5) == {}
    assert table(left=0.9, right=0.7) == {text: Role.OTHER for _, text in ROWS}


def test_two_rows_tell_nothing() -> None:
    assert table(ROWS[:2]) == {}


def test_the_surer_column_may_stand_at_the_right() -> None:
    assert list(table(left=0.5, right=0.9)) == [text for text, _ in ROWS]


FIRST, LAST = ("Début", Role.START), ("Fin", Role.END)


def dates(heads: Sequence[tuple[str, Role]], at: Sequence[float], turned: bool = True) -> list[tuple[str, Role]]:
    """Two rows of two dates each under two heads at 100 and 200, the dates at `at`; `turned`: each takes itself for the
    other."""
    cells = [Cell("Mission", Role.HEAD), *(Cell(text, Role.HEAD, 100 + 100.0 * n) for n, (text, _) in enumerate(heads))]
    for n in range(2):
        home, top = len(cells), 20.0 * (n + 1)
        cells.append(Cell("Plan guide", Role.TITLE, top=top, home=home))
        for (_, role), (_, other), x0, year in zip(heads, heads[::-1], at, ("2020", "2021"), strict=True):
            cells.append(Cell(f"01/03/{year}", other if turned else role, x0, top, home=home))
    announced = [dict(heads).get(cell.text) for cell in cells]
    found = dates_by_columns(fragments(cells), roles(cells), announced, homes(cells))
    return [(cells[i].text, role) for i, role in found]


def test_a_date_at_the_right_of_its_column_is_what_the_head_at_its_left_says() -> None:
    """Numbers of workbooks stand at the right of wide columns, heads at the left."""
    assert dates([FIRST, LAST], [140, 240]) == [("01/03/2020", Role.START), ("01/03/2021", Role.END)] * 2
    assert dates([LAST, FIRST], [140, 240]) == [("01/03/2020", Role.END), ("01/03/2021", Role.START)] * 2


def test_a_date_under_a_head_set_in_the_middle_is_what_that_says() -> None:
    assert dates([FIRST, LAST], [85, 185]) == [("01/03/2020", Role.START), ("01/03/2021", Role.END)] * 2


def test_dates_that_are_right_or_under_one_head_for_both_are_left() -> None:
    assert dates([FIRST, LAST], [140, 240], turned=False) == []
    assert dates([("Dates", Role.PERIOD), LAST], [140, 240]) == []


RESULTS = (
    ("Vote favorable", Role.RESULTS, 0.6),
    ("94 participants", Role.APPROACH, 0.5),
    ("Agrément", Role.PERIOD, 0.9),
)
"""What the last row of a table of three missions side by side holds, and what that seems to be."""


def told_in_rows(rows: Sequence[float], side_by_side: bool = True) -> dict[str, Role]:
    """Of two tables of three missions side by side, with labels at the left and rules at `rows`, what is told anew."""
    cells: list[Cell] = []
    some_sheets: list[Sheet] = []
    for page in (1, 2):
        first = len(cells)
        titles = [first + n if side_by_side else first for n in range(3)]
        cells += [Cell(f"Plan {n}", Role.TITLE, 150 + 120.0 * n, 105, home=titles[n], page=page) for n in range(3)]
        cells += [Cell("Mission", Role.HEAD, 50, 105, page=page), Cell("Effets", Role.LABEL, 50, 128, page=page)]
        for n, (text, role, sure) in enumerate(RESULTS):
            role, sure = (role, sure) if page == 1 else (Role.RESULTS, 0.9)
            cells.append(Cell(text, role, 150 + 120.0 * n, 122, home=titles[n], page=page, sure=sure))
    whole = fragments(cells)
    for page in (1, 2):
        lines = [(40.0, 500.0, y) for y in rows]
        some_sheets.append(Sheet(page, 600, 800, tuple(f for f in whole if f.page == page), (), (), tuple(lines)))
    of = np.zeros((len(cells), len(KNOWN)), np.float32)
    found = told_by_rows(some_sheets, whole, roles(cells), shares(cells), of, homes(cells), KNOWN)
    return {cells[i].text: role for i, role in found}


def test_in_tables_with_missions_side_by_side_a_row_tells_its_cells() -> None:
    assert told_in_rows([100.0, 120.0, 145.0]) == {"94 participants": Role.RESULTS, "Agrément": Role.RESULTS}


def test_without_rules_or_with_one_mission_beside_its_labels_rows_tell_nothing() -> None:
    assert told_in_rows([]) == told_in_rows([100.0]) == {}
    assert told_in_rows([100.0, 120.0, 145.0], side_by_side=False) == {}


IN_TWO_LINES = [
    Cell("Montant", Role.HEAD, 300, 100),
    Cell("Objet", Role.HEAD, 50, 105),
    Cell("Client", Role.HEAD, 150, 105),
    Cell("€ HTVA", Role.AMOUNT, 300, 111),
]


def of_heads(*cells: Cell) -> list[str]:
    return [cells[i].text for i in heads_in_two_lines(fragments(cells), roles(cells))]


def test_a_head_goes_on_below_level_with_the_heads_beside_it() -> None:
    assert of_heads(*IN_TWO_LINES) == ["€ HTVA"]


def test_a_value_under_a_head_is_none_of_its_lines() -> None:
    *heads, value = IN_TWO_LINES
    assert of_heads(*heads, replace(value, top=120)) == []
    assert of_heads(*heads, replace(value, bold=True)) == []
    assert of_heads(*heads, replace(value, x0=380)) == []


def figures(x0: float, sure: float = 0.5, announced: Role = Role.AMOUNT) -> list[Role]:
    """A figure that seems to be a date, under or beside the head "Montant" at 300."""
    cells = [
        Cell("Fin", Role.HEAD, 200, 100), Cell("Montant", Role.HEAD, 300, 100), Cell("Contact", Role.HEAD, 400, 100),
        Cell("Plan guide", Role.TITLE, 50, 120, home=3), Cell("29.000,00", Role.END, x0, 120, home=3, sure=sure),
    ]  # fmt: skip
    told = [Role.END, announced, Role.CONTACT, None, None]
    return [role for _, role in figures_by_columns(fragments(cells), roles(cells), shares(cells), told, homes(cells))]


def test_a_figure_that_is_hardly_a_date_is_what_its_column_announces() -> None:
    assert figures(300) == [Role.AMOUNT]
    assert figures(345) == [Role.AMOUNT]  # flush right, behind the end of its head
    assert figures(300, announced=Role.WORKS_COST) == [Role.WORKS_COST]


def test_a_date_stays_one() -> None:
    assert figures(300, sure=0.9) == []
    assert figures(200) == []
    assert figures(300, announced=Role.OTHER) == []
