"""What a question gives: light, so that who only shows an answer need not load DuckDB."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from carnet.warehouse.disk.errors import QueryError


@dataclass(frozen=True)
class Answer:
    """`types`: DuckDB's names, for Parquet. `more`: there were more rows than asked for."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: list[tuple[Any, ...]]  # any SQL type
    more: bool = False

    def dicts(self) -> list[dict[str, Any]]:
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def too_long(seconds: float) -> QueryError:
    """What is told of a question that took more than `seconds`."""
    return QueryError(f"it took longer than {seconds:g} s; narrow it, or allow more with --timeout")
