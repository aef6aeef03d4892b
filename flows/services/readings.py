"""What a mission's fields hold and what else was read for them: to be looked at beside the page, and corrected."""

from __future__ import annotations

from dataclasses import dataclass

from carnet.flows.services.correct import now_of
from carnet.flows.settings import Settings
from carnet.schemas.draft import EditionDraft
from carnet.schemas.evidence import Candidate
from carnet.warehouse.ask.missions import full_id
from carnet.warehouse.disk.errors import QueryError
from carnet.warehouse.store.db import Connection


@dataclass(frozen=True)
class Other:
    """A reading that competes for a field: its printed words, with the page; taken as a correction, its text."""

    text: str
    page: int | None
    note: str | None


@dataclass(frozen=True)
class FieldReadings:
    """`values`: of each field that can be corrected, as one text: what a correction would replace."""

    values: dict[str, str | None]
    others: dict[str, list[Other]]


def readings(con: Connection, settings: Settings, mission: str) -> FieldReadings:
    """Of a mission in its newest edition; QueryError where it was corrected away."""
    from carnet.pipeline.correct import FIELDS, value_of

    mission_id = full_id(con, mission)
    now = now_of(con, mission_id, settings)
    result = now.under()
    found = next((m for k, m in zip(result.keys, result.missions, strict=True) if k == now.stand.key), None)
    if found is None:
        raise QueryError(f"{mission_id}: it was corrected away")
    values = {name: value_of(found, name) for name in FIELDS}
    return FieldReadings(values, _others(now.draft, now.stand.key))


def _others(draft: EditionDraft, key: str) -> dict[str, list[Other]]:
    candidates = next((m.candidates for m in draft.missions if m.key == key), {})
    found = {}
    for field, readings in candidates.items():
        texts = {_text(c): c for c in sorted(readings, key=lambda c: -c.rank)}
        if len(texts) > 1:
            found[field] = [Other(text, c.evidence[0].page, c.note) for text, c in texts.items() if text]
    return found


def _text(candidate: Candidate) -> str:
    return "\n".join(dict.fromkeys(e.text for e in candidate.evidence))
