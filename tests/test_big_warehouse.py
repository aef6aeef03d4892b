"""The invented big warehouse is whole: the views fit together, the same numbers give the same rows."""

from __future__ import annotations

from pathlib import Path

from carnet.warehouse.ask.query import ask, open_reader
from carnet.warehouse.store.db import open_writer
from tests.big_warehouse import make_big_warehouse
from tests.builders import all_rows


def test_it_is_whole(path: Path) -> None:
    make_big_warehouse(path, 1000, 100)
    with open_reader(path) as con:
        assert ask(con, "SELECT count(*), count(DISTINCT mission_id), count(DISTINCT brochure) FROM missions").rows == [
            (1000, 1000, 10)
        ]
        assert ask(con, "SELECT count(*), count(*) FILTER (is_current) FROM editions").rows == [(11, 10)]
        assert ask(con, "SELECT DISTINCT change, field FROM changes").rows == [("changed", "amount")]
        (with_contact,) = ask(
            con, "SELECT count(DISTINCT mission_id) FROM contacts SEMI JOIN missions USING (mission_id)"
        ).rows[0]
        assert 500 < with_contact < 700


def test_the_same_numbers_give_the_same_rows(tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        make_big_warehouse(tmp_path / f"{name}.duckdb", 200, 50)
        with open_writer(tmp_path / f"{name}.duckdb") as con:
            made.append(all_rows(con))
    assert made[0] == made[1]
