"""Labels that come in rounds: one mission each."""

from __future__ import annotations

from collections.abc import Sequence

from carnet.pipeline.decode.rounds import Round, rounds
from carnet.schemas.roles import Role
from tests.unit.decode.made import Cell, fragments, roles

ANNOUNCED = {"Contexte": Role.CONTEXT, "Travaux": Role.APPROACH, "Montant": Role.AMOUNT, "Contact": Role.CONTACT}
Told = tuple[str, Role, float]


def mission(title: str = "Plan guide", client: str = "Ville de Morcy", head: float = 0.95) -> list[Told]:
    over = [(client, Role.CLIENT, 0.0)] * bool(client) + [(title, Role.TITLE, head)] * bool(title)
    return [
        *over,
        ("Contexte", Role.LABEL, 0.0), ("La ville se transforme.", Role.CONTEXT, 0.0),
        ("Travaux", Role.LABEL, 0.0), ("Douze ateliers.", Role.APPROACH, 0.0),
        ("Montant", Role.LABEL, 0.0), ("12 000 €", Role.AMOUNT, 0.0),
        ("Contact", Role.LABEL, 0.0), ("A. Nord, a.nord@morcy.example", Role.EMAIL, 0.0),
    ]  # fmt: skip


def found(*missions: Sequence[Told]) -> tuple[list[Cell], list[Round]]:
    said = [one for some in missions for one in some]
    cells = [Cell(text, role, top=20.0 * n) for n, (text, role, _) in enumerate(said)]
    announced = [ANNOUNCED.get(text) for text, _, _ in said]
    heads = [head for _, _, head in said]
    return cells, rounds(fragments(cells), roles(cells), announced, heads, range(len(cells)))


def test_the_value_of_the_last_label_is_of_the_mission_before_the_next_heading() -> None:
    cells, told = found(*[mission()] * 5)
    assert [cells[r.head].text for r in told] == ["Plan guide"] * 5
    assert [[cells[i].text for i in r.before] for r in told] == [["Ville de Morcy", "Plan guide"]] * 5
    assert [[cells[i].text for i in r.behind] for r in told] == [["A. Nord, a.nord@morcy.example"]] * 5


def test_a_heading_that_hardly_looks_like_one_is_found_by_its_place() -> None:
    cells, told = found(*[mission()] * 4, mission("Étude", head=0.1), mission())
    assert cells[told[4].head].text == "Étude" and not told[4].bare


def test_a_round_without_a_heading_is_a_mission_from_its_first_label_on() -> None:
    cells, told = found(*[mission()] * 4, mission(title="", client=""), mission())
    assert [r.bare for r in told] == [False] * 4 + [True, False] and cells[told[4].head].text == "Contexte"


def test_what_stands_over_a_heading_is_the_value_that_the_last_label_lacks() -> None:
    """ "A quitté la région" under "Contact", taken for a client of the next mission."""
    left = [*mission()[:-1], ("A quitté la région", Role.CLIENT, 0.4)]
    cells, told = found(*[mission()] * 12, left, mission())
    assert [[cells[i].text for i in r.owed] for r in told] == [[]] * 12 + [["A quitté la région"], []]
    assert [cells[i].text for i in told[13].before] == ["Ville de Morcy", "Plan guide"]
    often = found(*[mission(), left] * 6)[1]
    assert not any(r.owed for r in often)


def test_labels_side_by_side_or_in_any_order_make_no_rounds() -> None:
    beside = [*mission()[:3], mission()[4], *mission()[3:4], *mission()[5:]]
    assert found(*[beside] * 6)[1] == []
    turned = [*mission()[:2], *mission()[4:6], *mission()[2:4], *mission()[6:]]
    assert found(*[mission(), turned] * 3)[1] == []


def test_nor_do_three_missions_or_labels_that_announce_something_else() -> None:
    assert found(*[mission()] * 3)[1] == []
    other = [(text, Role.RESULTS if role is Role.CONTEXT else role, head) for text, role, head in mission()]
    wrong = [(text, Role.CONTEXT if role is Role.APPROACH else role, head) for text, role, head in other]
    assert found(*[wrong] * 6)[1] == []


def test_for_whom_before_a_colon_on_the_line_of_the_head_is_no_label() -> None:
    some = [("Groupe Nord :", Role.LABEL, 0.0), *mission(client="")]
    cells = [Cell(text, role, top=20.0 * n, line=n) for n, (text, role, _) in enumerate(some)]
    cells[0] = Cell("Groupe Nord :", Role.LABEL, top=20.0, line=1)
    said = [*[c for n in range(4) for c in _moved(_cells(mission()), 400 * n)], *_moved(cells, 1600)]
    lines = fragments(said)
    told = rounds(
        lines, roles(said), [ANNOUNCED.get(c.text) for c in said], [0.95 * (c.role is Role.TITLE) for c in said],
        range(len(said)),
    )  # fmt: skip
    assert [[said[i].text for i in r.named] for r in told] == [[], [], [], [], ["Groupe Nord :"]]


def _cells(some: Sequence[Told]) -> list[Cell]:
    return [Cell(text, role, top=20.0 * n, line=n) for n, (text, role, _) in enumerate(some)]


def _moved(cells: Sequence[Cell], by: int) -> list[Cell]:
    return [Cell(c.text, c.role, top=c.top + by, line=(c.line or 0) + by) for c in cells]
