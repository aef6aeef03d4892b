"""Lists of short references."""

from __future__ import annotations

import pytest

from carnet.pipeline.decode.items import listed_items, parts_of
from carnet.pipeline.rules import load_rules
from carnet.schemas.layout import Passage, Word
from carnet.schemas.outline import Part
from carnet.schemas.roles import Role
from tests.unit.decode.made import Cell, fragments, roles

RULES = load_rules()


def told(text: str) -> dict[str, str]:
    parts = parts_of(Passage.of_words([Word(word, 1, None) for word in text.split()]), RULES)
    return {part.kind.value: part.items[0].text for part in parts}


@pytest.mark.parametrize("text", [
    "2021 – Ville de Morcy : étude de circulation, 24 000 € HT, avec Cabinet Orbe",
    "Ville de Morcy, étude de circulation – 24 000 € HT – 2021, avec Cabinet Orbe",
    "Ville de Morcy : étude de circulation (2021), avec Cabinet Orbe ; 24 000 € HT",
])  # fmt: skip
def test_an_item_is_cut_by_what_its_pieces_are(text: str) -> None:
    assert told(text) == {
        "title": "étude de circulation", "period": "2021", "client": "Ville de Morcy", "amount": "24 000 € HT",
        "partners": "Cabinet Orbe",
    }  # fmt: skip


def test_commas_within_a_title_are_its_own() -> None:
    said = told("2020 – Département de l'Argoat : inventaire des cales, des quais et des pontons, 17 k€ HT")
    assert said["title"] == "inventaire des cales, des quais et des pontons"


@pytest.mark.parametrize("text", ["Ville de Morcy : étude de circulation", "2021 – étude de circulation", "2021, 2022"])
def test_what_tells_no_time_or_nobody_is_no_item(text: str) -> None:
    assert told(text) == {}


def found(cells: list[Cell]) -> list[list[str]]:
    made = fragments(cells)
    heads = [n for n, c in enumerate(cells) if c.role is Role.TITLE]
    lines = [f.passage for f in made]

    def tell(whole: Passage) -> tuple[Part, ...]:
        return parts_of(whole, RULES)

    items = listed_items(made, roles(cells), heads, range(len(cells)), lines, tell)
    return [[cells[i].text for i in item.members] for item in items]


def listed(count: int) -> list[Cell]:
    out = []
    for n in range(count):
        out.append(Cell(f"202{n} – Ville de Morcy : plan guide", Role.TITLE, top=40.0 * n, marked=True))
        out.append(Cell("du bourg, 12 000 € HT", Role.FACTS, x0=60, top=40.0 * n + 12))
    return out


def test_an_item_goes_to_the_next_list_mark() -> None:
    assert found(listed(4)) == [
        [f"202{n} – Ville de Morcy : plan guide", "du bourg, 12 000 € HT"] for n in range(4)
    ]  # fmt: skip


def test_three_items_or_missions_elsewhere_are_no_such_list() -> None:
    assert found(listed(3)) == []
    elsewhere = [Cell(f"Étude {n}", Role.TITLE, top=2000.0 + 40 * n, size=16) for n in range(6)]
    assert found([*listed(4), *elsewhere]) == []
