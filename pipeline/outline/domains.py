"""Which part of the brochure a mission stands in, settled when all missions are known."""

from __future__ import annotations

from collections.abc import Sequence

from carnet.pipeline.outline.pieces import Piece
from carnet.pipeline.rules import Rules
from carnet.pipeline.values.bodies import names_body
from carnet.pipeline.values.dates import parse_period
from carnet.schemas.outline import Above, Part, PartKind


def drop_single_part(missions: Sequence[Piece]) -> None:
    """A heading over all missions ("Liste de références") names no part of the brochure."""
    chapters = {id(m.domain) for m in missions}
    if len(chapters) == 1 and all(m.domain_by == Above.CHAPTER for m in missions):
        for mission in missions:
            mission.domain, mission.domain_by = None, None


def bands_as_periods(missions: Sequence[Piece], rules: Rules) -> None:
    """Bands that are years date the rows under them, where the rows have no date of their own."""
    for mission in missions:
        if mission.domain_by != Above.BAND or mission.domain is None or mission.parts is None:
            continue
        found = parse_period(mission.domain.text, rules)
        if found is None or found.note or found.value.start is None:
            continue
        if not any(p.kind is PartKind.PERIOD and p.items for p in mission.parts):
            mission.parts = (Part(PartKind.PERIOD, (mission.domain,), None, "outline.band_period"), *mission.parts)
        mission.domain, mission.domain_by = mission.chapter, mission.chapter_by


def bands_as_clients(missions: Sequence[Piece], rules: Rules) -> None:
    """In tables without a column for the client, bands that name bodies are the clients of the rows under them."""
    banded = [m for m in missions if m.domain_by == Above.BAND and not _has_client(m)]
    bands = {m.domain.text for m in banded if m.domain}
    if sum(names_body(b, rules) for b in bands) < max(1, 0.5 * len(bands)):
        return
    for mission in banded:
        if mission.domain is not None and mission.parts is not None:
            client = Part(PartKind.CLIENT, (mission.domain,), None, "outline.band_client")
            mission.parts = (client, *mission.parts)
            mission.domain, mission.domain_by = mission.chapter, mission.chapter_by


def _has_client(mission: Piece) -> bool:
    return any(p.kind is PartKind.CLIENT for p in mission.parts or ())
