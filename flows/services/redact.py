"""An original rewritten without the persons who are forgotten, in its place, and read again as the same edition."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from carnet.flows.inbox.arrivals import Arrival, look_at
from carnet.flows.services.ingest import Run, load_reading
from carnet.flows.settings import Settings
from carnet.flows.workers.answers import Failure, Reading
from carnet.flows.workers.pool import start_reading, wait_for_answer
from carnet.pipeline.errors import UnreadableDocument
from carnet.pipeline.redact import Box, redact
from carnet.schemas.draft import EditionDraft, MissionDraft
from carnet.schemas.evidence import Evidence
from carnet.warehouse.disk.errors import WarehouseError
from carnet.warehouse.disk.files import write_whole
from carnet.warehouse.loading.forget import Original
from carnet.warehouse.loading.load import NOTHING_SAID
from carnet.warehouse.log.journal import Journal, append, read_journal
from carnet.warehouse.privacy.forgotten import Fingerprints, leave_out, spans_of, without


def redact_original(settings: Settings, original: Original) -> Path:
    """Rewrite it, check that nothing of the persons is read in it any more, put it in the place of the old one and load
    what is read now. Where it is: under another name if that named them. WarehouseError in one sentence where that
    can't be; the original stays then."""
    path = Path(original.path)
    journal = read_journal(settings.raw)
    known = Fingerprints.of(journal)
    arrivals, _ = look_at([path])
    if not arrivals:
        raise WarehouseError("it is no longer there")
    before = EditionDraft.model_validate_json(_read(arrivals[0], settings).draft)
    try:
        data = redact(path.read_bytes(), arrivals[0].media_type, lambda t: spans_of(t, known), _boxes(before, journal))
    except UnreadableDocument as error:
        raise WarehouseError(f"can't be redacted: {error}; --remove-originals removes it") from None
    sha256 = hashlib.sha256(data).hexdigest()
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / path.name
        part.write_bytes(data)
        reading = _read(Arrival(part, sha256, arrivals[0].media_type), settings)
        after = EditionDraft.model_validate_json(reading.draft)
        if leave_out(after, journal)[0] is not after:
            raise WarehouseError("can't be redacted: the person is still read in it; --remove-originals removes it")
    append(settings.raw, "redacted", {"sha256": original.sha256, "as": sha256})
    write_whole(path, data)
    named = path.with_name(without(path.name, known))
    path = path if named.exists() else path.rename(named)
    done = Arrival(path, sha256, arrivals[0].media_type)
    load_reading(done, reading, Run(settings, NOTHING_SAID, [], []), again=True)
    return path


def _read(arrival: Arrival, settings: Settings) -> Reading:
    """In a process of its own, bounded like every reading."""
    answer = wait_for_answer(*start_reading(arrival, settings), settings.silent_seconds)
    if isinstance(answer, Failure):
        raise WarehouseError(f"can't be redacted: {answer.reason}")
    return answer


def _boxes(draft: EditionDraft, journal: Journal) -> dict[int, list[Box]]:
    """Where all that is printed of the contacts and team members who are to be forgotten stands: their role too."""
    found: dict[int, list[Box]] = {}
    for evidence in _evidence_of_persons(draft, journal):
        if evidence.page and None not in (evidence.x0, evidence.top, evidence.x1, evidence.bottom):
            box = (evidence.x0, evidence.top, evidence.x1, evidence.bottom)
            found.setdefault(evidence.page, []).append(box)  # type: ignore[arg-type]
    return found


def _evidence_of_persons(draft: EditionDraft, journal: Journal) -> Iterator[Evidence]:
    known = Fingerprints.of(journal)
    for mission in draft.missions:
        yield from _evidence_of_contacts(mission, known)
    for member in draft.team:
        if known.know_person(member.value):
            yield from member.evidence


def _evidence_of_contacts(mission: MissionDraft, known: Fingerprints) -> Iterator[Evidence]:
    for candidate in mission.candidates.get("contacts", ()):
        for place, person in enumerate(candidate.value, 1):
            if known.know_person(person):
                yield from (e for e in candidate.evidence if e.ordinal == place)
