"""What all pages share: the warehouse, who may ask, the words, the templates."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

from anyio import CapacityLimiter, to_thread
from fastapi import Depends, Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from carnet.flows.pages.answers import Answers
from carnet.flows.pages.guard import HostGuard
from carnet.flows.pages.words import exactly, shown, word, words
from carnet.flows.services.desk import Desk
from carnet.flows.services.page_views import PageViews
from carnet.flows.settings import Settings
from carnet.schemas.closed_lists import THEME
from carnet.schemas.correction import as_told
from carnet.schemas.fields import LABELLED
from carnet.warehouse.ask.shared import Shared
from carnet.warehouse.exports import french
from carnet.warehouse.store.db import Connection

HERE = Path(__file__).parent


@dataclass(frozen=True)
class House:
    """One warehouse and its door."""

    settings: Settings
    guard: HostGuard
    shared: Shared
    views: PageViews
    desk: Desk
    answers: Answers = field(default_factory=Answers)

    def state(self, request: Request) -> str:
        """An ETag for what is read only from the warehouse: the same as long as its file, and the question, are."""
        parts = [
            str(dt.date.today()),
            str(request.url),
            str(self.guard.is_known(request)),
            version("carnet"),
            _assets(),
        ]
        file = self.settings.warehouse
        for path in (file, file.with_name(f"{file.name}.wal")):
            with suppress(OSError):
                now = path.stat()
                parts += [str(now.st_mtime_ns), str(now.st_size), str(now.st_ino)]
        return '"{}"'.format(hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24])


def house_of(request: Request) -> House:
    found: House = request.app.state.house
    return found


async def reading(request: Request) -> AsyncIterator[Connection]:
    """A connection for one request. Who waits for it has a thread of their own, and the loop itself gives it back: else
    those who wait take all threads, and nobody is left to leave."""
    held = house_of(request).shared.reading()
    con = await to_thread.run_sync(held.__enter__, limiter=CapacityLimiter(1))
    try:
        yield con
    finally:
        held.__exit__(None, None, None)


ReadingConnection = Annotated[Connection, Depends(reading)]
Here = Annotated[House, Depends(house_of)]


def show(request: Request, template: str, status: int = 200, /, **given: Any) -> Response:
    """A page; what a brochure prints is escaped."""
    house = house_of(request)
    shared = {"request": request, "known": house.guard.is_known(request), "assets": _assets()}
    return HTMLResponse(_templates().get_template(template).render(shared | given), status)


class _Spaced(FileSystemLoader):
    """Templates with the blanks of French print."""

    def get_source(self, environment: Environment, template: str) -> Any:  # as jinja2 has it
        source, *rest = super().get_source(environment, template)
        return french.spaced(source), *rest


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=_Spaced(HERE / "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.globals |= {"labelled": LABELLED, "exactly": exactly}
    environment.globals |= {"words": words(), "word": word, "period": period, "amount": amount, "day": _day}
    environment.filters |= {"told": _told, "number": french.number, "spaced": french.spaced, "counted": _counted}
    return environment


def period(m: dict[str, Any]) -> str:
    """When a mission ran, as a French reader reads it."""
    ongoing = str(words()["status"]["ongoing"]) if m["status"] == "ongoing" else ""
    return french.period(
        m["start_date"], m["end_date"], m["start_precision"], m["end_precision"], ongoing=ongoing
    )  # fmt: skip


def amount(m: dict[str, Any]) -> str:
    return french.amount(m["amount"], m["amount_max"], m["currency"], m["tax"])


def _day(date: Any) -> str:  # a date or None
    return french.day(date) if date else ""


def _told(value: str | None, field: str) -> str:
    """A value of the log as a person reads it."""
    return word(field, value) if field == THEME else shown(field, as_told(field, value))


def _counted(count: int, what: str) -> str:
    """« 1 mission », « 1 204 missions »."""
    one, many = words()["counted"][what]
    return f"{french.number(count)}{french.NO_BREAK}{one if count < 2 else many}"


@cache
def _assets() -> str:
    """A fingerprint of scripts and styles, so that a browser keeps them until they change."""
    data = b"".join(path.read_bytes() for path in sorted((HERE / "static").iterdir()))
    return hashlib.sha256(data).hexdigest()[:10]
