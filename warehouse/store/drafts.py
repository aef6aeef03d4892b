"""The stored readings of an edition: what a correction is settled on, and what `carnet explain` shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import PurePath

from carnet.schemas.draft import EditionDraft
from carnet.warehouse.disk.errors import QueryError
from carnet.warehouse.store.db import Connection


@dataclass(frozen=True)
class Stored:
    """An edition as it was read. `brochure`, `edition_date`: what the user said of its file, not what it prints."""

    edition_id: str
    sha256: str
    file_name: str
    code_version: str
    received_at: dt.datetime
    brochure: str | None
    edition_date: dt.date | None
    draft: str | None = field(default=None, repr=False)


def stored_editions(con: Connection, drafts: bool = False) -> list[Stored]:
    """All editions, in the order of their sha256; their `drafts` (JSON, up to some MB each) only where asked for."""
    rows = con.execute(
        f"""SELECT edition_id, sha256, file_name, code_version, ingested_at AT TIME ZONE 'UTC', named,
                   CASE WHEN date_rule = 'option' THEN edition_date END, {"draft" if drafts else "NULL"}
            FROM store.edition ORDER BY sha256"""
    ).fetchall()
    return [Stored(*row) for row in rows]


def stored_draft(con: Connection, edition_id: str) -> EditionDraft:
    """The draft of one edition, as it was when the file was read. Raises QueryError where there is none."""
    row = con.execute("SELECT draft FROM store.edition WHERE edition_id = ?", [edition_id]).fetchone()
    if row is None:
        raise QueryError(f"{edition_id}: no such edition; `carnet sql 'FROM editions'` lists them")
    return EditionDraft.model_validate_json(row[0])


def edition_named(con: Connection, name: str) -> str | None:
    """The id of the edition whose file has this name without its ending ("orvane-deck"), else of the brochure's
    current one; the last received of several."""
    rows = con.execute("SELECT edition_id, file_name, brochure, is_current FROM editions ORDER BY ingested_at DESC")
    editions = rows.fetchall()
    by_file = [edition for edition, file, _, _ in editions if PurePath(file).stem == name]
    by_brochure = [edition for edition, _, brochure, current in editions if brochure == name and current]
    return next(iter((*by_file, *by_brochure)), None)


def editions_with_ids(con: Connection) -> list[str]:
    """The sha256 of every edition whose missions were given ids."""
    return [sha256 for (sha256,) in con.execute("SELECT DISTINCT sha256 FROM store.given").fetchall()]
