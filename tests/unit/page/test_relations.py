"""Who stands beside, over and under whom."""

from __future__ import annotations

from carnet.pipeline.page.fragments import sheets
from carnet.pipeline.page.relations import RELATIONS, Geometry, relations
from carnet.schemas.layout import Page, Style
from tests.unit.page.test_fragments import PLAIN, line

LARGE = Style(16, True, False, "#000000", "A-Bold")


def test_neighbours_of_a_small_form() -> None:
    words = [
        *line("Titre", LARGE, 50, 60), *line("Client", PLAIN, 50, 100), *line("Morcy", PLAIN, 200, 100),
        *line("Année", PLAIN, 50, 115), *line("2021", PLAIN, 200, 115),
    ]  # fmt: skip
    (sheet,) = sheets([Page(1, 600, 800, tuple(words))], frozenset())
    at = {f.text: i for i, f in enumerate(sheet.fragments)}
    near = dict(zip(RELATIONS, relations(Geometry.of(sheet)), strict=True))
    assert near["left"][at["2021"]] == at["Année"]
    assert near["right"][at["Client"]] == at["Morcy"]
    assert near["above"][at["2021"]] == at["Morcy"]
    assert near["below"][at["Client"]] == at["Année"]
    assert near["head"][at["Année"]] == at["Titre"]
    assert near["aligned_above"][at["Client"]] == at["Titre"]
    assert near["left"][at["Titre"]] == -1
