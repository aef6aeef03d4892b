"""Reference lists that were given out, remembered beside the warehouse: which one used which missions, and when.

It holds ids, names of files and the title that somebody gave, no text of a brochure. `carnet forget` looks through it;
`carnet rebuild` leaves it alone. Deleting it is safe.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class ListGiven:
    """One list. `asked`: what the pages need to show it again, as the query of an address."""

    at: str
    form: str
    name: str
    as_of: str
    missions: tuple[str, ...]
    asked: str = ""

    @property
    def day(self) -> dt.date:
        return dt.date.fromisoformat(self.at[:10])


def note_list(warehouse: Path, given: ListGiven) -> None:
    """Remember it; a folder that can't be written costs only this. The same list twice on one day is one."""
    if any(_same(given, known) for known in lists_given(warehouse)):
        return
    line = json.dumps(asdict(given), ensure_ascii=False)
    with contextlib.suppress(OSError):
        path = lists_file(warehouse)
        path.touch(mode=0o600)
        with path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def _same(one: ListGiven, other: ListGiven) -> bool:
    return (one.day, one.form, one.name, one.as_of, one.missions) == (
        other.day, other.form, other.name, other.as_of, other.missions,
    )  # fmt: skip


def lists_given(warehouse: Path) -> list[ListGiven]:
    """All that are remembered, the last one first; a line that a killed command left half is none."""
    try:
        lines = lists_file(warehouse).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    return [found for line in reversed(lines) if (found := _read(line))]


def _read(line: str) -> ListGiven | None:
    try:
        told = json.loads(line)
        found = ListGiven(**told | {"missions": tuple(map(str, told["missions"]))})
        dt.datetime.fromisoformat(found.at), dt.date.fromisoformat(found.as_of)
        return found
    except (ValueError, TypeError, KeyError):
        return None


def lists_file(warehouse: Path) -> Path:
    """The file beside the warehouse in which they are remembered."""
    return warehouse.with_name(f"{warehouse.stem}.lists.jsonl")
