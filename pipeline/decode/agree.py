"""Two readings of one document, held against each other word by word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from carnet.schemas.layout import Passage, Word
from carnet.schemas.outline import MissionSection, Outline, PartKind

Key = tuple[int | None, float, float, str]
_HEAD = "head"
_FIELD = {
    PartKind.TITLE: _HEAD, PartKind.SUBJECT: _HEAD, PartKind.CLIENT: _HEAD, PartKind.PERIOD: "period",
    PartKind.DURATION: "period", PartKind.START: "period", PartKind.END: "period", PartKind.AMOUNT: "amount",
    PartKind.CONTACT: "contacts", PartKind.NAME: "contacts", PartKind.ROLE: "contacts", PartKind.EMAIL: "contacts",
    PartKind.PHONE: "contacts", PartKind.PARTNERS: "partners", PartKind.CONTEXT: "context", PartKind.BODY: "context",
    PartKind.APPROACH: "approach", PartKind.RESULTS: "results",
}  # fmt: skip
"""What a part tells, as far as two readings must agree on it; client and title are told apart later."""


@dataclass(frozen=True)
class Words:
    """The missions of a reading, and mission and field of each word that a field is told by."""

    ordinals: Sequence[int]
    told: Mapping[Key, tuple[int, str]]


@dataclass(frozen=True)
class Agreement:
    """`share`: of the words that either reading puts into a mission, those that both put into the same field of the
    same one. `apart`: for each mission of the first reading, the fields on whose words they differ. `twins`: its
    missions in the second. `words`: of both, by which they are told."""

    share: float
    apart: Mapping[int, tuple[str, ...]]
    twins: Mapping[int, int]
    words: tuple[Words, Words] = field(repr=False)

    def back(self) -> Agreement:
        """How far the second agrees with the first."""
        return _agreement(*reversed(self.words))


def agreement(one: Outline, other: Outline) -> Agreement:
    """How far two readings say the same."""
    known: dict[int, Key] = {}
    return _agreement(_words(one, known), _words(other, known))


def _agreement(one: Words, other: Words) -> Agreement:
    first, second = one.told, other.told
    twin = _twins(first, second)
    both = {
        k for k in first.keys() & second.keys() if first[k][1] == second[k][1] and twin.get(first[k][0]) == second[k][0]
    }
    union = first.keys() | second.keys()
    share = len(both) / len(union) if union else 1.0
    mine, theirs = _by_mission(first), _by_mission(second)
    apart = {n: _apart(mine.get(n, {}), theirs.get(twin.get(n), {})) for n in one.ordinals}
    return Agreement(share, apart, twin, (one, other))


Fields = Mapping[str, set[Key]]


def _by_mission(words: Mapping[Key, tuple[int, str]]) -> dict[int | None, Fields]:
    out: dict[int | None, dict[str, set[Key]]] = {}
    for key, (mission, name) in words.items():
        out.setdefault(mission, {}).setdefault(name, set()).add(key)
    return {mission: fields for mission, fields in out.items()}


def _apart(mine: Fields, theirs: Fields) -> tuple[str, ...]:
    """Fields of a mission of which at most `_ALIKE` of the words are told alike."""
    fields = sorted(mine.keys() | theirs.keys())
    return tuple(f for f in fields if not _alike(mine.get(f, set()), theirs.get(f, set())))


_ALIKE = 0.9


def _alike(a: set[Key], b: set[Key]) -> bool:
    return len(a & b) >= _ALIKE * len(a | b)


def _twins(first: Mapping[Key, tuple[int, str]], second: Mapping[Key, tuple[int, str]]) -> dict[int, int]:
    """Missions of the first reading -> the one of the second that shares most words with it."""
    shared: Counter[tuple[int, int]] = Counter((first[k][0], second[k][0]) for k in first.keys() & second.keys())
    out: dict[int, int] = {}
    taken: set[int] = set()
    for (a, b), _ in shared.most_common():
        if a not in out and b not in taken:
            out[a] = b
            taken.add(b)
    return out


def _words(outline: Outline, known: dict[int, Key]) -> Words:
    """Mission and field of each word that a field is told by. `known`: keys of words by their id()."""
    out: dict[Key, tuple[int, str]] = {}
    for section in outline.missions:
        for name, passage in _told(section):
            told = section.ordinal, name
            for piece in passage.pieces:
                word = piece.word
                out[known.get(id(word)) or known.setdefault(id(word), _key(word))] = told
    return Words([section.ordinal for section in outline.missions], out)


def _key(word: Word) -> Key:
    box = word.box
    return word.page, round(box.x0, 1) if box else 0.0, round(box.top, 1) if box else 0.0, word.text


def _told(section: MissionSection) -> Iterable[tuple[str, Passage]]:
    yield from ((_HEAD, p) for p in section.heading)
    for part in section.parts:
        field = _FIELD.get(part.kind)
        if field:
            yield from ((field, item) for item in part.items)
