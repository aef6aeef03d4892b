"""Rows of tables that a page cuts."""

from __future__ import annotations

from carnet.pipeline.decode.cut_rows import rows_cut_by_pages
from carnet.schemas.roles import Role
from tests.unit.decode.made import Cell, fragments, homes, roles

COLUMNS = [
    ("Client", Role.CLIENT, 50),
    ("Objet", Role.TITLE, 200),
    ("Montant", Role.AMOUNT, 400),
    ("Avec", Role.PARTNERS, 480),
]
UPPER = ("Habitat du", "Réhabilitation de 212", "64 700 €", "Ébruitez")
LOWER = ("canal SA", "logements de la cité", "", "Thermofluide")


def cut(upper: tuple[str, ...] = UPPER, lower: tuple[str, ...] = LOWER, headed: bool = True) -> bool:
    """Is the first row of the second page the end of the last of the first? `headed`: the heads come again."""
    cells: list[Cell] = []
    for page, rows in ((1, [("Ville de Morcy", "Plan guide", "12 000 €", ""), upper]), (2, [lower])):
        if headed or page == 1:
            cells += [Cell(text, Role.HEAD, float(x), 60, page=page) for text, _, x in COLUMNS]
        for n, row in enumerate(rows):
            home = len(cells) + 1  # the title
            told = zip(row, COLUMNS, strict=True)
            cells += [Cell(t, role, float(x), 80 + 20.0 * n, home=home, page=page) for t, (_, role, x) in told if t]
    found = list(rows_cut_by_pages(fragments(cells), roles(cells), homes(cells)))
    assert all(cells[half].page == 2 and cells[whole].text == upper[1] for half, whole in found)
    return bool(found)


def test_cells_that_go_on_under_the_same_heads_are_one_row() -> None:
    assert cut()
    assert cut(upper=("Habitat,", "Réhabilitation –", "", ""), lower=("SA", "Bagatelle", "64 700 €", ""))


def test_another_row_is_another_mission() -> None:
    assert not cut(lower=("Ville de Lunel", "Programme du musée", "", "Thermofluide"))
    assert not cut(lower=("Ville de Lunel", "logements de la cité", "", "Thermofluide"))
    assert not cut(lower=("canal SA", "logements de la cité", "31 000 €", ""))


def test_without_heads_that_come_again_nothing_is_known() -> None:
    assert not cut(headed=False)
