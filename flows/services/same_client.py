"""Two names mean one client: decided, logged, taken into the warehouse."""

from __future__ import annotations

import datetime as dt

from carnet.flows.services.asked import Asked
from carnet.flows.services.unit_of_work import open_whole, take_in
from carnet.flows.settings import Settings
from carnet.warehouse.disk.errors import QueryError
from carnet.warehouse.log.journal import append
from carnet.warehouse.matching.bodies import key_of
from carnet.warehouse.store.db import Connection


def same_client(settings: Settings, a: str, b: str, asked: Asked) -> str:
    """Say that two clients are one; the official name of that body afterwards. A client is named as it is printed
    (case, accents and signs play no part) or by its `client_id`."""
    with open_whole(settings) as con:
        one, other = _printed(con, a), _printed(con, b)
        if one == other:
            raise QueryError(f"{a} and {b}: this is one name")
        line = {"a": one, "b": other, "why": asked.why, "author": asked.author}
        append(settings.raw, "same-client", line | {"made_at": dt.datetime.now(dt.UTC).isoformat()})
        take_in(con, settings)
        rows = con.execute(
            "SELECT official_name FROM clients JOIN client_links USING (client_id) WHERE client = ?", [one]
        ).fetchall()
        return str(rows[0][0])


def _printed(con: Connection, name: str) -> str:
    rows = con.execute("SELECT client, client_id FROM client_links ORDER BY part, client").fetchall()
    for client, client_id in rows:
        if name in (client, client_id) or key_of(name) == key_of(client):
            return str(client)
    raise QueryError(f"{name}: no client is called so; `carnet sql 'FROM clients'` lists them")
