"""What the reading by roles proposes for a whole document."""

from __future__ import annotations

from dataclasses import dataclass

from carnet.schemas.outline import Outline, PartKind


@dataclass(frozen=True)
class Read:
    """An outline, and for each mission the least probability behind each kind of part. `untold`: lines by page that no
    mission and no named role explains. `of_missions`: share of the fragments that look like a mission's, by their
    probabilities. `unsure`: share of what missions hold that is hardly told from something else, or of their heads that
    may be none or were nearly passed over, whichever is more."""

    outline: Outline
    sure: tuple[dict[PartKind, float], ...]
    untold: dict[int, list[str]]
    of_missions: float = 1.0
    unsure: float = 1.0
