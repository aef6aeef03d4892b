"""What the reading by roles proposes for a whole document."""

from __future__ import annotations

from dataclasses import dataclass

from carnet.schemas.outline import Outline, PartKind


@dataclass(frozen=True)
class Read:
    """An outline, and for each mission the least probability behind each kind of part. `untold`: lines by page that no
    mission and no named role explains. `unsure`: share of what missions hold that is hardly told from something else,
    or of their heads that may be none or were nearly passed over, whichever is more."""

    outline: Outline
    sure: tuple[dict[PartKind, float], ...]
    untold: dict[int, list[str]]
    unsure: float = 1.0
