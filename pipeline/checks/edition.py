"""Findings across the missions of an edition."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from carnet.pipeline.checks.brochure import of_brochure
from carnet.pipeline.checks.mismatch import mismatch_of_repeat
from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import letters_of
from carnet.schemas.finding import Finding, FindingCode, Severity
from carnet.schemas.mission import Mission


def check_edition(missions: Sequence[Mission], rules: Rules) -> Iterable[Finding]:
    """A title printed before, for the same client: on the later one, which may be another client's mission."""
    seen: dict[tuple[str, str], int] = {}
    for mission in missions:
        if not mission.title:
            continue
        key = (letters_of(mission.title), letters_of(mission.client or ""))
        if key in seen:
            message = f"mission {seen[key]} has the same title and client"
            yield of_brochure(mission, FindingCode.DUPLICATE_TITLE, "title", message, Severity.INFO)
            yield from mismatch_of_repeat(mission, rules)
        else:
            seen[key] = mission.ordinal
