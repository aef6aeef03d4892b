"""What the address of a page or of the API asks for: missions by facets, in an order, a page at a time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, HTTPException, Query, Request

from carnet.flows.pages.words import mistake
from carnet.schemas.values import PartialDate
from carnet.warehouse.ask.explore import SORTS, Choice

MOST = 500
AskedWord = Annotated[str | None, Query(max_length=400)]


def choice(
    text: AskedWord = None,
    domain: AskedWord = None,
    theme_code: AskedWord = None,
    client_type: AskedWord = None,
    departement: AskedWord = None,
    client_country: AskedWord = None,
    firm: AskedWord = None,
    brochure: AskedWord = None,
    status: AskedWord = None,
    size: AskedWord = None,
    year: Annotated[str | None, Query(pattern=r"^(\d{4})?$")] = None,
    client: AskedWord = None,
    since: AskedWord = None,
    until: AskedWord = None,
    min_amount: Annotated[str | None, Query(pattern=r"^(\d{1,12}(\.\d+)?)?$")] = None,
    max_amount: Annotated[str | None, Query(pattern=r"^(\d{1,12}(\.\d+)?)?$")] = None,
) -> Choice:
    """Facets as values stand in `missions` ("-": not given); `since`, `until`: 2021, 2021-03 or 2021-03-15. An empty
    field of a form says nothing."""
    return Choice(
        text=_said(text), domain=_said(domain), theme_code=_said(theme_code),
        client_type=_said(client_type), departement=_said(departement),
        client_country=_said(client_country), firm=_said(firm), brochure=_said(brochure), status=_said(status),
        size=_said(size), client=_said(client),
        year=int(year) if year else None, since=_day("since", since, last=False), until=_day("until", until, last=True),
        min_amount=float(min_amount) if min_amount else None, max_amount=float(max_amount) if max_amount else None,
    )  # fmt: skip


@dataclass(frozen=True)
class ListPart:
    """Which part of the list, in which order."""

    sort: str
    offset: int
    limit: int


def part(
    sort: Annotated[str, Query()] = "best",
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 24,
) -> ListPart:
    if sort not in SORTS:
        raise HTTPException(422, mistake("sort", "one_of", {"known": ", ".join(SORTS)}))
    return ListPart(sort, offset, limit)


AskedChoice = Annotated[Choice, Depends(choice)]
Listed = Annotated[ListPart, Depends(part)]


def address(request: Request, **changed: object) -> str:
    """The same page with some of its questions changed; None takes one away. It begins anew with the first page."""
    kept = {name: value for name, value in request.query_params.items() if value and name not in ("offset", *changed)}
    asked = urlencode(kept | {name: value for name, value in changed.items() if value is not None})
    return f"?{asked}" if asked else request.url.path


def _said(text: str | None) -> str | None:
    return (text or "").strip() or None


def _day(name: str, text: str | None, *, last: bool) -> dt.date | None:
    if not _said(text):
        return None
    try:
        parts = dict(zip(("year", "month", "day"), map(int, str(text).split("-")), strict=False))
        partial = PartialDate(**parts)
        return partial.last_day() if last else partial.first_day()
    except (ValueError, TypeError):
        raise HTTPException(422, mistake(name, "day")) from None
