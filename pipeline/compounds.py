"""Hyphens at line ends that are a word's own, "enfance-⏎jeunesse", told from those that part it, "jeu-⏎nesse"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from carnet.pipeline.word_vectors import WordVectors
from carnet.schemas.layout import Page, Passage
from carnet.schemas.outline import Outline

_CUT = re.compile(r"([^\s'’]{1,80})[-\u2010]\n([^\W\d_][^\s'’]{0,80})")
_LAST, _FIRST = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,80}\Z"), re.compile(r"[^\W\d_]{1,80}")
_HYPHENED = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,80}(?:-[^\W\d_]{1,80}){1,9}")
_SHORT = 3
"""Letters of a part at least: shorter ones are words by chance."""


def compounds(sections: Outline, pages: Sequence[Page], vectors: WordVectors | None) -> frozenset[str]:
    """Words that a line ends within whose hyphen is their own, in small letters: both parts are words and the whole is
    none, or the document prints them so within a line. `vectors`: of words of the language, where there are any."""
    found = {(head, tail.casefold().rstrip(".,;:)")) for head, tail in _cut(sections)}
    if not found:
        return frozenset()
    printed = {word.text.casefold() for page in pages for word in page.words}
    pairs = {pair for word in printed for whole in _HYPHENED.findall(word) for pair in _pairs(whole)}
    return frozenset(
        f"{head.casefold()}-{tail}" for head, tail in found if _is_own(head, tail, printed, pairs, vectors)
    )


def _cut(sections: Outline) -> Iterator[tuple[str, str]]:
    """What stands before and behind each hyphen at a line end."""
    for mission in sections.missions:
        for passages in (mission.heading, *(part.items for part in mission.parts)):
            yield from _CUT.findall(_text(passages))
    for passages in (sections.front, sections.running):
        yield from _CUT.findall(_text(passages))


def _text(passages: Iterable[Passage]) -> str:
    return "\n".join(passage.text for passage in passages)


def _pairs(whole: str) -> list[tuple[str, str]]:
    parts = whole.split("-")
    return list(zip(parts, parts[1:], strict=False))


def _is_own(head: str, tail: str, printed: set[str], pairs: set[tuple[str, str]], vectors: WordVectors | None) -> bool:
    before, behind = _LAST.search(head), _FIRST.match(tail)
    if not (before and behind):
        return False
    one, other = before.group().casefold(), behind.group()
    if one + other in printed:
        return False
    if (one, other) in pairs:
        return True
    proper = before.group()[0].isupper()  # names are made of anything: "Pont-sur-Cou-⏎zon"
    long = min(len(one), len(other)) >= _SHORT
    return vectors is not None and long and not proper and _are_words(one, other, vectors)


def _are_words(one: str, other: str, vectors: WordVectors) -> bool:
    def known(word: str) -> bool:
        return vectors.row_of(word) >= 0

    whole = one + other
    return known(one) and known(other) and not (known(whole) or known(whole.rstrip("s")))
