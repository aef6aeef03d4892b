"""The log of what came and what people decided: whole lines only, whatever ended a command."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from carnet.warehouse.disk.errors import WarehouseError
from carnet.warehouse.log.journal import KEY_NAME, NAME, append, journal_lines, read_journal, rewrite

ARRIVAL = {"name": "a.pdf", "at": "2026-11-23T09:30:00+00:00", "brochure": None, "edition_date": None}


def arrive(raw: Path, sha256: str) -> None:
    append(raw, "arrival", {"sha256": sha256, **ARRIVAL})


@pytest.mark.parametrize("half", [b'{"kind": "correc', b"\0\0\0\0", b'{"kind"', b"{}", b"null", b"\xc3"])
def test_half_a_line_at_the_end_is_left_out_and_then_replaced(half: bytes, tmp_path: Path) -> None:
    arrive(tmp_path, "1")
    with (tmp_path / NAME).open("ab") as file:
        file.write(half)
    assert set(read_journal(tmp_path).arrivals) == {"1"}
    arrive(tmp_path, "2")
    assert set(read_journal(tmp_path).arrivals) == {"1", "2"}


def test_a_last_line_without_its_end_counts(tmp_path: Path) -> None:
    arrive(tmp_path, "1")
    (tmp_path / NAME).write_bytes((tmp_path / NAME).read_bytes().rstrip())  # an editor's habit
    assert set(read_journal(tmp_path).arrivals) == {"1"}
    arrive(tmp_path, "2")
    assert set(read_journal(tmp_path).arrivals) == {"1", "2"}


@pytest.mark.parametrize(
    "line",
    [
        b"<<<<<<< HEAD", b'{"name": "a.pdf"}', b'{"kind": "arrival"}', b'{"kind": "correction", "id": "x"}',
        b'{"kind": "same", "a": 1, "b": 2}', b"\xff\xfe",
        b'{"kind": "arrival", "sha256": "1", "name": "a", "at": "soon"}', b"[1, 2]",
    ],
)  # fmt: skip
def test_a_damaged_line_is_named(line: bytes, tmp_path: Path) -> None:
    arrive(tmp_path, "1")
    with (tmp_path / NAME).open("ab") as file:
        file.write(line + b"\n")
    arrive(tmp_path, "2")
    with pytest.raises(WarehouseError, match=r"corrections.jsonl: line 2 is no line of the log; mend or remove it"):
        read_journal(tmp_path)


def test_a_full_disk_leaves_the_log_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arrive(tmp_path, "1")
    before = (tmp_path / NAME).read_bytes()

    def full(fd: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space left"):
            arrive(tmp_path, "2")
        with pytest.raises(OSError, match="No space left"):
            rewrite(tmp_path, lambda line: None)
    assert (tmp_path / NAME).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_many_may_write_at_once(tmp_path: Path) -> None:
    threads = [threading.Thread(target=arrive, args=(tmp_path, str(n))) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(list(journal_lines(tmp_path))) == 20


@pytest.mark.parametrize("content", ["", "no hex at all\n"])
def test_a_damaged_key_is_not_taken_for_one(content: str, tmp_path: Path) -> None:
    arrive(tmp_path, "1")
    (tmp_path / KEY_NAME).write_text(content)
    with pytest.raises(WarehouseError, match="without it nobody"):
        read_journal(tmp_path)
