"""An answer as table, CSV, JSON, JSON lines or Parquet, to stdout or a file."""

from __future__ import annotations

import csv
import io
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from carnet.flows.cli.common import CommandError, console, safe, shown, styled, table, to_json

if TYPE_CHECKING:
    from carnet.warehouse.ask.query import Answer


def write_answer(answer: Answer, format: str, out: Path | None) -> None:
    """To `out`, or to stdout; on a terminal nothing can act on it."""
    if format == "parquet":
        _parquet(answer, out)
    elif out is None and format == "table":
        console().print(_table(answer))
    else:
        text = TEXTS[format](answer)
        if out:
            _to_file(out, text)
        else:
            sys.stdout.write("".join(safe(line) for line in text.splitlines(True)) if sys.stdout.isatty() else text)


def _table(answer: Answer) -> object:
    rows = [[styled("NULL", "dim") if value is None else shown(value) for value in row] for row in answer.rows]
    numbers = {
        name: {"justify": "right"}
        for name, kind in zip(answer.columns, answer.types, strict=True)
        if kind.startswith(("DECIMAL", "DOUBLE", "INTEGER", "BIGINT", "HUGEINT", "FLOAT"))
    }
    return table(answer.columns, rows, **numbers)


def _table_text(answer: Answer) -> str:
    from rich.console import Console

    into = io.StringIO()
    Console(file=into, width=10_000, highlight=False).print(_table(answer))
    return into.getvalue()


def _csv(answer: Answer) -> str:
    """NULL is an empty cell; a list is JSON in its cell."""
    into = io.StringIO()
    writer = csv.writer(into, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([to_json(v) if isinstance(v, list | dict) else v for v in row] for row in answer.rows)
    return into.getvalue()


def _json(answer: Answer) -> str:
    return to_json(answer.dicts(), indent=1) + "\n"


def _jsonl(answer: Answer) -> str:
    return "".join(to_json(row) + "\n" for row in answer.dicts())


TEXTS = {"table": _table_text, "csv": _csv, "json": _json, "jsonl": _jsonl}


def _to_file(out: Path, text: str) -> None:
    """Whole or not at all."""
    from carnet.warehouse.disk.files import write_whole

    write_whole(out, text.encode("utf-8", "replace"))


def _parquet(answer: Answer, out: Path | None) -> None:
    from carnet.warehouse.ask.query import write_parquet

    with tempfile.TemporaryDirectory() as folder:
        made = out or Path(folder) / "answer.parquet"
        if not made.parent.is_dir():
            raise CommandError(f"{made}: can't be written: there is no such folder")
        write_parquet(answer, made)
        if out is None:
            sys.stdout.buffer.write(made.read_bytes())
