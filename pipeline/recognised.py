"""Values that hang on words which an engine recognised with doubt, or which their own grammar makes doubtful."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from carnet.schemas.draft import MissionDraft
from carnet.schemas.evidence import Evidence
from carnet.schemas.finding import Finding, FindingCode, Origin, Severity
from carnet.schemas.layout import Page, Word

_WEAK = 0.45
_WEAK_FIGURE = 0.7
"""A wrong letter in a word is seen by who reads it, a wrong figure by nobody."""
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.[a-z]{2,24}", re.ASCII)
_AROUND = "()[]<>.,;:"
_CONFUSED = re.compile(r"\d[\d.,]*[OoQlI|][\dOoQlI|.,]*|[lI|O]\d[\d.,]*")
"""A figure with a letter in it that looks like one: "29O", "l2"."""


def doubted_values(pages: Sequence[Page], missions: Iterable[MissionDraft]) -> Iterator[Finding]:
    """A finding on each field of a mission whose likeliest reading stands on doubtful words."""
    doubtful = [word for page in pages for word in page.words if is_doubtful(word)]
    if not doubtful:
        return
    for mission in missions:
        for field, found in _by_field(mission):
            words = [word.text for word in doubtful if any(_stands_in(word, one) for one in found)]
            if words:
                yield _finding(mission, field, words, found[0].page)


def is_doubtful(word: Word) -> bool:
    """Of a picture, and weak, or an address or figure that can't be one.

    >>> is_doubtful(Word("29O", confidence=0.99)), is_doubtful(Word("290", confidence=0.99)), is_doubtful(Word("29O"))
    (True, False, False)
    """
    if word.confidence is None or not any(c.isalnum() for c in word.text):
        return False
    text = word.text.strip(_AROUND)
    if "@" in text and not _ADDRESS.fullmatch(text.lower()):
        return True
    figure = any(c.isdigit() for c in text) or "@" in text
    return word.confidence < (_WEAK_FIGURE if figure else _WEAK) or bool(_CONFUSED.fullmatch(text))


def _by_field(mission: MissionDraft) -> Iterator[tuple[str, list[Evidence]]]:
    """The evidence of the readings of best rank, by the column it is for."""
    found: dict[str, list[Evidence]] = {}
    for candidates in mission.candidates.values():
        best = min(candidate.rank for candidate in candidates)
        for one in (e for candidate in candidates if candidate.rank == best for e in candidate.evidence):
            found.setdefault(one.field, []).append(one)
    yield from found.items()


def _stands_in(word: Word, evidence: Evidence) -> bool:
    if word.box is None or word.page != evidence.page or evidence.x0 is None:
        return False
    assert evidence.x1 is not None and evidence.top is not None and evidence.bottom is not None
    x, y = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
    inside = evidence.x0 <= x <= evidence.x1 and evidence.top <= y <= evidence.bottom
    return inside and word.text.strip(_AROUND) in evidence.text


def _finding(mission: MissionDraft, field: str, words: Sequence[str], page: int | None) -> Finding:
    named = ", ".join(repr(word[:40]) for word in words[:5])
    return Finding(
        mission=mission.ordinal,
        code=FindingCode.WEAK_READING,
        origin=Origin.READING,
        severity=Severity.WARNING,
        field=field,
        message=f"recognised in a picture, with doubt: {named}",
        page=page,
    )
