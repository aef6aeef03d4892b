"""Texts that act on a spreadsheet, an XML file or a reader's eye."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carnet.warehouse.exports.cells import FORMULA_SIGNS, harmless, is_formula, printable


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("Étude", "Étude"),
        ("Étude = synthèse", "Étude = synthèse"),
        ("=1+1", "'=1+1"),
        ("+33466000000", "'+33466000000"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1+1", "'=1+1"),
        ("\r\n=1+1", "'=1+1"),
        ("  =1+1", "'=1+1"),
        ("\u200b=1+1", "'=1+1"),
        ("\u00a0=1+1", "'=1+1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("|calc", "'|calc"),
        ("Ville\nde Luz", "Ville de Luz"),
        ("Luz\u202e", "Luz"),
        ("", ""),
    ],
)
def test_harmless(text: str, cell: str) -> None:
    assert harmless(text) == cell


@given(st.text())
def test_no_text_is_run_or_breaks_xml(text: str) -> None:
    cell = harmless(text)
    assert not cell.startswith((*FORMULA_SIGNS, "\t", "\r", "\n"))
    assert all(ord(c) >= 32 and not 0x202A <= ord(c) <= 0x202E for c in cell)
    assert printable(cell) == cell
    assert harmless(cell) == cell


def test_a_formula_is_told_from_a_text() -> None:
    assert is_formula(" =A1") and is_formula("\tA1") and not is_formula("A = 1")
