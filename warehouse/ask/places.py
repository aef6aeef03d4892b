"""The editions in which a mission stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from carnet.warehouse.ask.query import ask
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


def could_be(con: Connection, mission_id: str, limit: int = 6) -> list[dict[str, Any]]:
    """Missions of its brochure that stand in no edition together with it, the likest title or client first."""
    return ask(con, _COULD_BE, {"mission": mission_id, "limit": limit}).dicts()


_COULD_BE = """
WITH own AS (
    SELECT edition_id, brochure, title, client FROM mission_history WHERE mission_id = $mission
),
newest AS (
    SELECT title, client FROM own JOIN _timeline AS t USING (edition_id) ORDER BY t.place DESC LIMIT 1
),
others AS (
    SELECT m.mission_id, m.title, m.client, e.file_name
    FROM mission_history AS m
    JOIN editions AS e USING (edition_id)
    JOIN _timeline AS t USING (edition_id)
    WHERE m.brochure IN (SELECT brochure FROM own)
    QUALIFY row_number() OVER (PARTITION BY m.mission_id ORDER BY t.place DESC) = 1
        AND NOT bool_or(m.edition_id IN (SELECT edition_id FROM own)) OVER (PARTITION BY m.mission_id)
)
SELECT others.*
FROM others, newest
ORDER BY
    jaro_winkler_similarity(lower(coalesce(others.title, '')), lower(coalesce(newest.title, '')))
    + jaro_winkler_similarity(lower(coalesce(others.client, '')), lower(coalesce(newest.client, ''))) DESC,
    others.mission_id
LIMIT $limit
"""
