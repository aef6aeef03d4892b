"""What nearly all missions of a brochure have and one lacks: printed where we did not look, or left out; somebody
should see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from carnet.schemas.finding import Finding, FindingCode, Origin, Severity
from carnet.schemas.mission import Mission

_USUAL = 0.5
"""Share of the missions that have a field, from which on one without it is a question."""
_FIELDS = (
    "title",
    "client",
    "domain",
    "period_text",
    "amount",
    "contacts",
    "partners",
    "context",
    "approach",
    "results",
)
_OF_CONTACTS = ("name", "role", "email", "phone")


def empty_slots(missions: Sequence[Mission], said: Iterable[Finding]) -> list[Finding]:
    """One finding for each empty slot of a mission that no other finding speaks of."""
    told = {(f.mission, f.field) for f in said}
    out = []
    for field in _FIELDS:
        filled = [bool(getattr(m, field)) for m in missions]
        if sum(filled) < max(2, _USUAL * len(missions)):
            continue
        name = "period" if field == "period_text" else field
        lacking = [m for m, has in zip(missions, filled, strict=True) if not has and (m.ordinal, name) not in told]
        out += [_finding(m, name, sum(filled), len(missions)) for m in lacking]
    return out + _of_contacts(missions, told)


def _of_contacts(missions: Sequence[Mission], told: set[tuple[int | None, str | None]]) -> list[Finding]:
    """Contacts that lack what the others have: an address, a number, a function."""
    some = [m for m in missions if m.contacts]
    out = []
    for part in _OF_CONTACTS:
        filled = [any(getattr(c, part) for c in m.contacts) for m in some]
        if sum(filled) < max(2, _USUAL * len(some)):
            continue
        field = f"contact_{part}"
        lacking = [m for m, has in zip(some, filled, strict=True) if not has and (m.ordinal, field) not in told]
        out += [_finding(m, field, sum(filled), len(some)) for m in lacking]
    return out


def _finding(mission: Mission, field: str, filled: int, of: int) -> Finding:
    return Finding(
        mission=mission.ordinal,
        code=FindingCode.EMPTY_SLOT,
        origin=Origin.READING,
        severity=Severity.INFO,
        field=field,
        message=f"{field}: {filled} of {of} missions have one, none was read here",
        page=mission.page_first,
    )
