"""Missions that go on under their title printed again with a mark that says so: "… (suite)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from carnet.pipeline.decode.proposal import Read
from carnet.pipeline.decode.told_twice import said_letters, title_letters
from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold, letters_of
from carnet.schemas.outline import MissionSection, PartKind

_NAMES = frozenset({PartKind.TITLE, PartKind.CLIENT})


def with_continued(read: Read, rules: Rules) -> Read:
    """The reading with one mission for each that goes on right behind, under the same title with the mark, and for the
    same client where that is said again; its parts behind those of the first, with how sure each is."""
    missions: list[MissionSection] = []
    sure: list[dict[PartKind, float]] = []
    for section, doubts in zip(read.outline.missions, read.sure, strict=True):
        if missions and _goes_on(missions[-1], section, rules):
            more = tuple(part for part in section.parts if part.kind not in _NAMES)
            missions[-1] = replace(
                missions[-1], parts=(*missions[-1].parts, *more), page_last=section.page_last or missions[-1].page_last
            )
            sure[-1] = {**{kind: p for kind, p in doubts.items() if kind not in _NAMES}, **sure[-1]}
            continue
        missions.append(replace(section, ordinal=len(missions) + 1))
        sure.append(dict(doubts))
    if len(missions) == len(read.outline.missions):
        return read
    return replace(read, outline=replace(read.outline, missions=tuple(missions)), sure=tuple(sure))


def _goes_on(first: MissionSection, section: MissionSection, rules: Rules) -> bool:
    title = " ".join(_titles(section))
    mark = _mark(rules).search(fold(title))
    if mark is None or letters_of(title[: mark.start()]) != title_letters(first):
        return False
    clients = {said_letters(s, PartKind.CLIENT) for s in (first, section)} - {""}
    return len(clients) < 2


def _titles(section: MissionSection) -> Sequence[str]:
    said = [p.flow().text for p in section.heading]
    return said or [item.flow().text for part in section.parts if part.kind is PartKind.TITLE for item in part.items]


@lru_cache(maxsize=4)
def _mark(rules: Rules) -> re.Pattern[str]:
    return re.compile(str(rules.lexicon("noise")["continued"]))
