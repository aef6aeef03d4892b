"""What a warehouse of many missions costs whoever asks it, or exports it.

usage: python -m tests.bench_missions [--write docs/performance.md] [--missions 1000000] [--export] [FILE]

Seconds of the processor, the least of three; DuckDB works with all cores, so the clock shows less on an idle machine.
FILE: a warehouse that is there already (python -m tests.big_warehouse FILE 1000000), to be measured again.
--export: the internal data set, too, which takes some minutes.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from carnet.warehouse.ask.missions import Filter, find_missions
from carnet.warehouse.ask.query import ask, open_reader
from carnet.warehouse.ask.recipes import TODAY, Recipe, all_recipes
from carnet.warehouse.store.db import Connection
from tests.big_warehouse import make_big_warehouse
from tests.performance_page import write_sections

HEAD = "## Many missions"
TRIES = 3
SEARCHED = {
    "`missions --limit 50`": Filter(limit=50),
    "`missions --text` of a frequent word": Filter(text="réseau", limit=500),
    "`missions --text` of two words": Filter(text="mobilité Maubray", limit=500),
    "`missions --text` of a rare word": Filter(text="verdeau", limit=500),
    "`missions --client`": Filter(client="brenoux", limit=50),
}


def seconds(work: Callable[[], object]) -> float:
    """Of the processor, in all threads: the least of some tries."""
    spent = []
    for _ in range(TRIES):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return min(spent)


def recipe_of(con: Connection, recipe: Recipe) -> Callable[[], object]:
    given = {p.name: dt.date.today().isoformat() if p.default == TODAY else p.default for p in recipe.parameters}
    return lambda: ask(con, recipe.sql, given, limit=1000)


def asked(warehouse: Path) -> dict[str, float]:
    """By what is asked."""
    found = {}
    with open_reader(warehouse, search=True) as con:
        for told, wanted in SEARCHED.items():
            found[told] = seconds(lambda wanted=wanted: find_missions(con, wanted))  # type: ignore[misc]
            print(f"{told}: {found[told]:.2f}", flush=True)
        for name, recipe in all_recipes().items():
            found[f"`sql --recipe {name}`"] = seconds(recipe_of(con, recipe))
            print(f"{name}: {found[f'`sql --recipe {name}`']:.2f}", flush=True)
    return found


def steps_of(warehouse: Path, name: str) -> str:
    """The slowest steps by which DuckDB answers a recipe: rows, and seconds of each."""
    recipe = all_recipes()[name]
    given = {p.name: dt.date.today().isoformat() if p.default == TODAY else p.default for p in recipe.parameters}
    with open_reader(warehouse) as con:
        told = con.execute(f"EXPLAIN (ANALYZE, FORMAT json) {recipe.sql}", given).fetchall()[0][1]
    steps = sorted(_steps(json.loads(told)), reverse=True)[:5]
    return ", ".join(f"{name.strip().lower()} ({rows:,} rows, {spent:.2f} s)" for spent, name, rows in steps)


def _steps(node: dict[str, Any]) -> Iterator[tuple[float, str, int]]:
    if node.get("operator_name"):
        yield node["operator_timing"], node["operator_name"], node["operator_cardinality"]
    for child in node.get("children", ()):
        yield from _steps(child)


def run_apart(*arguments: str) -> tuple[float, float]:
    """A command as a process of its own: seconds of the processor, and its memory at most (MB)."""
    child = os.posix_spawn(sys.executable, [sys.executable, "-m", "carnet", *arguments], os.environ)
    _, status, usage = os.wait4(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0, arguments
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def section(warehouse: Path, missions: int, with_export: bool) -> str:
    found = asked(warehouse)
    recipes = {told: spent for told, spent in found.items() if "--recipe" in told}
    slowest = max(recipes, key=lambda told: recipes[told])
    steps = steps_of(warehouse, slowest.strip("`").split()[-1])
    rows = [f"| {told} | {spent:.2f} |" for told, spent in sorted(found.items(), key=lambda one: -one[1])]
    notes = [f"The slowest question of the cookbook is {slowest}; its slowest steps: {steps}."]
    if with_export:
        with tempfile.TemporaryDirectory() as folder:
            spent, memory = run_apart(
                "export", str(Path(folder) / "out"), "--audience", "internal", "--warehouse", str(warehouse)
            )
        notes.append(
            f"`carnet export --audience internal`: {spent:.0f} s of the processor, {memory:.0f} MB of memory at most."
        )
    return "\n".join([
        f"{HEAD} (`python -m tests.bench_missions`: {missions:,} in current editions, a tenth as many in older ones)\n",
        "Seconds of the processor in all threads, the least of three.\n",
        "| what | seconds |", "| --- | --: |", *rows, "", *notes, "",
    ])  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description="What a warehouse of many missions costs.")
    parser.add_argument("--write", type=Path, help="Whose section it replaces.")
    parser.add_argument("--missions", type=int, default=1_000_000)
    parser.add_argument("--export", action="store_true")
    parser.add_argument("file", type=Path, nargs="?")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        warehouse = given.file or Path(folder) / "carnet.duckdb"
        if not given.file:
            make_big_warehouse(warehouse, given.missions)
        told = section(warehouse, given.missions, given.export)
    print(told)
    if given.write:
        write_sections(given.write, told)


if __name__ == "__main__":
    main()
