"""What stands within a running text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from carnet.pipeline.decode.within_texts import within_texts
from carnet.schemas.roles import Role
from tests.unit.decode.made import Cell, fragments, homes, roles


def told(*cells: Cell) -> list[tuple[str, str]]:
    made = fragments(cells)
    over = [[b for b in made if b.box.bottom <= f.box.top and b.box.x_overlap(f.box) > 0] for f in made]
    above = [max(some, key=lambda b: b.box.top).number if some else -1 for some in over]
    found = within_texts(made, roles(cells), [cell.sure for cell in cells], homes(cells), above)
    return [(cells[i].text, cells[beside].text) for i, beside in found]


def on_a_line(*cells: tuple[str, Role], size: Sequence[float] = ()) -> list[Cell]:
    sizes = [*size, *[10.0] * len(cells)]
    return [
        Cell(text, role, 50 + 100.0 * n, home=0, line=0, size=sizes[n]) for n, (text, role) in enumerate(cells)
    ]  # fmt: skip


def test_a_raised_sign_is_of_the_line_it_stands_in() -> None:
    line = on_a_line(
        ("un terrain dans le", Role.CONTEXT), ("7ème", Role.STATUS), ("arrondissement", Role.CONTEXT), size=(10, 6)
    )
    assert told(*line) == [("7ème", "un terrain dans le")]
    title = on_a_line(("Le Faubourg, Lyon", Role.TITLE), ("7ème", Role.PERIOD), size=(10, 6))
    assert told(*title) == [("7ème", "Le Faubourg, Lyon")]
    assert told(*title[1:], Cell("Mairie", Role.TITLE, 300, home=0, line=0)) == []


def test_what_is_as_long_as_a_name_is_not_raised() -> None:
    """A small client before a large title."""
    assert told(*on_a_line(("Ville de Morcy", Role.CLIENT), ("Plan guide", Role.TITLE), size=(6, 12))) == []


def test_nor_is_a_year_or_a_sum_set_small_beside_a_title() -> None:
    for small in ("2021", "45 k€"):
        assert told(*on_a_line(("Plan guide", Role.TITLE), (small, Role.PERIOD), size=(12, 8))) == []


def test_a_line_goes_on_in_small_letters_or_in_brackets() -> None:
    assert told(*on_a_line(("avec une première", Role.RESULTS), ("tranche de 600 000 €", Role.WORKS_COST))) == [
        ("tranche de 600 000 €", "avec une première")
    ]
    assert told(*on_a_line(("Ouverture en 2022 (Cité", Role.RESULTS), ("MORCY.FR)", Role.PLACE))) == [
        ("MORCY.FR)", "Ouverture en 2022 (Cité")
    ]
    assert told(*on_a_line(("Douze ateliers", Role.APPROACH), ("Ville de Morcy", Role.CLIENT))) == []
    assert told(*on_a_line(("Douze ateliers.", Role.APPROACH), ("avec Atelier Nord", Role.PARTNERS))) == []
    assert told(*on_a_line(("Douze ateliers avec", Role.APPROACH), ("a.b@morcy.example", Role.EMAIL))) == []


def test_an_address_of_a_page_is_of_the_text_before_it_over_two_lines() -> None:
    text = Cell("Rapport en ligne :", Role.RESULTS, home=0)
    first = Cell("https://morcy.example/etudes/rapport-", Role.EMAIL, top=12, home=0)
    rest = Cell("final-de-la-concertation", Role.TITLE, top=24, home=0)
    assert [i for i, _ in told(text, first, rest)] == [first.text, rest.text]
    contact = Cell("Jeanne Morel", Role.CONTACT, home=0)
    assert told(contact, first) == []


def test_a_single_fragment_or_none_is_none() -> None:
    assert told() == told(Cell("Nos bureaux", Role.FRONT)) == []


def behind_a_colon(said: Role, sure: float, joint: str = ":") -> list[tuple[str, str]]:
    made = fragments([
        Cell("Les impacts sur le territoire transfrontalier :", Role.CONTEXT, home=0, line=0),
        Cell("travail frontalier, logement", said, 300, home=0, line=0, sure=sure),
    ])  # fmt: skip
    made[1] = replace(made[1], joint=joint)
    found = within_texts(made, [Role.CONTEXT, said], [0.95, sure], [0, 0], [-1, -1])
    return [(made[i].text, made[beside].text) for i, beside in found]


def test_what_a_line_of_text_explains_behind_its_colon_is_of_that_text_where_it_is_less_sure() -> None:
    assert len(behind_a_colon(Role.APPROACH, 0.7)) == len(behind_a_colon(Role.TITLE, 0.4)) == 1
    assert behind_a_colon(Role.APPROACH, 0.97) == behind_a_colon(Role.PARTNERS, 0.8) == []
    assert behind_a_colon(Role.TITLE, 0.4, joint="|") == []


def test_an_address_right_under_a_label_is_of_the_text_that_goes_on_below() -> None:
    label = Cell("Résultats", Role.LABEL, home=0)
    address = Cell("https://morcy.example/rapport", Role.FRONT, top=12, home=0)
    text = Cell("Douze ateliers ouverts", Role.RESULTS, top=24, home=0)
    assert told(label, address, text) == [(address.text, text.text)]


def test_what_hardly_anything_speaks_for_goes_on_with_the_text_right_above_in_one_look() -> None:
    text = Cell("Passage de 20 à 50 lieux", Role.RESULTS, home=0)

    def below(**changed: object) -> list[tuple[str, str]]:
        last = Cell("Construction d'un réseau", Role.TITLE, top=12, home=0, sure=0.4)
        return told(text, replace(last, **changed))

    assert below() == [("Construction d'un réseau", text.text)]
    assert below(sure=0.7) == below(bold=True) == below(x0=80.0) == below(top=40.0) == below(role=Role.AMOUNT) == []


def test_brackets_that_a_text_opens_hold_all_up_to_their_end() -> None:
    line = on_a_line(
        ("Création d'un tiers-lieu", Role.RESULTS), ("(Tiers-lieu de Riez", Role.PLACE), ("Verdon", Role.PLACE)
    )
    below = Cell("Lieu-dit)", Role.PLACE, 50, top=11, home=0, line=1)
    assert [text for text, _ in told(*line, below)] == ["(Tiers-lieu de Riez", "Verdon", "Lieu-dit)"]
    assert told(*line[:1], Cell("Verdon", Role.PLACE, 150, home=0, line=0)) == []
    other = replace(below, x0=20)
    assert [text for text, _ in told(*line, other)] == ["(Tiers-lieu de Riez", "Verdon"]  # in a column at the left


def test_what_its_mission_tells_under_a_label_is_told_in_passing_in_a_text() -> None:
    labelled = [Cell("Partenaires", Role.LABEL, home=0), Cell("Hydrelle", Role.PARTNERS, 150, home=0)]
    item = [
        Cell("Animation :", Role.CONTEXT, top=30, home=0, line=9),
        Cell("Perrault", Role.PARTNERS, 150, top=30, home=0, line=9),
    ]
    made = [*labelled, *item]
    assert _joined(made, ":") == [("Perrault", "Animation :")]
    assert _joined(item, ":") == []


def test_the_number_of_an_item_and_the_first_of_two_names_go_with_what_follows() -> None:
    above = Cell("Nous avons :", Role.APPROACH, home=0, line=0)
    number = Cell("3", Role.REFERENCE, 50, top=12, home=0, line=1, sure=0.4)
    item = Cell("Accompagnement", Role.APPROACH, 70, top=12, home=0, line=1)
    assert _joined([above, number, item], "-") == [("3", "Accompagnement")]
    assert _joined([above, replace(number, sure=0.9), item], "-") == []
    first = Cell("CAP 3B", Role.FURNITURE, 50, top=40, home=0, line=2, sure=0.3)
    client = Cell("Ville de Morcy", Role.CLIENT, 120, top=40, home=0, line=2)
    assert _joined([above, first, client], "|") == [("CAP 3B", "Ville de Morcy")]


def _joined(cells: Sequence[Cell], sign: str) -> list[tuple[str, str]]:
    """What is told of these, the last of which a sign parts from the one before."""
    made = fragments(cells)
    made[-1] = replace(made[-1], joint=sign)
    found = within_texts(made, roles(cells), [cell.sure for cell in cells], homes(cells), [-1] * len(cells))
    return [(cells[i].text, cells[beside].text) for i, beside in found]
