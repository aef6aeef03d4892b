"""Data checks: each finds what it is for, and nothing in a sound warehouse."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from carnet.schemas.finding import Finding, FindingCode, Origin, Severity
from carnet.schemas.result import EditionResult
from carnet.warehouse.ask.check import all_checks, failures, run_checks
from carnet.warehouse.ask.query import open_reader
from carnet.warehouse.store.db import open_writer
from tests.builders import MISSIONS, load_result, mission, result


def offenders(path: Path) -> dict[str, int]:
    with open_reader(path) as con:
        return {one.check.name: len(one.offenders) for one in run_checks(con) if one.offenders}


def proven(of: EditionResult) -> EditionResult:
    """With evidence for dates too."""
    dated = tuple((*e, e[0].model_copy(update={"field": "period_text"})) for e in of.evidence)
    return of.model_copy(update={"evidence": dated})


def test_a_sound_warehouse_passes(path: Path) -> None:
    with open_writer(path) as con:
        load_result(con, proven(result()))
    assert offenders(path) == {}


BAD = mission(
    1, "Étude", "Ville de Brenoux", amount=Decimal(-5), start_date=dt.date(2022, 1, 1), end_date=dt.date(2021, 1, 1)
)
TOLD = [
    Finding(mission=1, code=FindingCode.DATE_ORDER, origin=Origin.BROCHURE, severity=Severity.ERROR, field="end_date",
            message="ends before it starts"),
    Finding(mission=1, code=FindingCode.WEAK_READING, origin=Origin.READING, severity=Severity.WARNING, field="amount",
            message="odd"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("edition", "found"),
    [
        (proven(result(missions=[BAD], findings=[])), {"amount_not_positive": 1, "date_without_sense": 1}),
        (proven(result(missions=[BAD], findings=TOLD)), {"error_unsettled": 1, "doubtful_reading": 1}),
        (result(missions=MISSIONS[:1]), {"value_without_evidence": 2}),
        (proven(result(missions=[])), {"edition_without_missions": 1}),
        (proven(result(missions=[mission(1, None, "Ville de Brenoux", context=())])), {"mission_without_words": 1}),  # type: ignore[arg-type]
    ],
)
def test_each_finds_its_own(path: Path, edition: EditionResult, found: dict[str, int]) -> None:
    missions = len(edition.missions)
    kept = edition.model_copy(update={"findings": tuple(f for f in edition.findings if (f.mission or 0) <= missions)})
    with open_writer(path) as con:
        load_result(con, kept)
    assert offenders(path) == found


def test_an_edition_that_lost_most_of_its_missions(path: Path) -> None:
    with open_writer(path) as con:
        load_result(con, proven(result("a.pdf")), brochure="ondine")
        load_result(
            con, proven(result("b.pdf", MISSIONS[:1], findings=[], edition_date=dt.date(2024, 1, 1))), brochure="ondine"
        )
    assert offenders(path) == {"many_missions_gone": 1}


def test_ids_and_current_editions(path: Path) -> None:
    with open_writer(path) as con:
        load_result(con, proven(result()))
        con.execute("UPDATE store.mission SET mission_id = (SELECT min(mission_id) FROM store.mission)")
    assert offenders(path)["mission_id_twice"] == 1
    with open_reader(path) as con:
        assert [one.check.name for one in failures(run_checks(con))] != []


def test_levels_are_known_and_failures_come_first() -> None:
    levels = [check.level for check in all_checks()]
    assert levels == sorted(levels) and set(levels) == {"fail", "warn"}
