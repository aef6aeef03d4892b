"""Reference lists that were given out, as rows: a copy of the file beside the warehouse."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from carnet.warehouse.privacy.lists import ListGiven, lists_given
from carnet.warehouse.store.db import Connection
from carnet.warehouse.store.insert import insert

ListLine = tuple[str, str, str, str, str, int, str]


def take_in_lists(con: Connection, warehouse: Path) -> None:
    """The table says what the file does; nothing is written where it does already."""
    lines = [line for given in reversed(lists_given(warehouse)) for line in _lines(given)]
    held = con.execute("SELECT list_id, ordinal FROM store.list_line").fetchall()
    if sorted(held) != sorted((line[0], line[5]) for line in lines):
        con.execute("DELETE FROM store.list_line")
        insert(con, "list_line", lines)


def _lines(given: ListGiven) -> Iterator[ListLine]:
    told = json.dumps(asdict(given), sort_keys=True)
    list_id = hashlib.sha256(told.encode()).hexdigest()[:12]
    at = dt.datetime.fromisoformat(given.at).astimezone(dt.UTC).replace(tzinfo=None).isoformat()
    for ordinal, mission_id in enumerate(given.missions, 1):
        yield list_id, at, given.name, given.form, given.as_of, ordinal, mission_id
