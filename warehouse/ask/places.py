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


def id_at(con: Connection, edition_id: str, key: str) -> str:
    """The id of the mission that stands there now."""
    query = "SELECT mission_id FROM store.portrait WHERE edition_id = ? AND key = ?"
    return str(con.execute(query, [edition_id, key]).fetchall()[0][0])


def is_later(con: Connection, one: Stand, other: Stand) -> bool:
    """Does `one` stand in a later edition of their brochure?"""
    places = dict(con.execute("SELECT edition_id, place FROM _timeline").fetchall())
    return bool(places[one.edition_id] > places[other.edition_id])
