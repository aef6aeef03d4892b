"""What settling yields: the only thing that is loaded, with the draft beside it."""

from __future__ import annotations

from carnet.schemas.evidence import Evidence
from carnet.schemas.finding import Finding
from carnet.schemas.mission import Mission, Office, TeamMember
from carnet.schemas.source import Edition
from carnet.schemas.values import Frozen


class EditionResult(Frozen):
    """`keys[i]` and `evidence[i]` belong to `missions[i]`; `evidence[i]` names fields of the published views."""

    edition: Edition
    keys: tuple[str, ...]
    missions: tuple[Mission, ...]
    evidence: tuple[tuple[Evidence, ...], ...]
    findings: tuple[Finding, ...]
    team: tuple[TeamMember, ...]
    offices: tuple[Office, ...]
    websites: tuple[str, ...]
    read_share: float
    rules_digest: str
