"""Periods and dates: the tables, free text, and what holds for any text."""

from __future__ import annotations

import datetime as dt
import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from carnet.pipeline.rules import load_rules
from carnet.pipeline.values.dates import find_periods, parse_date, parse_period
from carnet.schemas.values import Period
from tests.effort import check_growth

FOLDER = Path(__file__).parents[2] / "cases"
ALL: list[dict[str, Any]] = [
    case for lang in ("fr", "en") for case in yaml.safe_load((FOLDER / lang / "dates.yml").read_text(encoding="utf-8"))
]
CASES = [case for case in ALL if "text" in case]
MARKED = [case["marked"] for case in ALL if "marked" in case]


def as_record(period: Period) -> dict[str, Any]:
    """Keys without a value are absent."""
    record: dict[str, Any] = {k: str(v) for k, v in (("start", period.start), ("end", period.end)) if v}
    record |= {"months": period.stated_months} if period.stated_months else {}
    return record | ({"ongoing": True} if period.ongoing else {})


@pytest.mark.parametrize("case", CASES, ids=lambda case: repr(case["text"]))
def test_table(case: dict[str, Any]) -> None:
    found = parse_period(case["text"], load_rules())
    assert (as_record(found.value) if found else None) == case["expected"]
    assert bool(found and found.note) == case.get("note", False), found and found.note


@pytest.mark.parametrize("marked", MARKED)
def test_free_text(marked: str) -> None:
    text = re.sub(r"[\[\]]", "", marked)
    found = [text[f.start : f.end] for f in find_periods(text, load_rules())]
    assert found == re.findall(r"\[(.*?)\]", marked)


@pytest.mark.parametrize("case", CASES, ids=lambda case: repr(case["text"]))
def test_what_is_surely_a_period_is_read_alike_in_free_text(case: dict[str, Any]) -> None:
    whole = parse_period(case["text"], load_rules())
    found = find_periods(case["text"], load_rules())
    if len(found) == 1 and found[0].end - found[0].start == len(case["text"]):
        assert whole and found[0].value == whole.value
    assert all(f.note is None for f in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mars 2023", "2023-03"),
        ("12/03/2021", "2021-03-12"),
        ("le 1er mars 2021", "2021-03-01"),
        ("2021", "2021"),
        ("2021-03-12", "2021-03-12"),
        ("2018-2021", None),
        ("été 2022", None),
        ("T1 2021", None),
        ("24 mois (2019-2021)", None),
        ("hier", None),
        ("12 mars", None),
        ("12 mars 2021 à 14 h 30", None),
        ("version 3 de mars 2021", None),
        ("", None),
    ],
)
def test_single_dates(text: str, expected: str | None) -> None:
    date = parse_date(text, load_rules())
    assert (str(date) if date else None) == expected


PIECES = ["mars", "sept.", "2019", "21", "12/03/2021", "03/2020", "–", "à", "depuis", "en cours", "24 mois", "hiver"]
PIECES += ["1er", "semestre", "de", "(", ")", ",", "/", "-", "+", "2021-22", "et", "…", "½", "é", "’", "\n", "deux ans"]
PIECES += ["T2", "0", "jusqu'en", "livré", "à compter de", "pour", "12 mars"]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join) | st.text(max_size=80)


@given(
    st.dates(dt.date(1990, 1, 1), dt.date(2035, 12, 31)),
    st.dates(dt.date(1990, 1, 1), dt.date(2035, 12, 31)),
    st.sampled_from(["name", "short", "cut", "slash", "dot", "year"]),
    st.sampled_from(
        ["{} – {}", "{} à {}", "de {} à {}", "{}-{}", "({} / {})", "Période : {} au {}", "{} → {}", "{}\n– {}"]
    ),
    st.booleans(),
)
def test_each_range_is_read_in_every_printed_form(
    one: dt.date, two: dt.date, form: str, frame: str, capitals: bool
) -> None:
    one, two = sorted((one, two))
    text = frame.format(printed(one, form), printed(two, form))
    found = parse_period(text.upper() if capitals else text, load_rules())
    length = 4 if form == "year" else 7
    assert found and found.note is None, found
    assert (str(found.value.start), str(found.value.end)) == (one.isoformat()[:length], two.isoformat()[:length])


def printed(day: dt.date, form: str) -> str:
    names = list(load_rules().lexicon("months")["months"].values())[day.month - 1]
    forms = {
        "name": f"{names[0]} {day.year}",
        "short": f"{names[1] if len(names) > 2 else names[0]}. {day.year}",
        "cut": f"{names[0]} {day:%y}",
        "slash": f"{day:%m/%Y}",
        "dot": f"{day:%m.%Y}",
        "year": str(day.year),
    }
    return forms[form]


REPEATED = [
    "1",
    "1 ",
    "a",
    "12/03/",
    "2019 ",
    "2019-",
    "mars ",
    "mars 21 à ",
    "(",
    "du 1er ",
    "depuis ",
    " ",
    "24 mois ",
]


@given(TEXTS | st.text("0123456789/-. à", max_size=30))
def test_any_text_is_read_without_error(text: str) -> None:
    found = parse_period(text, load_rules())
    assert found is None or (found.start, found.end) == (0, len(text))
    parse_date(text, load_rules())
    last = 0
    for f in find_periods(text, load_rules()):
        assert last <= f.start < f.end <= len(text)
        last = f.end
        for date in (f.value.start, f.value.end):
            assert date is None or date.first_day() <= date.last_day()


@given(st.dates(min_value=dt.date(1960, 1, 1), max_value=dt.date(2059, 12, 31)))
def test_each_day_is_read_in_every_printed_form(day: dt.date) -> None:
    month = list(load_rules().lexicon("months")["months"].values())[day.month - 1][0]
    forms = (f"{day:%d/%m/%Y}", f"{day:%d.%m.%Y}", f"{day.isoformat()}", f"{day.day} {month} {day.year}")
    assert {str(parse_date(form, load_rules())) for form in forms} == {day.isoformat()}


@pytest.mark.parametrize("piece", REPEATED)
def test_long_repetitions_are_read_once(piece: str) -> None:
    for read in (find_periods, parse_period, parse_date):
        check_growth(partial(read, rules=load_rules()), lambda size: piece * (size // len(piece)), 1_000_000)
