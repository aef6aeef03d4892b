"""Which reference list used which mission: remembered when a list is given out, told when missions are chosen again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from carnet.flows.settings import Settings
from carnet.warehouse.ask.became import former_ids
from carnet.warehouse.disk.errors import WarehouseError
from carnet.warehouse.exports.document import Document
from carnet.warehouse.loading.given_lists import take_in_lists
from carnet.warehouse.privacy.lists import ListGiven, lists_given, note_list
from carnet.warehouse.store.db import Connection, open_writer

PATIENCE_SECONDS = 1.0


@dataclass(frozen=True)
class PastList:
    """A list that was given out. `numbers`: of the missions asked about, those that it used, counted from 1."""

    given: ListGiven
    numbers: tuple[int, ...]


def remember(settings: Settings, document: Document, form: str, name: str, asked: str = "") -> None:
    """That this list was written, with the missions that are in it: beside the warehouse, and in its tables unless
    somebody else writes there now, who is not waited for: whoever writes next has it taken in. No reader of this
    process may have the file open."""
    ids = tuple(reference.mission_id for reference in document.chosen.references)
    title = " – ".join(part for part in (document.look.title, name) if part)
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    note_list(settings.warehouse, ListGiven(now, form, title, document.day.isoformat(), ids, asked))
    with suppress(WarehouseError, OSError), open_writer(settings.warehouse, PATIENCE_SECONDS) as con:
        take_in_lists(con, settings.warehouse)


def past_lists(con: Connection, settings: Settings, picked: Sequence[str]) -> list[PastList]:
    """All lists, the last one first, each with which of these missions it used, under any id that they had."""
    former = former_ids(con, list(picked))
    known = [{mission_id, *former.get(mission_id, ())} for mission_id in picked]
    return [
        PastList(given, tuple(n for n, ids in enumerate(known, 1) if ids.intersection(given.missions)))
        for given in lists_given(settings.warehouse)
    ]
