"""Two names mean one client: decided, logged, taken into the warehouse."""

from __future__ import annotations

import datetime as dt

from carnet.flows.services.asked import Asked
from carnet.flows.services.unit_of_work import open_whole, take_in
from carnet.flows.settings import Settings
from carnet.warehouse.ask.clients import official_name, printed_client
from carnet.warehouse.disk.errors import QueryError
from carnet.warehouse.log.journal import append


def same_client(settings: Settings, a: str, b: str, asked: Asked) -> str:
    """Say that two clients are one; the official name of that body afterwards. Raises QueryError."""
    with open_whole(settings) as con:
        one, other = printed_client(con, a), printed_client(con, b)
        if one == other:
            raise QueryError(f"{a} and {b}: this is one name")
        line = {"a": one, "b": other, "why": asked.why, "author": asked.author}
        append(settings.raw, "same-client", line | {"made_at": dt.datetime.now(dt.UTC).isoformat()})
        take_in(con, settings)
        return official_name(con, one)
