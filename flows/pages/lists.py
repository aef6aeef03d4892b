"""The chosen missions as a reference list for a tender: looked at before it is written, nothing open left unsaid."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from carnet.flows.catalogue import for_pages
from carnet.flows.pages.house import Here, House, ReadingConnection, show
from carnet.flows.pages.words import words
from carnet.flows.services.given_lists import past_lists, remember
from carnet.flows.services.word_to_pdf import WordNotPrinted, can_print, to_pdf
from carnet.warehouse.disk.errors import QueryError
from carnet.warehouse.exports.document import WEIGHTS, Document, DocumentOptions, open_cells, to_document
from carnet.warehouse.exports.document import words as reference_words
from carnet.warehouse.exports.reference_formats import FORMATS
from carnet.warehouse.exports.references import ReferenceQuery, choose
from carnet.warehouse.store.db import Connection

router = APIRouter(include_in_schema=False)
MOST = 500
BIGGEST_TEMPLATE = 20 << 20
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
        raise HTTPException(422, words()["list"]["too_long"].format(most=MOST))
    columns = tuple(name for name in dict.fromkeys(asked.getlist("column")) if name in WEIGHTS)
    look = DocumentOptions(
        firm.strip() or None, title.strip() or None, amounts="without_amounts" not in asked,
        contacts="contacts" in asked, fiches="fiches" in asked, declared="declared" in asked, columns=columns,
    )  # fmt: skip
    return Order(ids, years, as_of or dt.date.today(), look)


Ordered = Annotated[Order, Depends(order)]


@router.get("/basket")
def basket(request: Request, con: ReadingConnection, house: Here, wanted: Ordered) -> Response:
    """The list as it will be, beside what is open in it and the lists that used its missions before."""
    if wanted.look.contacts:
        house.guard.wants_token(request)
    document = _document(con, wanted) if wanted.pick else None
    ids = [reference.mission_id for reference in document.chosen.references] if document else []
    past = past_lists(con, house.settings, ids) if house.guard.is_known(request) else []
    return show(
        request, "basket.html", order=wanted, document=document, forms=OFFERED.values(), past=past,
        open_cells=open_cells(document) if document else [], columns=[n for n in WEIGHTS if not wanted.look.hides(n)],
        can_print=can_print(), column_label=reference_words()["columns"].__getitem__,
    )  # fmt: skip


@router.get("/basket/references.{form}")
def written(form: str, request: Request, house: Here, wanted: Ordered) -> Response:
    """The list as a file."""
    if form not in OFFERED:
        raise HTTPException(404, words()["list"]["forms"].format(form=form, known=", ".join(OFFERED)))
    with house.shared.reading() as con:
        document = _to_give(request, con, house, wanted)
    return _given(request, house, document, form, OFFERED[form].write(document))


@router.get("/basket/modele.docx")
def template_to_begin_with() -> Response:
    """A Word document with every mark at its place, to be altered."""
    from carnet.warehouse.exports.template import new_template

    kept = {"Content-Disposition": 'attachment; filename="modele-references.docx"'}
    return Response(new_template(), media_type=OFFERED["docx"].media_type, headers=kept)


@router.post("/basket/references.{form}")
async def in_a_template(form: Literal["docx", "pdf"], request: Request, house: Here, wanted: Ordered) -> Response:
    """The list in the firm's own Word document, which is sent along and not kept; or that as LibreOffice prints it."""
    if form == "pdf" and not can_print():
        raise HTTPException(422, words()["list"]["no_office"])
    data = b""
    async for block in request.stream():
        data += block
        if len(data) > BIGGEST_TEMPLATE:
            raise HTTPException(413, words()["list"]["big_template"])
    return await run_in_threadpool(_filled, form, request, house, wanted, data)


def _filled(form: str, request: Request, house: House, wanted: Order, data: bytes) -> Response:
    from carnet.warehouse.exports.template import TemplateRefused, fill_template, read_template

    try:
        template = read_template(data)
    except TemplateRefused as error:
        raise HTTPException(422, str(error)) from None
    if template.columns:
        wanted = replace(wanted, look=replace(wanted.look, columns=template.columns))
    with house.shared.reading() as con:
        document = _to_give(request, con, house, wanted)
    word = fill_template(template, document)
    try:
        return _given(request, house, document, form, word if form == "docx" else to_pdf(word, house.settings))
    except WordNotPrinted as error:
        raise HTTPException(422, words()["list"]["not_printed"].format(why=error)) from None


def _to_give(request: Request, con: Connection, house: House, wanted: Order) -> Document:
    """What may leave: asked for by who may, and with holes only where somebody said so."""
    if wanted.look.contacts:
        house.guard.wants_token(request)
    if not wanted.pick:
        raise HTTPException(422, words()["list"]["empty"])
    document = _document(con, wanted)
    if open_cells(document) and "open" not in request.query_params:
        raise HTTPException(422, words()["open_cells"])
    return document


def _given(request: Request, house: House, document: Document, form: str, data: bytes) -> Response:
    name = f"references-{document.day}.{form}"
    if house.guard.is_known(request):
        asked = [(key, value) for key, value in request.query_params.multi_items() if key != "open"]
        with house.shared.writing():
            remember(house.settings, document, form, name, urlencode(asked))
    kept = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=OFFERED[form].media_type, headers=kept)


def _document(con: Connection, wanted: Order) -> Document:
    try:
        chosen = choose(con, ReferenceQuery(as_of=wanted.as_of, years=wanted.years, pick=wanted.pick))
    except QueryError as error:
        raise HTTPException(422, words()["list"]["gone"].format(why=for_pages(str(error)))) from None
    return to_document(chosen, wanted.look)
