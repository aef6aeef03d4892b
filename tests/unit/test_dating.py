"""The date of an edition."""

from __future__ import annotations

import datetime as dt

import pytest

from carnet.pipeline.dating import edition_date
from carnet.pipeline.rules import load_rules
from tests.unit.fields.sections import outline

RULES = load_rules()


@pytest.mark.parametrize(
    ("cover", "expected"),
    [
        ("Édition janvier 2024", dt.date(2024, 1, 1)),
        ("Mise à jour : mars 2023", dt.date(2023, 3, 1)),
        ("Vireval Conseil – octobre 2022", dt.date(2022, 10, 1)),
        ("12/03/2023", dt.date(2023, 3, 12)),
        ("12 mars 2023", dt.date(2023, 3, 12)),
        ("Printemps 2023", dt.date(2023, 3, 1)),
        ("Nos références\nseptembre 2021", dt.date(2021, 9, 1)),
        ("Nos références 2019-2023", None),
        ("Janvier 2021 à mars 2022", None),
        ("Trente ans d'expérience", None),
        ("La ville a inauguré en mars 2021 une place que nous avions étudiée avec ses habitants.", None),
    ],
)
def test_printed_on_the_cover(cover: str, expected: dt.date | None) -> None:
    assert edition_date(outline(front=[cover]), {}, RULES) == (expected, "dating.printed" if expected else None)


def test_printed_in_a_running_line() -> None:
    assert edition_date(outline(running=["Références – mars 2023"]), {}, RULES)[0] == dt.date(2023, 3, 1)


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ({"ModDate": "D:20230515103000+02'00'"}, (dt.date(2023, 5, 15), "dating.ModDate")),
        ({"CreationDate": "D:20220102"}, (dt.date(2022, 1, 2), "dating.CreationDate")),
        ({"ModDate": "D:20230515", "CreationDate": "D:20220102"}, (dt.date(2023, 5, 15), "dating.ModDate")),
        ({"ModDate": "D:20231345", "CreationDate": "D:20220102"}, (dt.date(2022, 1, 2), "dating.CreationDate")),
        ({"ModDate": "D:19700101000000"}, (None, None)),
        ({"ModDate": "yesterday"}, (None, None)),
        ({}, (None, None)),
    ],
)
def test_by_the_file(metadata: dict[str, str], expected: tuple[dt.date | None, str | None]) -> None:
    assert edition_date(outline(), metadata, RULES) == expected


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("Fiches de références 2019", 2019),
        ("Vireval Conseil – 2019", 2019),
        ("2021", 2021),
        ("Fondé en 1998", None),
        ("Vireval Conseil depuis 2004", None),
        ("Références 2018–2023", None),
        ("1 rue de la Paix 75002", None),
    ],
)
def test_a_year_alone_dates_the_edition_unless_the_file_is_of_that_year(line: str, year: int | None) -> None:
    file = {"ModDate": "D:20261125"}
    assert edition_date(outline(running=[line]), file, RULES) == (
        (dt.date(year, 1, 1), "dating.year") if year else (dt.date(2026, 11, 25), "dating.ModDate")
    )
    if year:
        same = {"ModDate": f"D:{year}0630"}
        assert edition_date(outline(front=[line]), same, RULES) == (dt.date(year, 6, 30), "dating.ModDate")


def test_print_wins_over_the_file() -> None:
    assert edition_date(outline(front=["Mars 2023"]), {"ModDate": "D:20240101"}, RULES)[0] == dt.date(2023, 3, 1)
