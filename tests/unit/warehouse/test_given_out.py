"""Where a person stands in what was given out, whatever the format."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from carnet.warehouse.privacy.forgotten import Fingerprints, fingerprint
from carnet.warehouse.privacy.given_out import given_out, holding, note_given_out, sweep_left

KEY = b"k"
KNOWN = Fingerprints(
    KEY, frozenset(fingerprint(KEY, *v) for v in (("name", "Aline Verdeau"), ("email", "a.verdeau@brenoux.example")))
)


def write(path: Path, name: str) -> None:
    """One file in the format its ending says, with `name` in it."""
    if path.suffix == ".docx":
        from docx import Document

        document = Document()
        paragraph = document.add_paragraph("Contact : ")
        for word in name.split(" "):
            paragraph.add_run(word).bold = len(word) % 2 == 0
            paragraph.add_run(" ")
        document.save(str(path))
    elif path.suffix == ".xlsx":
        from xlsxwriter import Workbook

        with Workbook(str(path)) as book:
            book.add_worksheet().write_row(0, 0, ["Contact", name])
    elif path.suffix == ".parquet":
        duckdb.sql(f"SELECT 1 AS n, '{name}' AS contact").write_parquet(str(path))
    elif path.suffix == ".sqlite":
        with sqlite3.connect(path) as con:
            con.execute("CREATE TABLE contacts (name TEXT)")
            con.execute("INSERT INTO contacts VALUES (?)", [name])
        con.close()
    elif path.suffix == ".json":
        path.write_text(json.dumps({"contact": name}), encoding="ascii")
    else:
        path.write_text(f"<p>Contact : {name}</p>", encoding="utf-8")


@pytest.mark.parametrize("ending", ["docx", "xlsx", "parquet", "sqlite", "json", "html", "csv", "md"])
def test_a_person_is_found_in_every_format(tmp_path: Path, ending: str) -> None:
    write(tmp_path / f"one.{ending}", "Aline Verdeau")
    write(tmp_path / f"two.{ending}", "Élise Marsanne")
    assert [(h.path.name, h.times) for h in holding([tmp_path], KNOWN)] == [(f"one.{ending}", 1)]


def test_what_can_not_be_searched_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.docx").write_bytes(b"no zip")
    assert [(h.path.name, h.times) for h in holding([tmp_path], KNOWN)] == [("broken.docx", None)]


def test_exports_are_remembered_while_they_are_there(tmp_path: Path) -> None:
    warehouse = tmp_path / "carnet.duckdb"
    assert given_out(warehouse) == []
    out = tmp_path / "site"
    out.mkdir()
    note_given_out(warehouse, out, "export")
    note_given_out(warehouse, out, "export")
    note_given_out(warehouse, tmp_path / "gone.docx", "references")
    assert given_out(warehouse) == [out]


def gone_process() -> int:
    """The number of one that has ended."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


def test_what_a_killed_export_left_is_searched_and_swept(tmp_path: Path) -> None:
    """Half a folder, an old one that was to be replaced, half a file; not what a running export is making."""
    warehouse = tmp_path / "carnet.duckdb"
    dead, alive = gone_process(), os.getpid()
    for name in ("out", "list.csv"):
        note_given_out(warehouse, tmp_path / name, "export")
    for pid in (dead, alive):
        (tmp_path / f".out.{pid}.new").mkdir()
        (tmp_path / f".out.{pid}.new" / "contacts.csv").write_text("VERDEAU Aline", encoding="utf-8")
        (tmp_path / f".list.csv.{pid}.part").write_text("Aline Verdeau", encoding="utf-8")
    (tmp_path / f".other.{dead}.new").mkdir()
    found = [h.path.relative_to(tmp_path).as_posix() for h in holding(given_out(warehouse), KNOWN)]
    assert found == [f".list.csv.{dead}.part", f".out.{dead}.new/contacts.csv"]
    sweep_left(warehouse)
    assert given_out(warehouse) == []
    assert (tmp_path / f".out.{alive}.new" / "contacts.csv").exists()
    assert (tmp_path / f".list.csv.{alive}.part").exists()
    assert (tmp_path / f".other.{dead}.new").exists(), "not beside anything that was given out"
