"""Missions that go on under their title printed again: "… (suite)"."""

from __future__ import annotations

from dataclasses import replace

from carnet.pipeline.decode.continued import with_continued
from carnet.pipeline.decode.proposal import Read
from carnet.schemas.outline import MissionSection, PartKind
from tests.unit.fields.sections import RULES, outline, section

FIRST = section("Plan de mobilité", {"client": "Ville de Morcy", "approach": "Douze ateliers."})


def read(*missions: MissionSection) -> Read:
    told = tuple(replace(m, ordinal=n, page_first=n, page_last=n) for n, m in enumerate(missions, start=1))
    return with_continued(
        Read(replace(outline(), missions=told), tuple({PartKind.TITLE: 0.9} for _ in told), {}), RULES
    )


def titles(*missions: MissionSection) -> list[tuple[int, str]]:
    return [(m.ordinal, m.heading[0].text) for m in read(*missions).outline.missions]


def test_what_goes_on_is_of_the_mission_before() -> None:
    more = section("Plan de mobilité (suite)", {"client": "Ville de Morcy", "results": "Un plan voté."})
    told = read(FIRST, more, section("Zonage pluvial", {"client": "Ville de Bré"}))
    first, second = told.outline.missions
    assert [p.kind.value for p in first.parts] == ["client", "approach", "results"]
    assert (first.page_first, first.page_last, second.ordinal, len(told.sure)) == (1, 2, 2, 2)


def test_without_the_mark_or_for_another_client_or_under_another_title_it_is_another_mission() -> None:
    for title, client in (
        ("Plan de mobilité", "Ville de Morcy"),
        ("Plan de mobilité (suite)", "Ville de Bré"),
        ("Schéma cyclable (suite)", "Ville de Morcy"),
    ):
        assert len(titles(FIRST, section(title, {"client": client, "results": "Un plan voté."}))) == 2
