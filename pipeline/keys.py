"""The key of a mission within its edition: from the printed heading, so that no better field rule changes it."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence

from carnet.pipeline.rules.fold import fold
from carnet.schemas.outline import MissionSection, PartKind


def mission_keys(sections: Sequence[MissionSection]) -> list[str]:
    """One key a mission, distinct within the edition: letters of the heading (of client and title cell in a table; of
    the first text where there is no heading), with a counter for repeats."""
    seen: Counter[str] = Counter()
    keys = []
    for section in sections:
        bare = re.sub(r"[^a-z0-9]+", "-", fold(_printed(section)).replace("œ", "oe")).strip("-")
        base = f"{bare[:60].strip('-')}-{hashlib.sha256(bare.encode()).hexdigest()[:8]}"
        seen[base] += 1
        keys.append(base if seen[base] == 1 else f"{base}-{seen[base]}")
    return keys


def _printed(section: MissionSection) -> str:
    if section.heading:
        return " ".join(p.text for p in section.heading)
    if section.from_table:
        named = [p for p in section.parts if p.kind in (PartKind.CLIENT, PartKind.TITLE)]
        return " ".join(i.text for p in named for i in p.items)
    texts = [i.text for p in section.parts if p.kind is not PartKind.REFERENCE for i in p.items]
    return (texts or [i.text for p in section.parts for i in p.items] or [""])[0][:200]
