"""What one more edition costs beside how many are there: made editions of many firms, loaded as an ingest does.

`python -m tests.many_editions [--write docs/performance.md] 10 100 500 2000`: seconds of the processor for a load, by
number of editions."""

from __future__ import annotations

import argparse
import datetime as dt
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from statistics import median
from unittest import mock

from carnet.flows.settings import Settings
from carnet.schemas.mission import Mission
from carnet.schemas.result import EditionResult
from carnet.warehouse.loading.identities import Giving
from carnet.warehouse.loading.known import NOTHING_SAID
from carnet.warehouse.loading.load import edition_row, in_transaction, load
from carnet.warehouse.loading.renew import renew
from carnet.warehouse.log.journal import LogReader, append, log_ids, read_journal
from carnet.warehouse.matching.clients import meaning_of
from carnet.warehouse.matching.ids import GivenId, MovedKeys
from carnet.warehouse.store.db import Connection, connect, migrate, open_writer
from carnet.warehouse.store.insert import insert
from carnet.warehouse.store.rows import TableRow, portrait_rows, result_to_rows
from tests.builders import NOW, draft, mission, result
from tests.performance_page import write_sections

MISSIONS = 10
AT_ONCE = 500
EACH = 3
"""Editions of one firm: each keeps most missions of the one before."""


def made(number: int) -> EditionResult:
    """One edition of one of many firms, unlike those of the others."""
    firm, edition = divmod(number, EACH)
    year = 2019 + 2 * edition
    missions = [_mission(firm, nth, at + 1, year) for at, nth in enumerate(range(2 * edition, 2 * edition + MISSIONS))]
    name, date = f"brochure-{firm}-{year}.pdf", dt.date(year, 6, 1)
    return result(name, missions, firm=f"Bureau {_word(firm)}", edition_date=date)


def _mission(firm: int, nth: int, ordinal: int, year: int) -> Mission:
    place = f"{_word(firm * 31 + nth)}-sur-{_word(firm)}"
    start = dt.date(2008 + nth, 1 + nth % 12, 1)
    told = (f"Le réseau de {place} fuit depuis {2000 + nth}.", f"La ville de {place} veut savoir pourquoi.")
    title = f"Étude {_word(nth + 7 * firm)} du réseau de {place}"
    return mission(
        ordinal, title, f"Ville de {place}", context=told, start_date=start, start_precision="month",
        end_date=start.replace(year=start.year + 1), end_precision="month", amount=Decimal(9000 + 10 * firm + nth),
    )  # fmt: skip


def _word(number: int) -> str:
    """A word that no other number has.

    >>> _word(0), _word(1234)
    ('bara', 'devira')
    """
    parts = []
    while True:
        number, rest = divmod(number, 20)
        parts.append("bcdfglmnprstvjkzqhxw"[rest] + "aeiou"[rest % 5])
        if not number:
            return "".join(reversed(parts)) + "ra"


def load_made(con: Connection, settings: Settings, number: int, log: LogReader | None = None) -> None:
    """As an ingest loads it: the arrival and the ids in the log. `log`: of an ingest that read it for others before."""
    of = made(number)
    line = {"sha256": of.edition.source.sha256, "name": of.edition.source.name, "at": NOW.isoformat()}
    append(settings.raw, "arrival", line)
    journal = (log or LogReader(settings.raw)).read()
    load(
        con, draft(of), of, code_version="v1", now=NOW, naming=NOTHING_SAID, journal=journal,
        giving=Giving(log_ids(settings.raw)),
    )  # fmt: skip


def fill(con: Connection, settings: Settings, numbers: range) -> None:
    """Many at once: rows first, then what depends on all of them; the log as if they had come one after the other.
    Of these, clients mean their own spelling, and no mission has a theme: to look up all is not measured."""
    place = {made(number).edition.source.sha256: number for number in numbers}
    for first in range(numbers.start, numbers.stop, AT_ONCE):
        tables: dict[str, list[TableRow]] = {}
        for of in map(made, numbers[first - numbers.start :][:AT_ONCE]):
            found = {"edition": [edition_row(draft(of), of, "v1", NOW)], "portrait": portrait_rows(of)}
            for table, rows in {**found, **result_to_rows(of)}.items():
                tables.setdefault(table, []).extend(rows)
        for table, rows in tables.items():
            insert(con, table, rows)
    of_old = read_journal(settings.raw)
    write_ids = log_ids(settings.raw)

    def log(news: Sequence[GivenId | MovedKeys]) -> None:
        write_ids(sorted(news, key=lambda one: place[one.place[0]] if isinstance(one, GivenId) else -1))

    append(settings.raw, "arrival", *({"sha256": sha256, "name": "a.pdf", "at": NOW.isoformat()} for sha256 in place))
    own = {"carnet.warehouse.loading.looked_up.meaning_of": lambda printed, _: meaning_of((printed[0], None, "LU"), {})}
    none = {"carnet.warehouse.loading.themes._rows": lambda told, decided: ()}
    with ExitStack() as stack:
        for name, instead in {**own, **none}.items():
            stack.enter_context(mock.patch(name, instead))
        in_transaction(con, lambda: renew(con, of_old, None, giving=Giving(log), everything=True))
    con.execute("DELETE FROM store.given")
    rows = [
        (n, *one.place, one.mission_id, one.mission_id) for n, one in enumerate(read_journal(settings.raw).given, 1)
    ]
    insert(con, "given", rows)


Found = tuple[int, float, float]
"""How many editions, and the seconds of the processor for one more, alone and after others of its run."""


def measure(settings: Settings, sizes: list[int], tries: int = 5) -> Iterator[Found]:
    """What one load costs, the file opened and closed, when so many editions are there."""
    at = 0
    for size in sizes:
        with open_writer(settings.warehouse) as con:
            fill(con, settings, range(at, size))
        numbers = iter(range(size, size + 2 * tries))
        alone = median(_seconds(settings, next(numbers)) for _ in range(tries))
        log = LogReader(settings.raw)
        log.read()
        yield size, alone, median(_seconds(settings, next(numbers), log) for _ in range(tries))
        at = size + 2 * tries


def _seconds(settings: Settings, number: int, log: LogReader | None = None) -> float:
    began = time.process_time()
    with open_writer(settings.warehouse) as con:
        load_made(con, settings, number, log)
    return time.process_time() - began


def main() -> None:
    parser = argparse.ArgumentParser(description="What one more edition costs.")
    parser.add_argument("--write", type=Path, help="Whose section it replaces.")
    parser.add_argument("sizes", type=int, nargs="*", default=[10, 100, 500])
    asked = parser.parse_args()
    found = []
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "warehouse" / "carnet.duckdb")
        settings.warehouse.parent.mkdir()
        settings.raw.mkdir(exist_ok=True)
        with connect(settings.warehouse, read_only=False) as con:
            migrate(con)
        for size, alone, after in measure(settings, asked.sizes):
            print(f"{size:6d} editions: {alone:.3f} s alone, {after:.3f} s after others", flush=True)
            found.append((size, alone, after))
    if asked.write:
        write_sections(asked.write, section(found))


def section(found: list[Found]) -> str:
    rows = "".join(f"| {size:,} | {alone:.2f} | {after:.2f} |\n" for size, alone, after in found)
    return (
        f"## One more edition (`python -m tests.many_editions`: {MISSIONS} missions, {EACH} editions a firm)\n\n"
        "Seconds of the processor for a load, the warehouse opened and closed, the log read and written: the only one "
        "of its run, and one after others, which reads of the log what is new.\n\n"
        f"| editions that are there | alone | after others |\n| --- | --: | --: |\n{rows}"
    )


if __name__ == "__main__":
    main()
