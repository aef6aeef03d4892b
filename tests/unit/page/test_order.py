"""Columns are read one after the other, strips one below the other."""

from __future__ import annotations

import numpy as np

from carnet.pipeline.page.order import column_order, neighbours


def two_columns(lines: int, top: float = 0.0) -> list[tuple[float, float, float, float]]:
    """Left and right lines in turn, as a page read line by line gives them."""
    return [(x, top + 1.3 * n, x + 18, top + 1.3 * n + 1) for n in range(lines) for x in (0.0, 22.0)]


def test_the_left_column_comes_first() -> None:
    boxes = np.array(two_columns(4))
    rank = column_order(boxes, np.zeros(8, int), np.zeros(8, bool))
    assert rank[::2].tolist() == [0, 1, 2, 3]
    assert rank[1::2].tolist() == [4, 5, 6, 7]


def test_a_large_line_alone_starts_a_new_strip() -> None:
    boxes = np.array([*two_columns(4), (0.0, 8.0, 18.0, 9.6), *two_columns(4, 11.0)])
    large = np.array([i == 8 for i in range(17)])
    rank = column_order(boxes, np.zeros(17, int), large)
    assert rank[8] == 8
    assert sorted(rank[:8].tolist()) == list(range(8))


def test_a_stray_word_in_the_gutter_joins_no_columns() -> None:
    rows = two_columns(30)
    rows[10] = (0.0, rows[10][1], 24.0, rows[10][3])
    rank = column_order(np.array(rows), np.zeros(60, int), np.zeros(60, bool))
    assert rank[1] > rank[58]


def ranks(boxes: list[tuple[float, float, float, float]]) -> list[int]:
    """Of one page without large lines."""
    return column_order(np.array(boxes), np.zeros(len(boxes), int), np.zeros(len(boxes), bool)).tolist()


def down(lines: range) -> list[int]:
    """Left and right columns of lines in turn, each read to its end."""
    return [lines[n // 2 + (n % 2) * (len(lines) // 2)] for n in range(len(lines))]


def test_columns_under_a_line_that_runs_across_are_read_one_after_the_other() -> None:
    """Two missions, each with a title as large as the text over two columns."""
    page = [(0.0, 0.0, 30.0, 1.0), *two_columns(4, 2.0), (0.0, 9.0, 30.0, 10.0), *two_columns(4, 11.0)]
    assert ranks(page) == [0, *down(range(1, 9)), 9, *down(range(10, 18))]


def test_what_stands_beside_a_line_across_is_read_with_it() -> None:
    """A line of facts, its last one at the right: "Ville de Morcy, service des eaux     2021"."""
    page = [(0.0, 0.0, 30.0, 1.0), (34.0, 0.0, 40.0, 1.0), *two_columns(4, 2.0)]
    assert ranks(page) == [0, 1, *down(range(2, 10))]


def test_a_line_that_runs_into_the_white_beside_the_next_column_parts_nothing() -> None:
    page = two_columns(16)
    page[6] = (0.0, page[6][1], 21.8, page[6][3])
    assert ranks(page) == down(range(32))


def test_a_line_across_that_nothing_stands_beside_parts_what_is_over_it_from_what_is_below() -> None:
    page = two_columns(8)
    page[6:8] = [(0.0, page[6][1], 30.0, page[6][3])]
    assert ranks(page) == [*down(range(6)), 6, *down(range(7, 15))]


def test_a_column_of_facts_beside_a_title_is_no_column_of_the_text_below() -> None:
    """Twice: a title across the white of the text, facts at its right, then text in two columns, of other lengths."""
    page = []
    for top in (0.0, 20.0):
        page += [(0.0, top, 26.0, top + 1.0), *((30.0, top + 1.3 * n, 36.0, top + 1.3 * n + 1) for n in range(4))]
        page += [(0.0, top + 7.0 + 1.3 * n, 18.0, top + 8.0 + 1.3 * n) for n in range(5)]
        page += [(22.0, top + 7.4 + 1.3 * n, 40.0, top + 8.4 + 1.3 * n) for n in range(3)]
    assert ranks(page) == list(range(len(page)))


def test_text_behind_labels_of_its_paragraphs_is_no_column() -> None:
    """ "Contexte  Le bourg vieillit …", the lines below from the margin on."""
    page = []
    for paragraph in range(4):
        top = 9.0 * paragraph
        page += [(0.0, top, 6.0, top + 1), (8.0, top, 40.0, top + 1)]
        page += [(0.0, top + 1.3 * n, 40.0, top + 1.3 * n + 1) for n in range(1, 6)]
    assert ranks(page) == list(range(28))


def test_labels_in_a_column_of_their_own_are_one() -> None:
    page = [(x, 1.3 * n, end, 1.3 * n + 1) for n in range(6) for x, end in ((0.0, 6.0), (10.0, 40.0))]
    assert ranks(page) == down(range(12))


def test_pages_follow_each_other() -> None:
    boxes = np.array(two_columns(3) + two_columns(3))
    rank = column_order(boxes, np.array([0] * 6 + [1] * 6), np.zeros(12, bool))
    assert rank[:6].max() < rank[6:].min()


def test_who_comes_before_and_which_heading_does() -> None:
    """Two columns of four lines, the last but one of the left column bold: the heading of what goes on at the right."""
    page, rank = np.zeros(8, int), np.array([0, 4, 1, 5, 2, 6, 3, 7])
    bold = np.array([i == 4 for i in range(8)])
    before, after, heading = neighbours(rank, page, np.zeros(8), bold)
    assert before.tolist() == [-1, 6, 0, 1, 2, 3, 4, 5]
    assert after.tolist() == [2, 3, 4, 5, 6, 7, 1, -1]
    assert heading.tolist() == [-1, 4, -1, 4, -1, 4, 4, 4]


def test_nobody_comes_before_the_first_of_a_page() -> None:
    before, after, heading = neighbours(np.arange(3), np.array([0, 0, 1]), np.array([0.5, 0.0, 0.0]), np.zeros(3, bool))
    assert (before.tolist(), after.tolist(), heading.tolist()) == ([-1, 0, -1], [1, -1, -1], [-1, 0, -1])
