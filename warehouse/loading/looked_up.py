"""What printed clients mean by the official lists: each looked up once, its answer kept until lists or words change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from functools import lru_cache
from pathlib import Path

from carnet.warehouse.matching import bodies, clients
from carnet.warehouse.matching.bodies import LISTS, Bodies, load_bodies
from carnet.warehouse.matching.clients import HOME, Client, MeantClient, MeantClients, PrintedClient, meaning_of
from carnet.warehouse.store.db import Connection
from carnet.warehouse.store.insert import insert

_CODE = (bodies.__file__, clients.__file__)
"""By which names are looked up: what is kept was found by this code."""


PRINTED = """
WITH told AS (FROM store.mission WHERE client IS NOT NULL{of_these}),
types AS (SELECT client, client_type AS kind, count(*) AS n FROM told WHERE client_type IS NOT NULL GROUP BY ALL),
lands AS (SELECT client, client_country AS land, count(*) AS n FROM told WHERE client_country IS NOT NULL GROUP BY ALL)
SELECT client, kind, land
FROM (SELECT DISTINCT client FROM told)
LEFT JOIN (SELECT client, first(kind ORDER BY n DESC, kind) AS kind FROM types GROUP BY client) USING (client)
LEFT JOIN (SELECT client, first(land ORDER BY n DESC, land) AS land FROM lands GROUP BY client) USING (client)
"""
"""The printed clients, each with the type and the country that most of its missions have, the first of as many."""


_NOTED = "CREATE TEMP TABLE IF NOT EXISTS _noted (client VARCHAR NOT NULL)"
_OF_NOTED = "client IN (SELECT client FROM _noted)"


def note_printed(con: Connection, edition_id: str) -> None:
    """Clients that an edition prints, before its rows are others, and after."""
    con.execute(_NOTED)
    con.execute(
        "INSERT INTO _noted SELECT DISTINCT client FROM store.mission WHERE edition_id = ? AND client IS NOT NULL",
        [edition_id],
    )


def differences(
    con: Connection, editions: Iterable[str] | None = None
) -> tuple[list[PrintedClient], list[PrintedClient]]:
    """The printed clients of which nothing is kept, and those that are kept in vain: of these editions and of those
    that were noted, or of all (None)."""
    for edition_id in editions or ():
        note_printed(con, edition_id)
    con.execute(_NOTED)
    is_old = con.execute("SELECT 1 FROM store.looked_up WHERE lists <> ? LIMIT 1", [lists_digest()]).fetchall()
    one_of = "" if editions is None or is_old else _OF_NOTED
    printed = f"SELECT * FROM ({PRINTED.format(of_these=one_of and f' AND {one_of}')})"
    kept = f"SELECT client, client_type, client_country FROM store.looked_up WHERE {one_of or True}"
    fresh, gone = _differences(con, printed, kept)
    con.execute("DROP TABLE _noted")
    return fresh, gone


def _differences(con: Connection, printed: str, kept: str) -> tuple[list[PrintedClient], list[PrintedClient]]:
    lists = [lists_digest()]
    fresh = con.execute(f"{printed} EXCEPT {kept} AND lists = ?", lists).fetchall()
    gone = con.execute(f"({kept} EXCEPT {printed}) UNION ({kept} AND lists <> ?)", lists).fetchall()
    return fresh, gone


def kept_of(con: Connection, names: Iterable[str]) -> dict[PrintedClient, MeantClients]:
    """What is kept of these names."""
    rows = con.execute(f"{_KEPT} WHERE list_contains(?::VARCHAR[], client)", [sorted(names)]).fetchall()
    return {(client, kind, country): _read(meaning) for client, kind, country, meaning in rows}


def take_in(con: Connection, fresh: Sequence[PrintedClient], gone: Iterable[PrintedClient]) -> None:
    """Look these up, and keep what they mean; nothing of those that are gone. Within the caller's transaction."""
    lists = _lists(fresh) if fresh else {}
    _keep(con, {one: meaning_of(one, lists) for one in fresh}, gone)


def look_up(con: Connection, printed: Sequence[PrintedClient]) -> dict[PrintedClient, MeantClients]:
    """Within the caller's transaction; nothing stays kept of clients that are printed no more."""
    kept = _kept(con)
    fresh = [one for one in printed if one not in kept]
    lists = _lists(fresh) if fresh else {}
    found = {one: kept[one] if one in kept else meaning_of(one, lists) for one in printed}
    _keep(con, {one: found[one] for one in fresh}, kept.keys() - found.keys())
    return found


_KEPT = "SELECT client, client_type, client_country, meaning FROM store.looked_up"


def _kept(con: Connection) -> dict[PrintedClient, MeantClients]:
    """Those of these lists; others are dropped."""
    con.execute("DELETE FROM store.looked_up WHERE lists <> ?", [lists_digest()])
    rows = con.execute(_KEPT).fetchall()
    return {(client, kind, country): _read(meaning) for client, kind, country, meaning in rows}


def _keep(con: Connection, fresh: Mapping[PrintedClient, MeantClients], gone: Iterable[PrintedClient]) -> None:
    for one in gone:
        con.execute(
            """DELETE FROM store.looked_up WHERE client = ? AND client_type IS NOT DISTINCT FROM ?
               AND client_country IS NOT DISTINCT FROM ?""",
            one,
        )
    insert(con, "looked_up", [(lists_digest(), *one, _written(meaning)) for one, meaning in fresh.items()])


def _written(meaning: MeantClients) -> str:
    return json.dumps([[astuple(part) for part in pair] for pair in meaning], ensure_ascii=False)


def _read(written: str) -> MeantClients:
    return tuple((Client(*client), MeantClient(*meant)) for client, meant in json.loads(written))


def _lists(printed: Sequence[PrintedClient]) -> dict[str, Bodies]:
    """Of the countries that these clients are of."""
    told = {country or HOME for *_, country in printed}
    return {country: load_bodies(country) for country in sorted(told & LISTS.keys())}


@lru_cache(maxsize=1)
def lists_digest() -> str:
    """A fingerprint of the lists, of their words, and of the code that looks up in them."""
    files = [*(file for some in LISTS.values() for file in some), *map(Path, _CODE)]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]
