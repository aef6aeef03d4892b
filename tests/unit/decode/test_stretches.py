"""Lines of one text as paragraphs and items."""

from __future__ import annotations

from carnet.pipeline.decode.stretches import Stretch, paragraphs
from carnet.schemas.layout import BBox, Passage, Style, Word
from carnet.schemas.roles import Role


def text(*lines: str, fall: float) -> list[Stretch]:
    """Lines so far apart, in letters of 10 points."""
    out = []
    for n, line in enumerate(lines):
        box = BBox(50, n * fall, 50 + 5 * len(line), n * fall + 10)
        passage = Passage.of_words([Word(line, 1, box, Style(10))])
        out.append(Stretch(Role.APPROACH, passage, box, 1, n, n, n, False, 0.9))
    return out


def test_lines_set_farther_apart_than_those_of_texts_are_items() -> None:
    """Texts in such letters have lines 13 points apart, as other pages tell; nothing ends with a full stop."""
    some = ("Enquête auprès des ménages", "Ateliers", "Plan d'actions")

    def parted(*lines: str, fall: float) -> list[int]:
        return [len(group) for group in paragraphs(text(*lines, fall=fall), 1.5, 10.0, {10.0: 1.3})]

    assert parted(*some, fall=15.4) == [1, 1, 1]
    assert parted(*some, fall=13.5) == [3], "as far as the lines of any text"
    assert parted(*some, "et suivi", fall=15.4) == [4], "a line that goes on"
    assert parted("Enquête auprès des ménages,", "Élus", fall=15.4) == [2], "behind a comma"
