"""A line that goes on with the one above says what that says."""

from __future__ import annotations

from dataclasses import replace

from carnet.pipeline.decode.run_on import run_on
from carnet.schemas.roles import Role
from tests.unit.decode.made import Cell, fragments, homes, roles

ABOVE = Cell("31 actions, 9 engagées la première", Role.RESULTS, top=100, home=0)
BELOW = Cell("année", Role.LABEL, top=113, home=0)


def gone_on(*cells: Cell) -> list[tuple[str, Role]]:
    """What is changed, and into what."""
    said, changed = roles(cells), []
    for i, last in run_on(fragments(cells), roles(cells), homes(cells), [cell.sure for cell in cells]):
        said[i] = said[last]
        changed.append((cells[i].text, said[i]))
    return changed


def test_the_end_of_a_sentence_is_what_its_line_above_is() -> None:
    assert gone_on(ABOVE, BELOW) == [("année", Role.RESULTS)]


def test_and_so_is_the_line_below_that() -> None:
    third = replace(BELOW, text="en été", top=126)
    assert gone_on(ABOVE, BELOW, third) == [("année", Role.RESULTS), ("en été", Role.RESULTS)]


def test_what_begins_with_a_capital_is_its_own() -> None:
    assert gone_on(ABOVE, replace(BELOW, text="Année")) == []


def test_behind_a_full_stop_nothing_goes_on() -> None:
    assert gone_on(replace(ABOVE, text="31 actions engagées."), BELOW) == []


def test_a_label_with_its_colon_is_one() -> None:
    assert gone_on(ABOVE, replace(BELOW, text="année :")) == []


def test_further_below_elsewhere_or_set_otherwise_it_is_its_own() -> None:
    for other in (replace(BELOW, top=130), replace(BELOW, x0=90), replace(BELOW, bold=True), replace(BELOW, page=2)):
        assert gone_on(ABOVE, other) == []


def test_behind_a_list_mark_it_is_its_own_and_under_a_marked_one_it_may_hang() -> None:
    assert gone_on(ABOVE, replace(BELOW, marked=True)) == []
    assert gone_on(ABOVE, replace(BELOW, x0=30)) == []
    assert gone_on(replace(ABOVE, marked=True), replace(BELOW, x0=30)) == [("année", Role.RESULTS)]


def test_what_says_something_of_its_own_keeps_it() -> None:
    assert gone_on(ABOVE, replace(BELOW, text="2021", role=Role.PERIOD)) == []


def test_the_short_end_of_a_line_of_facts_is_of_it_whatever_it_seems() -> None:
    facts = Cell("Pour la Sem du Cady, de février 2020 à juillet", Role.FACTS, top=100, home=0)
    end = Cell("2022", Role.PERIOD, top=113, home=0)
    assert gone_on(facts, end) == [("2022", Role.FACTS)]
    assert gone_on(facts, replace(end, text="2022 avec un avenant en fin de mission")) == []
    assert gone_on(facts, replace(end, line=7), replace(end, x0=90, line=7)) == []


def test_on_a_line_only_what_stands_before_the_full_stop_goes_on() -> None:
    end = replace(BELOW, text="année.", line=1)
    behind = Cell("Suite", Role.LABEL, x0=90, top=113, home=0, line=1)
    assert gone_on(ABOVE, end, behind) == [("année.", Role.RESULTS)]


def test_the_line_above_is_that_of_its_column() -> None:
    beside = [replace(c, x0=300, role=Role.CONTEXT, text=f"Un autre texte {n}") for n, c in enumerate((ABOVE, BELOW))]
    assert gone_on(ABOVE, beside[0], BELOW, beside[1]) == [("année", Role.RESULTS)]


def test_on_pages_without_missions_nothing_is_told() -> None:
    assert gone_on(replace(ABOVE, home=-1), replace(BELOW, home=-1)) == []


def test_how_near_a_line_must_be() -> None:
    def told(above: Cell = ABOVE, **more: float) -> bool:
        return bool(gone_on(above, replace(BELOW, x0=more.get("x0", 50), top=more.get("top", 113))))

    assert [told(top=top) for top in (108, 116, 118)] == [True, True, False]
    assert [told(x0=x0) for x0 in (45, 47, 53, 55)] == [False, True, True, False]
    assert [told(replace(ABOVE, marked=True), x0=x0) for x0 in (24, 26)] == [False, True]


def test_a_sentence_that_a_client_opens_goes_on_where_hardly_anything_says_what_it_is() -> None:
    client = Cell("La Ville de Morcy a voulu, en", Role.CLIENT, top=100, home=0)
    below = Cell("2021, des tarifs plus justes.", Role.WORKS_COST, top=113, home=0, sure=0.2)
    assert gone_on(client, below) == [("2021, des tarifs plus justes.", Role.CLIENT)]
    assert gone_on(client, replace(below, sure=0.9)) == []


def test_what_goes_on_below_a_labelled_value_is_of_it() -> None:
    value = Cell("relevé laser,", Role.OTHER, top=100, home=0)
    assert gone_on(value, Cell("diagnostic, bâchage.", Role.APPROACH, top=113, home=0)) == [
        ("diagnostic, bâchage.", Role.OTHER)
    ]
