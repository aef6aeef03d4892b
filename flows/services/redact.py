"""An original rewritten without the persons who are forgotten, once it is proved to be the same otherwise; the old one
is set aside, and the new one read as the same edition."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from carnet.flows.inbox.arrivals import Arrival, look_at
from carnet.flows.services.ingest import Run, load_reading, settle_draft
from carnet.flows.services.redacting_child import Task, Written, redact_one
from carnet.flows.settings import Settings
from carnet.flows.workers.answers import Failure, FileReading
from carnet.flows.workers.pool import start, start_reading, wait_for_answer
from carnet.pipeline.redaction.wanted import WAYS
from carnet.schemas.draft import EditionDraft
from carnet.warehouse.ask.unharmed import harm
from carnet.warehouse.disk.archive import put_in_place_of, rename, set_aside
from carnet.warehouse.disk.errors import WarehouseError
from carnet.warehouse.loading.forget import Original
from carnet.warehouse.loading.known import NOTHING_SAID
from carnet.warehouse.log.journal import Journal, append, read_journal
from carnet.warehouse.privacy.forgotten import Fingerprints, leave_out, without


@dataclass(frozen=True)
class Redacted:
    """`path`: where the redacted file is, under another name if that named somebody. `aside`: its original; None where
    only the name was to change."""

    path: Path
    aside: Path | None


def redact_original(settings: Settings, original: Original) -> Redacted:
    """Rewrite it, check that nobody is read in it any more and all else is, and only then put it in the place of the
    old one. WarehouseError in one sentence with the page where that can't be; the original stays then."""
    path = Path(original.path)
    journal = read_journal(settings.raw)
    arrivals, _ = look_at([path])
    if not arrivals:
        raise WarehouseError("it is no longer there")
    name = without(path.name, Fingerprints.of(journal))
    with tempfile.TemporaryDirectory() as folder:
        made, reading = _proved(arrivals[0], Path(folder) / name, settings, journal)
        if made.sha256 == arrivals[0].sha256:
            return Redacted(rename(path, name), None)
        aside = set_aside(path, settings.raw)
        append(settings.raw, "redacted", {"sha256": original.sha256, "as": made.sha256})
        path = rename(put_in_place_of(path, made.path), name)
    run = Run(settings, NOTHING_SAID, [], [])
    load_reading(Arrival(path, made.sha256, made.media_type), reading, run, again=True)
    return Redacted(path, aside)


def _proved(arrival: Arrival, into: Path, settings: Settings, journal: Journal) -> tuple[Arrival, FileReading]:
    """A redacted copy that is read as its original is, mission by mission: with marks of their own width, else with
    others, which keep the words of a line together."""
    before = _read(arrival, settings)
    task = Task(arrival.path, arrival.sha256, arrival.media_type, before.draft, Fingerprints.of(journal), into)
    why = ""
    for marks in WAYS if arrival.media_type == "application/pdf" else WAYS[:1]:
        made = Arrival(into, _written(replace(task, marks=marks), settings).sha256, arrival.media_type)
        reading = _read(made, settings)
        found = _harm(before, reading, journal)
        if found is None:
            return made, reading
        why = why or found
    raise WarehouseError(_refusal(why))


def _written(task: Task, settings: Settings) -> Written:
    answer = wait_for_answer(*start(redact_one, task, settings), settings.file_seconds)
    if isinstance(answer, Failure):
        raise WarehouseError(_refusal(answer.reason))
    assert isinstance(answer, Written)
    return answer


def _read(arrival: Arrival, settings: Settings) -> FileReading:
    """In a process of its own, bounded like every reading."""
    answer = wait_for_answer(*start_reading(arrival, settings), settings.silent_seconds)
    if isinstance(answer, Failure):
        raise WarehouseError(_refusal(answer.reason))
    assert isinstance(answer, FileReading)
    return answer


def _harm(before: FileReading, after: FileReading, journal: Journal) -> str | None:
    """What the redacted file would lose beside the person."""
    whole = EditionDraft.model_validate_json(before.draft)
    left = leave_out(whole, journal)[0]
    made = EditionDraft.model_validate_json(after.draft)
    if leave_out(made, journal)[0] is not made:
        return "the person would still be read in it"
    concerned = {
        one.ordinal for one, other in zip(whole.missions, left.missions, strict=True) if one != other
    }  # fmt: skip
    return harm(settle_draft(left, ()), settle_draft(made, ()), concerned)


def _refusal(why: str) -> str:
    return f"can't be redacted and is left as it is: {why}; --remove-originals deletes it, its missions stay"
