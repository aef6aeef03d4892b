"""An answer as table, CSV, JSON, JSON lines or Parquet, to stdout or a file."""

from __future__ import annotations

import csv
import io
import sys
from typing import TYPE_CHECKING

from carnet.flows.cli.common import data_table, safe, show, shown, styled, to_json

if TYPE_CHECKING:
    from rich.table import Table

    from carnet.warehouse.ask.answer import Answer
    from carnet.warehouse.disk.output import Output


def write_answer(answer: Answer, format: str, out: Output | None) -> None:
    """To `out`, or to stdout; on a terminal nothing can act on it."""
    if format == "parquet":
        data = _parquet(answer)
        out.write(data) if out else sys.stdout.buffer.write(data)
    elif out:
        out.write(TEXTS[format](answer).encode("utf-8", "replace"))
    elif format == "table":
        show(_table(answer))
    else:
        text = TEXTS[format](answer)
        sys.stdout.write("".join(safe(line) for line in text.splitlines(True)) if sys.stdout.isatty() else text)


def _table(answer: Answer) -> Table:
    rows = [[styled("NULL", "dim") if value is None else shown(value) for value in row] for row in answer.rows]
    numbers = {
        name: {"justify": "right"}
        for name, kind in zip(answer.columns, answer.types, strict=True)
        if kind.startswith(("DECIMAL", "DOUBLE", "INTEGER", "BIGINT", "HUGEINT", "FLOAT"))
    }
    return data_table(answer.columns, rows, answer.columns, **numbers)


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


def _parquet(answer: Answer) -> bytes:
    from carnet.warehouse.ask.query import to_parquet

    return to_parquet(answer)
