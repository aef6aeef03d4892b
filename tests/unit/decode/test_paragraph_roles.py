"""Paragraphs without labels, told by their place among the paragraphs of their mission."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from carnet.pipeline.decode.paragraph_roles import told_by_place
from carnet.schemas.roles import Role
from tests.unit.decode.made import KNOWN, Cell, fragments, homes, roles, shares

C, A, R = Role.CONTEXT, Role.APPROACH, Role.RESULTS
LABEL = Cell("Contexte", Role.LABEL)
STEP, GAP = 13.0, 25.0
Paragraph = tuple[Role, float]  # what its two lines seem to be, and how likely


def mission(
    page: int, *paragraphs: Paragraph, labelled: bool = False, bold: bool = False, marked: bool = False
) -> list[Cell]:
    """A title over paragraphs of two lines; `labelled`: with a label over each."""
    cells, top = [Cell("Plan vélo", Role.TITLE, top=50, size=14, page=page)], 60 + GAP
    for role, sure in paragraphs:
        cells += [replace(LABEL, top=top - STEP, page=page)] if labelled else []
        text = Cell("Une ligne de texte.", role, top=top, page=page, sure=sure, bold=bold, marked=marked)
        cells += [text, replace(text, top=top + STEP)]
        top += STEP + GAP
    return cells


def told(*missions: Sequence[Cell]) -> list[list[Role | None]]:
    """What the lines of each mission are told to be, None where its place tells nothing."""
    cells: list[Cell] = []
    for some in missions:
        head = len(cells)
        cells += [replace(cell, home=head) for cell in some]
    seen, out = shares(cells), {}
    for i, share in told_by_place(fragments(cells), roles(cells), seen, homes(cells), range(len(cells)), KNOWN):
        assert share.sum() == pytest.approx(1.0, abs=1e-4)
        out[i] = KNOWN[int(share.argmax())]
    texts = [[i for i, c in enumerate(cells) if c.home == h and c.role.narrative] for h in sorted({*homes(cells)})]
    return [[out.get(i) for i in some] for some in texts]


def test_of_two_paragraphs_the_first_says_why_and_the_second_what_was_done() -> None:
    usual = [mission(page, (C, 0.7), (A, 0.7)) for page in (1, 2, 3)]
    wrong = mission(4, (C, 0.7), (C, 0.6))
    assert told(*usual, wrong) == [[C, C, A, A]] * 4


def test_of_three_the_last_says_what_came_of_it() -> None:
    usual = [mission(page, (C, 0.7), (A, 0.7), (R, 0.6)) for page in (1, 2, 3)]
    wrong = mission(4, (C, 0.7), (A, 0.6), (A, 0.6))
    assert told(*usual, wrong) == [[C, C, A, A, R, R]] * 4


def test_a_place_that_says_nothing_of_results_anywhere_does_not_tell_them() -> None:
    usual = [mission(page, (C, 0.9), (A, 0.9), (A, 0.9)) for page in (1, 2, 3)]
    assert told(*usual) == [[C, C, A, A, A, A]] * 3


def test_two_missions_tell_nothing_nor_do_paragraphs_of_another_number() -> None:
    usual = [mission(page, (C, 0.7), (A, 0.7)) for page in (1, 2)]
    assert told(*usual) == [[None] * 4] * 2
    assert told(*usual, mission(3, (C, 0.7), (A, 0.7), (A, 0.7))) == [[None] * 4, [None] * 4, [None] * 6]


def test_one_paragraph_or_more_than_three_are_left_as_they_are() -> None:
    assert told(*[mission(page, (C, 0.7)) for page in (1, 2, 3)]) == [[None] * 2] * 3
    assert told(*[mission(page, *[(C, 0.7)] * 4) for page in (1, 2, 3)]) == [[None] * 8] * 3


def test_under_labels_in_lists_and_in_two_looks_a_place_tells_nothing() -> None:
    usual = [mission(page, (C, 0.7), (A, 0.7)) for page in (1, 2, 3)]
    other = [
        mission(4, (C, 0.7), (C, 0.6), labelled=True),
        mission(5, (C, 0.7), (C, 0.6), marked=True),
        [*mission(6, (C, 0.7))[:-1], *mission(6, (C, 0.7), (C, 0.6), bold=True)[-2:]],
    ]
    assert told(*usual, *other)[3:] == [[None] * 4, [None] * 4, [None] * 3]


def test_over_a_column_a_text_goes_on_unless_a_sentence_ended() -> None:
    """The second paragraph ends at the top of the next column."""
    usual = [mission(page, (C, 0.7), (A, 0.7)) for page in (1, 2, 3)]
    *_, one, other = mission(4, (C, 0.7), (C, 0.6))
    first = mission(4, (C, 0.7), (C, 0.6))[:-2]
    broken = [*first, replace(one, text="Nous avons"), replace(other, x0=300, top=85)]
    assert told(*usual, broken)[3] == [C, C, A, A]
    ended = [*first, one, replace(other, x0=300, top=85)]
    assert told(*usual, ended)[3] == [None] * 4


def test_a_label_over_no_text_is_none_of_theirs() -> None:
    usual = [mission(page, (C, 0.7), (A, 0.7)) for page in (1, 2, 3)]
    title, *texts = mission(4, (C, 0.7), (C, 0.6))
    elsewhere = [replace(LABEL, page=4, top=20), replace(LABEL, page=4, top=300), replace(LABEL, page=5, top=72)]
    assert told(*usual, [title, *elsewhere, *texts])[3] == [C, C, A, A]


def test_columns_that_say_one_thing_each_are_no_paragraphs() -> None:
    def side_by_side(page: int) -> list[Cell]:
        title, *texts = mission(page, (A, 0.9), (C, 0.9))
        return [title, *texts[:2], *(replace(cell, x0=300.0, top=cell.top - STEP - GAP) for cell in texts[2:])]

    assert told(*map(side_by_side, (1, 2, 3))) == [[None] * 4] * 3
    assert told(*(mission(page, (A, 0.9), (C, 0.9)) for page in (1, 2, 3))) != [[None] * 4] * 3
