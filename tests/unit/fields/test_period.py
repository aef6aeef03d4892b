"""When a mission ran: one reading of labels, side boxes and heading together."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from carnet.pipeline.fields import period
from carnet.schemas.values import Period
from tests.unit.fields.sections import context, part, parts_of, passage, section, table


@pytest.mark.parametrize("case", table("field_periods"))
def test_table(case: dict[str, Any]) -> None:
    found = period.find(section(case.get("heading", ()), parts_of(case)), context())
    assert (_values(found[0].value) if found else None) == case["expected"], case.get("note")
    assert bool(found and found[0].note) is case.get("doubt", False)


def _values(value: Period) -> list[Any]:
    dates = [None if d is None else str(d) for d in (value.start, value.end)]
    return [*dates, value.stated_months, value.ongoing]


def test_start_and_end_both_have_their_place() -> None:
    (found,) = period.find(section((), {"start": "04/2020", "end": "09/2021"}), context())
    assert [(e.field, e.text) for e in found.evidence] == [("period", "04/2020"), ("period", "09/2021")]


def test_a_mission_under_a_year_that_goes_on_does_so_since_that_year() -> None:
    under = replace(section("Accord-cadre de conseil, lot 2 (en cours)", {}), year=passage("2024", 28, True))
    (found,) = period.find(under, context())
    assert _values(found.value) == ["2024", None, None, True]
    assert [e.text for e in found.evidence] == ["2024", "en cours"]


def test_the_year_over_a_mission_dates_it_where_nothing_else_does() -> None:
    under = replace(section("Plan vélo", {"duration": "6 mois"}), year=passage("2021", 28, True))
    (found,) = period.find(under, context())
    assert (_values(found.value), found.rule) == (["2021", "2021", 6, False], "heading.year")
    dated = replace(under, parts=section((), {"period": "mars 2020"}).parts)
    assert _values(period.find(dated, context())[0].value)[0] == "2020-03"


def test_months_under_a_year_are_of_it() -> None:
    under = replace(section("Plan vélo", {"period": "de janvier à mai"}), year=passage("2024", 28, True))
    (found,) = period.find(under, context())
    assert (found.value.start.year, found.value.start.month, found.value.end.month) == (2024, 1, 5)
    assert [e.text for e in found.evidence] == ["2024", "de janvier à mai"]


def test_a_column_of_years_beside_one_of_dates() -> None:
    year = part("period", "2023", label="Année")
    both = section((), [year, part("period", "sept. 2023 à févr. 2024", label="Dates")])
    assert _values(period.find(both, context())[0].value)[:2] == ["2023-09", "2024-02"]
    other = section((), [year, part("period", "mai 2021", label="Livraison")])
    assert _values(period.find(other, context())[0].value)[:2] == ["2023", "2023"]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"end": "juil-août 2014", "duration": "2 mois"}, ["2014-07", "2014-08"]),
        ({"end": "2014"}, ["2014", "2014"]),
        ({"start": "06/2012\n06/2012"}, ["2012-06", "2012-06"]),
        ({"start": "06/2012\n09/2012"}, ["2012-06", "2012-09"]),
        ({"start": "06/2012"}, ["2012-06", None]),
        ({"facts": "Ville d'Agen (47) Réalisé en 2017 Mme Traoré, cheffe de projet"}, ["2017", "2017"]),
    ],
)
def test_a_whole_period_wherever_its_ends_were_looked_for(parts: dict[str, str], expected: list[str] | None) -> None:
    found = period.find(section((), parts), context())
    assert (_values(found[0].value)[:2] if found else None) == expected


def test_years_that_stand_apart_are_one_period() -> None:
    made = section((), [part("period", "2021"), part("period", "2022"), part("period", "2023")])
    (found,) = period.find(made, context())
    assert (str(found.value.start), str(found.value.end)) == ("2021", "2023")
    (found,) = period.find(section((), [part("period", "2021"), part("period", "2024", label="Livraison")]), context())
    assert str(found.value.end) == "2021"
