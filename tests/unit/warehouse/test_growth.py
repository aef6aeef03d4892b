"""What one more edition asks of the warehouse and of the log does not grow with what is there: counted, not clocked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from carnet.flows.settings import Settings
from carnet.warehouse.disk.archive import Archive
from carnet.warehouse.log import journal
from carnet.warehouse.log.journal import NAME, LogReader, append, read_journal
from carnet.warehouse.store.db import open_writer
from tests.many_editions import fill, load_made

FEW, MANY = 12, 150


class Counting:
    """A connection that counts what it is asked, and the rows that it gives."""

    def __init__(self, con: Any) -> None:  # a connection of DuckDB's
        self._con = con
        self.asked = self.rows = 0

    def execute(self, *of: Any) -> Counting:
        self.asked += 1
        self._con.execute(*of)
        return self

    def fetchall(self) -> list[Any]:
        rows: list[Any] = self._con.fetchall()
        self.rows += len(rows)
        return rows

    def fetchone(self) -> Any:
        self.rows += 1
        return self._con.fetchone()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._con, name)


def counts(folder: Path, there: int) -> tuple[int, int]:
    """Questions and rows of the third load after `there` editions: the first two find what is new to all."""
    settings = Settings(folder / "warehouse" / "carnet.duckdb")
    settings.raw.mkdir(parents=True)
    settings.warehouse.parent.mkdir()
    with open_writer(settings.warehouse) as con:
        fill(con, settings, range(there))
        log = LogReader(settings.raw)
        for number in (there, there + 1):
            load_made(con, settings, number, log)
        counting = Counting(con)
        load_made(counting, settings, there + 2, log)  # type: ignore[arg-type]
    return counting.asked, counting.rows


@pytest.mark.slow
def test_a_load_asks_as_much_of_a_large_warehouse_as_of_a_small_one(tmp_path: Path) -> None:
    few, many = counts(tmp_path / "few", FEW), counts(tmp_path / "many", MANY)
    assert many[0] <= few[0] + 10, (few, many)
    assert many[1] <= few[1] + 100, (few, many)


def arrive(raw: Path, *numbers: int) -> None:
    append(raw, "arrival", *({"sha256": f"{n}", "name": "a", "at": "2026-11-23T09:30:00+00:00"} for n in numbers))
    append(raw, "ids", *({"sha256": f"{n}", "at": "", "given": [["x", f"m{n}"]]} for n in numbers))


def test_of_a_log_only_what_is_new_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str] = []
    take = journal._Log.take
    monkeypatch.setattr(journal._Log, "take", lambda log, line: (taken.append(line["kind"]), take(log, line)))
    arrive(tmp_path, *range(100))
    log = LogReader(tmp_path)
    before = log.read()
    assert len(taken) == 200
    arrive(tmp_path, 100)
    assert log.read() == read_journal(tmp_path)
    assert taken[200:202] == ["arrival", "ids"]
    assert (len(before.given), before.given.holds("100")) == (100, False), "what was read before is as it was"
    assert len(taken) == 202 + 202


def test_a_log_that_is_another_is_read_anew(tmp_path: Path) -> None:
    arrive(tmp_path, 1, 2)
    log = LogReader(tmp_path)
    log.read()
    whole = (tmp_path / NAME).read_bytes()
    for changed in (whole.replace(b"m1", b"M1"), whole[: len(whole) // 2], b"", whole, whole.rstrip(), whole + b'{"ki'):
        (tmp_path / NAME).write_bytes(changed)
        assert log.read() == read_journal(tmp_path)
    append(tmp_path, "keys", {"sha256": "1", "moved": [["x", "y"]]})
    moved = log.read()
    assert moved == read_journal(tmp_path)
    arrive(tmp_path, 3)
    append(tmp_path, "keys", {"sha256": "1", "moved": [["y", "z"]]})
    assert log.read() == read_journal(tmp_path)
    assert [one.place[1] for _, one in moved.given.of("1")] == ["y"], "what was read before is as it was"


def test_originals_are_listed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from carnet.warehouse.disk import archive

    listed: list[Path] = []
    seen = archive._seen
    monkeypatch.setattr(archive, "_seen", lambda raw: (listed.append(raw), seen(raw))[1])
    raw, incoming = tmp_path / "raw", tmp_path / "in"
    incoming.mkdir()
    originals = Archive(raw)
    for n in range(20):
        (incoming / f"{n}.md").write_text(f"{n:02}", encoding="utf-8")
        sha256 = archive._sha256(incoming / f"{n}.md")
        assert originals.keep(incoming / f"{n}.md", sha256, "a.md").read_text(encoding="utf-8") == f"{n:02}"
        assert originals.keep(incoming / f"{n}.md", sha256, "b.md").name != "b.md", "it is kept already"
    assert len(list(raw.glob("*.md"))) == 20
    assert len(listed) <= 2
