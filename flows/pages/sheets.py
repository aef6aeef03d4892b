"""The pages of an edition with the missions that were read on each; one that was lost is drawn there."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from carnet.flows.pages.house import Here, House, ReadingConnection, amount, house_of, period, show
from carnet.flows.pages.review import seen
from carnet.flows.pages.words import word, words
from carnet.flows.services.asked import Asked, default_author
from carnet.flows.services.draw import Frame, draw, sketch
from carnet.schemas.layout import BBox
from carnet.warehouse.ask.explore import edition_named, on_page
from carnet.warehouse.disk.errors import QueryError

router = APIRouter(include_in_schema=False)
Point = Annotated[float, Field(ge=-20_000, le=20_000)]


class DrawnFrame(BaseModel):
    """What somebody framed: corners in points from the top left of the page."""

    model_config = ConfigDict(extra="forbid")
    edition: Annotated[str, Field(max_length=64)]
    page: Annotated[int, Field(ge=1, le=100_000)]
    box: tuple[Point, Point, Point, Point]
    why: Annotated[str, Field(max_length=400)] = ""


@router.get("/editions/{edition_id}/pages/{number}")
def sheet(edition_id: str, number: int, request: Request, con: ReadingConnection, house: Here) -> Response:
    """One page with a frame around each mission that was read on it."""
    house.guard.wants_token(request)
    edition = edition_named(con, edition_id)
    if edition is None or not edition["pages"] or not 1 <= number <= edition["pages"]:
        raise HTTPException(404, words()["refused"]["no_such_page"])
    missions = [m | {"box": _around(m["boxes"])} for m in on_page(con, edition_id, number)]
    return show(request, "sheet.html", edition=edition, number=number, missions=missions)


def _around(boxes: list[list[float]] | None) -> str:
    """The corners of the frame around all of them, as an attribute of the page."""
    found = [BBox(*box) for box in boxes or ()]
    if not found:
        return ""
    box = BBox.around(found)
    return f"{box.x0:g},{box.top:g},{box.x1:g},{box.bottom:g}"


@router.post("/api/sketch")
def look_ahead(wish: DrawnFrame, request: Request, house: Here) -> dict[str, Any]:
    """What would be read in the frame; nothing is kept."""
    frame = _frame(wish, request)
    with house.shared.reading() as con:
        try:
            seen = sketch(con, house.settings, frame, Asked("", ""))
        except QueryError:
            raise HTTPException(422, words()["no_sketch"]) from None
    m = seen.mission.model_dump()
    told = {
        "title": m["title"], "client": m["client"], "period": period(m), "amount": amount(m),
        **{name: " · ".join(m[name]) for name in ("context", "approach", "results")},
    }  # fmt: skip
    return {
        "fields": [{"field": word("fields", name), "value": value} for name, value in told.items()],
        "asked": list(dict.fromkeys(word("findings", finding.code.value) for finding in seen.findings)),
    }


@router.post("/api/draw")
def keep(wish: DrawnFrame, request: Request, house: Here) -> dict[str, str]:
    frame = _frame(wish, request)
    with house.shared.writing():
        try:
            made = draw(house.settings, frame, Asked(wish.why.strip() or words()["why_drawn"], default_author()))
        except QueryError:
            raise HTTPException(422, words()["no_sketch"]) from None
    return {"mission": made}


def _frame(wish: DrawnFrame, request: Request) -> Frame:
    house: House = house_of(request)
    page = seen(request, house, wish.edition, wish.page).words
    x0, top, x1, bottom = wish.box
    box = BBox(min(x0, x1), min(top, bottom), max(x0, x1), max(top, bottom))
    return Frame(wish.edition, wish.page, box, page["words"])
