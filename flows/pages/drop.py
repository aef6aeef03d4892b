"""Brochures dropped onto the page: read one after the other, told file by file and page by page."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from starlette.responses import Response

from carnet.flows.catalogue import for_pages
from carnet.flows.pages.house import Here, House, show
from carnet.flows.pages.to_check import still_open
from carnet.flows.pages.words import words
from carnet.pipeline.read import MEDIA_TYPES
from carnet.pipeline.read.limits import LIMITS

router = APIRouter(include_in_schema=False)


@router.get("/drop")
def drop(request: Request, house: Here) -> Response:
    house.guard.wants_token(request)
    return show(request, "drop.html", kinds=",".join(MEDIA_TYPES), statuses=words()["statuses"])


@router.post("/api/files", status_code=202)
async def hand_in(
    request: Request, house: Here, name: Annotated[str, Query(min_length=1, max_length=1000)]
) -> dict[str, int]:
    """One file as it is; no bigger than a brochure may be."""
    number, path = house.desk.place(name)
    size = 0
    with path.open("wb") as file:
        async for block in request.stream():
            size += len(block)
            if size > LIMITS.file_bytes:
                break
            file.write(block)
    if size > LIMITS.file_bytes:
        path.unlink()
        house.desk.refuse(number, f"too big: the limit is {LIMITS.file_bytes >> 20} MB")
        raise HTTPException(413, words()["too_big"].format(most=LIMITS.file_bytes >> 20))
    house.desk.read(number, path)
    return {"number": number}


@router.get("/api/files")
def handed_in(request: Request, house: Here) -> dict[str, Any]:
    house.guard.wants_token(request)
    told = [asdict(file) | {"page": page} for file, page in house.desk.files()]
    to_look = _to_look(house) if any(one["edition_id"] for one in told) else Counter()
    return {
        "files": [
            one | {"reason": one["reason"] and for_pages(one["reason"]), "look": to_look[one["edition_id"]]}
            for one in told
        ]
    }


def _to_look(house: House) -> Counter[str]:
    """By edition, the missions that wait under « À vérifier »."""
    with house.shared.reading() as con:
        return Counter(row["edition_id"] for row in still_open(con))
