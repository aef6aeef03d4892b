"""A mission that reading lost: a frame on a page of an edition becomes one, by a line in the log as all that people
decide."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Any

from carnet.flows.services.asked import Asked
from carnet.flows.services.correct import NOT_LOGGED
from carnet.flows.services.ingest import settle_draft
from carnet.flows.services.unit_of_work import open_whole, take_in
from carnet.flows.settings import Settings
from carnet.schemas.correction import Correction
from carnet.schemas.finding import Finding
from carnet.schemas.layout import BBox
from carnet.schemas.mission import Mission
from carnet.warehouse.ask.explore import edition_named
from carnet.warehouse.ask.places import id_at
from carnet.warehouse.disk.errors import QueryError
from carnet.warehouse.loading.amended import addressed
from carnet.warehouse.log.journal import append, read_journal
from carnet.warehouse.matching.ids import made_first
from carnet.warehouse.store.db import Connection
from carnet.warehouse.store.drafts import stored_draft


@dataclass(frozen=True)
class Frame:
    """A part of a page of an edition. `words`: of the page, as its picture has them (page_views.py)."""

    edition_id: str
    page: int
    box: BBox
    words: list[list[Any]]


@dataclass(frozen=True)
class Sketch:
    """What a frame would be read as."""

    made: Correction
    mission: Mission
    findings: tuple[Finding, ...]


def sketch(con: Connection, settings: Settings, frame: Frame, asked: Asked) -> Sketch:
    """The mission that the words in the frame make; QueryError in one sentence where they make none. Nothing is
    kept, and `con` need not be able to write."""
    from carnet.pipeline.drawn import DrawnLine, drawing_in

    words = [DrawnLine(text, BBox(*box), bool(bold)) for text, *box, bold in frame.words]
    drawing = drawing_in(frame.page, words, frame.box)
    edition = edition_named(con, frame.edition_id)
    if edition is None:
        raise QueryError(f"{frame.edition_id}: no such edition")
    if drawing is None:
        raise QueryError("there are no words in this frame")
    key = drawing.key
    made = Correction(
        mission_id=made_first((edition["sha256"], key), edition["firm"]), field="mission", old_value=None,
        new_value=drawing.as_value(), why=asked.why, author=asked.author, made_at=dt.datetime.now(dt.UTC),
        id=secrets.token_hex(6), sha256=edition["sha256"], key=key,
    )  # fmt: skip
    return _sketched(con, settings, frame.edition_id, made)


def _sketched(con: Connection, settings: Settings, edition_id: str, made: Correction) -> Sketch:
    before = addressed(con, read_journal(settings.raw)).get(edition_id, [])
    if any(c.is_drawn and c.key == made.key for c in before):
        raise QueryError(f"{made.mission_id}: this mission is drawn already")
    result = settle_draft(stored_draft(con, edition_id), [*before, made])
    mission = next((m for k, m in zip(result.keys, result.missions, strict=True) if k == made.key), None)
    if mission is None:
        raise QueryError("the words in this frame make no mission")
    return Sketch(made, mission, tuple(f for f in result.findings if f.mission == mission.ordinal))


def draw(settings: Settings, frame: Frame, asked: Asked) -> str:
    """Keep it; the id of the mission."""
    with open_whole(settings) as con:
        made = sketch(con, settings, frame, asked).made
        append(settings.raw, "correction", made.model_dump(mode="json", exclude=NOT_LOGGED))
        take_in(con, settings)
        return id_at(con, frame.edition_id, str(made.key))
