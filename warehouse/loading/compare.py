"""Two warehouses side by side: what a rebuild would change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from carnet.warehouse.store.db import Connection, connect, is_current

TABLES = (
    "mission", "contact", "partner", "evidence", "finding", "contradiction", "theme", "team", "office", "website",
    "client_link", "correction", "decision", "contract", "contract_match",
)  # fmt: skip


@dataclass(frozen=True)
class ValueDifference:
    """A value that is otherwise. `mission` None: of the edition as a whole. `page`: on which its mission begins."""

    mission: str | None
    file: str
    page: int | None
    field: str
    was: str | None
    now: str | None


@dataclass
class Difference:
    """`tables`: rows gone and come by table. `values`: those that differ in editions that were there before. `added`:
    other editions' files, and how many missions they have."""

    tables: dict[str, tuple[int, int]] = field(default_factory=dict)
    values: list[ValueDifference] = field(default_factory=list)
    added: list[tuple[str, int]] = field(default_factory=list)

    @property
    def any(self) -> bool:
        return any(gone or come for gone, come in self.tables.values())


def differences(old: Path | None, new: Path) -> Difference:
    """What `new` has otherwise than `old`; all of it when there is no `old` that can be compared."""
    with connect(new, read_only=True) as con:
        after, values_after, editions = _rows(con), _values(con), _editions(con)
    before: dict[str, set[str]] = {}
    known: dict[str, tuple[str, int]] = {}
    values_before: dict[_Key, tuple[str, int | None]] = {}
    if old and old.exists():
        with connect(old, read_only=True) as con:
            if is_current(con):
                before, values_before, known = _rows(con), _values(con), _editions(con)
    found = Difference()
    for table in TABLES:
        gone, come = before.get(table, set()) - after[table], after[table] - before.get(table, set())
        found.tables[table] = (len(gone), len(come))
    found.added = [told for edition, told in editions.items() if edition not in known] if before else []
    of_known = {key for key in values_after if key[1] in known}
    for key in sorted(set(values_before) | of_known) if before else []:
        (was, old_page), (now, page) = values_before.get(key, _NOTHING), values_after.get(key, _NOTHING)
        if was != now:
            file, _, mission, name = key
            found.values.append(ValueDifference(mission or None, file, page or old_page, name, was, now))
    return found


def _editions(con: Connection) -> dict[str, tuple[str, int]]:
    """By id, the file and the number of missions."""
    query = "SELECT edition_id, file_name, mission_count FROM editions ORDER BY file_name, edition_id"
    return {edition: (file, missions) for edition, file, missions in con.execute(query).fetchall()}


def _rows(con: Connection) -> dict[str, set[str]]:
    """Rows as text, with a number for those that repeat."""
    return {table: set(_numbered(con.execute(f"SELECT * FROM store.{table}").fetchall())) for table in TABLES}


def _numbered(rows: list[tuple[Any, ...]]) -> Iterator[str]:
    seen: dict[str, int] = {}
    for row in rows:
        text = repr(row)
        seen[text] = seen.get(text, 0) + 1
        yield f"{text} {seen[text]}"


def _values(con: Connection) -> dict[_Key, tuple[str, int | None]]:
    """Every value of every mission, its people, firms and findings included; and what is read of the edition."""
    found = {}
    missions = con.execute("SELECT e.file_name, m.* FROM store.mission AS m JOIN store.edition AS e USING (edition_id)")
    names = [column[0] for column in missions.description or ()]
    for row in missions.fetchall():
        told = dict(zip(names, row, strict=True))
        for name in told.keys() - _PLACES:
            if told[name] is not None:
                key = (told["file_name"], told["edition_id"], told["mission_id"] or "", name)
                found[key] = (_as_text(told[name]), told["page_first"])
    for file, edition, mission, name, value, page in con.execute(_BESIDE).fetchall():
        found[file, edition, mission, name] = (value, page)
    return found


def _as_text(value: Any) -> str:
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)


_PLACES = {"file_name", "edition_id", "mission_id", "ordinal", "page_first", "page_last"}
_Key = tuple[str, str, str, str]
"""File, edition, mission ("" for the edition as a whole), field."""
_NOTHING: tuple[str | None, int | None] = (None, None)
_BESIDE = """
WITH told AS (
    SELECT v.edition_id, v.mission_id, m.page_first AS page, v.field, v.value
    FROM _mission_values AS v JOIN store.mission AS m USING (edition_id, mission_id)
    WHERE v.field IN ('contacts', 'partners')
    UNION ALL
    SELECT f.edition_id, coalesce(m.mission_id, ''), coalesce(any_value(m.page_first), any_value(f.page)),
           'finding ' || f.code, string_agg(f.message, chr(10) ORDER BY f.message)
    FROM (
        SELECT edition_id, mission, code, page, message FROM store.finding
        UNION ALL BY NAME
        SELECT edition_id, mission, code, message FROM store.contradiction
    ) AS f
    LEFT JOIN store.mission AS m ON m.edition_id = f.edition_id AND m.ordinal = f.mission
    GROUP BY f.edition_id, m.mission_id, f.code
    UNION ALL
    SELECT edition_id, '', NULL, 'team', string_agg(concat_ws(', ', name, role), chr(10) ORDER BY name, role)
    FROM store.team GROUP BY ALL
    UNION ALL
    SELECT edition_id, '', NULL, 'offices', string_agg(concat_ws(', ', city, country), chr(10) ORDER BY city, country)
    FROM store.office GROUP BY ALL
    UNION ALL
    SELECT edition_id, '', NULL, 'websites', string_agg(url, chr(10) ORDER BY url) FROM store.website GROUP BY ALL
)
SELECT e.file_name, told.edition_id, told.mission_id, told.field, told.value, told.page
FROM told JOIN store.edition AS e USING (edition_id)
"""
