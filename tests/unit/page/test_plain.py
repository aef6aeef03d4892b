"""A text has geometry: its columns, its drawn lines, the rows of its tables."""

from __future__ import annotations

import pytest

from carnet.pipeline.page.fragments import Sheet
from carnet.pipeline.page.plain import drawn_with, plain_sheets
from carnet.pipeline.read.text import read_text


def sheet(text: str) -> Sheet:
    (one,) = plain_sheets(read_text(text.encode()).pages, frozenset("•-"))
    return one


def test_columns_are_parted_and_stand_under_one_another() -> None:
    found = sheet("MOA              MONTANT\nVille de Morcy   45 k€\nCAUE             12 k€").fragments
    assert [f.text for f in found] == ["MOA", "MONTANT", "Ville de Morcy", "45 k€", "CAUE", "12 k€"]
    assert len({f.box.x0 for f in found if f.text in ("MONTANT", "45 k€", "12 k€")}) == 1


def test_cells_of_a_row_stand_in_columns_whatever_their_length() -> None:
    found = sheet("| Client | Objet |\n|---|---|\n| Ville de Morcy | Plan |\n| CAUE | Étude |").fragments
    assert [f.text for f in found] == ["Client", "Objet", "Ville de Morcy", "Plan", "CAUE", "Étude"]
    assert len({f.box.x0 for f in found[1::2]}) == 1


@pytest.mark.parametrize(("under", "size"), [("=====", 19.0), ("-----", 15.0)])
def test_a_drawn_line_makes_a_title(under: str, size: float) -> None:
    one = sheet(f"Titre\n{under}\nUn texte.")
    assert [(f.text, f.style.size, f.style.bold) for f in one.fragments] == [
        ("Titre", size, True),
        ("Un texte.", 10.0, False),
    ]
    assert len(one.rules) == 1


def test_lines_are_drawn_with_one_sign() -> None:
    drawn = ["=====", "---- ------ ---", "+-----+-----+", "***", "───"]
    assert all(map(drawn_with, drawn))
    assert not any(map(drawn_with, ["a = b", "--", "- un", "", "   ", "+ + +", "-=-=-"]))
