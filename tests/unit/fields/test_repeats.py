"""What a mission repeats of the one above."""

from __future__ import annotations

from carnet.pipeline.fields.repeats import with_repeats
from carnet.pipeline.rules import load_rules
from tests.unit.fields.sections import part, section


def clients(*printed: str) -> list[str]:
    rows = [section((), [part("client", text), part("period", "2020")], from_table=True) for text in printed]
    return [row.parts[0].items[0].text for row in with_repeats(rows, load_rules())]


def test_idem_is_the_client_above_over_several_missions() -> None:
    assert clients("Ville de Roubaix", "Idem", "id.", "Région Armor", '"') == [
        *["Ville de Roubaix"] * 3, "Région Armor", "Région Armor",
    ]  # fmt: skip


def test_nothing_above_and_other_words_stay() -> None:
    assert clients("Idem", "Ville d'Idem", "-") == ["Idem", "Ville d'Idem", "-"]


def test_a_field_that_the_mission_above_lacks_is_not_repeated() -> None:
    first = section((), [part("client", "Ville de Roubaix")], from_table=True)
    second = section((), [part("period", "idem")], from_table=True)
    assert with_repeats([first, second], load_rules())[1].parts[0].items[0].text == "idem"
