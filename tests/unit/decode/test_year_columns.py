"""Fees told year by year."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from carnet.pipeline.decode.year_columns import fees_by_year
from carnet.schemas.roles import Role
from tests.unit.decode.made import Cell, fragments, homes

YEARS = [Cell(text, Role.HEAD, 300 + 60.0 * n, 60) for n, text in enumerate(("2021", "2022", "2023", "Total"))]
ROWS = [("48 500", "62 000", "", "110 500"), ("", "37 200", "18 600", "55 800"), ("", "", "29 800", "29 800")]


def told(
    rows: Sequence[Sequence[str]] = ROWS, heads: Sequence[Cell] = YEARS, total: Sequence[str] = ()
) -> list[tuple[list[str], str]]:
    """The years of each row, and its fee. `total`: a row under the last mission that seems to be of it."""
    cells = list(heads)
    home = 0
    for n, row in enumerate((*rows, total)):
        top = 80 + 20.0 * n
        if n < len(rows):
            home = len(cells)
            cells.append(Cell("Plan guide", Role.TITLE, 50, top, home=home))
        cells += [Cell(text, Role.AMOUNT, 300 + 60.0 * k, top, home=home) for k, text in enumerate(row) if text]
    some = fragments(cells)
    found = fees_by_year(some, homes(cells))
    return [([some[i].text for i in found.years[home]], some[found.sums[home]].text) for home in found.years]


def test_years_that_add_up_to_a_sum_are_those_of_the_mission() -> None:
    assert told() == [(["2021", "2022"], "110 500"), (["2022", "2023"], "55 800"), (["2023"], "29 800")]


def test_the_sum_of_all_rows_is_no_row() -> None:
    assert told(total=("48 500", "99 200", "48 400", "196 100")) == told()


@pytest.mark.parametrize(
    ("rows", "heads"),
    [
        ([(*row[:3], "12 345") for row in ROWS], YEARS),
        (ROWS[:2], YEARS),
        (ROWS, YEARS[:1]),
        (ROWS, [Cell("2021", Role.HEAD, 300, 60), Cell("2025", Role.HEAD, 360, 60)]),
    ],
    ids=["no sums", "two rows", "one year", "years apart"],
)
def test_other_figures_are_no_fees_by_year(rows: Sequence[Sequence[str]], heads: Sequence[Cell]) -> None:
    assert told(rows, heads) == []
