"""Words as a reader sees them."""

from __future__ import annotations

from carnet.pipeline.page.repair import repaired
from carnet.schemas.layout import BBox, Style, Word


def word(text: str, x: float, size: float, top: float = 100.0) -> Word:
    return Word(text, 1, BBox(x, top, x + 0.6 * size * len(text), top + size), Style(size))


def test_small_capitals_go_back_to_their_large_ones() -> None:
    """ "FOYER DU SUD" whose capitals are larger than the rest."""
    words = [word("F", 50, 10), word("S", 101.8, 10), word("OYER", 56, 7, 103), word("DU", 80, 7, 103)]
    words.append(word("UD", 107.8, 7, 103))
    assert sorted(w.text for w in repaired(words)) == ["DU", "FOYER", "SUD"]


def test_a_letter_before_a_word_of_its_own_stays() -> None:
    apart = [word("A", 50, 10), word("VIDE", 62, 7, 103)]
    other_line = [word("A", 50, 10), word("VIDE", 56, 7, 120)]
    for words in (apart, other_line):
        assert [w.text for w in repaired(words)] == ["A", "VIDE"]


def test_raised_letters_of_a_font_of_their_own_go_back_to_their_figure() -> None:
    """ "2ᵉ trimestre", whose "ᵉ" another font draws and a reader of fonts sees as a word."""
    words = [word("2", 50, 10), word("trimestre", 64, 10), word("ᵉ", 56, 10, 103)]
    assert [w.text for w in repaired(words)] == ["2ᵉ", "trimestre"]
    apart = [word("2", 50, 10), word("ᵉ", 80, 10, 103)]
    assert [w.text for w in repaired(apart)] == ["2", "ᵉ"]
