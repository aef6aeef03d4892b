"""A table of all missions, some of which are told in full further on."""

from __future__ import annotations

from dataclasses import replace

from carnet.pipeline.decode.proposal import Read
from carnet.pipeline.decode.told_twice import read_once, told_once
from carnet.schemas.layout import Passage
from carnet.schemas.outline import MissionSection, Outline, PartKind
from tests.unit.fields.sections import outline, section

TEXTS = {"context": "Un bourg perd ses commerces.", "approach": "Douze ateliers."}


def row(title: str, client: str = "Ville de Morcy", period: str = "2021", **parts: str) -> MissionSection:
    return section(title, {"client": client, "period": period, **parts}, from_table=True)


def full(title: str, client: str = "Ville de Morcy", page: int = 2, **parts: str) -> MissionSection:
    return replace(section(title, {"client": client, **TEXTS, **parts}), page_first=page, page_last=page)


TABLE = [row("Plan de mobilité"), row("Schéma cyclable"), row("Zonage pluvial")]
FULL = [full("Plan de mobilité"), full("Schéma cyclable", page=3)]


def whole(*missions: MissionSection) -> Outline:
    return replace(outline(), missions=tuple(replace(m, ordinal=n) for n, m in enumerate(missions, start=1)))


def once(*missions: MissionSection) -> tuple[MissionSection, ...]:
    return told_once(whole(*missions))[0].missions


def titles(*missions: MissionSection) -> list[tuple[int, str]]:
    return [(s.ordinal, s.heading[0].text) for s in once(*missions)]


def said(s: MissionSection, kind: PartKind) -> list[str]:
    return [i.text for p in s.parts if p.kind is kind for i in p.items]


def test_a_row_and_its_full_telling_are_one_mission_in_the_place_of_the_row() -> None:
    assert titles(*TABLE, *FULL) == [(1, "Plan de mobilité"), (2, "Schéma cyclable"), (3, "Zonage pluvial")]
    assert told_once(whole(*TABLE, *FULL))[1] == [[0, 3], [1, 4], [2]]


def test_it_has_the_texts_of_the_one_and_what_the_other_tells_besides() -> None:
    first, *_ = once(row("Plan de mobilité", amount="24 500 € HT", place="Morcy"), *TABLE[1:], *FULL)
    assert said(first, PartKind.APPROACH) == ["Douze ateliers."]
    assert said(first, PartKind.PERIOD) == ["2021"]
    assert said(first, PartKind.AMOUNT) == ["24 500 € HT"]
    assert said(first, PartKind.CLIENT) == ["Ville de Morcy"]
    assert first.page_first == 1


def test_what_both_tell_stands_as_the_full_telling_has_it() -> None:
    longer = full("Plan de mobilité du bourg", "Ville de Morcy (Lys)", start="mars 2021")
    first, *_ = once(*TABLE, longer, FULL[1])
    assert first.heading[0].text == "Plan de mobilité du bourg"
    assert said(first, PartKind.CLIENT) == ["Ville de Morcy (Lys)"]
    assert (said(first, PartKind.START), said(first, PartKind.PERIOD)) == (["mars 2021"], [])


def test_one_pair_tells_nothing() -> None:
    assert len(once(*TABLE, FULL[0])) == 4


def test_a_table_of_the_full_missions_alone_stays() -> None:
    """Then it lists them, as `without_listed` knows."""
    assert len(once(*TABLE[:2], *FULL)) == 4


def test_of_another_client_year_or_amount_it_is_another_mission() -> None:
    assert len(once(*TABLE, full("Plan de mobilité", "Ville de Lys"), FULL[1])) == 5
    assert len(once(*TABLE, full("Plan de mobilité", period="2017"), FULL[1])) == 5
    dear = row("Plan de mobilité", amount="24 500 € HT")
    assert len(once(dear, *TABLE[1:], full("Plan de mobilité", amount="61 000 € HT"), FULL[1])) == 5
    assert len(once(dear, *TABLE[1:], full("Plan de mobilité", amount="24 500 €", period="2020-2021"), FULL[1])) == 3


def test_on_the_same_page_it_is_another_mission() -> None:
    assert len(once(*TABLE, full("Plan de mobilité", page=1), FULL[1])) == 5


def test_two_that_a_row_may_be_are_both_left() -> None:
    assert len(once(*TABLE, *FULL, full("Plan de mobilité", page=4))) == 6


def test_two_rows_of_one_title_are_not_both_the_one_told_in_full() -> None:
    again = once(TABLE[0], *TABLE, *FULL)
    assert [len(said(s, PartKind.APPROACH)) for s in again] == [1, 0, 1, 0]


def test_short_titles_name_nothing() -> None:
    short = [row("Étude"), row("Bilan"), row("Zonage pluvial")]
    assert len(once(*short, full("Étude"), full("Bilan"))) == 5


def test_a_name_over_the_whole_table_names_no_part() -> None:
    named = [replace(s, domain=_name("Références"), domain_rule="roles.domain") for s in TABLE]
    more = replace(named[2], heading=(_name("Charte paysagère"),))
    assert [s.domain for s in once(*named, more, *FULL)] == [None] * 4
    other = replace(more, domain=_name("Paysage"))
    assert [s.domain.text for s in once(*named, other, *FULL) if s.domain] == ["Références"] * 3 + ["Paysage"]


def _name(text: str) -> Passage:
    return section(text).heading[0]


def test_how_sure_a_reading_is_goes_with_its_parts() -> None:
    missions = (*TABLE, *FULL)
    sure = tuple({PartKind.CLIENT: 0.1 * n, (PartKind.PERIOD if n < 3 else PartKind.APPROACH): 0.9} for n in range(5))
    read = read_once(Read(whole(*missions), sure, {}))
    assert len(read.outline.missions) == len(read.sure) == 3
    assert read.sure[0] == {PartKind.CLIENT: 0.1 * 3, PartKind.PERIOD: 0.9, PartKind.APPROACH: 0.9}
    assert read.sure[2] == sure[2]


def test_a_reading_without_missions_stays() -> None:
    empty = Read(outline(), (), {})
    assert read_once(empty) == empty
