"""What was given out: files and folders that exports wrote, remembered beside the warehouse; and what they say."""

from __future__ import annotations

import contextlib
import datetime as dt
import html
import json
import os
import re
import sqlite3
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from carnet.warehouse.disk.files import file_parts
from carnet.warehouse.disk.folders import folder_parts, sweep_folder_parts
from carnet.warehouse.privacy.forgotten import Fingerprints, scrub_text

WHOLE = 64 << 20
"""Bytes; of a bigger file only so much is searched at once."""


@dataclass(frozen=True)
class Holding:
    """A file that was given out and holds a person. `times` None: it could not be searched. `is_ours`: carnet wrote it,
    or it lies in carnet's own folder; else somebody named it."""

    path: Path
    times: int | None
    is_ours: bool = True


def note_given_out(warehouse: Path, path: Path, what: str) -> None:
    """Remember that an export ("export", "references", …) wrote this file or folder; a folder that can't be written
    costs only this."""
    line = {"path": str(path.absolute()), "what": what, "at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds")}
    with contextlib.suppress(OSError), list_of(warehouse).open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")


def given_out(warehouse: Path) -> list[Path]:
    """Files and folders that exports wrote and that are still there, and what killed exports left beside them."""
    noted = _noted(warehouse)
    there = [path for path in noted if path.exists()]
    return there + [left for path in noted for left in _left_beside(path)]


def sweep_left(warehouse: Path) -> None:
    """Remove what killed exports left: half a data set is nobody's."""
    for path in _noted(warehouse):
        sweep_folder_parts(path)
        for left in _left_beside(path):
            with contextlib.suppress(OSError):
                left.unlink()


def _noted(warehouse: Path) -> list[Path]:
    try:
        lines = list_of(warehouse).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    return list(dict.fromkeys(Path(json.loads(line)["path"]) for line in lines if line.endswith("}")))


def _left_beside(path: Path) -> list[Path]:
    return [*folder_parts(path), *file_parts(path)]


def list_of(warehouse: Path) -> Path:
    """The file beside the warehouse in which stands what was given out, and where to."""
    return warehouse.with_name(f"{warehouse.stem}.exports.jsonl")


def holding(paths: Iterable[Path], known: Fingerprints) -> list[Holding]:
    """Of these files, and those below these folders, the ones that hold a known person, or that can't be searched."""
    found = []
    for path in files_of(paths):
        try:
            times: int | None = sum(scrub_text(text, known)[1] for text in texts_of(path))
        except (OSError, ValueError, zipfile.BadZipFile, sqlite3.Error, duckdb.Error):
            times = None
        if times != 0:
            found.append(Holding(path, times))
    return found


def files_of(paths: Iterable[Path]) -> list[Path]:
    """These files, and those below these folders."""
    return sorted({file for given in paths for file in _files(given)})


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from (p for p in path.rglob("*") if p.is_file())
    elif path.is_file():
        yield path


def texts_of(path: Path) -> Iterator[str]:
    """The words of a file: of a document or workbook, of a table's cells, else as they stand."""
    reader = _READERS.get(path.suffix.lower())
    if reader is not None:
        yield from reader(path)
        return
    with path.open("rb") as file:
        while block := file.read(WHOLE):
            text = block.decode("utf-8", "replace")
            yield _unescaped(html.unescape(text) if path.suffix.lower() in (".html", ".htm", ".xml") else text)


def _unescaped(text: str) -> str:
    r""" "\u00e9" of JSON as the letter it is."""
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text) if "\\u" in text else text


def _office(path: Path) -> Iterator[str]:
    """.docx, .xlsx: the text of every part, its runs joined."""
    with zipfile.ZipFile(path) as parts:
        for part in parts.infolist():
            if part.filename.endswith((".xml", ".rels")) and part.file_size < WHOLE:
                xml = parts.read(part).decode("utf-8", "replace")
                xml = re.sub(r"</(?:w:p|w:tc|si|c|row|v|t)>", " \n", xml)
                yield html.unescape(re.sub(r"<[^<>]*>", "", xml)) + "\n" + " ".join(re.findall(r'"([^"]*@[^"]*)"', xml))


def _zip(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as parts:
        for part in parts.infolist():
            if part.file_size < WHOLE:
                yield parts.read(part).decode("utf-8", "replace")


def _parquet(path: Path) -> Iterator[str]:
    with duckdb.connect() as con:
        yield from _cells(con.execute("SELECT * FROM read_parquet(?)", [os.fspath(path)]).fetchall())


def _duckdb(path: Path) -> Iterator[str]:
    """A copy of a warehouse: all its tables."""
    with duckdb.connect(os.fspath(path), read_only=True) as con:
        tables = con.execute("SELECT database_name, schema_name, table_name FROM duckdb_tables()").fetchall()
        for names in tables:
            yield from _cells(con.execute("SELECT * FROM " + ".".join(f'"{name}"' for name in names)).fetchall())


def _sqlite(path: Path) -> Iterator[str]:
    with contextlib.closing(sqlite3.connect(f"file:{path.absolute()}?mode=ro", uri=True)) as con:
        for (name,) in con.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            yield from _cells(con.execute('SELECT * FROM "{}"'.format(name.replace('"', '""'))).fetchall())


def _cells(rows: Iterable[tuple[object, ...]]) -> Iterator[str]:
    return ("\n".join(str(value) for value in row if value is not None) for row in rows)


_READERS: dict[str, Callable[[Path], Iterator[str]]] = {
    ".docx": _office, ".xlsx": _office, ".zip": _zip, ".parquet": _parquet,
    ".duckdb": _duckdb, ".sqlite": _sqlite, ".sqlite3": _sqlite, ".db": _sqlite,
}  # fmt: skip
