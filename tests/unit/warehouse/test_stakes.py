"""What is looked at first: by what a mistake would cost."""

from __future__ import annotations

from pathlib import Path

from carnet.flows.pages.to_check import still_open
from carnet.schemas.finding import Finding, FindingCode, Origin, Severity
from carnet.warehouse.ask.missions import findings_query
from carnet.warehouse.ask.query import ask, open_reader
from carnet.warehouse.store.db import open_writer
from tests.builders import load_result, mission, result


def doubt(ordinal: int, field: str, code: FindingCode = FindingCode.WEAK_READING) -> Finding:
    return Finding(
        mission=ordinal, code=code, origin=code.origin, severity=Severity.WARNING, field=field, message="in doubt"
    )


FINDINGS = [
    doubt(1, "domain"),
    doubt(2, "amount"),
    doubt(2, "client"),
    doubt(3, "client"),
    doubt(4, "client", FindingCode.CLIENT_MISMATCH),
]


def test_the_dearest_comes_first(path: Path) -> None:
    told = [mission(n, f"Étude {n}", "Ville de Morcy") for n in (1, 2, 3, 4)]
    with open_writer(path) as con:
        load_result(con, result(missions=told, findings=FINDINGS))
        other = result("autre.pdf", [mission(1, "Audit", "Ville de Luz")], firm="Autre", findings=[doubt(1, "title")])
        load_result(con, other)
    with open_reader(path) as con:
        (edition,) = ask(con, "SELECT edition_id FROM editions WHERE file_name = 'ondine.pdf'").rows[0]
        assert [row["title"] for row in still_open(con, edition)] == ["Étude 4", "Étude 2", "Étude 3", "Étude 1"]
        assert [row["title"] for row in still_open(con)][:3] == ["Étude 4", "Étude 2", "Étude 3"]
        found = ask(con, *findings_query(None, Origin.READING, None, None, False)).dicts()
    assert [row["field"] for row in found] == ["client", "client", "amount", "title", "domain"]


def test_what_somebody_looked_at_is_asked_no_more(path: Path) -> None:
    with open_writer(path) as con:
        load_result(con, result(missions=[mission(1, "Étude", "Ville de Morcy")], findings=FINDINGS[:1]))
    with open_reader(path) as con:
        (row,) = still_open(con)
        assert row["findings"] == [("weak_reading", "domain")]
        assert not still_open(con, made=[{"mission_id": row["mission_id"], "field": "domain"}])
        assert still_open(con, made=[{"mission_id": row["mission_id"], "field": "title"}])


def test_what_is_about_no_field_is_seen_with_the_others(path: Path) -> None:
    about_all = doubt(1, "domain").model_copy(update={"field": None, "message": "in doubt as a whole"})
    with open_writer(path) as con:
        told = [mission(n, f"Étude {n}", "Ville de Morcy") for n in (1, 2)]
        load_result(
            con, result(missions=told, findings=[FINDINGS[0], about_all, about_all.model_copy(update={"mission": 2})])
        )
    with open_reader(path) as con:
        made = [{"mission_id": row["mission_id"], "field": "domain"} for row in still_open(con)[:1]]
        assert [row["title"] for row in still_open(con, made=made)] == ["Étude 2"], "nothing of it can be looked at"
