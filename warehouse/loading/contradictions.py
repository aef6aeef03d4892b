"""Findings by knowledge: missions against the official list, for the editions that one may have changed in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from carnet.schemas.closed_lists import FindingCode, Origin, Severity
from carnet.warehouse.matching.bodies import Bodies, Body, load_bodies
from carnet.warehouse.matching.contradictions import PrintedMission, contradictions
from carnet.warehouse.store.db import Connection
from carnet.warehouse.store.insert import insert
from carnet.warehouse.store.rows import TableRow


def renew_contradictions(con: Connection, editions: Collection[str], clients: Collection[str]) -> None:
    """Within the caller's transaction. `clients`: those that mean other bodies than before; their missions are looked
    at in every edition."""
    some = con.execute(
        "SELECT DISTINCT edition_id FROM store.mission WHERE list_contains(?::VARCHAR[], client)", [list(clients)]
    ).fetchall()
    touched = sorted({*editions, *(edition for (edition,) in some)})
    if not touched:
        return
    con.execute(
        "DELETE FROM store.contradiction WHERE list_contains(?::VARCHAR[], edition_id) AND code <> ?",
        [touched, FindingCode.CONTRACT_MISMATCH.value],  # that one is `contracts.py`'s
    )
    missions = con.execute(_MISSIONS, [touched]).fetchall()
    if missions:
        insert(con, "contradiction", [row for mission in missions for row in _rows(mission, load_bodies())])


_MISSIONS = """
SELECT
    m.edition_id, m.ordinal, m.client, l.client_ids,
    coalesce(p.emails, []),
    list_filter(
        [m.title, m.domain] || coalesce(m.context, []) || coalesce(m.approach, []) || coalesce(m.results, []),
        lambda text: text IS NOT NULL
    ),
    EXISTS (
        FROM store.finding AS f
        WHERE f.edition_id = m.edition_id AND f.mission = m.ordinal AND f.code = 'client_mismatch'
    )
FROM store.mission AS m
JOIN (
    SELECT client, list(client_id ORDER BY part) AS client_ids
    FROM store.client_link
    GROUP BY client
    HAVING bool_and(starts_with(client_id, 'fr-') AND doubt IS NULL)
) AS l USING (client)
LEFT JOIN (
    SELECT edition_id, mission AS ordinal, list(email ORDER BY contact.ordinal) AS emails
    FROM store.contact AS contact
    WHERE email IS NOT NULL
    GROUP BY ALL
) AS p ON p.edition_id = m.edition_id AND p.ordinal = m.ordinal
WHERE list_contains(?::VARCHAR[], m.edition_id) AND m.client_stated
ORDER BY m.edition_id, m.ordinal
"""
"""Of clients that surely mean bodies of the list, and that the brochure states."""


def _rows(mission: Sequence[Any], bodies: Bodies) -> Iterator[TableRow]:  # a row of `_MISSIONS`
    edition_id, ordinal, client, ids, emails, texts, settled = mission
    domains = [email.rpartition("@")[2] for email in emails]
    for found in contradictions(PrintedMission(client, _bodies(ids, bodies), domains, texts, settled), bodies):
        code = FindingCode(found.code)
        severity = Severity.WARNING if code.origin is Origin.BROCHURE else Severity.INFO
        yield (edition_id, ordinal, code.value, code.origin.value, severity.value, found.field, found.message)


def _bodies(ids: Sequence[str], bodies: Bodies) -> list[Body]:
    """By their `client_id`, such as "fr-c-2a004"."""
    parts = [client_id.split("-", 2) for client_id in ids]
    found = [bodies.by_code.get((kind, code.upper())) for _, kind, code in parts]
    return [body for body in found if body]
