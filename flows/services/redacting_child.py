"""What runs in a process of its own: words taken out of one original; whether files hold somebody."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from carnet.flows.settings import Settings
from carnet.flows.workers.answers import Failure
from carnet.flows.workers.child import CHANGED, confine, outcome_of
from carnet.schemas.draft import EditionDraft
from carnet.schemas.evidence import Evidence
from carnet.warehouse.privacy.forgotten import Fingerprints, scrub_text, spans_of

if TYPE_CHECKING:
    from carnet.pipeline.redaction.wanted import Marks, Printed, RedactionTarget


@dataclass(frozen=True)
class Task:
    """An original, what was read of it, who is to go, where to write it without them, and with which marks."""

    path: Path
    sha256: str
    media_type: str
    draft: str
    known: Fingerprints
    into: Path
    marks: Marks = "narrow"


@dataclass(frozen=True)
class Written:
    """The redacted file is written."""

    sha256: str


@dataclass(frozen=True)
class Counted:
    """How often a file names somebody."""

    times: int


def redact_one(answer: Connection, task: Task, settings: Settings) -> None:
    """Send Written, or a Failure that says with the page what stands against it; then end."""
    confine(settings)
    answer.send(outcome_of(lambda: _redacted(task, settings), settings))
    answer.close()


def _redacted(task: Task, settings: Settings) -> Written | Failure:
    from carnet.pipeline.redact import redact

    data = task.path.read_bytes()
    if hashlib.sha256(data).hexdigest() != task.sha256:
        return Failure("passing", CHANGED)
    made = redact(data, task.media_type, wanted(task.draft, task.known), settings.password, task.marks)
    task.into.write_bytes(made)
    return Written(hashlib.sha256(made).hexdigest())


def wanted(text: str, known: Fingerprints) -> RedactionTarget:
    """All that is printed of the contacts and team members who are to be forgotten (their role too), and where else a
    text names one of them."""
    from carnet.pipeline.redaction.wanted import RedactionTarget

    draft = EditionDraft.model_validate_json(text)
    persons = [[_printed(evidence) for evidence in one] for one in _persons(draft, known)]
    naming = [e for e in _evidence(draft) if e.text and scrub_text(e.text, known)[1]]
    places = {(p.page, p.box) for p in map(_printed, naming) if p.page and p.box}
    return RedactionTarget(lambda said: spans_of(said, known), persons, sorted(places))


def _persons(draft: EditionDraft, known: Fingerprints) -> Iterator[Sequence[Evidence]]:
    for mission in draft.missions:
        for candidate in mission.candidates.get("contacts", ()):
            for place, person in enumerate(candidate.value, 1):
                if known.know_person(person):
                    yield [e for e in candidate.evidence if e.ordinal == place]
    for member in draft.team:
        if known.know_person(member.value):
            yield member.evidence


def _evidence(draft: EditionDraft) -> Iterator[Evidence]:
    candidates = [*draft.team, *draft.offices, *draft.websites]
    candidates += [c for mission in draft.missions for some in mission.candidates.values() for c in some]
    return (evidence for candidate in candidates for evidence in candidate.evidence)


def _printed(evidence: Evidence) -> Printed:
    from carnet.pipeline.redaction.wanted import Printed

    sides: Any = (evidence.x0, evidence.top, evidence.x1, evidence.bottom)
    return Printed(evidence.text, evidence.page, None if None in sides else sides)


def count_in(answer: Connection, path: Path, media_type: str, known: Fingerprints, settings: Settings) -> None:
    """Send Counted, or a Failure; then end."""
    confine(settings)
    answer.send(outcome_of(lambda: _count(path, media_type, known, settings), settings))
    answer.close()


def _count(path: Path, media_type: str, known: Fingerprints, settings: Settings) -> Counted:
    from carnet.pipeline.redact import said_in

    texts = said_in(path.read_bytes(), media_type, settings.password)
    return Counted(sum(scrub_text(text, known)[1] for text in texts))
