"""Put a result into the tables, in one transaction; the same content again changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

import duckdb

from carnet.schemas.draft import EditionDraft
from carnet.schemas.result import EditionResult
from carnet.warehouse.loading.amended import CHILDREN, Settle, delete_rows, digest_of, shapes
from carnet.warehouse.loading.identities import Giving, in_effect, keys_known, portraits_in_edition
from carnet.warehouse.loading.known import NOTHING_SAID, Naming, known_edition
from carnet.warehouse.loading.naming import forget_marks
from carnet.warehouse.loading.renew import is_taken_in, renew
from carnet.warehouse.log.journal import EMPTY, Journal
from carnet.warehouse.matching.brochures import name_brochure
from carnet.warehouse.matching.likeness import Portrait
from carnet.warehouse.matching.reread import moved, moved_by_letters, portraits_in
from carnet.warehouse.privacy.forgotten import leave_out
from carnet.warehouse.store.db import Connection
from carnet.warehouse.store.insert import insert
from carnet.warehouse.store.rows import TableRow, edition_id_of, portrait_rows, result_to_rows

LoadOutcome = Literal["new", "replaced", "unchanged"]


@dataclass(frozen=True)
class Loaded:
    """What a load did, for the summary."""

    edition_id: str
    brochure: str
    outcome: LoadOutcome
    missions: int
    findings: int


def load(
    con: Connection,
    draft: EditionDraft,
    result: EditionResult,
    *,
    code_version: str,
    now: dt.datetime,
    naming: Naming = NOTHING_SAID,
    journal: Journal = EMPTY,
    settle: Settle | None = None,
    again: bool = False,
    giving: Giving | None = None,
) -> Loaded:
    """Insert the edition, or replace what an older reading of the same bytes left; then renew what depends on it.

    `result`: the draft settled without corrections. `journal`, `settle`: what people decided, and how it is applied.
    `again`: load it though the same code has read this edition already. `giving`: how its missions get their ids.
    """
    giving = giving or Giving()
    source = result.edition.source
    known = known_edition(con, source.sha256)
    if known and known.settles(naming, code_version) and not again:
        if not is_taken_in(con, journal):
            in_transaction(con, lambda: renew(con, journal, settle, giving=giving))
        return Loaded(known.edition_id, known.brochure, "unchanged", known.missions, known.findings)
    naming = known.naming(naming) if known else naming
    draft, suppressed = leave_out(read := draft, journal)
    result = settle(draft, ()) if draft is not read and settle else result
    edition_id = edition_id_of(source.sha256)
    journal = _with_move(con, in_effect(con, journal, giving), giving, result, settle)
    shaping = shapes(journal, edition_id, draft.model_dump_json())
    result = settle(draft, shaping) if shaping and settle else result
    edition = edition_row(draft, result, code_version, now, naming, suppressed, digest_of(shaping))

    def write() -> None:
        row = (*edition[:10], _delete(con, known.edition_id), *edition[11:]) if known else edition
        for table, rows in {"edition": [row], "portrait": portrait_rows(result), **result_to_rows(result)}.items():
            insert(con, table, rows)
        left = known.brochure if known else None
        renew(con, journal, settle, edition_id, left, giving)

    in_transaction(con, write)
    outcome: LoadOutcome = "replaced" if known else "new"
    now_known = known_edition(con, source.sha256)
    assert now_known is not None
    return Loaded(edition_id, now_known.brochure, outcome, now_known.missions, now_known.findings)


def _with_move(
    con: Connection, journal: Journal, giving: Giving, result: EditionResult, settle: Settle | None
) -> Journal:
    """The log as if it said which missions have another key in this reading than in the one before; and so it will say.
    `result`: without corrections."""
    sha256 = result.edition.source.sha256
    new, known = portraits_in(result), keys_known(con, journal, sha256)
    old = _older_reading(con, giving, sha256, settle)
    move = moved(sha256, old, new, known) if old else moved_by_letters(sha256, [p.key for p in new], known)
    giving.moves.extend([move] if move else [])
    return journal.moved([move]) if move else journal


def _older_reading(con: Connection, giving: Giving, sha256: str, settle: Settle | None) -> list[Portrait]:
    """Without corrections; empty where it is not known."""
    query = "SELECT draft FROM store.edition WHERE sha256 = ?"
    stored = giving.before.get(sha256) or next((text for (text,) in con.execute(query, [sha256]).fetchall()), None)
    draft = EditionDraft.model_validate_json(stored) if stored else None
    if draft and draft.missions and settle:
        return portraits_in(settle(draft, ()))
    return portraits_in_edition(con, edition_id_of(sha256))


def in_transaction(con: Connection, work: Callable[[], None]) -> None:
    """All of it or nothing."""
    con.begin()
    try:
        work()
        con.commit()
    except BaseException:
        with suppress(duckdb.Error):  # what failed is told, not that it can't be taken back
            con.rollback()
        raise


def edition_row(
    draft: EditionDraft,
    result: EditionResult,
    code_version: str,
    now: dt.datetime,
    naming: Naming = NOTHING_SAID,
    suppressed: int = 0,
    shaped: str = "",
) -> TableRow:
    """In the order of the table's columns; `now` stands for ingested_at, `shaped` for the corrections that shape it."""
    edition, source = result.edition, result.edition.source
    brochure, brochure_rule = name_brochure(edition, naming.brochure)
    return (
        edition_id_of(source.sha256),
        brochure,
        brochure_rule,
        edition.firm,
        source.name,
        source.sha256,
        source.media_type,
        edition.pages,
        naming.edition_date or edition.edition_date,
        "option" if naming.edition_date else edition.date_rule,
        now.astimezone(dt.UTC).replace(tzinfo=None),
        result.read_share,
        result.rules_digest,
        code_version,
        draft.model_dump_json(),
        naming.brochure,
        suppressed,
        "",
        shaped,
        None,
    )


def _delete(con: Connection, edition_id: str) -> dt.datetime:
    """Remove an older reading; returns when the file was first ingested, which stays true."""
    row = con.execute("SELECT ingested_at FROM store.edition WHERE edition_id = ?", [edition_id]).fetchone()
    assert row is not None
    forget_marks(con, edition_id)
    delete_rows(con, edition_id, "edition", "portrait", *CHILDREN)
    ingested_at: dt.datetime = row[0]
    return ingested_at
