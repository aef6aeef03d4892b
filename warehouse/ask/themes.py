"""The theme of a mission, as the warehouse has it."""

from __future__ import annotations

from carnet.warehouse.store.db import Connection


def theme_of(con: Connection, mission_id: str) -> str | None:
    """Its code in the current edition; None where nothing tells it, or a person said that none fits."""
    row = con.execute(
        "SELECT theme_code FROM mission_themes SEMI JOIN missions USING (mission_id, edition_id) WHERE mission_id = ?",
        [mission_id],
    ).fetchone()
    return str(row[0]) if row else None
