"""To look at what was read beside the page it was read from, and to put it right: every act is a line in the log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import FileResponse, Response

from carnet.flows.pages.house import Here, House, ReadingConnection, show
from carnet.flows.pages.to_check import looked_at_by, place_of, still_open
from carnet.flows.pages.words import shown, word, words
from carnet.flows.services.asked import Asked, default_author
from carnet.flows.services.correct import correct, preview, undo
from carnet.flows.services.page_views import NoPicture, SeenPage
from carnet.flows.services.pair import pair
from carnet.flows.services.readings import FieldReadings, readings
from carnet.flows.services.themes import set_theme
from carnet.schemas.closed_lists import THEME
from carnet.schemas.fields import LABELLED
from carnet.warehouse.ask.corrections import corrections
from carnet.warehouse.ask.explore import edition_named
from carnet.warehouse.ask.missions import find_mission, mission_editions
from carnet.warehouse.ask.places import could_be
from carnet.warehouse.disk.errors import QueryError
from carnet.warehouse.exports import french

router = APIRouter(include_in_schema=False)
FIELDS = (
    "client", "client_type", "client_country", "title", "domain", "period", "status", "amount", "amount_max",
    "currency", "tax", *(field.column for field in LABELLED), "partners", "contacts", "context", "approach", "results",
)  # fmt: skip
"""In the order in which a page is read; others can be corrected by command."""
SELDOM = ("amount_max", "currency", "tax", "status", "partners", *(field.column for field in LABELLED))
"""Left out where a mission has none."""
CHOICES = ("client_type", "client_country", "status", "tax")
"""Chosen by their names, not typed."""
MOST_PAGES = 6
AskedEdition = Annotated[str | None, Query(max_length=64)]
Done = TypeVar("Done")


class Wish(BaseModel):
    """What somebody wants to set."""

    model_config = ConfigDict(extra="forbid")
    mission: Annotated[str, Field(max_length=64)]
    field: Annotated[str, Field(max_length=40)]
    value: Annotated[str, Field(max_length=20_000)] = ""
    why: Annotated[str, Field(max_length=400)] = ""


@router.get("/review")
def queue(request: Request, con: ReadingConnection, house: Here, edition: AskedEdition = None) -> Response:
    """All that is in question, or what of one edition is."""
    house.guard.wants_token(request)
    made = corrections(con)
    everywhere = still_open(con, made=made)
    counts = Counter((row["brochure"], row["edition_id"]) for row in everywhere)
    return show(
        request, "queue.html", queue=[row for row in everywhere if edition in (None, row["edition_id"])],
        brochures=sorted(counts.items()), edition=edition, done=made[:30],
    )  # fmt: skip


@router.get("/review/{mission_id}")
def review(
    mission_id: str, request: Request, con: ReadingConnection, house: Here, edition: AskedEdition = None
) -> Response:
    """A mission beside its page. `edition`: the one that is being gone through."""
    house.guard.wants_token(request)
    try:
        found = find_mission(con, mission_id)
        m = found["mission"]
        read = readings(con, house.settings, m["mission_id"])
    except QueryError as error:
        raise HTTPException(404, str(error)) from None
    made = corrections(con)
    order = [row["mission_id"] for row in still_open(con, edition, made)]
    at = order.index(m["mission_id"]) if m["mission_id"] in order else None
    last = [c for c in made if c["mission_id"] == m["mission_id"]]
    editions = mission_editions(con, m["mission_id"])
    fields = list(_fields(found, read, looked_at_by(last)))
    rows = {field["name"] for field in fields}
    return show(
        request, "review.html", m=m,
        general=[f for f in found["findings"] if place_of(f["field"] or "") not in rows],
        found=found, pages=_pages(m), fields=fields, done=last[:8],
        within=f"?{urlencode({'edition': edition})}" if edition else "",
        choices={name: words()[name] for name in CHOICES},
        at=at, count=len(order), next=_neighbour(order, at, 1), previous=_neighbour(order, at, -1),
        alike=could_be(con, m["mission_id"]), before=editions[-2] if len(editions) > 1 else None,
    )  # fmt: skip


def _neighbour(order: list[str], at: int | None, step: int) -> str | None:
    """After the last one comes the first: a mission moves down when the worst about it is settled."""
    if at is None:
        return order[0] if order and step > 0 else None
    if step > 0:
        return order[(at + 1) % len(order)] if len(order) > 1 else None
    return order[at - 1] if at else None


def _pages(m: dict[str, Any]) -> list[int]:
    first, last = m["page_first"], m["page_last"] or m["page_first"]
    return list(range(first, min(last, first + MOST_PAGES - 1) + 1)) if first else []


def _fields(found: dict[str, Any], read: FieldReadings, looked_at: set[tuple[str, str]]) -> Iterator[dict[str, Any]]:
    """A row for each field: its value as shown and as typed, the places of its words, findings, other readings."""
    mission_id = found["mission"]["mission_id"]
    for name in FIELDS:
        value = read.values.get(name)
        evidence = [e for e in found["evidence"] if place_of(e["field"]) == name]
        findings = [f for f in found["findings"] if f["field"] and place_of(f["field"]) == name]
        if value is None and not findings and name in SELDOM:
            continue
        yield {
            "name": name, "value": value, "shown": shown(name, value), "typed": _typed(name, value),
            "findings": findings,
            "is_asked": any(f["severity"] != "info" for f in findings) and (mission_id, name) not in looked_at,
            "boxes": list(_boxes(evidence)), "is_corrected": any(e["rule"] == "correction" for e in evidence),
            "others": [o for o in read.others.get(name, []) if o.text != value],
        }  # fmt: skip


def _typed(name: str, value: str | None) -> str:
    """As somebody would type it: figures with their blanks."""
    return shown(name, value).replace(french.THIN, " ") if name in ("amount", "amount_max") else value or ""


def _boxes(evidence: list[dict[str, Any]]) -> Iterator[str]:
    """Each place once: page and corners, as an attribute of the page."""
    places = [
        f"{e['page']},{e['x0']:g},{e['top']:g},{e['x1']:g},{e['bottom']:g}" for e in evidence if e["x0"] is not None
    ]
    yield from dict.fromkeys(places)


@router.get("/pictures/{edition_id}/{number}.png")
def picture(edition_id: str, number: int, request: Request, house: Here) -> Response:
    return FileResponse(seen(request, house, edition_id, number).picture, media_type="image/png")


@router.get("/api/pages/{edition_id}/{number}")
def page(edition_id: str, number: int, request: Request, house: Here) -> dict[str, Any]:
    """Size and words of a page: [text, x0, top, x1, bottom] in points."""
    return seen(request, house, edition_id, number).words


def seen(request: Request, house: House, edition_id: str, number: int) -> SeenPage:
    """A page as it is printed, for who holds the token."""
    house.guard.wants_token(request)
    with house.shared.reading() as con:
        edition = edition_named(con, edition_id)
    if edition is None or edition["media_type"].startswith("text/"):
        raise HTTPException(404, words()["refused"]["no_pages"])
    try:
        return house.views.page(edition["sha256"], number)
    except NoPicture as error:
        raise HTTPException(404, words()["no_picture"][error.why].format(reason=error.reason)) from None


@router.post("/api/preview")
def look_ahead(wish: Wish, con: ReadingConnection, house: Here) -> dict[str, Any]:
    """What the value would be taken for, and what would follow; nothing is kept."""
    ahead = _or_sentence(wish.field, lambda: preview(con, house.settings, wish.mission, wish.field, wish.value))
    also = [
        {"field": word("fields", name), "old": shown(name, old), "new": shown(name, new)}
        for name, (old, new) in ahead.also.items()
    ]
    codes = {name: [word("findings", code) for code in getattr(ahead, name)] for name in ("settled", "asked")}
    return asdict(ahead) | {"shown": shown(wish.field, ahead.new_value), "also": also} | codes


@router.post("/api/correct")
def set_right(wish: Wish, house: Here) -> dict[str, Any]:
    asked = Asked(wish.why.strip() or words()["why"], default_author())
    with house.shared.writing():
        if wish.field == THEME:
            return asdict(set_theme(house.settings, wish.mission, wish.value, asked))
        done = _or_sentence(wish.field, lambda: correct(house.settings, wish.mission, wish.field, wish.value, asked))
    return asdict(done) | {"shown": shown(wish.field, done.new_value)}


@router.post("/api/undo")
def take_back(wish: Wish, house: Here) -> dict[str, Any]:
    with house.shared.writing():
        done = _or_sentence(wish.field, lambda: undo(house.settings, wish.mission, wish.field, default_author()))
    return asdict(done)


class Pairing(BaseModel):
    """Two missions that somebody says are one, or are not."""

    model_config = ConfigDict(extra="forbid")
    kind: Literal["same", "distinct"]
    mission: Annotated[str, Field(max_length=64)]
    other: Annotated[str, Field(max_length=64)]


@router.post("/api/pair")
def pair_up(wish: Pairing, house: Here) -> dict[str, str]:
    with house.shared.writing():
        asked = Asked(words()["why"], default_author())
        one, other = pair(house.settings, wish.kind, wish.mission, wish.other, asked)
    return {"mission": one if wish.kind == "same" else other}


def _or_sentence(field: str, act: Callable[[], Done]) -> Done:
    """What it gives; where the value can't be, what was expected, in French where we have words for it."""
    try:
        return act()
    except QueryError:
        raise
    except ValueError as error:
        raise HTTPException(422, words()["expected"].get(field, str(error))) from None
