"""A finding about what the brochure prints."""

from __future__ import annotations

from carnet.schemas.finding import Finding, FindingCode, Origin, Severity
from carnet.schemas.mission import Mission


def of_brochure(
    mission: Mission, code: FindingCode, field: str, message: str, severity: Severity = Severity.WARNING
) -> Finding:
    """A finding on what the brochure prints of one mission; `field` is a column of the published views."""
    return Finding(
        mission=mission.ordinal,
        code=code,
        origin=Origin.BROCHURE,
        severity=severity,
        field=field,
        message=message,
        page=mission.page_first,
    )
