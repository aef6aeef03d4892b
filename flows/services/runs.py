"""What each ingest brought, kept beside the warehouse: a list of operations, which rebuilding does not touch.

It holds names of files, brochures and numbers, no text of a brochure. Deleting it is safe.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from carnet.flows.inbox.arrivals import name_of
from carnet.flows.inbox.lists import add_line
from carnet.flows.services.ingest import Outcome, Run
from carnet.flows.settings import Settings
from carnet.warehouse.privacy.forgotten import without
from carnet.warehouse.store.db import connect

if TYPE_CHECKING:
    from carnet.warehouse.ask.changes import EditionLine


@dataclass(frozen=True)
class Came:
    """A file of a run. `added`, `removed`, `changed`: missions, against the edition before it. `look`: missions with
    an error, a doubtful reading or a doubtful match."""

    file: str
    status: str
    reason: str | None = None
    brochure: str | None = None
    edition_id: str | None = None
    missions: int = 0
    added: int = 0
    removed: int = 0
    changed: int = 0
    look: int = 0


@dataclass(frozen=True)
class RunSummary:
    """One run that brought something. `by`: ingest, or watch."""

    at: str
    by: str
    files: tuple[Came, ...]


def tell(run: Run) -> list[Came]:
    """What came of each file, and what each new edition brought."""
    came = [_came(outcome) for outcome in run.outcomes]
    ids = [c.edition_id for c in came if c.edition_id and c.status in ("new", "replaced")]
    if not ids:
        return came
    from carnet.warehouse.ask.changes import history
    from carnet.warehouse.ask.missions import to_look_at

    with connect(run.settings.warehouse, read_only=True) as con:
        editions = {e.edition_id: e for e in history(con)}
        look = to_look_at(con, ids)
    return [_with(c, editions.get(c.edition_id or ""), look.get(c.edition_id or "", 0)) for c in came]


def _came(outcome: Outcome) -> Came:
    found = outcome.status in ("new", "replaced")
    return Came(
        name_of(outcome.path), outcome.status, outcome.reason, outcome.brochure, outcome.edition_id if found else None,
        outcome.missions,
    )  # fmt: skip


def _with(came: Came, edition: EditionLine | None, look: int) -> Came:
    if edition is None or came.edition_id is None:
        return came
    return replace(came, added=edition.added, removed=edition.removed, changed=edition.changed, look=look)


def list_of(settings: Settings) -> Path:
    """The file beside the warehouse in which stands what each run brought."""
    return settings.warehouse.with_name(f"{settings.warehouse.stem}.runs.jsonl")


def keep(run: Run, by: str) -> list[Came]:
    """What came of the run; one more line in the list where something is new. A folder that can't be written costs
    only the line."""
    came = tell(run)
    fresh = [c for c, o in zip(came, run.outcomes, strict=True) if c.status in ("new", "replaced") or o.lasting]
    if fresh:
        told = RunSummary(dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), by, tuple(fresh))
        add_line(list_of(run.settings), without(asdict(told), run.forgotten))
    return came


def runs(settings: Settings) -> list[RunSummary]:
    """All runs that brought something, the last one last. Half a line of a killed run is passed over."""
    found = []
    try:
        lines: Sequence[str] = list_of(settings).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return []
    for line in lines:
        with contextlib.suppress(ValueError, TypeError, KeyError):
            data = json.loads(line)
            found.append(RunSummary(data["at"], data["by"], tuple(Came(**c) for c in data["files"])))
    return found
