"""What changed between any two editions of a brochure, mission by mission and field by field, with the pages."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from warehouse.db import Connection
from warehouse.errors import QueryError
from warehouse.query import ask


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
    """From one edition to another."""

    brochure: str
    old: EditionLine
    new: EditionLine
    changes: list[Change]


def history(con: Connection, brochure: str | None = None) -> list[EditionLine]:
    """Editions of every brochure (or one) from the oldest to the newest, and what each brought."""
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
        return [Step(newest.brochure, oldest, newest, compare(con, oldest.edition_id, newest.edition_id))]
    found = []
    for name in dict.fromkeys(e.brochure for e in editions):
        mine = [e for e in editions if e.brochure == name]
        if len(mine) > 1:
            found.append(Step(name, mine[-2], mine[-1], compare(con, mine[-2].edition_id, mine[-1].edition_id)))
    return found


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


def compare(con: Connection, old: str, new: str) -> list[Change]:
    """Changes in the reading order of the newer edition, removed missions last."""
    missions = [
        {
            row["mission_id"]: row
            for row in ask(con, "SELECT * FROM mission_history WHERE edition_id = ? ORDER BY ordinal", [one]).dicts()
        }
        for one in (old, new)
    ]
    before, after = missions
    pairs: dict[tuple[str, str], list[tuple[str, str] | None]] = {}
    for one, edition in ((0, old), (1, new)):
        for mission_id, field, value, folded in ask(con, _VALUES, [edition]).rows:
            pairs.setdefault((mission_id, field), [None, None])[one] = (value, folded)
    out = []
    for mission_id, mission in after.items():
        if mission_id not in before:
            out.append(_change(mission, "added", None, None, mission["title"], None, mission["page_first"]))
            continue
        pages = (before[mission_id]["page_first"], mission["page_first"])
        for field in FIELDS:
            a, b = pairs.get((mission_id, field), [None, None])
            if (a and a[1]) != (b and b[1]):
                out.append(_change(mission, "changed", field, a and a[0], b and b[0], *pages))
    for mission_id, mission in before.items():
        if mission_id not in after:
            out.append(_change(mission, "removed", None, mission["title"], None, mission["page_first"], None))
    return out


_VALUES = "SELECT mission_id, field, value, folded FROM _mission_values WHERE edition_id = ?"

FIELDS = (
    "domain", "title", "client", "start_date", "end_date", "stated_months", "status", "amount", "amount_max",
    "currency", "tax", "context", "approach", "results", "contacts", "partners",
)  # fmt: skip


def _change(mission: dict[str, Any], change: str, field: str | None, *rest: Any) -> Change:
    return Change(mission["mission_id"], mission["client"], mission["title"], change, field, *rest)


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
