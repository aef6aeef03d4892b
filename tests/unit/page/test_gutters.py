"""Cells that stand closer than a gutter usually is."""

from __future__ import annotations

from carnet.pipeline.page.fragments import sheets
from carnet.schemas.layout import BBox, Page, Style, Word

STYLE = Style(10, False, False, "#000000", "A")


def words(text: str, x: float, top: float) -> list[Word]:
    out = []
    for word in text.split():
        out.append(Word(word, 1, BBox(x, top, x + 5 * len(word), top + 10), STYLE))
        x += 5 * len(word) + 3
    return out


def right(text: str, x1: float, top: float) -> list[Word]:
    """Words that end at `x1`."""
    return words(text, x1 - sum(5 * len(w) + 3 for w in text.split()) + 3, top)


def texts(*lines: list[Word]) -> list[str]:
    page = Page(1, 600, 800, tuple(w for line in lines for w in line))
    return [f.text for f in sheets([page], frozenset())[0].fragments]


def test_a_figure_set_to_the_right_is_parted_from_the_next_column() -> None:
    rows = [(right("59 800", 194, y), words("Rachel Bonnefoy", 200, y)) for y in (100, 114, 128, 142)]
    assert texts(*(line for row in rows for line in row)) == ["59 800", "Rachel Bonnefoy"] * 4


def test_a_wide_blank_at_no_edge_parts_nothing() -> None:
    lines = [words("un deux", 50, 100) + words("trois", 50 + 33 + 8, 100), words("quatre cinq six", 50, 114)]
    assert texts(*lines) == ["un deux trois", "quatre cinq six"]


def test_the_widest_blank_of_a_line_does_not_hide_itself() -> None:
    """A line of many words: what its other blanks are is asked without the wide one."""
    rows = [words("un deux trois", 50, y) + words("Rachel Bonnefoy", 50 + 63 + 8, y) for y in (100, 114, 128, 142)]
    assert texts(*rows) == ["un deux trois", "Rachel Bonnefoy"] * 4


def stretched(text: str, x: float, top: float, blank: float) -> list[Word]:
    """Words of a line that is set to the width of its cell."""
    out = []
    for word in text.split():
        out.append(Word(word, 1, BBox(x, top, x + 5 * len(word), top + 10), STYLE))
        x += 5 * len(word) + blank
    return out


def test_a_justified_cell_ends_where_its_blanks_are_wider_than_the_gap() -> None:
    """ "Communauté   d'agglomération   de  Contractualisation" in a table of Word, nothing drawn between its cells."""
    lines = [
        stretched("Communauté d'agglomération de", 50, 100, 9) + words("Contractualisation", 50 + 153 + 7, 100),
        words("Roboergues", 50, 112),
        words("Région Grand Est", 50, 130) + words("Contractualisation", 210, 130),
        words("Ville de Niort", 50, 148) + words("Urbanisme", 210, 148),
        words("Ville de Lens", 50, 166) + words("Urbanisme", 210, 166),
    ]
    assert texts(*lines)[:2] == ["Communauté d'agglomération de", "Contractualisation"]
    assert texts(lines[0]) == ["Communauté d'agglomération de Contractualisation"]  # no column begins there
