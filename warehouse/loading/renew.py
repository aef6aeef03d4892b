"""What depends on all editions and on what people decided: brochures, identities, corrected rows. Made anew from the
stored drafts whenever an edition or a decision arrives; only ids remember the order of arrival (ids.py)."""

from __future__ import annotations

from typing import Any

from carnet.schemas.draft import EditionDraft
from carnet.warehouse.loading.amended import Settle, correct, digest_of, shape_again, shapes, store_again
from carnet.warehouse.loading.bodies import renew_clients
from carnet.warehouse.loading.identities import Giving, in_effect, renew_identities
from carnet.warehouse.log.journal import Journal
from carnet.warehouse.matching.brochures import name_brochures
from carnet.warehouse.matching.series import Signature, seen
from carnet.warehouse.privacy.forgotten import leave_out
from carnet.warehouse.store.db import Connection
from carnet.warehouse.store.index import refresh
from carnet.warehouse.store.insert import insert


def renew(
    con: Connection,
    journal: Journal,
    settle: Settle | None,
    fresh: str | None = None,
    left: str | None = None,
    giving: Giving | None = None,
    everything: bool = False,
) -> None:
    """Within a transaction. `fresh`: the edition that was just written, `left`: the brochure it was in before. When the
    log says something new of which mission is which, or of who is to be forgotten, everything is renewed."""
    giving = giving or Giving()
    journal = in_effect(con, journal, giving)
    before = con.execute("SELECT digest, identity FROM store.journal").fetchall()
    known = before[0] if before else ("", "")
    everything = everything or known[1] != journal.identity
    if before != [(journal.digest, journal.identity)]:
        _take_in(con, journal)
    if everything and settle:
        _forget(con, journal, settle)
    corrected = known[0] != journal.digest
    reshaped = shape_again(con, journal, settle) if corrected and settle else set()
    touched = name_again(con) | {name for name in (left,) if name}
    brochures = dict(con.execute("SELECT edition_id, brochure FROM store.edition").fetchall())
    touched |= {brochures[edition] for edition in reshaped}
    touched |= set(brochures.values()) if everything else {brochures[fresh]} if fresh else set()
    renew_identities(con, touched, journal, giving)
    correct(con, journal, settle)
    renew_clients(con, journal.clients)
    refresh(con)


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
        before = EditionDraft.model_validate_json(stored)
        draft, count = leave_out(before, journal)
        if draft is before:
            continue
        con.execute(
            """UPDATE store.edition SET draft = ?, suppressed = suppressed + ?, file_name = ?, firm = ?
               WHERE edition_id = ?""",
            [draft.model_dump_json(), count, draft.edition.source.name, draft.edition.firm, edition_id],
        )
        found = shapes(journal, edition_id, draft.model_dump_json())
        store_again(con, edition_id, settle(draft, found), digest_of(found))


def _naive(moment: Any) -> Any:  # a datetime or None
    return moment.replace(tzinfo=None) if moment else None


def name_again(con: Connection) -> set[str]:
    """Give every edition its brochure; the names of those that gained or lost one."""
    rows = con.execute(
        """SELECT e.sha256, e.file_name, e.firm, e.named, e.brochure, e.brochure_rule, e.series_doubt, t.dated,
                  (SELECT max(greatest(start_date, end_date)) FROM store.portrait AS p
                   WHERE p.edition_id = e.edition_id),
                  (SELECT list(row(p.key, p.title, p.client, year(p.start_date)) ORDER BY p.ordinal)
                   FROM store.portrait AS p WHERE p.edition_id = e.edition_id)
           FROM store.edition AS e JOIN _timeline AS t USING (edition_id)"""
    ).fetchall()
    found = name_brochures(
        Signature(sha256, file, firm, named, tuple(seen(*m) for m in portraits or ()), dated, newest)
        for sha256, file, firm, named, _, _, _, dated, newest, portraits in rows
    )
    touched: set[str] = set()
    for sha256, _, _, _, *before in rows:
        new = found[sha256]
        if before[:3] != [new.brochure, new.rule, new.doubt]:
            con.execute(
                "UPDATE store.edition SET brochure = ?, brochure_rule = ?, series_doubt = ? WHERE sha256 = ?",
                [new.brochure, new.rule, new.doubt, sha256],
            )
        if before[0] != new.brochure:
            touched |= {before[0], new.brochure}
    return touched
