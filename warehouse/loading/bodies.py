"""The tables of clients as bodies, made again whenever a client, or what people say of clients, is another."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import astuple

from carnet.warehouse.loading.looked_up import lists_digest, look_up
from carnet.warehouse.matching.clients import Printed, SameClient, gather
from carnet.warehouse.store.db import Connection
from carnet.warehouse.store.insert import insert


def renew_clients(con: Connection, said: Sequence[SameClient]) -> set[str]:
    """Within the caller's transaction; the printed clients that mean other bodies now, or are new, and all of them when
    the list is another."""
    printed: list[Printed] = con.execute(
        """SELECT client, mode(client_type ORDER BY client_type), mode(client_country ORDER BY client_country)
           FROM store.mission WHERE client IS NOT NULL GROUP BY client ORDER BY client"""
    ).fetchall()
    digest = _digest(printed, said)
    known = next((str(one) for (one,) in con.execute("SELECT digest FROM store.linked").fetchall()), "")
    if known == digest:
        return set()
    before = con.execute(_LINKS).fetchall() if known.split(_AND)[0] == digest.split(_AND)[0] else []
    clients, meant = gather(look_up(con, printed), said)
    for table in ("body", "client_link", "linked"):
        con.execute(f"DELETE FROM store.{table}")
    insert(con, "body", [astuple(client) for client in clients])
    insert(con, "client_link", [astuple(one) for one in meant])
    insert(con, "linked", [(digest,)])
    return {client for client, *_ in set(before) ^ set(con.execute(_LINKS).fetchall())}


_AND = "+"
_LINKS = "SELECT client, part, client_id, doubt FROM store.client_link"


def _digest(printed: Sequence[Printed], said: Sequence[SameClient]) -> str:
    """Of the list and its words, and of what is looked up in it."""
    told = json.dumps([printed, [astuple(one) for one in said]], ensure_ascii=False)
    return _AND.join((lists_digest(), hashlib.sha256(told.encode()).hexdigest()[:16]))
