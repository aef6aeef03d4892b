"""Lines are parted where a reader's eye parts them, and nowhere else."""

from __future__ import annotations

import pytest

from carnet.pipeline.page.fragments import cuts, sheets
from carnet.schemas.layout import BBox, Page, Passage, Shape, Style, Word

PLAIN, BOLD = Style(10, False, False, "#000000", "A"), Style(10, True, False, "#000000", "A-Bold")


def line(text: str, style: Style = PLAIN, x: float = 50, top: float = 100, page: int = 1) -> list[Word]:
    """Words of one line, five points a letter."""
    out = []
    for word in text.split():
        out.append(Word(word, page, BBox(x, top, x + 5 * len(word), top + 10), style))
        x += 5 * len(word) + 3
    return out


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Montant : 45 000 € HT", ["Montant :", "45 000 € HT"]),
        ("2021 · 45 k€ HT · avec X", ["2021", "45 k€ HT", "avec X"]),
        ("Ville d'Agen – Étude de la gare", ["Ville d'Agen", "Étude de la gare"]),
        ("03 Étude de la gare", ["03", "Étude de la gare"]),
        ("12 000 habitants", ["12 000 habitants"]),
        ("Avec Atelier Nord. Honoraires : 12 k€", ["Avec Atelier Nord.", "Honoraires :", "12 k€"]),
        ("Contact : Mme K. Roux, tél. : 03 20", ["Contact :", "Mme K. Roux, tél. :", "03 20"]),
        ("rendez-vous à 8:30", ["rendez-vous à 8:30"]),
        ("214 300 € HT. Avec Atelier Nord", ["214 300 € HT.", "Avec Atelier Nord"]),
        ("Un plan guide. Deux réunions avec M. Roux", ["Un plan guide.", "Deux réunions avec M. Roux"]),
        ("♦ relevés ♦ enquêtes", ["♦ relevés", "enquêtes"]),
    ],
)
def test_signs_part_a_line(text: str, parts: list[str]) -> None:
    passage = Passage.of_words([Word(w) for w in text.split()])
    assert [passage.text[a:b] for a, b, _, _ in cuts(passage, frozenset())] == parts


def test_a_look_parts_a_line_and_a_wide_gap_does() -> None:
    words = [*line("Client", BOLD), *line("Ville de Morcy", PLAIN, 83), *line("2021", PLAIN, 300)]
    (sheet,) = sheets([Page(1, 600, 800, tuple(words))], frozenset("•"))
    assert [f.text for f in sheet.fragments] == ["Client", "Ville de Morcy", "2021"]
    assert len({f.line for f in sheet.fragments}) == 2


def test_a_list_mark_far_before_its_text_marks_it() -> None:
    words = [*line("•"), *line("Un plan guide", PLAIN, 90)]
    (sheet,) = sheets([Page(1, 600, 800, tuple(words))], frozenset("•"))
    assert [(f.text, f.marked) for f in sheet.fragments] == [("Un plan guide", True)]


def test_drawn_boxes_part_words_that_touch() -> None:
    boxes = (
        Shape("box", BBox(40, 90, 118, 120), None, "#000000"),
        Shape("box", BBox(118, 90, 300, 120), None, "#000000"),
    )
    words = [*line("Ville de Morcy"), *line("2021", PLAIN, 121)]
    (sheet,) = sheets([Page(1, 600, 800, tuple(words), boxes)], frozenset())
    assert [f.text for f in sheet.fragments] == ["Ville de Morcy", "2021"]
    assert len({f.region for f in sheet.fragments}) == 2


def test_the_words_of_a_justified_line_are_one_as_the_line_below_shows() -> None:
    """ "le lit nu" set over the whole column, with the line below as wide."""
    wide = [*line("le"), *line("lit", PLAIN, 93.5), *line("nu", PLAIN, 142)]
    below = line("et les berges du canal", PLAIN, 50, 113)
    (sheet,) = sheets([Page(1, 600, 800, (*wide, *below))], frozenset())
    assert [f.text for f in sheet.fragments] == ["le lit nu", "et les berges du canal"]
    (sheet,) = sheets([Page(1, 600, 800, tuple(wide))], frozenset())
    assert [f.text for f in sheet.fragments] == ["le", "lit", "nu"], "nothing says that it is a line"
