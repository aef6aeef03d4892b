"""What people set right, as the warehouse holds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from carnet.warehouse.ask.query import ask
from carnet.warehouse.store.db import Connection


@dataclass(frozen=True)
class InForce:
    """A correction that holds: its id in the log, and what it replaced by what."""

    id: str
    old_value: str | None
    new_value: str | None


def last_in_force(con: Connection, mission_id: str, field: str) -> InForce | None:
    """The last correction of a field that was not undone."""
    row = con.execute(
        """SELECT correction_id, old_value, new_value FROM store.correction
           WHERE mission_id = ? AND field = ? AND undone_at IS NULL ORDER BY made_at DESC LIMIT 1""",
        [mission_id, field],
    ).fetchone()
    return InForce(*row) if row else None


def corrections(con: Connection, undone: bool = False) -> list[dict[str, Any]]:
    """Rows of the view `corrections`, the newest first; with `undone`, those taken back too."""
    where = "" if undone else "WHERE c.undone_at IS NULL"
    query = f"SELECT c.* FROM corrections AS c {where} ORDER BY c.made_at DESC, c.mission_id, c.field"
    return ask(con, query).dicts()
