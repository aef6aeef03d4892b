"""Loading: one transaction, repeatable, NULL for nothing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from carnet.schemas.mission import Contact
from carnet.warehouse.loading import load as load_module
from carnet.warehouse.store.db import Connection
from tests.builders import MISSIONS, NOW, all_rows, load_result, mission, result

LATER = NOW + dt.timedelta(days=40)


def test_values_arrive_as_they_are(con: Connection) -> None:
    load_result(con, result())
    row = con.execute(
        "SELECT title, start_date, amount, currency, context, approach FROM missions WHERE ordinal = 3"
    ).fetchone()
    context = ["Un réseau ancien.", "Des fuites."]
    assert row == ("Étude de la ressource en eau", dt.date(2018, 1, 1), Decimal("54500.50"), "EUR", context, None)


def test_same_content_again_changes_nothing(con: Connection) -> None:
    assert load_result(con, result()).outcome == "new"
    before = all_rows(con)
    assert load_result(con, result(), now=LATER).outcome == "unchanged"
    assert all_rows(con) == before


def test_better_code_replaces_the_reading_but_not_the_day_of_arrival(con: Connection) -> None:
    load_result(con, result())
    ids = con.execute("SELECT mission_id FROM missions ORDER BY ordinal").fetchall()
    better = result(missions=[*MISSIONS, mission(4, "Plan de gestion", "Ville de Luz")])
    assert load_result(con, better, code="v2", now=LATER).outcome == "replaced"
    assert con.execute("SELECT ingested_at, mission_count FROM editions").fetchall() == [(NOW.replace(tzinfo=None), 4)]
    assert con.execute("SELECT mission_id FROM missions ORDER BY ordinal LIMIT 3").fetchall() == ids


def test_a_failing_load_leaves_no_trace(con: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    load_result(con, result())
    before = all_rows(con)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(load_module, "renew", fail)
    with pytest.raises(RuntimeError):
        load_result(con, result(), code="v2")
    assert all_rows(con) == before


def test_nothing_is_null_never_empty(con: Connection) -> None:
    empty = mission(
        1, "", "Ville de Luz", domain="  ", context=("", " "), contacts=(Contact(email="x@luz.example", name=""),)
    )
    load_result(con, result(missions=[empty]))
    assert con.execute("SELECT title, domain, context FROM missions").fetchall() == [(None, None, None)]
    assert con.execute("SELECT name, email, has_left FROM contacts").fetchall() == [(None, "x@luz.example", False)]


@pytest.mark.parametrize(
    "text", ["un\0deux", "un\ud800deux", "un'deux\"; DROP TABLE store.mission; --", '{"a": 1}', "☂ 水"]
)
def test_any_text_can_be_stored(con: Connection, text: str) -> None:
    load_result(con, result(missions=[mission(1, text, "Ville de Luz")]))
    (stored,) = con.execute("SELECT title FROM missions").fetchone() or ("",)
    assert stored == text.replace("\0", "").replace("\ud800", "?")


def test_what_was_said_on_arrival_holds_for_later_readings(con: Connection) -> None:
    load_result(con, result(), brochure="Références eau", edition_date=dt.date(2020, 5, 1))
    load_result(con, result(), code="v2")
    row = con.execute("SELECT brochure, brochure_rule, edition_date, date_rule FROM editions").fetchall()
    assert row == [("Références eau", "option", dt.date(2020, 5, 1), "option")]


def test_another_name_moves_the_edition(con: Connection) -> None:
    load_result(con, result())
    assert load_result(con, result(), brochure="autre").outcome == "replaced"
    assert con.execute("SELECT brochure, is_current FROM editions").fetchall() == [("autre", True)]


def test_finding_ids_are_distinct_and_stay(con: Connection) -> None:
    load_result(con, result())
    first = con.execute("SELECT finding_id FROM findings ORDER BY ALL").fetchall()
    load_result(con, result(), code="v2")
    assert con.execute("SELECT finding_id FROM findings ORDER BY ALL").fetchall() == first
    assert len(set(first)) == 2
