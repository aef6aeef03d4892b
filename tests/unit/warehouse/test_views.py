"""Editions in time: which is current, what changed."""

from __future__ import annotations

import datetime as dt
import itertools
from decimal import Decimal

import pytest

from carnet.warehouse.store.db import Connection
from tests.builders import MISSIONS, all_rows, load_result, mission, result

OLD = result(
    "2021.pdf",
    [
        MISSIONS[0].model_copy(update={"amount": Decimal(27000), "context": ("Un réseau  ANCIEN.", "Des fuites.")}),
        MISSIONS[1],
        mission(3, "Étude de faisabilité d'un forage", "Ville de Luz"),
    ],
    edition_date=dt.date(2021, 1, 1),
)
NEW = result(
    "2023.pdf",
    [
        MISSIONS[2].model_copy(update={"ordinal": 1}),
        *(m.model_copy(update={"ordinal": m.ordinal + 1}) for m in MISSIONS[:2]),
    ],
    edition_date=dt.date(2023, 1, 1),
)


@pytest.mark.parametrize("order", list(itertools.permutations([OLD, NEW])), ids=["old first", "new first"])
def test_changes_in_any_order_of_arrival(con: Connection, order: tuple[object, ...]) -> None:
    for edition in order:
        load_result(con, edition)  # type: ignore[arg-type]
    rows = con.execute("SELECT change, field, old_value, new_value FROM changes ORDER BY ALL").fetchall()
    assert rows == [
        ("added", None, None, "Étude de la ressource en eau"),
        ("changed", "amount", "27000.00", "29000.00"),
        ("removed", None, "Étude de faisabilité d'un forage", None),
    ]
    assert con.execute("SELECT file_name, is_current FROM editions ORDER BY edition_date").fetchall() == [
        ("2021.pdf", False), ("2023.pdf", True)]  # fmt: skip
    assert con.execute("SELECT count(*), count(DISTINCT mission_id) FROM mission_history").fetchall() == [(6, 4)]


def test_ids_do_not_depend_on_the_order_of_arrival(con: Connection) -> None:
    load_result(con, OLD)
    load_result(con, NEW)
    grown = all_rows(con)["mission"]
    con.execute("DELETE FROM store.edition; DELETE FROM store.mission; DELETE FROM store.portrait")
    load_result(con, NEW)
    load_result(con, OLD)
    assert all_rows(con)["mission"] == grown


def test_only_current_editions_are_in_missions(con: Connection) -> None:
    load_result(con, OLD)
    load_result(con, NEW)
    load_result(con, result("autre.pdf", firm="Autre Bureau"))
    assert con.execute("SELECT brochure, count(*) FROM missions GROUP BY ALL ORDER BY ALL").fetchall() == [
        ("autre-bureau", 3), ("ondine-conseil", 3)]  # fmt: skip
    assert con.execute("SELECT count(*) FROM contacts").fetchone() == (2,)


def test_document_wide_views(con: Connection) -> None:
    load_result(con, result())
    assert con.execute("SELECT name, role FROM team").fetchall() == [("Odile Brancourt", "Directrice")]
    assert con.execute("SELECT city, country FROM offices").fetchall() == [("Annecy", "FR")]
    assert con.execute("SELECT url FROM websites").fetchall() == [("ondine.example",)]
    assert con.execute("SELECT mission_id IS NULL, code FROM findings ORDER BY code").fetchall() == [
        (False, "amount_missing"), (True, "unread_block")]  # fmt: skip
