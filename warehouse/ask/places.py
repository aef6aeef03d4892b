"""The editions in which a mission stands."""

from __future__ import annotations

from dataclasses import dataclass

from carnet.warehouse.store.db import Connection


@dataclass(frozen=True)
class Stand:
    """An edition in which a mission stands, and its key there."""

    edition_id: str
    sha256: str
    key: str
    brochure: str

    @property
    def place(self) -> tuple[str, str]:
        return self.sha256, self.key


def stands(con: Connection, mission_id: str) -> list[Stand]:
    """The editions in which a mission stands, the newest last."""
    rows = con.execute(
        """SELECT p.edition_id, e.sha256, p.key, e.brochure FROM store.portrait AS p
           JOIN _timeline AS t USING (edition_id) JOIN store.edition AS e USING (edition_id)
           WHERE p.mission_id = ? ORDER BY t.place""",
        [mission_id],
    ).fetchall()
    return [Stand(*row) for row in rows]
