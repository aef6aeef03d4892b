"""Candidates by field, nothing decided: what extraction yields and the warehouse keeps as JSON."""

from __future__ import annotations

from carnet.schemas.evidence import Candidate
from carnet.schemas.finding import Finding
from carnet.schemas.source import Edition
from carnet.schemas.values import Frozen


class MissionDraft(Frozen):
    """`key`: from the printed heading (folded, with a counter for repeats); no better field rule changes it.

    `labels`: kinds of parts this mission prints a label (or column) for, even where the value is empty.
    """

    key: str
    ordinal: int
    page_first: int | None
    page_last: int | None
    from_table: bool
    labels: tuple[str, ...]
    candidates: dict[str, tuple[Candidate, ...]]


class EditionDraft(Frozen):
    """`findings`: what was already in doubt while reading and laying out."""

    edition: Edition
    missions: tuple[MissionDraft, ...]
    team: tuple[Candidate, ...]
    offices: tuple[Candidate, ...]
    websites: tuple[Candidate, ...]
    findings: tuple[Finding, ...]
    region: str = "FR"  # country of the publisher
    read_share: float
    rules_digest: str
