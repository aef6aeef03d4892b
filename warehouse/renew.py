"""What depends on all editions and on what people decided: brochures, identities, corrected rows. Made anew from the
stored drafts whenever an edition or a decision arrives, so that the order of arrival plays no part."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from schemas.correction import Correction
from schemas.draft import EditionDraft
from schemas.finding import Finding, FindingCode, Origin, Severity
from schemas.result import EditionResult
from warehouse.brochures import Signature, marks, name_brochures
from warehouse.db import Connection
from warehouse.forgotten import leave_out
from warehouse.identity import Decisions, identify
from warehouse.insert import as_json, insert, json_rows
from warehouse.journal import Journal
from warehouse.likeness import Portrait
from warehouse.rows import Row, portrait_rows, result_to_rows

Settle = Callable[[EditionDraft, Sequence[Correction]], EditionResult]
"""pipeline.settle, which only flows may know; ValueError for a correction that can't be."""

CHILDREN = ("mission", "contact", "partner", "evidence", "finding", "team", "office", "website")
_IDENTITY_COLUMNS = (
    ("edition_id", "VARCHAR"), ("ordinal", "INTEGER"), ("mission_id", "VARCHAR"),
    ("reason", "VARCHAR"), ("score", "DOUBLE"), ("doubt", "VARCHAR"),
)  # fmt: skip


def renew(
    con: Connection, journal: Journal, settle: Settle | None, fresh: str | None = None, left: str | None = None
) -> None:
    """Within a transaction. `fresh`: the edition that was just written, `left`: the brochure it was in before. When the
    log says something new of which mission is which, or of who is to be forgotten, everything is renewed."""
    before = con.execute("SELECT digest, identity FROM store.journal").fetchall()
    known = before[0] if before else ("", "")
    everything = known[1] != journal.identity
    if before != [(journal.digest, journal.identity)]:
        _take_in(con, journal)
    if everything and settle:
        _forget(con, journal, settle)
    touched = name_again(con) | {name for name in (left,) if name}
    brochures = dict(con.execute("SELECT edition_id, brochure FROM store.edition").fetchall())
    touched |= set(brochures.values()) if everything else {brochures[fresh]} if fresh else set()
    for brochure in sorted(touched):
        renew_identities(con, brochure, journal)
    _correct(con, journal, settle)


def is_taken_in(con: Connection, journal: Journal) -> bool:
    """True when the tables hold what the log says."""
    rows = con.execute("SELECT digest FROM store.journal").fetchall()
    return rows == [(journal.digest,)] or (not rows and not journal.digest)


def _take_in(con: Connection, journal: Journal) -> None:
    for table in ("journal", "correction", "decision"):
        con.execute(f"DELETE FROM store.{table}")
    insert(con, "journal", [(journal.digest, journal.identity)])
    insert(con, "correction", [
        (c.id, c.mission_id, c.field, c.old_value, c.new_value, c.why, c.author, _naive(c.made_at), _naive(c.undone_at))
        for c in journal.corrections
    ])  # fmt: skip
    insert(con, "decision", [(p.kind, *p.a, *p.b, p.why, p.author, _naive(p.made_at)) for p in journal.pairs])


def _forget(con: Connection, journal: Journal, settle: Settle) -> None:
    """Persons who are to be forgotten leave the stored drafts, and all rows made of them."""
    if not journal.fingerprints:
        return
    for edition_id, stored in con.execute("SELECT edition_id, draft FROM store.edition").fetchall():
        draft, count = leave_out(EditionDraft.model_validate_json(stored), journal)
        if not count:
            continue
        con.execute(
            "UPDATE store.edition SET draft = ?, suppressed = suppressed + ?, corrected = '' WHERE edition_id = ?",
            [draft.model_dump_json(), count, edition_id],
        )
        result = settle(draft, ())
        con.execute("DELETE FROM store.portrait WHERE edition_id = ?", [edition_id])
        insert(con, "portrait", portrait_rows(result))
        for table in CHILDREN:
            con.execute(f"DELETE FROM store.{table} WHERE edition_id = ?", [edition_id])
        for table, rows in result_to_rows(result).items():
            insert(con, table, rows)


def _naive(moment: Any) -> Any:  # a datetime or None
    return moment.replace(tzinfo=None) if moment else None


def name_again(con: Connection) -> set[str]:
    """Give every edition its brochure; the names of those that gained or lost one."""
    rows = con.execute(
        """SELECT e.sha256, e.file_name, e.firm, e.named, e.brochure, e.brochure_rule,
                  (SELECT list(row(p.key, p.title, p.client, year(p.start_date)) ORDER BY p.ordinal)
                   FROM store.portrait AS p WHERE p.edition_id = e.edition_id)
           FROM store.edition AS e"""
    ).fetchall()
    found = name_brochures(
        Signature(sha256, file, firm, named, tuple(marks(*m) for m in portraits or ()))
        for sha256, file, firm, named, _, _, portraits in rows
    )
    touched: set[str] = set()
    for sha256, *_, brochure, rule, _missions in rows:
        new = found[sha256]
        if (brochure, rule) != (new.brochure, new.rule):
            con.execute(
                "UPDATE store.edition SET brochure = ?, brochure_rule = ? WHERE sha256 = ?",
                [new.brochure, new.rule, sha256],
            )
            touched |= {brochure, new.brochure}
    return touched


def renew_identities(con: Connection, brochure: str, journal: Journal) -> None:
    """Give every mission of the brochure's editions its id; rows that have it already stay untouched."""
    rows = con.execute(
        """SELECT p.edition_id, p.ordinal, p.mission_id, e.sha256,
                  p.key, p.title, p.client, p.start_date, p.amount, p.text, p.emails
           FROM store.portrait AS p JOIN _timeline AS t USING (edition_id) JOIN store.edition AS e USING (edition_id)
           WHERE t.brochure = ? ORDER BY t.place, p.ordinal""",
        [brochure],
    ).fetchall()
    editions: dict[str, list[tuple[Any, ...]]] = {}  # rows as DuckDB gives them
    for row in rows:
        editions.setdefault(row[0], []).append(row)
    portraits = [[_portrait(*row[3:]) for row in rows] for rows in editions.values()]
    given = [
        (edition_id, row[1], new.mission_id, new.reason, new.score, new.doubt)
        for (edition_id, mission_rows), identities in zip(
            editions.items(), identify(brochure, portraits, decisions_of(journal)), strict=True
        )
        for row, new in zip(mission_rows, identities, strict=True)
    ]
    _write_identities(con, given)


def _portrait(sha256: str, key: str, *seen: Any) -> Portrait:
    title, client, start, amount, text, emails = seen
    return Portrait(key, title, client, start, amount, text, tuple(emails or ()), (sha256, key))


def decisions_of(journal: Journal) -> Decisions:
    def pairs(kind: str) -> frozenset[frozenset[tuple[str, str]]]:
        return frozenset(frozenset((p.a, p.b)) for p in journal.pairs if p.kind == kind)

    return Decisions(pairs("same"), pairs("distinct"))


def _write_identities(con: Connection, given: Sequence[Row]) -> None:
    if not given:
        return
    values = as_json(_IDENTITY_COLUMNS, given)
    for table in ("portrait", "mission"):
        con.execute(
            f"""UPDATE store.{table} AS m
                SET mission_id = row.mission_id, match_reason = row.reason, match_score = row.score,
                    match_doubt = row.doubt
                FROM {json_rows(_IDENTITY_COLUMNS)}
                WHERE m.edition_id = row.edition_id AND m.ordinal = row.ordinal
                  AND (m.mission_id, m.match_reason, m.match_score, m.match_doubt)
                      IS DISTINCT FROM (row.mission_id, row.reason, row.score, row.doubt)""",
            [values],
        )


def _correct(con: Connection, journal: Journal, settle: Settle | None) -> None:
    """Settle again the drafts of those editions whose rows do not hold the corrections that they should."""
    by_edition = addressed(con, journal)
    rows = con.execute("SELECT edition_id, corrected FROM store.edition ORDER BY edition_id").fetchall()
    for edition_id, before in rows:
        wanted = by_edition.get(edition_id, [])
        digest = _digest(wanted)
        if digest != before and settle:
            settle_again(con, edition_id, wanted, settle)
            con.execute("UPDATE store.edition SET corrected = ? WHERE edition_id = ?", [digest, edition_id])


def _digest(corrections: Sequence[Correction]) -> str:
    texts = [f"{c.id} {c.key} {c.only_if_same}" for c in corrections]
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16] if texts else ""


def addressed(con: Connection, journal: Journal) -> dict[str, list[Correction]]:
    """By edition, the corrections in force of its missions, each with the key that the mission has there."""
    if not journal.corrections:
        return {}
    places: dict[str, list[tuple[str, str, int]]] = {}
    home: dict[tuple[str, str], tuple[str, int]] = {}
    rows = con.execute(
        """SELECT p.mission_id, p.edition_id, p.key, t.place, e.sha256 FROM store.portrait AS p
           JOIN _timeline AS t USING (edition_id) JOIN store.edition AS e USING (edition_id) ORDER BY t.place"""
    ).fetchall()
    for mission_id, edition_id, key, place, sha256 in rows:
        places.setdefault(mission_id, []).append((edition_id, key, place))
        home[sha256, key] = (mission_id, place)
    out: dict[str, list[Correction]] = {}
    for c in journal.corrections:
        mission_id, made_in = home.get((c.sha256 or "", c.key or ""), (c.mission_id, 0))
        con.execute(
            "UPDATE store.correction SET mission_id = ? WHERE correction_id = ? AND mission_id <> ?",
            [mission_id, c.id, mission_id],
        )
        for edition_id, key, place in places.get(mission_id, ()) if c.undone_at is None else ():
            moved = {"key": key, "only_if_same": place < made_in}
            out.setdefault(edition_id, []).append(c.model_copy(update=moved))
    return out


def settle_again(con: Connection, edition_id: str, corrections: Sequence[Correction], settle: Settle) -> None:
    """Replace an edition's rows with what its draft gives under these corrections; ids stay."""
    ((stored,),) = con.execute("SELECT draft FROM store.edition WHERE edition_id = ?", [edition_id]).fetchall()
    identities = con.execute(
        "SELECT ordinal, mission_id, match_reason, match_score, match_doubt FROM store.portrait WHERE edition_id = ?",
        [edition_id],
    ).fetchall()
    result = _settled(EditionDraft.model_validate_json(stored), corrections, settle)
    for table in CHILDREN:
        con.execute(f"DELETE FROM store.{table} WHERE edition_id = ?", [edition_id])
    for table, rows in result_to_rows(result).items():
        insert(con, table, rows)
    _write_identities(con, [(edition_id, *row) for row in identities])


def _settled(draft: EditionDraft, corrections: Sequence[Correction], settle: Settle) -> EditionResult:
    """A line of the log that this carnet can't apply (its value was valid for another one) becomes a finding."""
    try:
        return settle(draft, corrections)
    except ValueError:
        pass
    good: list[Correction] = []
    failed: list[Finding] = []
    for c in corrections:
        try:
            settle(draft, [*good, c])
            good.append(c)
        except ValueError as error:
            failed.append(_not_applied(draft, c, error))
    result = settle(draft, good)
    return result.model_copy(update={"findings": (*result.findings, *failed)})


def _not_applied(draft: EditionDraft, correction: Correction, error: Exception) -> Finding:
    ordinals: Iterable[int] = (m.ordinal for m in draft.missions if m.key == correction.key)
    return Finding(
        mission=next(iter(ordinals), None),
        code=FindingCode.CORRECTION_ASKED,
        origin=Origin.READING,
        severity=Severity.ERROR,
        field=correction.field,
        message=f"a correction by {correction.author} can't be applied: {error}",
    )
