"""The chosen missions as a reference list for a tender: looked at before it is written, nothing open left unsaid."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from starlette.responses import Response

from carnet.flows.pages.house import Here, Reader, show, words
from carnet.warehouse.disk.errors import QueryError
from carnet.warehouse.exports.document import Document, DocumentOptions, to_document
from carnet.warehouse.exports.document import words as reference_words
from carnet.warehouse.exports.reference_formats import FORMATS
from carnet.warehouse.exports.references import ReferenceQuery, choose
from carnet.warehouse.store.db import Connection

router = APIRouter(include_in_schema=False)
MOST = 500
OFFERED = {form.name: form for form in FORMATS.values() if form.media_type}


@dataclass(frozen=True)
class Order:
    """Which missions in which order, and what the list shows of them."""

    pick: tuple[str, ...]
    years: int
    as_of: dt.date
    look: DocumentOptions


def order(
    request: Request,
    pick: Annotated[str, Query(max_length=20_000)] = "",
    years: Annotated[int, Query(ge=1, le=100)] = 3,
    as_of: dt.date | None = None,
    firm: Annotated[str, Query(max_length=200)] = "",
    title: Annotated[str, Query(max_length=300)] = "",
) -> Order:
    asked = request.query_params
    ids = tuple(dict.fromkeys(part.strip() for part in pick.split(",") if part.strip()))
    if len(ids) > MOST:
        raise HTTPException(422, f"une liste a au plus {MOST} références")
    look = DocumentOptions(
        firm.strip() or None, title.strip() or None, amounts="without_amounts" not in asked,
        contacts="contacts" in asked, fiches="fiches" in asked, declared="declared" in asked,
    )  # fmt: skip
    return Order(ids, years, as_of or dt.date.today(), look)


Ordered = Annotated[Order, Depends(order)]


@router.get("/basket")
def basket(request: Request, con: Reader, house: Here, wanted: Ordered) -> Response:
    """The list as it will be, beside what is open in it."""
    if wanted.look.contacts:
        house.guard.wants_token(request)
    document = _document(con, wanted) if wanted.pick else None
    return show(
        request, "basket.html", order=wanted, document=document, open_cells=_open(document), forms=OFFERED.values()
    )


@router.get("/basket/references.{form}")
def written(form: str, request: Request, con: Reader, house: Here, wanted: Ordered) -> Response:
    """The list as a file."""
    if form not in OFFERED:
        raise HTTPException(404, f"{form}: une liste s’écrit en {', '.join(OFFERED)}")
    if wanted.look.contacts:
        house.guard.wants_token(request)
    if not wanted.pick:
        raise HTTPException(422, "la liste est vide")
    document = _document(con, wanted)
    if _open(document) and "open" not in request.query_params:
        raise HTTPException(422, words()["open_cells"])
    data = OFFERED[form].write(document)
    kept = {"Content-Disposition": f'attachment; filename="references-{wanted.as_of}.{form}"'}
    return Response(data, media_type=OFFERED[form].media_type, headers=kept)


def _document(con: Connection, wanted: Order) -> Document:
    try:
        chosen = choose(con, ReferenceQuery(as_of=wanted.as_of, years=wanted.years, pick=wanted.pick))
    except QueryError as error:
        raise HTTPException(422, f"une mission de la liste n’est plus là : {error}") from None
    return to_document(chosen, wanted.look)


def _open(document: Document | None) -> list[tuple[int, str, str, str]]:
    """Number, label, words and column of each cell that says that something is not said, or is to be joined."""
    to_join = reference_words()["to_join"]
    found = []
    for number, row in enumerate(document.rows if document else (), 1):
        for column, cell in zip(document.columns, row, strict=True):  # type: ignore[union-attr]
            if cell.is_open or (column.name == "attestation" and cell.text == to_join):
                found.append((number, column.label, cell.text, column.name))
    return found
