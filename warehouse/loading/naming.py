"""Every edition gets its brochure: of those that arrived or are read otherwise, and of all that these may have to do
with, found by what they share. The others keep theirs, so a load costs the same however many there are.

Editions that share neither mission nor name play no part in each other's names (`matching/brochures.py`); one that is
looked at in vain does no harm. So fingerprints of marks are enough, and are kept (`store.mark`)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from carnet.warehouse.matching import brochures, series
from carnet.warehouse.matching.brochures import name_brochures
from carnet.warehouse.matching.series import Signature, of_one_firm, own_name, seen
from carnet.warehouse.store.db import Connection
from carnet.warehouse.store.insert import insert

NamedEdition = tuple[str, str, str | None]
"""Brochure, rule, doubt: as store.edition has them."""


def name_again(con: Connection, left: Iterable[str] = ()) -> set[str]:
    """Give their brochures to editions that have none yet, or another reading than when they were named; the names of
    brochures that gained or lost an edition. `left`: brochures that editions were in before."""
    _know_the_rules(con)
    fresh = {edition for (edition,) in con.execute(_FRESH).fetchall()}
    if not fresh:
        return set()
    signatures = _signatures(con, fresh)
    insert(con, "mark", [row for edition, one in signatures.items() for row in _marks(edition, one)])
    names = set(left)
    while True:
        members = _together(con, fresh, names)
        signatures |= _signatures(con, members - signatures.keys())
        found = _named({edition: signatures[edition] for edition in members})
        before = _before(con, members)
        wider = names | {named[0] for some in (found, before) for named in some.values()}
        if wider == names:
            break
        names = wider
    con.execute("DELETE FROM store.mark WHERE is_old")
    return _write(con, before, found)


def forget_marks(con: Connection, edition_id: str) -> None:
    """What an edition was known by is of a reading that is no more; it still tells whose names hang on it."""
    con.execute("UPDATE store.mark SET is_old = true WHERE edition_id = ?", [edition_id])


def _know_the_rules(con: Connection) -> None:
    """Named by other code, all are named again."""
    told = con.execute(
        "SELECT comment FROM duckdb_tables() WHERE schema_name = 'store' AND table_name = 'mark'"
    ).fetchall()
    if told != [(_digest(),)]:
        con.execute("UPDATE store.mark SET is_old = true")
        con.execute(f"COMMENT ON TABLE store.mark IS '{_digest()}'")


@cache
def _digest() -> str:
    code = b"\0".join(Path(module.__file__ or "").read_bytes() for module in (brochures, series))
    return hashlib.sha256(code).hexdigest()[:16]


def _signatures(con: Connection, editions: Iterable[str]) -> dict[str, Signature]:
    rows = con.execute(_SIGNATURES, [sorted(editions)]).fetchall()
    return {
        edition: Signature(sha256, file, firm, named, tuple(seen(*m) for m in portraits or ()), dated, newest)
        for edition, sha256, file, firm, named, dated, newest, portraits in rows
    }


def _marks(edition_id: str, one: Signature) -> Iterable[tuple[str, int, bool, bool]]:
    names = {own_name(one)[0], *([one.named] if one.named else [])}
    yield from ((edition_id, _print(f"name {name}"), True, False) for name in sorted(names))
    yield from ((edition_id, _print(mark), False, False) for mark in sorted(one.marks))


def _print(mark: str) -> int:
    return int.from_bytes(hashlib.sha256(mark.encode("utf-8", "replace")).digest()[:8], "big")


def _together(con: Connection, fresh: set[str], names: set[str]) -> set[str]:
    """All editions that may have a part in the names of these."""
    given = sorted(names)
    alike = con.execute(_OF_NAMES, [given, [_print(f"name {name}") for name in given]]).fetchall()
    members = fresh | {edition for (edition,) in alike}
    border = members
    while border:
        rows = con.execute(_BESIDE, [sorted(border), sorted(members)]).fetchall()
        border = {other for other, firm, its_firm, is_sure in rows if is_sure or _may_be_one(firm, its_firm)}
        members = members | border
    return members


def _may_be_one(firm: str | None, other: str | None) -> bool:
    return of_one_firm(Signature("", "", firm, None), Signature("", "", other, None))


def _named(signatures: Mapping[str, Signature]) -> dict[str, NamedEdition]:
    """By edition."""
    found = name_brochures(signatures.values())
    by_edition = {edition: found[one.sha256] for edition, one in signatures.items()}
    return {edition: (named.brochure, named.rule, named.doubt) for edition, named in by_edition.items()}


def _before(con: Connection, editions: Iterable[str]) -> dict[str, NamedEdition]:
    rows: list[tuple[Any, ...]] = con.execute(_NAMED, [sorted(editions)]).fetchall()
    return {edition: (brochure, rule, doubt) for edition, brochure, rule, doubt in rows}


def _write(con: Connection, before: Mapping[str, NamedEdition], found: Mapping[str, NamedEdition]) -> set[str]:
    touched: set[str] = set()
    for edition, new in found.items():
        if before[edition] != new:
            con.execute(
                "UPDATE store.edition SET brochure = ?, brochure_rule = ?, series_doubt = ? WHERE edition_id = ?",
                [*new, edition],
            )
        if before[edition][0] != new[0]:
            touched |= {before[edition][0], new[0]}
    return touched


_FRESH = "SELECT edition_id FROM store.edition ANTI JOIN (FROM store.mark WHERE NOT is_old) USING (edition_id)"
_SIGNATURES = """
WITH wanted AS (SELECT unnest(?::VARCHAR[]) AS edition_id),
portraits AS (
    SELECT
        edition_id,
        max(greatest(start_date, end_date)) AS newest,
        list(row(key, title, client, year(start_date)) ORDER BY ordinal) AS seen
    FROM store.portrait
    SEMI JOIN wanted USING (edition_id)
    GROUP BY edition_id
)
SELECT e.edition_id, e.sha256, e.file_name, e.firm, e.named, coalesce(e.edition_date, p.newest), p.newest, p.seen
FROM store.edition AS e
SEMI JOIN wanted USING (edition_id)
LEFT JOIN portraits AS p USING (edition_id)
"""
_OF_NAMES = """
SELECT edition_id FROM store.edition WHERE list_contains(?::VARCHAR[], brochure)
UNION
SELECT edition_id FROM store.mark WHERE is_name AND list_contains(?::UBIGINT[], mark)
"""
_BESIDE = """
WITH border AS (SELECT unnest(?::VARCHAR[]) AS edition_id),
members AS (SELECT unnest(?::VARCHAR[]) AS edition_id),
pairs AS (
    SELECT theirs.edition_id AS other, ours.edition_id AS one, bool_or(ours.is_old OR ours.is_name) AS is_sure
    FROM store.mark AS ours
    SEMI JOIN border ON border.edition_id = ours.edition_id
    JOIN store.mark AS theirs ON theirs.mark = ours.mark
    ANTI JOIN members ON members.edition_id = theirs.edition_id
    GROUP BY ALL
)
SELECT other, a.firm, b.firm, is_sure
FROM pairs
JOIN store.edition AS a ON a.edition_id = pairs.one
JOIN store.edition AS b ON b.edition_id = pairs.other
"""
_NAMED = """
SELECT edition_id, brochure, brochure_rule, series_doubt
FROM store.edition
SEMI JOIN (SELECT unnest(?::VARCHAR[]) AS edition_id) USING (edition_id)
"""
