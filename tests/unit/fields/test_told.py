"""Dates and fees that a brochure tells in its running text."""

from __future__ import annotations

import pytest

from carnet.pipeline.fields.told import with_told
from carnet.schemas.draft import MissionDraft
from carnet.schemas.evidence import Candidate
from tests.unit.fields.sections import context, part, section


def draft(**candidates: Candidate) -> MissionDraft:
    return MissionDraft(
        key="plan guide", ordinal=1, page_first=1, page_last=1, from_table=False, labels=(),
        candidates={field: (found,) for field, found in candidates.items()},
    )  # fmt: skip


def read(text: str, kind: str = "approach") -> dict[str, Candidate]:
    (mission,) = with_told([draft()], [section("Plan guide", [part(kind, text)])], context())
    return {field: found[0] for field, found in mission.candidates.items()}


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Nous avons travaillé de février à octobre 2021, à partir de récits.", (2021, 2), (2021, 10)),
        ("La concertation s'est déroulée en quatre mois, de septembre à décembre 2018.", (2018, 9), (2018, 12)),
        ("Nous avons repris en 2022 l'ensemble des emballages.", (2022, None), (2022, None)),
    ],
)
def test_period(text: str, start: tuple[int, int | None], end: tuple[int, int | None]) -> None:
    period = read(text)["period"].value
    assert (period.start.year, period.start.month) == start
    assert (period.end.year, period.end.month) == end


def test_a_year_of_the_matter_is_none_of_the_mission() -> None:
    assert read("La loi de 2015 a changé la donne.", "context") == {}
    assert read("Le cabinet de 1998 était petit.", "context") == {}


@pytest.mark.parametrize(
    ("text", "value", "doubted"),
    [
        ("Nous avons travaillé tout l'été, pour 18 500 € HT.", 18500, True),
        ("La mission, de 45 k€ HT, était conduite par un groupement.", 45000, False),
        ("Notre rémunération s'est élevée à 27 600 € HT.", 27600, False),
        ("Le montant de la mission est confidentiel.", None, False),
    ],
)
def test_amount(text: str, value: int | None, doubted: bool) -> None:
    found = read(text)["amount"]
    assert found.value.value == value
    assert (found.note is not None) == doubted


def test_the_cost_of_works_is_no_fee() -> None:
    assert read("Les travaux ont coûté 2,4 M€ HT.") == {}
    assert read("Le projet de 3 M€ a changé le quartier.", "results") == {}


def test_where_a_field_has_its_place_texts_are_left_alone() -> None:
    sections = [section("Plan guide", [part("approach", "Nous avons travaillé de février à octobre 2021.")])] * 2
    placed = read("Nous avons travaillé de février à octobre 2021.")["period"]
    read_ = with_told([draft(period=placed), draft()], sections, context())
    assert read_[1].candidates == {}


def test_a_sentence_that_the_client_opens_tells_when_and_for_how_much() -> None:
    text = "La Ville de Morcy nous a confié cette mission de mars 2021 à juin 2022, pour des honoraires de 64 000 € HT."
    found = read(text, "client")
    assert found["amount"].value.value == 64000
    assert (found["period"].value.start.year, found["period"].value.end.month) == (2021, 6)
