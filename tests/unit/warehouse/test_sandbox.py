"""Nothing but the warehouse can be reached from a question, and errors point at the word."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from carnet.warehouse.ask.query import ask, open_reader
from carnet.warehouse.disk.errors import QueryError

REACH_OUT = [
    "FROM read_csv('{file}')",
    "FROM read_text('{file}')",
    "FROM read_blob('{file}')",
    "FROM read_blob('{warehouse}')",
    "FROM read_json('{file}')",
    "FROM read_parquet('{file}')",
    "FROM parquet_metadata('{file}')",
    "FROM sniff_csv('{file}')",
    "FROM read_duckdb('{warehouse}', table_name = 'store.mission')",
    "FROM sqlite_scan('{file}', 'x')",
    "FROM glob('{folder}/*')",
    "FROM '{file}'",
    'FROM "{file}"',
    "FROM 'https://example.com/x.parquet'",
    "FROM read_csv('s3://bucket/x.csv')",
    "SELECT read_text('{file}')",
    "SELECT getenv('HOME')",
    "FROM duckdb_secrets()",
    "FROM duckdb_settings()",
    "FROM duckdb_extensions()",
    "FROM duckdb_databases()",
    "FROM enable_logging(storage = 'file', storage_config = {{'path': '{folder}/log'}})",
    "FROM checkpoint()",
    "FROM query('FROM glob(''{folder}/*'')')",
    "FROM query_table('missions')",
    "FROM json_execute_serialized_sql(json_serialize_sql('FROM glob(''{folder}/*'')'))",
    "SELECT (SELECT count(*) FROM glob('{folder}/*'))",
    "WITH a AS (FROM read_text('{file}')) FROM a",
    "SELECT 1 WHERE EXISTS (FROM missions, LATERAL (FROM read_text('{file}')))",
    "SELECT title FROM missions UNION ALL SELECT content FROM READ_TEXT('{file}')",
    "DESCRIBE FROM read_csv('{file}')",
    "SUMMARIZE FROM read_csv('{file}')",
    "EXPLAIN ANALYZE FROM read_text('{file}')",
    "/* EXPLAIN */ FROM read_text('{file}')",
    "EXPLAIN COPY missions TO '{folder}/out.csv'",
    "COPY missions TO '{folder}/out.csv'",
    "COPY (SELECT 1) TO '{folder}/out.parquet' (FORMAT parquet)",
    "EXPORT DATABASE '{folder}/all'",
    "IMPORT DATABASE '{folder}'",
    "ATTACH '{folder}/new.duckdb'",
    "ATTACH ':memory:' AS m",
    "USE store",
    "INSTALL httpfs",
    "LOAD httpfs",
    "LOAD '{folder}/x.duckdb_extension'",
    "FORCE INSTALL fts",
    "UPDATE EXTENSIONS",
    "CREATE SECRET (TYPE s3)",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "SET memory_limit = '100GB'",
    "RESET enable_external_access",
    "PRAGMA enable_profiling",
    "PRAGMA memory_limit = '100GB'",
    "PRAGMA database_list",
    "PRAGMA create_fts_index('store.mission', 'key', 'title')",
    "CALL enable_logging()",
    "CREATE TEMP TABLE t AS SELECT 1",
    "CREATE TEMP VIEW missions AS SELECT 1",
    "PREPARE q AS SELECT 1",
    "INSERT INTO store.website VALUES ('a', 1, 'b')",
    "BEGIN TRANSACTION",
    "SELECT 1; SELECT 2",
]


@pytest.mark.parametrize("sql", REACH_OUT)
def test_a_question_reaches_nothing_else(filled: Path, tmp_path: Path, sql: str) -> None:
    file = tmp_path / "secret.csv"
    file.write_text("a,b\ntop-s3cret,1\n")
    (tmp_path / "log").mkdir()
    before = sorted(os.walk(tmp_path))
    with open_reader(filled) as con, pytest.raises(QueryError) as error:
        ask(con, sql.format(file=file, folder=tmp_path, warehouse=filled))
    assert "s3cret" not in str(error.value)
    assert sorted(os.walk(tmp_path)) == before


ALLOWED = [
    "SELECT unnest(context) FROM missions",
    "SELECT m.title, line FROM missions AS m, unnest(m.context) AS lines(line)",
    "SELECT y FROM range(2018, 2024) AS years(y)",
    "SELECT * FROM generate_series(DATE '2020-01-01', DATE '2020-03-01', INTERVAL 1 MONTH)",
    "PIVOT missions ON client_type IN ('commune', 'epci') USING count(*) GROUP BY firm",
    "UNPIVOT (SELECT 1 AS a, 2 AS b) ON a, b",
    "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 3) FROM n",
    "SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'missions'",
    "EXPLAIN ANALYZE SELECT count(*) FROM missions",
    "FROM missions WHERE title ILIKE '%eau%' QUALIFY row_number() OVER (PARTITION BY client) = 1",
]


@pytest.mark.parametrize("sql", ALLOWED)
def test_a_question_may_use_all_of_sql(filled: Path, sql: str) -> None:
    with open_reader(filled) as con:
        assert ask(con, sql).rows


WRONG = [
    ("SELECT titre FROM missions", 'did you mean "title"', (1, 8)),
    ("SELECT m.titl FROM missions AS m", '"titl"', (1, 8)),
    ("-- été\n\nSELECT client,\n  'é', amout\nFROM missions", 'did you mean "amount"', (4, 8)),
    ("SELECT summ(amount) FROM missions", 'did you mean "sum"', (1, 8)),
    ("FROM mission", 'no view "mission"; did you mean "missions"', (1, 6)),
    ("FROM nowhere_near", "carnet sql --schema", (1, 6)),
    ("SELEC title FROM missions", 'near "SELEC"', (1, 1)),
    ("SELECT title FROM missions WHERE start_date > 'hier'", "YYYY-MM-DD", (1, 47)),
    ("SELECT client, title FROM missions GROUP BY client", '"title" must appear in the GROUP BY', (1, 16)),
    ("SELECT title FROM glob('x')", '"glob" is not to be had', (1, 19)),
    ("PIVOT missions ON client_type USING count(*)", "values named", None),
    ("SELECT Corrupt FROM missions", '"Corrupt" not found', (1, 8)),
    ("SELECT $x::INT", "parameters", None),
]


@pytest.mark.parametrize(("sql", "told", "place"), WRONG)
def test_errors_point_at_the_word(filled: Path, sql: str, told: str, place: tuple[int, int] | None) -> None:
    with open_reader(filled) as con, pytest.raises(QueryError) as error:
        ask(con, sql)
    assert told in str(error.value)
    assert "\n" not in str(error.value)
    found = error.value.place
    assert (found and (found.line, found.character)) == place
    if found:
        line, mark = found.drawn().splitlines()
        assert line[mark.index("^") :].startswith(sql.splitlines()[found.line - 1][found.character - 1 :][:20])


def test_only_the_surroundings_of_a_long_line_are_drawn(filled: Path) -> None:
    sql = f"SELECT {', '.join(['title'] * 100)}, titre, {', '.join(['title'] * 100)} FROM missions"
    with open_reader(filled) as con, pytest.raises(QueryError) as error:
        ask(con, sql)
    assert error.value.place is not None
    line, mark = error.value.place.drawn().splitlines()
    assert len(line) < 130
    assert line[mark.index("^") :].startswith("titre")
