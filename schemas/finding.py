"""What a careful reader would question."""

from __future__ import annotations

from carnet.schemas.closed_lists import FindingCode as FindingCode
from carnet.schemas.closed_lists import Origin as Origin
from carnet.schemas.closed_lists import Severity as Severity
from carnet.schemas.values import Frozen


class Finding(Frozen):
    """`mission`: ordinal of the mission, None for the whole edition. `field`: the column it is about."""

    mission: int | None = None
    code: FindingCode
    origin: Origin
    severity: Severity
    field: str | None = None
    message: str
    page: int | None = None
