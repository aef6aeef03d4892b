"""Cells and values that repeat those of the mission above: "Idem" under "Ville de Roubaix" is Ville de Roubaix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.schemas.layout import Passage
from carnet.schemas.outline import MissionSection, Part, PartKind


def with_repeats(missions: Sequence[MissionSection], rules: Rules) -> tuple[MissionSection, ...]:
    """The missions with what they repeat in its place; its evidence is where it is printed. What repeats nothing
    stays as it is."""
    words = frozenset(_bare(str(word)) for word in rules.lexicon("repeats")["as_above"])
    above: dict[PartKind, tuple[Passage, ...]] = {}
    out = []
    for mission in missions:
        parts = tuple(_said(part, above, words) for part in mission.parts)
        above = {part.kind: part.items for part in reversed(parts) if part.items}
        out.append(replace(mission, parts=parts))
    return tuple(out)


def _said(part: Part, above: dict[PartKind, tuple[Passage, ...]], words: frozenset[str]) -> Part:
    repeats = len(part.items) == 1 and _bare(part.items[0].text) in words
    return replace(part, items=above[part.kind]) if repeats and part.kind in above else part


def _bare(text: str) -> str:
    return " ".join(fold(text).split()).strip(" .()–-")
