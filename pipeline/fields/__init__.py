"""The finders, in the order of `schemas/mission.py`: each proposes candidates for one field of a mission."""

from __future__ import annotations

from collections.abc import Callable

from carnet.pipeline.fields import (
    amount,
    client,
    contacts,
    domain,
    labelled,
    narrative,
    partners,
    period,
    status,
    title,
)
from carnet.pipeline.fields.context import Context
from carnet.schemas.evidence import Candidate
from carnet.schemas.fields import LABELLED
from carnet.schemas.outline import MissionSection, PartKind

FIELDS: dict[str, Callable[[MissionSection, Context], list[Candidate]]] = {
    **{field.column: labelled.finder(field) for field in LABELLED},  # a finder below goes before
    "domain": domain.find,
    "title": title.find,
    "client": client.find,
    "period": period.find,
    "status": status.find,
    "amount": amount.find,
    "context": narrative.finder(PartKind.CONTEXT),
    "approach": narrative.finder(PartKind.APPROACH),
    "results": narrative.finder(PartKind.RESULTS),
    "contacts": contacts.find,
    "partners": partners.find,
}
