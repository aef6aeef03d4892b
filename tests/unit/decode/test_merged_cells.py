"""Clients in cells merged over rows."""

from __future__ import annotations

from collections.abc import Sequence

from carnet.pipeline.decode.merged_cells import in_merged_cells
from carnet.pipeline.page.fragments import Sheet
from carnet.schemas.roles import Role
from tests.unit.decode.made import Cell, fragments, homes, roles

CELLS = [
    Cell("Plan", Role.TITLE, 200, 105, home=0),
    Cell("Zonage", Role.TITLE, 200, 125, home=1),
    Cell("Syndicat du Lys", Role.CLIENT, 50, 125, home=1),
    Cell("Bilan", Role.TITLE, 200, 145, home=3),
    Cell("Étude", Role.TITLE, 200, 165, home=4),
]
HEADS = [Cell(text, Role.HEAD, x, 85) for text, x in (("Client", 50), ("Mission", 200), ("Contact", 320))]
LINES = [(40.0, 400.0, 100.0), (40.0, 400.0, 160.0), (40.0, 400.0, 180.0)]
ROWS = [(190.0, 400.0, 120.0), (190.0, 400.0, 140.0)]


def shared(cells: Sequence[Cell], rules: Sequence[tuple[float, float, float]]) -> dict[str, list[str]]:
    cells = [*cells, *HEADS]
    some = fragments(cells)
    sheet = Sheet(1, 600, 800, tuple(some), (), (), tuple(rules))
    found = in_merged_cells([sheet], some, roles(cells), homes(cells))
    return {some[head].text: [some[i].text for i in clients] for head, clients in found}


def test_rows_beside_a_merged_cell_have_its_client() -> None:
    assert shared(CELLS, [*LINES, *ROWS]) == {"Plan": ["Syndicat du Lys"], "Bilan": ["Syndicat du Lys"]}


def test_a_rule_under_the_client_ends_its_cell() -> None:
    assert shared(CELLS, [*LINES, (40.0, 400.0, 120.0), (40.0, 400.0, 140.0)]) == {}


def test_without_rules_between_the_rows_nothing_is_known() -> None:
    assert shared(CELLS, LINES) == {}
    assert shared(CELLS, []) == {}


def test_so_have_they_whom_to_ask() -> None:
    ask = [Cell("Lise Marchaud", Role.CONTACT, 320, 120, home=1), Cell("02 48 61 91 03", Role.PHONE, 320, 132, home=1)]
    rules = [*LINES, (190.0, 300.0, 120.0), (190.0, 300.0, 140.0), (40.0, 300.0, 120.0), (40.0, 300.0, 140.0)]
    assert shared([*CELLS, *ask], rules) == {
        "Plan": ["Lise Marchaud", "02 48 61 91 03"],
        "Bilan": ["Lise Marchaud", "02 48 61 91 03"],
    }
