"""One mission a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from carnet.pipeline.decode.one_a_page import one_a_page
from carnet.schemas.roles import Role
from tests.unit.decode.made import Cell, fragments, homes, roles


def page(number: int, astray: bool = False, top: float = 50) -> list[Cell]:
    """A portrait over a title, with ten lines below. `home`: the page whose title it belongs to; `astray`: the portrait
    is of the page before."""
    over = Cell(f"Mme Odile Renaud {number}", Role.CONTACT, top=top, page=number, home=number - astray)
    head = Cell(f"Plan {number}", Role.TITLE, top=100, size=14, page=number, home=number)
    below = [Cell("Une ligne.", Role.CONTEXT, top=120 + 13 * n, page=number, home=number) for n in range(10)]
    return [over, head, *below]


def moved(*pages: Sequence[Cell]) -> list[tuple[str, str]]:
    """The texts that get another head, and that."""
    cells = [cell for some in pages for cell in some]
    titles = [i for i, cell in enumerate(cells) if cell.role is Role.TITLE]
    first = {cells[i].page: i for i in reversed(titles)}
    cells = [replace(cell, home=i if i in titles else first[cell.home]) for i, cell in enumerate(cells)]
    return [(cells[i].text, cells[a].text) for i, a in one_a_page(fragments(cells), roles(cells), homes(cells)).items()]


PAGES = [page(n) for n in (2, 3, 4, 5)]


def test_what_stands_over_the_head_of_its_page_is_of_it() -> None:
    assert moved(*PAGES[:2], page(4, astray=True), PAGES[3]) == [("Mme Odile Renaud 4", "Plan 4")]


def test_where_nothing_is_astray_nothing_is_moved() -> None:
    assert moved(*PAGES) == []


def test_on_few_pages_or_with_a_page_without_head_between_nothing_is_known() -> None:
    astray = page(4, astray=True)
    assert moved(*PAGES[:2], astray) == []
    assert moved(*PAGES[:2], astray, page(6)) == []


def test_with_two_heads_on_a_page_nothing_is_known() -> None:
    second = Cell("Bilan", Role.TITLE, top=400, size=14, page=3, home=3)
    assert moved(*PAGES[:2], [second], page(4, astray=True), PAGES[3]) == []


def test_what_runs_over_below_the_head_of_the_next_page_shows_that_missions_do() -> None:
    assert moved(*PAGES[:2], page(4, astray=True, top=200), PAGES[3]) == []


def test_where_much_is_astray_pages_are_not_missions() -> None:
    over = replace(page(4, astray=True)[0], role=Role.CONTEXT)
    more = [replace(over, top=60 + 5 * n) for n in range(6)]
    assert moved(*PAGES[:2], [*more, *PAGES[2][1:]], PAGES[3]) == []


def values(number: int, home: int) -> list[Cell]:
    """A page whose column of facts stands over its title, at the right."""
    facts = [Cell(f"Fait {n}", Role.OTHER, x0=400, top=20 + 13 * n, page=number, home=home) for n in range(6)]
    head = Cell(f"Plan {number}", Role.TITLE, top=110, size=14, page=number, home=number)
    return [
        *facts,
        head,
        *(Cell("Une ligne.", Role.CONTEXT, top=130 + 13 * n, page=number, home=number) for n in range(10)),
    ]


def test_more_values_than_texts_may_be_astray() -> None:
    """A running text over a title may go on from the page before; a column of facts hardly does."""
    facts = [values(2, 2), values(3, 2), values(4, 3), values(5, 5)]
    assert len(moved(*facts)) == 12
    texts = [[replace(c, role=Role.CONTEXT) if c.role is Role.OTHER else c for c in some] for some in facts]
    assert moved(*texts) == []
