"""A question in a process of its own: the same answer, an end that holds, nothing but the views."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from carnet.warehouse.ask.apart import ask_apart
from carnet.warehouse.ask.query import ask, open_reader
from carnet.warehouse.ask.recipes import all_recipes
from carnet.warehouse.disk.errors import QueryError, WarehouseError
from tests.conftest import Said
from tests.effort import HANGS

ENDLESS = [
    "SELECT levenshtein(repeat('a', 3000000), repeat('b', 3000000))",
    "SELECT damerau_levenshtein(repeat('a', 200000), repeat('b', 200000))",
    "SELECT levenshtein(repeat(title, 100000), repeat(client, 100000)) FROM missions",
    "SELECT count(*) FROM range(10000000000) AS a, range(1000000) AS b",
    "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT max(n) FROM t",
    "SELECT max(md5(repeat('a', 900000000 + i::INTEGER))) FROM range(100000) AS t(i)",
    "SELECT sum(levenshtein(repeat('a', 30000), repeat('b', 30000 + i::INTEGER))) FROM range(100000) AS t(i)",
    "SELECT max(list_sum(list_sort(list_transform(range(30000000), lambda x: -x + i)))) FROM range(100000) AS t(i)",
    "SELECT count(*) FROM missions AS a, range(1000000000) AS b, range(1000000000) AS c WHERE a.title = b::VARCHAR",
    "EXPLAIN ANALYZE SELECT count(*) FROM range(10000000000) AS a, range(1000000) AS b",
]
"""Each would take an hour at least; DuckDB itself stops only some of them."""


@pytest.mark.parametrize("sql", ENDLESS)
def test_the_limit_holds(sql: str, filled: Path) -> None:
    command = [sys.executable, "-c", "from carnet.flows.cli import main; main()"]
    arguments = ["sql", sql, "--timeout", "0.3", "--warehouse", str(filled)]
    ran = subprocess.run([*command, *arguments], capture_output=True, text=True, timeout=HANGS)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == "carnet: it took longer than 0.3 s; narrow it, or allow more with --timeout\n"


def test_the_answer_is_the_same(filled: Path) -> None:
    sql = """SELECT m.*, $word AS word, INTERVAL 3 DAY, [1.5, NULL], {'a': 1}, map([1], ['x']), '\\xAA'::BLOB,
                    TIME '10:00', TIMESTAMP '2021-03-01 10:00', 170141183460469231731687303715884105727
             FROM missions AS m ORDER BY ordinal"""
    values = {"word": "a" * 300_000}
    with open_reader(filled) as con:
        assert ask_apart(filled, sql, values) == ask(con, sql, values)
        assert ask_apart(filled, "SELECT i FROM range(9) AS t(i)", limit=4) == ask(
            con, "SELECT i FROM range(9) AS t(i)", limit=4
        )


def test_errors_come_back_with_their_place(filled: Path, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match='did you mean "title"') as told:
        ask_apart(filled, "SELECT titre FROM missions")
    assert told.value.place and told.value.place.character == 8
    assert str(told.value).count("line 1") == 1
    with pytest.raises(WarehouseError, match="no warehouse there"):
        ask_apart(tmp_path / "none.duckdb", "SELECT 1")


def test_a_process_that_dies_is_told(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(QueryError, match=r"ended on it \(exit code 1\)"):
        ask_apart(filled, "SELECT 1")


def test_nothing_is_imported_from_where_the_user_is(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "duckdb.py").write_text("raise SystemExit(9)\n")
    (tmp_path / "pickle.py").write_text("raise SystemExit(9)\n")
    monkeypatch.chdir(tmp_path)
    assert ask_apart(filled, "SELECT 1").rows == [(1,)]


PAST_THE_VIEWS = [
    "SELECT draft FROM store.edition",
    'FROM "carnet"."STORE"."edition"',
    "TABLE store.mission",
    "SUMMARIZE store.edition",
    "DESCRIBE store.edition",
    "EXPLAIN SELECT * FROM store.edition",
    "SHOW TABLES FROM store",
    "WITH x AS (SELECT * FROM store.edition) SELECT * FROM x",
    "SELECT (SELECT max(draft) FROM store.edition)",
    "SELECT title FROM missions WHERE mission_id IN (SELECT mission_id FROM store.mission)",
    "PIVOT store.edition ON sha256 IN ('a') USING count(*)",
    "SELECT * FROM pragma_database_list",
    "FROM duckdb_databases",
    "FROM pg_catalog.pg_settings",
    "FROM duckdb_logs",
    "SELECT current_setting('temp_directory')",
    "SELECT system.main.current_setting('home_directory')",
]


@pytest.mark.parametrize("sql", PAST_THE_VIEWS)
def test_drafts_and_places_are_not_for_questions(sql: str, filled: Path) -> None:
    with pytest.raises(QueryError, match="not to be had here"):
        ask_apart(filled, sql)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM carnet.missions", "FROM carnet.main.missions", "FROM main.missions", "SHOW TABLES",
        "WITH columns AS (SELECT 1), tables AS (SELECT 2) SELECT * FROM columns, tables", "DESCRIBE missions",
        "SELECT comment FROM duckdb_columns() WHERE table_name = 'missions'", "SUMMARIZE missions",
        "SELECT table_name FROM information_schema.tables", "FROM sqlite_master", "FROM duckdb_views",
        "SELECT store FROM (SELECT title AS store FROM missions) AS store",
    ],
)  # fmt: skip
def test_what_is_published_can_be_asked(sql: str, filled: Path) -> None:
    ask_apart(filled, sql)


def test_no_answer_tells_where_the_warehouse_lies(filled: Path) -> None:
    for sql in (
        "FROM duckdb_tables()", "FROM duckdb_views()", "FROM sqlite_master", "SHOW ALL TABLES", "SHOW DATABASES",
        "FROM information_schema.tables", "EXPLAIN FROM missions", "EXPLAIN ANALYZE FROM missions",
    ):  # fmt: skip
        assert str(filled.parent) not in str(ask_apart(filled, sql).rows)
    for wrong in ("FROM nothing", "SELECT nothing FROM missions", "FROM 'x.csv'", "SELECT error('a')"):
        with pytest.raises(QueryError) as told:
            ask_apart(filled, wrong)
        assert str(filled.parent) not in str(told.value)


def test_recipes_ask_the_views_alone(filled: Path) -> None:
    for recipe in all_recipes().values():
        values = {p.name: "2024-01-01" if p.default == "today" else p.default for p in recipe.parameters}
        ask_apart(filled, recipe.sql, values)


@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_json_is_json(format: str, carnet: Callable[..., Said], filled: Path) -> None:
    sql = """SELECT 'nan'::DOUBLE AS a, ['infinity'::DOUBLE, 1.5] AS b, {'x': '-inf'::FLOAT} AS c,
             map([DATE '2021-03-01'], ['nan'::DOUBLE]) AS d, 0.1::DECIMAL(3, 1) AS e"""
    said = carnet("sql", sql, "--format", format, "--warehouse", filled)
    row = json.loads(said.out, parse_constant=lambda name: pytest.fail(name))
    assert (row[0] if format == "json" else row) == {
        "a": None, "b": [None, 1.5], "c": {"x": None}, "d": {"2021-03-01": None}, "e": 0.1,
    }  # fmt: skip
