"""What columns of tables tell of their cells."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from carnet.pipeline.decode.tables import one_title_a_row
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
