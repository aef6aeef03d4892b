"""Pages to find missions: search and facets, one mission with its history, editions and what they changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from carnet.flows.pages.api import without_people
from carnet.flows.pages.asked_for import AskedChoice, Listed, address
from carnet.flows.pages.house import Here, ReadingConnection, show
from carnet.flows.pages.printed import as_printed
from carnet.flows.pages.to_check import still_open
from carnet.flows.pages.words import word, words
from carnet.warehouse.ask.changes import Change, history, steps
from carnet.warehouse.ask.explore import FACETS, NOT_SAID, Choice, Count, edition_named, facets, find
from carnet.warehouse.ask.missions import find_mission, mission_editions
from carnet.warehouse.disk.errors import QueryError
from carnet.warehouse.exports import french
from carnet.warehouse.exports.changes_told import by_mission, counts, notes, page_of, row
from carnet.warehouse.exports.changes_told import words as told
from carnet.warehouse.exports.charts import Chart, Datum, columns

router = APIRouter(include_in_schema=False)
SHOWN = 8
"""Values of a facet before « plus »."""
NO_SHAPE = ("975", "977", "978", "984", "986", "987", "988", "989")
"""Territories overseas that are no départements: in the list beside the map alone."""
TEXTS = ("context", "approach", "results")


@dataclass(frozen=True)
class Facet:
    """`kept`: the values with their names and addresses; `chosen`: the one that is taken."""

    name: str
    chosen: str | None
    kept: list[tuple[str, int, str, bool]]


@router.get("/")
def explorer(
    request: Request, con: ReadingConnection, choice: AskedChoice, part: Listed, look: str = "cards"
) -> Response:
    """The whole page; with `part=1` only what changes as one types."""
    found = find(con, choice, part.sort, part.offset, part.limit)
    counted = facets(con, choice)
    years = [count for count in counted.pop("year") if count.value]
    template = "results.html" if "part" in request.query_params else "explorer.html"
    return show(
        request, template,
        found=found, part=part, choice=choice, look="table" if look == "table" else "cards",
        places=_places(request, choice, counted["departement"]),
        facets=[facet for name in FACETS if (facet := _facet(request, choice, name, counted[name])).kept],
        years=_years(years), year_of=lambda year: address(request, year=None if choice.year == year else year),
        chosen=list(_chosen(request, choice)), to=lambda **changed: address(request, part=None, **changed),
    )  # fmt: skip


def _facet(request: Request, choice: Choice, name: str, counts: list[Count]) -> Facet:
    chosen = getattr(choice, name)
    kept = [
        (
            _named(name, count.value), count.missions,
            address(request, part=None, **{name: None if _value(count) == chosen else _value(count)}),
            _value(count) == chosen,
        )
        for count in counts
    ]  # fmt: skip
    return Facet(name, chosen, kept if len(kept) > 1 or chosen else [])


@dataclass(frozen=True)
class OnMap:
    """A département with missions. `shade`: 1 to 4, by their number beside the most that one has."""

    code: str
    name: str
    missions: int
    shade: int
    href: str
    is_chosen: bool


def _places(request: Request, choice: Choice, counts: list[Count]) -> list[OnMap]:
    """Those that the map has a shape for."""
    drawn = [count for count in counts if count.value in words()["departement"] and count.value not in NO_SHAPE]
    most = max((count.missions for count in drawn), default=1)
    return [
        OnMap(
            str(count.value), word("departement", count.value), count.missions, -(-4 * count.missions // most),
            address(request, part=None, departement=None if count.value == choice.departement else count.value),
            count.value == choice.departement,
        )
        for count in drawn
    ]  # fmt: skip


def _value(count: Count) -> str:
    return NOT_SAID if count.value is None else count.value


def _named(name: str, value: str | None) -> str:
    if name == "size" and value is not None and value != NOT_SAID:
        return word("size", int(float(value)))
    return word(name, None if value == NOT_SAID else value)


def _chosen(request: Request, choice: Choice) -> Any:
    """What is chosen in words, each with the address without it."""
    for name, value in choice.said.items():
        shown = french.day(value) if hasattr(value, "year") else _named(name, str(value))
        yield word("fields", name), shown, address(request, part=None, **{name: None})


def _years(counts: list[Count]) -> Chart | None:
    data = [Datum(str(c.value), c.missions, french.number(c.missions)) for c in counts]
    return columns("", data) if len(data) > 1 else None


@router.get("/missions/{mission_id}")
def mission(mission_id: str, request: Request, con: ReadingConnection, house: Here) -> Response:
    try:
        found = find_mission(con, mission_id)
    except QueryError as error:
        raise HTTPException(404, str(error)) from None
    if found["mission"]["mission_id"] != mission_id:
        return RedirectResponse(f"/missions/{found['mission']['mission_id']}", 302)
    if not house.guard.is_known(request):
        found = without_people(found)
    editions = mission_editions(con, mission_id)
    first = {(e["field"], e["ordinal"]): e for e in reversed(found["evidence"])}
    return show(
        request, "mission.html", m=found["mission"], found=found, evidence=first,
        theme_words=_theme_words(found),
        parts=[(name, found["mission"][name]) for name in TEXTS if found["mission"][name]],
        editions=list(_with_changes(editions)), similar=_same_client(con, found["mission"]),
    )  # fmt: skip


def _theme_words(found: dict[str, Any]) -> list[str]:
    """The words that tell the theme, as the mission has them."""
    m, theme = found["mission"], found["theme"]
    texts = [m[name] for name in ("title", "client", "domain") if m[name]]
    texts += [line for name in TEXTS for line in m[name] or ()]
    return as_printed(theme["words"] or (), texts)[:3] if theme else []


def _same_client(con: Any, m: dict[str, Any]) -> list[dict[str, Any]]:
    """Other missions for the same client."""
    if not m["client"]:
        return []
    found = find(con, Choice(client=m["client"]), "newest", limit=7).missions
    return [other for other in found if other["mission_id"] != m["mission_id"]][:6]


def _with_changes(editions: list[dict[str, Any]]) -> Any:
    """Each edition with what is otherwise than in the one before, newest first."""
    names = ("title", "client", "domain", "period_text", "amount_text", "status", *TEXTS)
    before: dict[str, Any] | None = None
    out = []
    for edition in editions:
        changed = [name for name in names if before is not None and before[name] != edition[name]]
        out.append((edition, [(name, _text(before or {}, name), _text(edition, name)) for name in changed]))
        before = edition
    return reversed(out)


def _text(m: dict[str, Any], name: str) -> str:
    value = m.get(name)
    return " · ".join(value) if isinstance(value, list) else str(value or "")


@router.get("/editions")
def editions(request: Request, con: ReadingConnection) -> Response:
    to_check = Counter(row["edition_id"] for row in still_open(con))
    return show(request, "editions.html", editions=list(reversed(history(con))), to_check=to_check)


@router.get("/editions/{edition_id}")
def edition(edition_id: str, request: Request, con: ReadingConnection, house: Here) -> Response:
    """What an edition changed against the one before it."""
    this = next((e for e in history(con) if e.edition_id == edition_id), None)
    if this is None:
        raise HTTPException(404, words()["refused"]["no_such_edition"].format(edition=edition_id))
    (step,) = steps(con, None, None, edition_id)
    is_first = step.old.edition_id == edition_id
    known = house.guard.is_known(request)
    changes = [_coded(c) for c in step.changes if known or c.field != "contacts"]
    return show(
        request, "edition.html", edition=this, step=None if is_first else replace(step, changes=changes),
        by_mission=by_mission, row=row, page_of=page_of, counts=counts, notes=notes, headings=told()["headings"],
        to_check=len(still_open(con, edition_id)) if known else 0,
        edition_pages=(edition_named(con, edition_id) or {}).get("pages"),
    )  # fmt: skip


def _coded(change: Change) -> Change:
    """With the names of codes, as the pages say them."""
    if change.field not in ("client_type", "client_country"):
        return change
    old, new = (value and word(change.field, value) for value in (change.old_value, change.new_value))
    return replace(change, old_value=old, new_value=new)
