"""The cookbook's recipes give what the reference answers give when they are counted without SQL."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from carnet.warehouse.ask.query import ask, open_reader
from carnet.warehouse.ask.recipes import TODAY, all_recipes
from carnet.warehouse.store.db import open_writer
from tests.builders import MISSIONS, load_result, result
from tests.conftest import Said
from tests.cookbook_answers import ANSWERS
from tests.gold_warehouse import SAMPLES, SHARED, Gold, make_gold_warehouse, read_golds, shared_golds

RECIPES = all_recipes()
RAW = Path(__file__).parents[3] / "raw"
AS_OF = dt.date(2022, 12, 31)
CASES: list[tuple[str, dict[str, Any]]] = [
    *((name, {}) for name in RECIPES),
    ("theme_last_years", {"theme": "ÉTUDE numerique", "years": 5}),
    ("theme_last_years", {"theme": "réseau", "as_of": dt.date(2019, 6, 30), "years": 2}),
    ("theme_last_years", {"theme": "d'eau", "years": 20}),
    ("citable_by_domain", {"as_of": dt.date(2020, 2, 29), "years": 4}),
    ("missing_for_a_tender", {"years": 10}),
    ("biggest_missions", {"top": 3}),
    ("running_on", {"day": dt.date(2019, 9, 1)}),
    ("top_client_share", {"top": 1}),
    ("clients_served_again", {"times": 3}),
    ("abroad", {"home": "CH"}),
]


@pytest.fixture(scope="module", params=["samples", "shared"])
def golds(request: pytest.FixtureRequest) -> list[Gold]:
    if request.param == "samples":
        return read_golds(SAMPLES)
    found = shared_golds()
    return found or pytest.skip(f"{SHARED} is not here")


@pytest.fixture(scope="module")
def warehouse(golds: list[Gold], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gold") / "carnet.duckdb"
    make_gold_warehouse(path, golds)
    return path


@pytest.mark.parametrize(("name", "given"), CASES, ids=lambda case: case if isinstance(case, str) else "")
def test_recipes_against_answers_without_sql(
    warehouse: Path, golds: list[Gold], name: str, given: dict[str, Any]
) -> None:
    values = defaults(name) | given
    with open_reader(warehouse) as con:
        found = ask(con, RECIPES[name].sql, {key: str(value) for key, value in values.items()})
    assert comparable(found.columns, found.rows) == expected(name, golds, values)


def defaults(name: str) -> dict[str, Any]:
    """What a recipe takes, as Python values; AS_OF where it would take today."""
    given: dict[str, Any] = {p.name: AS_OF if p.default == TODAY else p.default for p in RECIPES[name].parameters}
    return {key: int(value) if str(value).isdigit() else value for key, value in given.items()}


def comparable(columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> list[str]:
    """Rows as text, sorted; without what reference answers do not have."""
    kept = [n for n, name in enumerate(columns) if name not in ("mission_id", "examples")]
    return sorted(shown(row[n] for n in kept) for row in rows)


def expected(name: str, golds: list[Gold], values: dict[str, Any]) -> list[str]:
    return sorted(map(shown, ANSWERS[name](golds, **values)))


def shown(row: Iterable[Any]) -> str:
    """A row as text in which 29000 and 29000.00 are the same amount."""
    return repr([f"{value:.2f}" if isinstance(value, Decimal) else value for value in row])


def test_each_recipe_says_what_it_answers_and_takes() -> None:
    assert set(RECIPES) == set(ANSWERS)
    assert len(RECIPES) >= 15
    for recipe in RECIPES.values():
        assert recipe.title and not recipe.title.endswith(".")
        used = {word.strip("$") for word in re.findall(r"\$\w+", recipe.sql)}
        assert used == {p.name for p in recipe.parameters}
        for clock in ("current_date", "today()", "now()", "current_timestamp"):
            assert clock not in recipe.sql.lower()


def test_amounts_spread_over_years_add_up(warehouse: Path) -> None:
    with open_reader(warehouse) as con:
        lost = ask(
            con,
            """SELECT m.mission_id FROM missions AS m JOIN mission_years AS y USING (mission_id)
               GROUP BY m.mission_id, m.amount HAVING m.amount IS DISTINCT FROM sum(y.amount)""",
        ).rows
        assert lost == []
        assert (
            ask(con, "SELECT sum(amount) FROM turnover_by_year").rows
            == ask(con, "SELECT sum(amount) FROM missions").rows
        )


def test_what_the_newest_edition_dropped(path: Path) -> None:
    with open_writer(path) as con:
        load_result(con, result("2021.pdf", MISSIONS, edition_date=dt.date(2021, 1, 1)))
        load_result(con, result("2022.pdf", MISSIONS[:2], edition_date=dt.date(2022, 1, 1)))
        load_result(con, result("2023.pdf", MISSIONS[:1], edition_date=dt.date(2023, 1, 1)))
    with open_reader(path) as con:
        rows = ask(con, RECIPES["no_longer_printed"].sql).rows
    assert [(row[3], row[4].year, row[5].year) for row in rows] == [
        ("Diagnostic du réseau d'assainissement", 2021, 2022),
        ("Étude de la ressource en eau", 2021, 2021),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("source", ["samples", "shared"])
def test_recipes_on_brochures_that_were_really_read(carnet: Callable[..., Said], path: Path, source: str) -> None:
    """Samples are read without an error, so every recipe gives what the reference answers give; of a shared one, whose
    reading may not be perfect (tests/accuracy), three that need dates, kinds and amounts of every mission."""
    if source == "shared" and not shared_golds():
        pytest.skip(f"{SHARED} is not here")
    golds = read_golds(SAMPLES) if source == "samples" else read_golds([SHARED / "helia-ingenierie.gold.json"])
    files = [RAW] if source == "samples" else [SHARED / "helia-ingenierie.pdf"]
    assert carnet("ingest", *files, "--warehouse", path).status == 0
    wrong = []
    for name in RECIPES if source == "samples" else ("client_types_by_year", "running_on", "biggest_missions"):
        values = defaults(name)
        with open_reader(path) as con:
            found = ask(con, RECIPES[name].sql, {key: str(value) for key, value in values.items()})
        if name != "to_settle_first":  # reading adds findings of its own
            is_right = comparable(found.columns, found.rows) == expected(name, golds, values)
            wrong += [] if is_right else [name]
    assert wrong == []


def test_a_recipe_from_the_command_line(carnet: Callable[..., Said], filled: Path) -> None:
    asked = ("sql", "--recipe", "citable_by_domain", "--format", "jsonl", "--warehouse", filled)
    said = carnet(*asked, "--set", "as_of=2023-12-31", "--set", "years=2")
    assert (said.status, said.err) == (0, "")
    assert said.out == (
        '{"domain": "Eau potable", "citable": 3, "complete": 2, "ongoing": 1, "last_date": "2022-06-30"}\n'
    )
    assert f"as_of={dt.date.today()}, years=3" in carnet(*asked).err
    for wrong, told in (("as_off=2020", "takes as_of, years"), ("2020", "NAME=VALUE")):
        said = carnet(*asked, "--set", wrong)
        assert (said.status, told in said.err) == (2, True)
    said = carnet("sql", "--recipe", "citable", "--warehouse", filled)
    assert (said.status, "citable_by_domain" in said.err) == (2, True)
    listed = carnet("sql", "--recipes").out
    assert [name for name in RECIPES if name not in listed] == []
    text = (Path(RAW).parent / "warehouse" / "cookbook" / "running_on.sql").read_text(encoding="utf-8")
    said = carnet("sql", text, "--set", "day=2022-01-01", "--format", "csv", "--warehouse", filled)
    assert len(said.out.splitlines()) == 4
