"""What depends on all editions and on what people decided: brochures, identities, corrected rows. Made anew from the
stored drafts whenever an edition or a decision arrives; only ids remember the order of arrival (ids.py)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from carnet.schemas.draft import EditionDraft
from carnet.warehouse.loading.amended import Settle, correct, digest_of, shape_again, shapes, store_again
from carnet.warehouse.loading.bodies import renew_clients
from carnet.warehouse.loading.contracts import renew_contracts
from carnet.warehouse.loading.contradictions import renew_contradictions
from carnet.warehouse.loading.identities import Giving, in_effect, renew_identities
from carnet.warehouse.loading.naming import name_again
from carnet.warehouse.loading.themes import renew_themes
from carnet.warehouse.log.journal import Journal
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
    forgotten = _forget(con, journal, settle) if everything and settle else set()
    corrected = known[0] != journal.digest
    reshaped = shape_again(con, journal, settle) if corrected and settle else set()
    gone = {name for name in (left,) if name}
    touched = name_again(con, gone) | gone
    touched |= _brochures_of(con, None if everything else {*reshaped, *([fresh] if fresh else [])})
    renew_identities(con, touched, journal, giving)
    amended = correct(con, journal, settle)
    again = {*reshaped, *amended, *forgotten, *([fresh] if fresh else [])}
    renew_contradictions(con, again, renew_clients(con, journal.clients, None if everything else again))
    renew_contracts(con, journal.contracts)
    renew_themes(con, again)
    refresh(con, again)


def _brochures_of(con: Connection, editions: Iterable[str] | None) -> set[str]:
    """Those in which these editions (all of them: None) are."""
    of_these, given = (
        ("", []) if editions is None else ("WHERE list_contains(?::VARCHAR[], edition_id)", [sorted(editions)])
    )
    return {
        name for (name,) in con.execute(f"SELECT DISTINCT brochure FROM store.edition {of_these}", given).fetchall()
    }


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


def _forget(con: Connection, journal: Journal, settle: Settle) -> set[str]:
    """Persons who are to be forgotten leave the stored drafts, and all rows made of them; the editions."""
    touched: set[str] = set()
    if not journal.fingerprints:
        return touched
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
        touched.add(edition_id)
    return touched


def _naive(moment: Any) -> Any:  # a datetime or None
    return moment.replace(tzinfo=None) if moment else None
