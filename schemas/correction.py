"""What a person set right by hand."""

from __future__ import annotations

import datetime as dt

from schemas.values import Frozen


class Correction(Frozen):
    """One line of the append-only log. `old_value` is what the correction replaced, as printed in the view."""

    mission_id: str
    field: str
    old_value: str | None
    new_value: str | None
    why: str
    author: str
    made_at: dt.datetime
    undone_at: dt.datetime | None = None
