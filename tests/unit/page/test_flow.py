"""Which lines go on with the line above."""

from __future__ import annotations

import pytest

from carnet.pipeline.page.flow import flows
from carnet.pipeline.page.fragments import sheets
from carnet.schemas.layout import BBox, Page, Shape
from tests.unit.page.test_fragments import BOLD, PLAIN, line


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        ("Trois marches en groupe avec les habitants, dont", "une de nuit", True),
        ("y.martin@mairie-", "morcy.example", True),
        ("Ville de Morcy", "Étude de la gare", False),
        ("Une page blanche.", "Deux pages noires.", False),
    ],
)
def test_small_letters_and_open_ends_go_on(first: str, second: str, one: bool) -> None:
    words = [*line(first, PLAIN, 50, 100), *line(second, PLAIN, 50, 113)]
    (sheet,) = sheets([Page(1, 600, 800, tuple(words))], frozenset())
    numbers = flows(sheet, 1.3)
    assert (len(set(numbers)) == 1) is one


def test_another_look_or_a_wide_gap_ends_a_flow() -> None:
    words = [*line("la gare de", PLAIN, 50, 100), *line("la ville", BOLD, 50, 113), *line("du nord", BOLD, 50, 160)]
    (sheet,) = sheets([Page(1, 600, 800, tuple(words))], frozenset())
    assert len(set(flows(sheet, 1.3))) == 3


def test_a_drawn_line_ends_a_flow() -> None:
    """Rows of a ruled table, though the second begins in small letters."""
    words = [*line("Association du Lys", PLAIN, 50, 100), *line("aides à domicile", PLAIN, 50, 113)]
    rule = Shape("rule", BBox(40, 111, 300, 111.5))
    for shapes, flows_ in (((), 1), ((rule,), 2)):
        (sheet,) = sheets([Page(1, 600, 800, tuple(words), shapes)], frozenset())
        assert len(set(flows(sheet, 1.3))) == flows_
