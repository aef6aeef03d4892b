"""Files to the warehouse: look at what arrived, read what is new in parallel, load one after the other.

Plain functions; `flows/orchestration/ingest.py` runs the same steps under Prefect.
"""

from __future__ import annotations

import datetime as dt
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from carnet.flows.inbox.arrivals import Arrival, Refused, look_at, not_read
from carnet.flows.inbox.refusals import Refusal, refusals, remember
from carnet.flows.inbox.still_coming import still_coming
from carnet.flows.settings import Settings
from carnet.flows.workers.answers import FileReading, PassingTrouble, ReadingFailed
from carnet.flows.workers.code_version import code_version
from carnet.warehouse.disk.archive import Archive
from carnet.warehouse.disk.errors import WarehouseError
from carnet.warehouse.disk.trouble import os_in_words
from carnet.warehouse.loading.known import KnownEdition, Naming, known_editions
from carnet.warehouse.log.journal import Arrived, Journal, LogReader, append, log_ids, read_journal
from carnet.warehouse.privacy.forgotten import NOBODY, Fingerprints, scrub_text, without
from carnet.warehouse.store.db import connect, is_current, open_writer

if TYPE_CHECKING:  # not loaded where every file is known already
    from carnet.flows.workers.pool import Readings
    from carnet.schemas.correction import Correction
    from carnet.schemas.draft import EditionDraft
    from carnet.schemas.result import EditionResult
    from carnet.warehouse.loading.identities import Giving

FileStatus = Literal["new", "replaced", "unchanged", "refused", "waiting"]
Received = TypeVar("Received", "EditionDraft", "EditionResult")
TRIES = 3
PAUSE_SECONDS = 1.0


@dataclass(frozen=True)
class Outcome:
    """What became of one file. `internal`: our traceback, shown with --debug. `lasting`: refused for what it is,
    and so until the file or the program changes."""

    path: Path
    status: FileStatus
    brochure: str | None = None
    edition_id: str | None = None
    missions: int = 0
    findings: int = 0
    read_share: float | None = None
    seconds: float = 0.0
    reason: str | None = None
    internal: str | None = None
    lasting: bool = False


@dataclass
class Run:
    """One ingest: what is to be read, and what became of each file so far. `giving`: how missions get their ids, if not
    as the log says and into it. `dry`: only to see what would come of it; nothing is written into the log. `not_read`:
    what else is in the folders, in forms that are not read. `of_folder`: not of files named by hand. `alone`: entered
    while a file is loaded, for a program that else reads the warehouse itself."""

    settings: Settings
    naming: Naming
    to_read: list[Arrival]
    outcomes: list[Outcome]
    jobs: int | None = None
    tell: Callable[[Outcome], None] = field(default=lambda outcome: None)
    quarantine: dict[str, Refusal] | None = None
    giving: Giving | None = None
    dry: bool = False
    not_read: Sequence[Refused] = ()
    alone: Callable[[], AbstractContextManager[None]] = nullcontext
    forgotten: Fingerprints = NOBODY
    of_folder: bool = False

    @cached_property
    def log(self) -> LogReader:
        """Of what was read for one file only what is new is read for the next."""
        return LogReader(self.settings.raw)

    @cached_property
    def archive(self) -> Archive:
        """The originals, listed once."""
        return Archive(self.settings.raw)

    def said(self, text: str) -> str:
        """Names of files, reasons: without persons who are forgotten."""
        return scrub_text(text, self.forgotten)[0]

    def add(self, outcome: Outcome) -> None:
        arrival = self._arrival(outcome)
        self.outcomes += _with_its_copies(arrival, outcome) if arrival else [outcome]
        self._remember(outcome)
        self.tell(outcome)

    def _arrival(self, outcome: Outcome) -> Arrival | None:
        return self._by_path.get(outcome.path)

    @cached_property
    def _by_path(self) -> dict[Path, Arrival]:
        return {arrival.path: arrival for arrival in self.to_read}

    def _remember(self, outcome: Outcome) -> None:
        """What is refused for good goes to quarantine, what is read after all leaves it."""
        if self.quarantine is None:
            return
        arrival = self._arrival(outcome)
        if arrival and (outcome.lasting or (outcome.status != "refused" and arrival.sha256 in self.quarantine)):
            place, reason = without([str(arrival.path.absolute()), outcome.reason], self.forgotten)
            remember(self.settings, arrival.sha256, place, reason, code_version())

    @property
    def left(self) -> list[Arrival]:
        """What has no outcome yet."""
        done = {outcome.path for outcome in self.outcomes}
        return [arrival for arrival in self.to_read if arrival.path not in done]

    @property
    def refused(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.status == "refused"]


def plan(
    paths: Sequence[Path],
    settings: Settings,
    naming: Naming,
    jobs: int | None = None,
    retry: bool = False,
    watched: bool = False,
) -> Run:
    """Sort the files: refused at once, refused before (unless `retry`), known and unchanged (read by the same code),
    still being copied (of a `watched` folder), to be read."""
    arrivals, refused = look_at(paths)
    known = known_in(settings.warehouse)
    version = code_version()
    journal = read_journal(settings.raw)
    run = Run(settings, naming, [], [Outcome(r.path, "refused", reason=r.reason) for r in refused], jobs)
    run.quarantine = refusals(settings)
    run.not_read = not_read(paths)
    run.forgotten = Fingerprints.of(journal)
    run.of_folder = any(path.is_dir() for path in paths)
    for arrival in arrivals:
        edition = known.get(journal.identity_of(arrival.sha256))
        before = run.quarantine.get(arrival.sha256)
        if edition and (edition.settles(naming, version) or journal.was_redacted(arrival.sha256)):
            run.outcomes += _with_its_copies(arrival, _unchanged(arrival, edition))
        elif before and not retry and before.stands(settings, version):
            run.outcomes += _with_its_copies(arrival, _still_refused(arrival, before))
        elif watched and (why := still_coming(arrival.path)):
            run.outcomes.append(Outcome(arrival.path, "waiting", reason=f"{why}; left for the next look"))
        else:
            run.to_read.append(arrival)
    return run


def known_in(warehouse: Path) -> dict[str, KnownEdition]:
    """Editions by sha256; none where there is no warehouse yet, or one that an older carnet made."""
    if not warehouse.exists():
        return {}
    with connect(warehouse, read_only=True) as con:
        return known_editions(con) if is_current(con) else {}


def _unchanged(arrival: Arrival, edition: KnownEdition) -> Outcome:
    return Outcome(arrival.path, "unchanged", edition.brochure, edition.edition_id, edition.missions, edition.findings)


def _still_refused(arrival: Arrival, before: Refusal) -> Outcome:
    note = f"{before.reason} (so on {before.at[:10]}; not tried again, `carnet refused --retry` does)"
    return Outcome(arrival.path, "refused", reason=note)


def _with_its_copies(arrival: Arrival, outcome: Outcome) -> list[Outcome]:
    """The outcome of a file, and what is said of other files with its content: they are not stored again."""
    status: FileStatus = "refused" if outcome.status == "refused" else "unchanged"
    reason = outcome.reason or f"the same content as {outcome.path}"
    return [
        outcome,
        *(replace(outcome, path=path, status=status, seconds=0.0, reason=reason) for path in arrival.also),
    ]


def ingest(run: Run, readings: Readings) -> None:
    """All that is left to read, without Prefect: loaded as it comes, tried again where the trouble may pass."""
    for arrival in readings.as_they_end(run.left):
        run.add(outcome_of(arrival, partial(_read_and_load, arrival, readings, run)))


def _read_and_load(arrival: Arrival, readings: Readings, run: Run) -> Outcome:
    return load_reading(arrival, _read(arrival, readings), run)


def _read(arrival: Arrival, readings: Readings) -> FileReading:
    for attempt in range(1, TRIES):
        try:
            return readings.result(arrival)
        except PassingTrouble:
            time.sleep(PAUSE_SECONDS * attempt)
            readings.again(arrival)
    return readings.result(arrival)


def outcome_of(arrival: Arrival, work: Callable[[], Outcome]) -> Outcome:
    """The outcome of `work`; a file that failed, for whatever reason, is refused and does not stop the others."""
    try:
        return work()
    except ReadingFailed as error:
        lasting = error.failure.kind not in ("passing", "silent")
        return Outcome(arrival.path, "refused", reason=str(error), internal=error.failure.internal, lasting=lasting)
    except WarehouseError as error:
        return Outcome(arrival.path, "refused", reason=str(error))
    except OSError as error:
        return Outcome(arrival.path, "refused", reason=os_in_words(error))
    except Exception:
        reason = "carnet failed to load it; please report it with what --debug shows"
        return Outcome(arrival.path, "refused", reason=reason, internal=traceback.format_exc())


def load_reading(arrival: Arrival, reading: FileReading, run: Run, again: bool = False) -> Outcome:
    """The original into the archive, the arrival into the log, then one transaction for one edition; the writing
    connection is held no longer than that. `again`: though the same code has read this edition already."""
    from carnet.schemas.draft import EditionDraft
    from carnet.schemas.result import EditionResult
    from carnet.warehouse.loading.identities import Giving
    from carnet.warehouse.loading.load import load

    draft = EditionDraft.model_validate_json(reading.draft)
    result = EditionResult.model_validate_json(reading.result)
    settings = run.settings
    with run.alone(), open_writer(settings.warehouse) as con:
        journal = run.log.read()
        sha256 = journal.identity_of(arrival.sha256)
        if settings.archive and arrival.sha256 not in journal.redacted and not journal.was_redacted(sha256):
            run.archive.keep(arrival.path, arrival.sha256, without(arrival.name, Fingerprints.of(journal)))
        arrived = _arrived(arrival, sha256, run, journal)
        draft = _received_as(arrived.name, sha256, draft)
        result = _received_as(arrived.name, sha256, result)
        loaded = load(
            con, draft, result, code_version=code_version(), now=arrived.at, settle=settle_draft,
            naming=Naming(arrived.brochure, arrived.edition_date), journal=journal, again=again,
            giving=run.giving or Giving(log_ids(settings.raw)),
        )  # fmt: skip
    return Outcome(
        arrival.path,
        loaded.outcome,
        loaded.brochure,
        loaded.edition_id,
        loaded.missions,
        loaded.findings,
        result.read_share,
        reading.seconds,
    )


def _arrived(arrival: Arrival, sha256: str, run: Run, journal: Journal) -> Arrived:
    """What the log says of these bytes, with what is said now; logged when it is new."""
    before = journal.arrivals.get(sha256)
    name, brochure = (without(text, Fingerprints.of(journal)) for text in (arrival.name, run.naming.brochure))
    now = Arrived(name, dt.datetime.now(dt.UTC), brochure, run.naming.edition_date)
    after = before.and_then(now) if before else now
    if after != before and not run.dry:
        line = {
            "sha256": sha256, "name": after.name, "at": after.at.isoformat(),
            "brochure": after.brochure, "edition_date": after.edition_date,
        }  # fmt: skip
        append(run.settings.raw, "arrival", line)
    return after


def _received_as(name: str, sha256: str, received: Received) -> Received:
    """The file's name is that under which it first came, whatever its copy is called; a redacted copy is the edition
    that its original was."""
    edition = received.edition
    source = edition.source.model_copy(update={"name": name, "sha256": sha256})
    return received.model_copy(update={"edition": edition.model_copy(update={"source": source})})


def settle_draft(draft: EditionDraft, corrections: Sequence[Correction]) -> EditionResult:
    """carnet.pipeline.settle, loaded when it is first needed."""
    from carnet.pipeline.settle import settle

    return settle(draft, corrections)
