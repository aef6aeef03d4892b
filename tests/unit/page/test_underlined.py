"""Underlined words end where the line under them does."""

from __future__ import annotations

import pytest

from carnet.pipeline.page.fragments import sheets
from carnet.schemas.layout import BBox, Page, Shape, Style, Word

STYLE = Style(10, False, False, "#000000", "A")


def words(text: str, x: float = 50) -> list[Word]:
    out = []
    for word in text.split():
        out.append(Word(word, 1, BBox(x, 100, x + 5 * len(word), 110), STYLE))
        x += 5 * len(word) + 3
    return out


def under(x0: float, x1: float, y: float = 108.5) -> Shape:
    return Shape("rule", BBox(x0, y, x1, y), None, "#000000")


CLIENT = "Charge 82 j Client Ville de Lens"  # letters from 50, 83, 96, 104, 137, 165 and 178 on


@pytest.mark.parametrize(
    ("lines", "parts"),
    [
        ([under(50, 80), under(104, 134)], ["Charge", "82 j", "Client", "Ville de Lens"]),
        ([under(50, 68), under(74, 80), under(104, 134)], ["Charge", "82 j", "Client", "Ville de Lens"]),  # a "g" in it
        ([under(50, 134)], ["Charge 82 j Client", "Ville de Lens"]),
        ([under(50, 198)], [CLIENT]),  # all of it: a heading
        ([under(20, 300)], [CLIENT]),  # parts two rows
        ([under(50, 80, 125)], [CLIENT]),  # stands over something else
        ([under(50, 80, 104)], [CLIENT]),  # crosses it out
    ],
)
def test_an_underlined_label_is_parted_from_what_it_announces(lines: list[Shape], parts: list[str]) -> None:
    (sheet,) = sheets([Page(1, 600, 800, tuple(words(CLIENT)), shapes=tuple(lines))], frozenset())
    assert [f.text for f in sheet.fragments] == parts
