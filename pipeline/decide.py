"""Candidates + corrections -> decisions: the best rank wins; a tie of different values is in doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from carnet.pipeline.rules.fold import fold
from carnet.schemas.evidence import Candidate

WEAK = 7


@dataclass(frozen=True)
class Decision:
    """`chosen` is None where nothing was proposed. `doubt`: why the choice may be wrong, None when it is clear."""

    chosen: Candidate | None
    others: tuple[Candidate, ...] = ()
    why: str = ""
    doubt: str | None = None


def decide(candidates: Sequence[Candidate]) -> Decision:
    """The candidate of least rank, the first of equals."""
    if not candidates:
        return Decision(None, why="nothing printed")
    ordered = sorted(candidates, key=lambda c: c.rank)
    chosen, others = ordered[0], tuple(ordered[1:])
    rival = next((c for c in others if c.rank == chosen.rank and not _alike(c.value, chosen.value)), None)
    doubt = None
    if rival is not None:
        doubt = f"two readings of equal rank: {_short(chosen.value)} and {_short(rival.value)}"
    elif chosen.rank >= WEAK:
        doubt = f"a weak reading ({chosen.rule})"
    return Decision(chosen, others, f"rank {chosen.rank} by {chosen.rule}", doubt)


def _alike(a: object, b: object) -> bool:
    if isinstance(a, str) and isinstance(b, str):
        return "".join(fold(a).split()) == "".join(fold(b).split())
    return a == b


def _short(value: object) -> str:
    text = str(value)
    return repr(text if len(text) < 60 else text[:57] + "…")
