"""The stored readings of an edition: what a correction is settled on, and what `carnet explain` shows."""

from __future__ import annotations

from schemas.draft import EditionDraft
from warehouse.db import Connection
from warehouse.errors import QueryError


def stored_draft(con: Connection, edition_id: str) -> EditionDraft:
    """The draft of one edition, as it was when the file was read."""
    row = con.execute("SELECT draft FROM store.edition WHERE edition_id = ?", [edition_id]).fetchone()
    if row is None:
        raise QueryError(f"{edition_id}: no such edition; `carnet sql 'FROM editions'` lists them")
    return EditionDraft.model_validate_json(row[0])
