"""Tables of contents."""

from __future__ import annotations

import numpy as np
import pytest

from carnet.pipeline.decode.contents import tables_of_contents
from carnet.schemas.roles import Role
from tests.unit.decode.made import KNOWN, Cell, fragments, shares

CLIENTS = (
    "Syndicat des eaux du Lys",
    "Ville de Morcy-sur-Lys",
    "Mutuelle Santé Lys",
    "Université du Lys",
    "SIVOM d'Aurel",
)


def contents(again: int, front: float, rows: int = 5) -> list[str]:
    """What of a table on page 1 is one, where `again` of its clients come again on page 2, and its rows are the firm's
    own words as likely as told."""
    cells = [Cell("Client", Role.HEAD, 50, 80), Cell("Affaire", Role.HEAD, 300, 80)]
    for n, client in enumerate(CLIENTS[:rows]):
        top = 100 + 20.0 * n
        cells += [Cell(client, Role.CLIENT, 50, top), Cell(f"Conseil {n}", Role.TITLE, 300, top)]
    cells.append(Cell("Nos convictions", Role.FRONT, 50, 300))
    told = [Cell(f"{client}, 2019", Role.FACTS, 50, 100 + 20.0 * n, page=2) for n, client in enumerate(CLIENTS[:again])]
    anchors = np.array([float(c.role is Role.TITLE) for c in (*cells, *told)], np.float32)
    seen = shares([*cells, *told])
    for i, cell in enumerate(cells):
        if cell.role is Role.TITLE:
            seen[i, KNOWN.index(Role.FRONT)] = front
    return [cells[i].text for i in tables_of_contents(fragments([*cells, *told]), seen, anchors, KNOWN)]


def test_rows_told_in_full_on_other_pages_are_contents() -> None:
    found = contents(again=5, front=0.4)
    assert set(CLIENTS) < set(found)
    assert "Affaire" in found
    assert "Nos convictions" not in found
    assert contents(again=4, front=0.4) == found


@pytest.mark.parametrize(
    ("again", "front", "rows"), [(3, 0.4, 5), (5, 0.02, 5), (3, 0.4, 3)], ids=["others too", "surely missions", "few"]
)
def test_other_tables_are_none(again: int, front: float, rows: int) -> None:
    assert contents(again, front, rows) == []
