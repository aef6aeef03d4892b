"""Missions that a list at the front names, and that are told in full further on: each is one mission, not two."""

from __future__ import annotations

from dataclasses import replace

from carnet.pipeline.rules.fold import letters_of
from carnet.schemas.outline import MissionSection, Outline, PartKind

_LETTERS = 8
"""Of a title, from which on two that are the same name one mission."""
_SHORT = 4
"""Kinds of parts of a line of a list at most."""
_RICHER = 2
"""Kinds of parts that the full mission has more."""
_LIST = 2
"""Lines of a list at least."""
_SAID_ONCE = (PartKind.CLIENT, PartKind.PERIOD, PartKind.AMOUNT)
"""What is the same in both, where both tell it."""


def without_listed(told: Outline) -> Outline:
    """The outline without the lines of a list whose missions it has in full."""
    listed = [s for s in told.missions if any(_names(s, other) for other in told.missions if other is not s)]
    if len(listed) < _LIST or 2 * len(listed) > len(told.missions):
        return told
    left = [s for s in told.missions if s not in listed]
    lines = tuple(p for s in listed for p in (*s.heading, *(item for part in s.parts for item in part.items)))
    missions = tuple(replace(s, ordinal=n) for n, s in enumerate(left, start=1))
    return replace(told, missions=missions, front=(*told.front, *lines))


def _names(line: MissionSection, full: MissionSection) -> bool:
    """Does a line of a list name a mission that is told in full?"""
    few, many = _kinds(line), _kinds(full)
    title = title_letters(line)
    if len(title) < _LETTERS or len(few) > _SHORT or len(many) < len(few) + _RICHER or title not in title_letters(full):
        return False
    return all(said_letters(line, kind) in said_letters(full, kind) for kind in _SAID_ONCE)


def _kinds(section: MissionSection) -> set[PartKind]:
    return {part.kind for part in section.parts if part.items} | ({PartKind.TITLE} if section.heading else set())


def title_letters(section: MissionSection) -> str:
    """Letters of a mission's title, by which two tellings of it are known."""
    said = [p.text for p in section.heading] or [
        item.text for part in section.parts if part.kind is PartKind.TITLE for item in part.items
    ]
    return letters_of(" ".join(said))


def said_letters(section: MissionSection, *kinds: PartKind) -> str:
    """Letters of what a mission says in parts of some kinds."""
    return letters_of(" ".join(item.text for part in section.parts if part.kind in kinds for item in part.items))
