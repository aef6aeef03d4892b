"""The warehouse as JSON, read-only, see /api/openapi.json. Who does not hold the token is told of no person."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import JSONResponse, Response

from carnet.flows.pages.asked_for import MOST, AskedChoice, Listed
from carnet.flows.pages.house import Here, ReadingConnection
from carnet.warehouse.ask.changes import steps
from carnet.warehouse.ask.explore import all_editions, facets, find
from carnet.warehouse.ask.missions import SEVERITIES, find_mission, findings_query, mission_editions
from carnet.warehouse.ask.query import ask
from carnet.warehouse.disk.errors import QueryError

router = APIRouter(prefix="/api", tags=["missions"])
Json = dict[str, Any]


@router.get("/missions", summary="Missions by facets and words, a page of them at a time")
def missions(con: ReadingConnection, choice: AskedChoice, part: Listed) -> Json:
    found = find(con, choice, part.sort, part.offset, part.limit)
    return dict(total=found.total, offset=part.offset, limit=part.limit, missions=found.missions)


@router.get("/facets", summary="How many of these missions each value has")
def counts(con: ReadingConnection, choice: AskedChoice) -> Json:
    return {
        name: [{"value": count.value, "missions": count.missions} for count in found]
        for name, found in facets(con, choice).items()
    }


@router.get("/missions/{mission_id}", summary="One mission: fields, evidence, partners, findings, its editions")
def mission(mission_id: str, request: Request, con: ReadingConnection, house: Here) -> Json:
    try:
        found = find_mission(con, mission_id)
    except QueryError as error:
        raise HTTPException(404, str(error)) from None
    found["editions"] = mission_editions(con, found["mission"]["mission_id"])
    return found if house.guard.is_known(request) else without_people(found)


@router.get("/editions", summary="Every document that was read")
def editions(con: ReadingConnection) -> Json:
    return dict(editions=all_editions(con))


@router.get("/changes", summary="What the last edition of each brochure changed, or one edition against another")
def changes(
    request: Request,
    con: ReadingConnection,
    house: Here,
    brochure: str | None = None,
    from_edition: str | None = None,
    to_edition: str | None = None,
) -> Json:
    try:
        found = steps(con, brochure, from_edition, to_edition)
    except QueryError as error:
        raise HTTPException(404, str(error)) from None
    known = house.guard.is_known(request)
    listed = [vars(c) for step in found for c in step.changes if known or not _on_people(c.field)]
    return dict(
        steps=[{"brochure": s.brochure, "from": s.old.edition_id, "to": s.new.edition_id} for s in found],
        changes=listed,
    )


@router.get("/findings", summary="What needs a look, worst first")
def findings(
    request: Request,
    con: ReadingConnection,
    house: Here,
    severity: str | None = None,
    origin: str | None = None,
    code: str | None = None,
    brochure: str | None = None,
    all_editions: bool = False,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> Json:
    if severity not in (None, *SEVERITIES):
        raise HTTPException(422, f"severity: expected {', '.join(SEVERITIES)}")
    rows = ask(con, *findings_query(severity, origin, code, brochure, all_editions)).dicts()
    if not house.guard.is_known(request):
        rows = [row for row in rows if not _on_people(row["field"], row["code"])]
    return dict(total=len(rows), findings=rows[offset : offset + limit])


@router.get("/openapi.json", include_in_schema=False)
def description(request: Request) -> Response:
    return JSONResponse(request.app.openapi())


def without_people(found: Json) -> Json:
    """A mission as `find_mission` gives it, without contacts and what tells of them."""
    return found | {
        "contacts": [],
        "evidence": [e for e in found["evidence"] if not _on_people(e["field"])],
        "findings": [f for f in found["findings"] if not _on_people(f["field"], f["code"])],
    }


def _on_people(*words: str | None) -> bool:
    return any((word or "").startswith(("contact", "email", "team")) for word in words)
