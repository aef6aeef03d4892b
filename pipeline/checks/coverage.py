"""What of a mission's text no field took, and no rule ignores: said out loud, so that "all read" means it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from carnet.schemas.evidence import Candidate
from carnet.schemas.layout import Passage
from carnet.schemas.outline import MissionSection, PartKind

_LOOSE = (PartKind.FACTS, PartKind.BODY)  # text under no label


def unread(section: MissionSection, candidates: Mapping[str, Iterable[Candidate]]) -> list[Passage]:
    """Items under no label that are behind no reading of any field."""
    used = [_letters(e.text) for some in candidates.values() for c in some for e in c.evidence]
    used = [u for u in used if u]
    left = []
    for part in section.parts:
        for item in part.items if part.kind in _LOOSE else ():
            text = _letters(item.text)
            if text and not any(u in text or text in u for u in used):
                left.append(item)
    return left


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
