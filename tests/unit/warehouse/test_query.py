"""Questions: read-only, shut in, bounded, with errors in one sentence."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from carnet.schemas.evidence import Candidate, Evidence
from carnet.warehouse.ask.missions import Filter, find_mission, findings_query
from carnet.warehouse.ask.query import ask, open_reader, to_parquet
from carnet.warehouse.disk.errors import QueryError, WarehouseBusy, WarehouseError
from carnet.warehouse.disk.lock import writer_lock
from carnet.warehouse.store.db import MIGRATIONS, connect, open_writer
from tests.builders import load_result, result

FORBIDDEN = [
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM glob('/*')",
    "COPY missions TO '/tmp/missions.csv'",
    "ATTACH '/tmp/other.duckdb'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "RESET lock_configuration",
    "DROP TABLE store.mission",
    "DELETE FROM store.mission",
    "CREATE TEMP MACRO lower(x) AS 'hidden'",
    "SELECT 1; DROP TABLE store.mission",
    "CHECKPOINT",
    "EXPORT DATABASE '/tmp/all'",
    "",
]


@pytest.mark.parametrize("sql", FORBIDDEN)
def test_forbidden(filled: Path, sql: str) -> None:
    with open_reader(filled) as con, pytest.raises(QueryError) as error:
        ask(con, sql)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1",
        "FROM missions",
        "DESCRIBE missions",
        "SUMMARIZE missions",
        "SHOW TABLES",
        "EXPLAIN SELECT 1",
        "VALUES (1)",
    ],
)
def test_allowed(filled: Path, sql: str) -> None:
    with open_reader(filled) as con:
        assert ask(con, sql).rows


def test_a_wrong_column_is_explained(filled: Path) -> None:
    with open_reader(filled) as con, pytest.raises(QueryError, match='"titre" not found.*"title"'):
        ask(con, "SELECT titre FROM missions")


def test_an_endless_query_ends(filled: Path) -> None:
    with open_reader(filled) as con, pytest.raises(QueryError, match=r"longer than 0\.2 s"):
        ask(con, "SELECT count(*) FROM range(1000000000000) AS a, range(1000000) AS b", seconds=0.2)


def test_rows_are_limited_and_it_is_said(filled: Path) -> None:
    with open_reader(filled) as con:
        assert ask(con, "FROM missions", limit=2).more
        assert not ask(con, "FROM missions", limit=3).more


def test_no_warehouse(path: Path) -> None:
    with pytest.raises(WarehouseError, match="carnet ingest"), open_reader(path):
        pass


def test_a_database_that_is_not_ours(tmp_path: Path) -> None:
    duckdb.connect(str(tmp_path / "other.duckdb")).close()
    with pytest.raises(WarehouseError, match="not a carnet warehouse"), open_reader(tmp_path / "other.duckdb"):
        pass


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "x.duckdb").write_text("hello " * 1000)
    with pytest.raises(WarehouseError) as error, open_reader(tmp_path / "x.duckdb"):
        pass
    assert "\n" not in str(error.value)


def test_a_newer_warehouse_is_left_alone(filled: Path) -> None:
    with connect(filled, read_only=False, wait_seconds=0) as con:
        con.execute("INSERT INTO store.migration (name) VALUES ('9999_future')")
    with pytest.raises(WarehouseError, match="newer carnet"), open_reader(filled):
        pass
    with pytest.raises(WarehouseError, match="newer carnet"), open_writer(filled):
        pass


def test_migrations_are_numbered_and_recorded(filled: Path) -> None:
    names = sorted(p.stem for p in MIGRATIONS.glob("*.sql"))
    assert [int(n[:4]) for n in names] == list(range(1, len(names) + 1))
    with connect(filled, read_only=True, wait_seconds=0) as con:
        assert sorted(n for (n,) in con.execute("SELECT name FROM store.migration").fetchall()) == names


def test_drafts_of_before_say_too_which_reading_is_inferred() -> None:
    """Rule ids told it then; a printed text that looks like one stays as it is."""
    place = Evidence(field="client", text='"rank":6,"rule":"inferred.body"', rule="inferred.body")
    new = Candidate(value="Ville de Morcy", evidence=(place,), rank=6, rule="inferred.body", inferred=True)
    old = new.model_dump_json().replace('"inferred":true,', "")
    assert not Candidate.model_validate_json(old).inferred
    with duckdb.connect() as con:
        con.execute("CREATE SCHEMA store; CREATE TABLE store.edition (draft VARCHAR)")
        con.execute("INSERT INTO store.edition VALUES (?), ('{}')", [old])
        con.execute((MIGRATIONS / "0010_inferred.sql").read_text(encoding="utf-8"))
        assert con.execute("FROM store.edition").fetchall() == [(new.model_dump_json(),), ("{}",)]


def test_a_second_writer_waits_and_then_says_who_writes(path: Path) -> None:
    with writer_lock(path), pytest.raises(WarehouseBusy, match=r"process \d+ is writing"), writer_lock(path, 0.2):
        pass
    with writer_lock(path, 0.2):
        pass


FILTERS = [
    (Filter(), [1, 2, 3]),
    (Filter(client="brenoux VILLE"), [1]),
    (Filter(text="etude ressource"), [3]),
    (Filter(client_type="epci"), [3]),
    (Filter(min_amount=30000), [3]),
    (Filter(domain="eau"), [1, 2, 3]),
    (Filter(client="' OR 1=1 --"), []),
]


@pytest.mark.parametrize(("wanted", "ordinals"), FILTERS, ids=str)
def test_filters(filled: Path, wanted: Filter, ordinals: list[int]) -> None:
    with open_reader(filled) as con:
        assert [m["ordinal"] for m in ask(con, *wanted.query()).dicts()] == ordinals


def test_one_mission_by_the_beginning_of_its_id(filled: Path) -> None:
    with open_reader(filled) as con:
        (mission_id,) = ask(con, "SELECT mission_id FROM missions WHERE ordinal = 1").rows[0]
        found = find_mission(con, mission_id[:8])
        assert found["mission"]["mission_id"] == mission_id
        assert [c["name"] for c in found["contacts"]] == ["Aline Verdeau"]
        assert {e["field"] for e in found["evidence"]} == {"title", "client", "amount_text", "contact_name"}
        with pytest.raises(QueryError, match="carnet missions"):
            find_mission(con, "zz")


def test_findings_worst_first(filled: Path) -> None:
    with open_reader(filled) as con:
        assert [r["severity"] for r in ask(con, *findings_query(None, None, None, None, False)).dicts()] == [
            "warning",
            "info",
        ]
        assert [r["code"] for r in ask(con, *findings_query("warning", None, None, None, False)).dicts()] == [
            "amount_missing"
        ]


def test_parquet_keeps_types(filled: Path, tmp_path: Path) -> None:
    with open_reader(filled) as con:
        answer = ask(con, "SELECT mission_id, amount, start_date, context FROM missions")
    (tmp_path / "it's.parquet").write_bytes(to_parquet(answer))
    described = duckdb.connect().execute(f"DESCRIBE SELECT * FROM '{tmp_path}/it''s.parquet'").fetchall()
    assert [row[1] for row in described] == ["VARCHAR", "DECIMAL(14,2)", "DATE", "VARCHAR[]"]
    assert re.fullmatch(r"[0-9a-f]{12}", answer.rows[0][0])


def test_readers_and_writers_take_turns(filled: Path) -> None:
    with open_writer(filled) as con:
        load_result(con, result("second.pdf"))
    with open_reader(filled) as con:
        assert ask(con, "SELECT count(*) FROM editions").rows == [(2,)]
