"""What changed between any two editions of a brochure, mission by mission and field by field, with the pages."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from carnet.schemas.fields import COMPARED
from carnet.warehouse.ask.query import ask
from carnet.warehouse.disk.errors import QueryError
from carnet.warehouse.store.db import Connection


@dataclass(frozen=True)
class EditionLine:
    """An edition in the history of its brochure."""

    edition_id: str
    brochure: str
    file_name: str
    edition_date: Any  # a date or None
    is_current: bool
    missions: int
    findings: int
    ingested_at: Any  # a datetime
    added: int
    removed: int
    changed: int


@dataclass(frozen=True)
class Change:
    """One thing that changed; page as printed in each edition."""

    mission_id: str
    client: str | None
    title: str | None
    change: str
    field: str | None
    old_value: str | None
    new_value: str | None
    old_page: int | None
    new_page: int | None


@dataclass(frozen=True)
class Step:
    """From one edition to another. `unprinted`: fields that one of them gives nowhere, with "no longer" or "newly";
    their values are no changes of missions."""

    brochure: str
    old: EditionLine
    new: EditionLine
    changes: list[Change]
    unprinted: dict[str, str]


def history(con: Connection, brochure: str | None = None) -> list[EditionLine]:
    """Editions of every brochure (or one) from the oldest to the newest, and what each brought.

    Raises QueryError for a brochure that is not there.
    """
    rows = ask(con, _HISTORY, [brochure]).rows
    if brochure and not rows:
        raise QueryError(f"{brochure}: no such brochure; `carnet history` lists them")
    return [EditionLine(*row) for row in rows]


_HISTORY = """
SELECT
    e.edition_id, e.brochure, e.file_name, e.edition_date, e.is_current, e.mission_count, e.finding_count,
    e.ingested_at,
    count(DISTINCT c.mission_id) FILTER (c.change = 'added'),
    count(DISTINCT c.mission_id) FILTER (c.change = 'removed'),
    count(DISTINCT c.mission_id) FILTER (c.change = 'changed')
FROM editions AS e
JOIN _timeline AS t USING (edition_id)
LEFT JOIN changes AS c ON c.to_edition = e.edition_id
WHERE coalesce(e.brochure = ?, true)
GROUP BY ALL
ORDER BY e.brochure, any_value(t.place)
"""


def steps(con: Connection, brochure: str | None, old: str | None, new: str | None) -> list[Step]:
    """The last step of each brochure (or one), or between the two editions that are named by id, file or date."""
    editions = history(con, brochure)
    if old or new:
        newest = _named(editions, new) if new else None
        oldest = _named([e for e in editions if newest is None or e.brochure == newest.brochure], old) if old else None
        mine = [e for e in editions if e.brochure == (newest or oldest).brochure]  # type: ignore[union-attr]
        newest = newest or mine[-1]
        if oldest is None:
            before = mine[: mine.index(newest)]
            oldest = before[-1] if before else newest
        return [_step(con, oldest, newest)]
    found = []
    for name in dict.fromkeys(e.brochure for e in editions):
        mine = [e for e in editions if e.brochure == name]
        if len(mine) > 1:
            found.append(_step(con, mine[-2], mine[-1]))
    return found


def _step(con: Connection, old: EditionLine, new: EditionLine) -> Step:
    ids = [old.edition_id, new.edition_id]
    changes = [Change(*row) for row in ask(con, _CHANGES, ids).rows]
    unprinted = dict(ask(con, _UNPRINTED, ids).rows)
    return Step(new.brochure, old, new, changes, unprinted)


_CHANGES = f"""
SELECT
    d.mission_id, coalesce(n.client, o.client), coalesce(n.title, o.title), d.change, d.field, d.old_value, d.new_value,
    o.page_first, n.page_first
FROM _differences AS d
LEFT JOIN store.mission AS o ON o.edition_id = d.from_edition AND o.mission_id = d.mission_id
LEFT JOIN store.mission AS n ON n.edition_id = d.to_edition AND n.mission_id = d.mission_id
WHERE d.from_edition = ? AND d.to_edition = ?
ORDER BY n.ordinal NULLS LAST, o.ordinal, list_position({list(COMPARED)}, d.field)
"""
"""In the reading order of the newer edition, removed missions last."""

_UNPRINTED = "SELECT field, printed FROM _unprinted WHERE from_edition = ? AND to_edition = ? ORDER BY field"


def _named(editions: list[EditionLine], words: str) -> EditionLine:
    """By the beginning of its id, its file's name, or its date."""
    for test in (
        lambda e: e.edition_id.startswith(words),
        lambda e: words in (e.file_name, e.file_name.rpartition(".")[0]),
        lambda e: e.edition_date is not None and str(e.edition_date).startswith(words),
    ):
        found = [e for e in editions if test(e)]
        if len(found) == 1:
            return found[0]
        if found:
            raise QueryError(f"{words}: several editions are called so: {', '.join(e.edition_id for e in found)}")
    raise QueryError(f"{words}: no edition has this id, file name or date; `carnet history` lists them")


def words_changed(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Pieces of text with what became of them: same, gone, come.

    >>> list(words_changed("Ouverture prévue en 2021", "Ouverture en 2022"))
    [('same', 'Ouverture '), ('gone', 'prévue '), ('same', 'en '), ('gone', '2021'), ('come', '2022')]
    """
    a, b = (re.findall(r"\S+\s*|\s+", text) for text in (old, new))
    matcher = difflib.SequenceMatcher(None, [w.strip() for w in a], [w.strip() for w in b], autojunk=False)
    for kind, a0, a1, b0, b1 in matcher.get_opcodes():
        if kind == "equal":
            yield "same", "".join(b[b0:b1])
            continue
        if a1 > a0:
            yield "gone", "".join(a[a0:a1])
        if b1 > b0:
            yield "come", "".join(b[b0:b1])
