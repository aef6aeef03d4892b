"""Which clients of all brochures are one body: by the official list, by their spelling, by what a person says."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from carnet.warehouse.matching.bodies import KINDS, Bodies, Body, Link, key_of

_OWN = "own-"
SAID = "a person said so"
"""The reason of a link that no list gave."""
_PARTS = re.compile(r"[/;]")
HOME = "FR"
"""Where a client is whose country is not told."""
PrintedClient = tuple[str, str | None, str | None]
"""A client as printed, its type, its country."""


@dataclass(frozen=True)
class Client:
    """A body: a row of the view `clients`."""

    client_id: str
    official_name: str
    kind: str | None
    insee_code: str | None = None
    siren: str | None = None
    departement: str | None = None
    region: str | None = None
    population: int | None = None


@dataclass(frozen=True)
class MeantClient:
    """That a part of a printed client means a body."""

    client: str
    part: int
    client_id: str
    reason: str
    score: float
    doubt: str | None


MeantClients = tuple[tuple[Client, MeantClient], ...]
"""The bodies that one printed client means, part by part."""


@dataclass(frozen=True)
class SameClient:
    """What a person said: two names mean one client."""

    a: str
    b: str


def link_clients(
    printed: Iterable[PrintedClient],
    said: Sequence[SameClient],
    bodies: Bodies,
    abroad: Mapping[str, Bodies] | None = None,
) -> tuple[list[Client], list[MeantClient]]:
    """The bodies behind all printed clients, and which name means which. `abroad`: the lists of other countries; one
    that has none has no bodies of a list."""
    lists = {HOME: bodies, **(abroad or {})}
    return gather({one: meaning_of(one, lists) for one in printed}, said)


def meaning_of(printed: PrintedClient, lists: Mapping[str, Bodies]) -> MeantClients:
    """The bodies that one printed client means by itself. A client of two ("CAP 3B / Bourg") means both."""
    name, kind, country = printed
    land = country or HOME
    found = []
    for part, (text, link) in enumerate(_parts(name, kind, lists.get(land)), start=1):
        client = _listed(link.body, land, lists[land]) if link else _unlisted(text, kind)
        told = (link.reason, round(link.score, 3), link.doubt) if link else ("its own spelling", 1.0, None)
        found.append((client, MeantClient(name, part, client.client_id, *told)))
    return tuple(found)


def gather(
    meanings: Mapping[PrintedClient, MeantClients], said: Sequence[SameClient]
) -> tuple[list[Client], list[MeantClient]]:
    """All of them as one list of bodies, once each, and of links, after what people said."""
    clients: dict[str, Client] = {}
    meant: dict[tuple[str, int], MeantClient] = {}
    for printed in sorted(meanings, key=str):
        for client, one in meanings[printed]:
            clients.setdefault(client.client_id, client)
            meant[one.client, one.part] = one
    links = _as_said(list(meant.values()), said)
    return [clients[name] for name in sorted({one.client_id for one in links})], links


def _parts(name: str, kind: str | None, bodies: Bodies | None) -> Iterator[tuple[str, Link | None]]:
    """The bodies that a printed client names, with their links."""
    if bodies is None:
        yield name, None
        return
    parts = [part.strip() for part in _PARTS.split(name) if part.strip()]
    links = [bodies.link(part, kind) for part in parts] if len(parts) > 1 else []
    if any(links):
        yield from zip(parts, links, strict=True)
    else:
        yield name, bodies.link(name, kind)


def _listed(body: Body, country: str, bodies: Bodies) -> Client:
    is_home = country == HOME
    area, region = bodies.by_code.get(("d", body.departement)), bodies.by_code.get(("r", body.region))
    return Client(
        client_id=f"{country.lower()}-{body.kind}-{body.code.lower()}",
        official_name=body.name,
        kind=KINDS[body.kind],
        insee_code=body.code if is_home and body.kind != "e" else None,
        siren=body.siren or None,
        departement=area.code if is_home and area and body.kind != "r" else None,
        region=region.name if region else None,
        population=body.population or None,
    )


def _unlisted(name: str, kind: str | None) -> Client:
    key = key_of(name) or name
    return Client(f"{_OWN}{hashlib.sha256(key.encode()).hexdigest()[:12]}", name, kind)


def _as_said(meant: Sequence[MeantClient], said: Sequence[SameClient]) -> list[MeantClient]:
    """Both names mean one body: that which the list holds, else that of the first name."""
    out = list(meant)
    for pair in said:
        ids = [next((one.client_id for one in out if one.client == name), None) for name in (pair.a, pair.b)]
        known = [one for one in ids if one]
        if not known:
            continue
        chosen = next((one for one in known if not one.startswith(_OWN)), known[0])
        for at, one in enumerate(out):
            if one.client in (pair.a, pair.b) or one.client_id in known:
                out[at] = replace(one, client_id=chosen, reason=SAID, score=1.0, doubt=None)
    return out
