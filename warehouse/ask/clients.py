"""Clients by the names under which they are printed."""

from __future__ import annotations

from carnet.warehouse.disk.errors import QueryError
from carnet.warehouse.matching.bodies import key_of
from carnet.warehouse.store.db import Connection


def printed_client(con: Connection, name: str) -> str:
    """A client as it is printed, by its name (case, accents and signs play no part) or its `client_id`.

    Raises QueryError where none is called so.
    """
    rows = con.execute("SELECT client, client_id FROM client_links ORDER BY part, client").fetchall()
    for client, client_id in rows:
        if name in (client, client_id) or key_of(name) == key_of(client):
            return str(client)
    raise QueryError(f"{name}: no client is called so; `carnet sql 'FROM clients'` lists them")


def official_name(con: Connection, client: str) -> str:
    """What the body is called that a printed client means."""
    rows = con.execute(
        "SELECT official_name FROM clients JOIN client_links USING (client_id) WHERE client = ? ORDER BY part", [client]
    ).fetchall()
    return str(rows[0][0])
