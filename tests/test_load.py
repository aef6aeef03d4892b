"""What recipes, filters, searches and views cost: rows that DuckDB looks at, counted, grow with the missions.

`python -m tests.test_load FILE.duckdb` measures in milliseconds what `python -m tests.big_warehouse FILE.duckdb` made:
of 100,000 missions every question but SLOWER is answered within 100 ms on two idle cores.
"""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import duckdb
import pytest

from carnet.warehouse.ask.missions import Filter
from carnet.warehouse.ask.query import ask
from carnet.warehouse.ask.recipes import TODAY, all_recipes
from carnet.warehouse.ask.search import seek
from carnet.warehouse.store.db import OFFLINE, Connection, view_names
from carnet.warehouse.store.index import load_stemmer
from tests.big_warehouse import make_big_warehouse

pytestmark = pytest.mark.slow
FEW, MANY = 1_000, 8_000
MARGIN = 1.5
"""A join that turns into one of everything with everything takes eight times more than eight times as much."""
MOST = 150
"""Rows looked at for each mission, in all steps of a question together; the dearest takes a third of that."""
ROWS = 500
"""As many as a table shows."""
FILTERS = [
    Filter(client="brenoux"),
    Filter(domain="numerique"),
    Filter(client_type="epci"),
    Filter(min_amount=100_000),
    Filter(since=dt.date(2022, 1, 1), until=dt.date(2023, 12, 31)),
    Filter(text="stratégies numériques"),
    Filter(text="habitants"),
    Filter(text="mobilité Ancenay", client_type="commune"),
]


def test_what_a_question_looks_at_grows_with_the_missions(tmp_path: Path) -> None:
    looked = []
    for missions in (FEW, MANY):
        path = tmp_path / f"{missions}.duckdb"
        make_big_warehouse(path, missions)
        with opened(path) as con:
            looked.append({name: rows_looked_at(con, question) for name, question in questions(con).items()})
    few, many = looked
    assert {name: rows for name, rows in many.items() if rows > MOST * MANY} == {}
    assert {name: (few[name], rows) for name, rows in many.items() if rows > MARGIN * MANY / FEW * few[name]} == {}
    none = {name for name, rows in many.items() if not rows}
    not_made = {"corrections", "clients", "client_links", "missions_by_departement", "lists", "public_contracts"}
    assert none <= not_made


@contextmanager
def opened(path: Path) -> Iterator[Connection]:
    """As for questions, with DuckDB counting."""
    with duckdb.connect(str(path), read_only=True, config=OFFLINE | {"threads": 2}) as con:
        load_stemmer(con)
        con.execute("PRAGMA enable_profiling='no_output'")
        counted = json.dumps({"CUMULATIVE_CARDINALITY": "true", "CUMULATIVE_ROWS_SCANNED": "true"})
        con.execute(f"SET custom_profiling_settings = '{counted}'")
        yield con


def questions(con: Connection) -> dict[str, Callable[[int | None], object]]:
    """Each of them by its name, to be asked for so many rows."""
    found: dict[str, Callable[[int | None], object]] = {}
    for recipe in all_recipes().values():
        values = {p.name: "2024-12-31" if p.default == TODAY else p.default for p in recipe.parameters}
        found[recipe.name] = lambda limit, sql=recipe.sql, values=values: ask(con, sql, values, limit=limit)
    for wanted in FILTERS:
        found[str(wanted)] = partial(_filtered, con, wanted)
    for view in view_names():
        found[view] = lambda limit, view=view: ask(con, f"SELECT * FROM {view}", limit=limit)
    return found


def _filtered(con: Connection, wanted: Filter, limit: int | None) -> object:
    query = replace(wanted, limit=limit).query(seek(con, wanted.text) if wanted.text else None)
    return ask(con, *query)


def rows_looked_at(con: Connection, question: Callable[[int | None], object]) -> int:
    """In all steps together, for the whole answer."""
    question(None)
    told = json.loads(con.get_profiling_information(format="json"))
    return int(told["cumulative_rows_scanned"] + told["cumulative_cardinality"])


SLOWER = {"changes", "client_concentration"}
"""Views that compare or rank everything with everything: 0.3 and 0.15 s."""


def best_of(work: Callable[[], object], times: int = 7) -> float:
    took: list[float] = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        took.append(time.perf_counter() - start)
    return min(took)


if __name__ == "__main__":
    import sys

    with opened(Path(sys.argv[1])) as connection:
        for name, question in questions(connection).items():
            print(f"{1000 * best_of(partial(question, ROWS)):6.0f} ms  {name}", flush=True)
