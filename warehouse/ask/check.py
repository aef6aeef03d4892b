"""Data checks: one query a file in `checks/`, which returns offenders; `fail` stops publication, `warn` reports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

from carnet.warehouse.ask.query import ask
from carnet.warehouse.store.db import Connection

FOLDER = Path(__file__).parents[1] / "checks"
_HEAD = re.compile(r"-- level: (fail|warn)\n-- about: (.+)\n")
Level = Literal["fail", "warn"]


@dataclass(frozen=True)
class Check:
    """`about`: what is wrong with the rows that `sql` returns (mission_id, edition_id, what)."""

    name: str
    level: Level
    about: str
    sql: str


@dataclass(frozen=True)
class Checked:
    """A check and its offenders; none where all is well."""

    check: Check
    offenders: list[dict[str, Any]]


@cache
def all_checks() -> tuple[Check, ...]:
    """Those that fail first; ValueError where a file lacks its two lines."""
    found = []
    for path in sorted(FOLDER.glob("*.sql")):
        sql = path.read_text(encoding="utf-8")
        head = _HEAD.match(sql)
        if head is None:
            raise ValueError(f"{path.name}: expected `-- level: fail` or `-- level: warn`, then `-- about: …`")
        found.append(Check(path.stem, cast(Level, head[1]), head[2], sql))
    return tuple(sorted(found, key=lambda check: (check.level, check.name)))


def run_checks(con: Connection) -> list[Checked]:
    """Every check on the warehouse as it is."""
    return [Checked(check, ask(con, check.sql).dicts()) for check in all_checks()]


def failures(checked: list[Checked]) -> list[Checked]:
    """Those that stop a publication."""
    return [one for one in checked if one.check.level == "fail" and one.offenders]
