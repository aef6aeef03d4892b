"""Records of a JSON or CSV file that a stranger wrote: one after the other, each bounded, however long the file is.

`{"marches": [{…}, …]}` of 100 MB is one value: what reads it whole (DuckDB, too) needs twenty times its size.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO, Any

from carnet.warehouse.disk.errors import WarehouseError
from carnet.warehouse.disk.files import naming

CHUNK, MOST = 1 << 16, 1 << 20
"""Characters read at once; of one record, or of one line, at most."""
NEAR_THE_END = 64
ENCODINGS = ("utf-8-sig", "cp1252")
FileRecord = dict[str, Any]
"""As JSON has it, numbers as text; of a table, cells by their heads."""


def records(path: Path, wrappers: Collection[str]) -> Iterator[FileRecord]:
    """All of a file: an array, records one a line, an array under one of `wrappers`, a table with a line of heads.

    Raises WarehouseError for another file.
    """
    with naming(path), path.open(encoding=_encoding(path), newline="") as file:
        begins_with = file.read(CHUNK).lstrip()[:1]
        file.seek(0)
        try:
            yield from _of_json(file, wrappers) if begins_with in ("{", "[") else _of_table(file)
        except (ValueError, RecursionError, csv.Error) as error:
            raise WarehouseError(f"{path}: neither JSON nor CSV, or damaged") from error


def _encoding(path: Path) -> str:
    """The first in which all of it is text."""
    for encoding in ENCODINGS:
        try:
            with path.open(encoding=encoding, newline="") as file:
                while file.read(CHUNK):
                    pass
        except UnicodeDecodeError:
            continue
        return encoding
    raise WarehouseError(f"{path}: neither JSON nor CSV, or damaged")


def _of_json(file: IO[str], wrappers: Collection[str]) -> Iterator[FileRecord]:
    """Whatever stands in arrays; {} for what is no object."""
    names = "|".join(sorted(map(re.escape, wrappers)))
    between = re.compile(rf'(?:[\s,\[\]}}]|\{{\s*(?="(?:{names})")|"(?:{names})"\s*:)*+')
    decoder = json.JSONDecoder(parse_float=str, parse_int=str)
    text, at = "", 0
    while True:
        found = between.match(text, at)
        at = found.end() if found else at
        try:
            value, end = decoder.raw_decode(text, at)
            is_whole = isinstance(value, dict) or end < len(text) - NEAR_THE_END
        except ValueError:
            if len(text) - at > MOST:
                raise
            is_whole = False
        if is_whole:
            at = end
            yield value if isinstance(value, dict) else {}
            continue
        chunk = file.read(CHUNK)
        text, at = text[at:] + chunk, 0
        if not chunk:
            break
    if text.strip():
        raise ValueError("it ends within a record")


def _of_table(file: IO[str]) -> Iterator[FileRecord]:
    lines = _lines(file)
    first = next(lines, "")
    separator = max(";,\t|", key=first.count)
    names = next(csv.reader([first], delimiter=separator), [])
    for cells in csv.reader(lines, delimiter=separator):
        if cells:
            yield dict(zip(names, cells, strict=False))


def _lines(file: IO[str]) -> Iterator[str]:
    while line := file.readline(MOST):
        if len(line) == MOST:
            raise ValueError("a line is longer than any record")
        yield line
