"""Views that are ready for charts: their counts and sums are those of the missions, whatever they are grouped by."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from carnet.warehouse.ask.query import ask, open_reader
from carnet.warehouse.store.db import Connection, open_writer
from tests.builders import MISSIONS, load_result, mission, result
from tests.gold_warehouse import SAMPLES, make_gold_warehouse, read_golds


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    path = tmp_path_factory.mktemp("gold") / "carnet.duckdb"
    make_gold_warehouse(path, read_golds(SAMPLES))
    with open_reader(path) as connection:
        yield connection


GROUPED = ["missions_by_domain", "missions_by_client_type", "missions_by_country", "missions_by_size"]


@pytest.mark.parametrize("view", GROUPED)
def test_groups_add_up(con: Connection, view: str) -> None:
    whole = "SELECT firm, currency, tax, count(*), sum(amount) FROM missions GROUP BY ALL ORDER BY ALL"
    grouped = f"SELECT firm, currency, tax, sum(missions), sum(amount) FROM {view} GROUP BY ALL ORDER BY ALL"
    assert ask(con, grouped).rows == ask(con, whole).rows


def test_size_classes_hold_what_they_say(con: Connection) -> None:
    golds = [m for gold in read_golds(SAMPLES) for m in gold["missions"]]
    sizes = ask(con, "SELECT size_from, size_to, sum(missions)::INTEGER FROM missions_by_size GROUP BY ALL").rows
    for start, end, count in sizes:
        if start is None:
            assert count == sum(m["amount"] is None for m in golds)
        else:
            assert count == sum(m["amount"] is not None and start <= m["amount"] < (end or 10**12) for m in golds)


def test_contact_coverage(con: Connection) -> None:
    for gold in read_golds(SAMPLES):
        reachable = sum(
            any(not c["left"] and (c["email"] or c["phone"]) for c in m["contacts"]) for m in gold["missions"]
        )
        left = sum(bool(m["contacts"]) and all(c["left"] for c in m["contacts"]) for m in gold["missions"])
        rows = ask(
            con,
            """SELECT sum(missions)::INTEGER, sum(missions_reachable)::INTEGER, sum(missions_contact_left)::INTEGER
               FROM contact_coverage WHERE firm = ?""",
            [gold["firm"]],
        ).rows
        assert rows == [(len(gold["missions"]), reachable, left)]


def test_quality_over_editions(path: Path) -> None:
    with open_writer(path) as con:
        load_result(con, result("2021.pdf", MISSIONS))
        load_result(con, result("empty.pdf", [], firm="Autre Bureau", findings=[]))
    with open_reader(path) as con:
        rows = ask(
            con,
            """SELECT missions, share_with_amount, share_with_contact, missions_in_question, warnings, infos,
                      about_the_reading, corrections FROM data_quality ORDER BY missions DESC""",
        ).rows
    assert rows == [(3, 2 / 3, 1 / 3, 1, 1, 1, 1, 0), (0, None, None, 0, 0, 0, 0, 0)]


def test_spellings_of_one_client_are_one(path: Path) -> None:
    names = ["Ville d'Évian", "VILLE D’EVIAN", "Ville d'Évian", "Syndicat de l’Œuvre"]
    with open_writer(path) as con:
        load_result(con, result(missions=[mission(n, f"Étude {n}", name) for n, name in enumerate(names, 1)]))
    with open_reader(path) as con:
        ranked = "SELECT rank, client, missions, amount, share_of_missions FROM client_concentration ORDER BY rank"
        assert ask(con, ranked).rows == [
            (1, "Ville d'Évian", 3, Decimal("87000.00"), 0.75),
            (2, "Syndicat de l’Œuvre", 1, Decimal("29000.00"), 0.25),
        ]
        assert ask(con, "SELECT DISTINCT client_key FROM client_spellings ORDER BY 1").rows == [
            ("syndicat de l oeuvre",), ("ville d evian",)]  # fmt: skip
