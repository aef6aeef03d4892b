"""Dots and small squares that are drawn before lines are list marks, also where the next column is near."""

from __future__ import annotations

from carnet.pipeline.read.marks import drawn_marks
from carnet.schemas.layout import BBox, Shape, Style, Word

STYLE = Style(11, False, False, "#000000", "A")


def word(text: str, x: float, top: float) -> Word:
    return Word(text, 1, BBox(x, top, x + 5.5 * len(text), top + 11), STYLE)


def dot(x: float, top: float) -> Shape:
    return Shape("box", BBox(x, top + 4, x + 3, top + 7), "#337865", None)


def test_a_mark_near_the_end_of_the_line_beside_it_is_one_where_others_stand_over_it() -> None:
    beside = [word("archives,", 731, 117), word("alternée.", 700, 160)]
    listed = [word("Simplifier", 804, 100), word("Montée", 804, 117), word("Réception", 804, 134)]
    dots = [dot(795, 100), dot(795, 117), dot(795, 134)]
    assert len(drawn_marks(dots, [*beside, *listed])) == 3


def test_a_dot_between_two_words_of_a_line_is_none() -> None:
    assert drawn_marks([dot(110, 100)], [word("Gironde", 68, 100), word("Landes", 116, 100)]) == []
