"""What a person set right by hand."""

from __future__ import annotations

import datetime as dt

from carnet.schemas.values import Frozen

DRAWN = "*"
"""Begins the value of a correction that makes a mission of a frame on a page."""


class Correction(Frozen):
    """One line of the append-only log. `old_value` is what the correction replaced, as printed in the view.

    `sha256` and `key`: the edition and its mission on which it was made; where that is read otherwise now, the key is
    the present one, and `former` holds key and new value as they were before. `printed`: what was read there.
    `only_if_same`: in an older edition it corrects only what is read alike.
    """

    mission_id: str
    field: str
    old_value: str | None
    new_value: str | None
    why: str
    author: str
    made_at: dt.datetime
    undone_at: dt.datetime | None = None
    id: str = ""
    sha256: str | None = None
    key: str | None = None
    printed: str | None = None
    only_if_same: bool = False
    former: tuple[tuple[str, str | None], ...] = ()

    @property
    def reshapes(self) -> bool:
        """It joins missions ("+ KEY", the other one's), splits one ("/ words" with which the second begins) or makes
        one of a frame on a page ("* PAGE PLACES", lines)."""
        return self.field == "mission" and self.new_value is not None

    @property
    def is_drawn(self) -> bool:
        """It makes a mission of what stands in a frame; it holds in the edition in which it was drawn."""
        return self.field == "mission" and (self.new_value or "").startswith(DRAWN)


def as_told(field: str, value: str | None) -> str | None:
    """A value of the log as a person reads it: of a drawn mission its words, without their places.

    >>> as_told("mission", "* 3 10,20,90.5,32\\nPlan vélo\\nVille de Brenoux"), as_told("title", "* Plan vélo")
    ('Plan vélo Ville de Brenoux', '* Plan vélo')
    """
    if field == "mission" and (value or "").startswith(DRAWN):
        return " ".join((value or "").split("\n")[1:])
    return value
