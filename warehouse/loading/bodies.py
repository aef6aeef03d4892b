"""The tables of clients as bodies: made anew for the clients that are printed otherwise than before, and for those that
share a body with them; for all, when the lists or what people say of clients are others."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import astuple

from carnet.warehouse.loading.looked_up import PRINTED, differences, kept_of, lists_digest, look_up, take_in
from carnet.warehouse.matching.clients import SAID, Client, MeantClient, PrintedClient, SameClient, gather
from carnet.warehouse.store.db import Connection
from carnet.warehouse.store.insert import insert


def renew_clients(con: Connection, said: Sequence[SameClient], editions: Collection[str] | None = None) -> set[str]:
    """Within the caller's transaction; the printed clients that mean other bodies now, or are new, and all of them when
    the list is another. `editions`: those whose rows are others than before; None: any may be."""
    digest = _digest(said)
    known = next((str(one) for (one,) in con.execute("SELECT digest FROM store.linked").fetchall()), "")
    if known != digest:
        return _all_anew(con, said, digest, are_known=known.split(_AND)[0] == digest.split(_AND)[0])
    fresh, gone = differences(con, editions)
    return _some_anew(con, said, fresh, gone) if fresh or gone else set()


def _all_anew(con: Connection, said: Sequence[SameClient], digest: str, are_known: bool) -> set[str]:
    """`are_known`: the links that are there are of these lists."""
    before = con.execute(_LINKS).fetchall() if are_known else []
    printed = con.execute(f"{PRINTED.format(of_these='')} ORDER BY client").fetchall()
    clients, meant = gather(look_up(con, printed), said)
    for table in ("body", "client_link", "linked"):
        con.execute(f"DELETE FROM store.{table}")
    _write(con, clients, meant)
    insert(con, "linked", [(digest,)])
    return {client for client, *_ in set(before) ^ set(con.execute(_LINKS).fetchall())}


def _some_anew(
    con: Connection, said: Sequence[SameClient], fresh: Sequence[PrintedClient], gone: Sequence[PrintedClient]
) -> set[str]:
    """Links of the names that came, went or are told otherwise, and of those that people spoke of; and the bodies that
    these mean, which are called as the first of all their names is."""
    take_in(con, fresh, gone)
    names = {name for name, *_ in (*fresh, *gone)} | _spoken_of(con, said)
    before = con.execute(f"{_LINKS} WHERE {_IS_NAMED}", [sorted(names)]).fetchall()
    of_names = kept_of(con, names)
    _, links = gather(of_names, said)
    ids = {client_id for _, _, client_id, _ in before} | {one.client_id for one in links}
    beside = con.execute(f"SELECT client FROM store.client_link WHERE {_IS_MEANT}", [sorted(ids)]).fetchall()
    clients, links = gather(of_names | kept_of(con, {name for (name,) in beside}), said)
    con.execute(f"DELETE FROM store.client_link WHERE {_IS_NAMED}", [sorted(names)])
    con.execute(f"DELETE FROM store.body WHERE {_IS_MEANT}", [sorted(ids)])
    _write(con, [one for one in clients if one.client_id in ids], [one for one in links if one.client in names])
    after = con.execute(f"{_LINKS} WHERE {_IS_NAMED}", [sorted(names)]).fetchall()
    return {client for client, *_ in set(before) ^ set(after)}


def _spoken_of(con: Connection, said: Sequence[SameClient]) -> set[str]:
    """The names that people told to be one, and all whose bodies are those of such names, or were made so."""
    if not said:
        return set()
    named = {name for pair in said for name in (pair.a, pair.b)}
    ids = {client.client_id for meaning in kept_of(con, named).values() for client, _ in meaning}
    rows = con.execute(
        f"SELECT client FROM store.client_link WHERE {_IS_MEANT} OR reason = ?", [sorted(ids), SAID]
    ).fetchall()
    return named | {name for (name,) in rows}


def _write(con: Connection, clients: Iterable[Client], meant: Iterable[MeantClient]) -> None:
    insert(con, "body", [astuple(client) for client in clients])
    insert(con, "client_link", [astuple(one) for one in meant])


_AND = "+"
_LINKS = "SELECT client, part, client_id, doubt FROM store.client_link"
_IS_NAMED = "list_contains(?::VARCHAR[], client)"
_IS_MEANT = "list_contains(?::VARCHAR[], client_id)"


def _digest(said: Sequence[SameClient]) -> str:
    """Of the lists and their words, and of what people said; which clients are printed is seen by comparing."""
    told = json.dumps([astuple(one) for one in said], ensure_ascii=False)
    return _AND.join((lists_digest(), hashlib.sha256(told.encode()).hexdigest()[:16]))
