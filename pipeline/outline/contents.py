"""Headings of parts in a text without looks: named in its list of contents, or set in capitals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from carnet.pipeline.outline.tokens import Is, Stream, Token
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.bodies import names_body
from carnet.schemas.layout import Passage
from carnet.schemas.outline import PartKind

_PAGE = re.compile(r"\d{1,3}$")
_LONGEST = 90
_LEAST = 3


def plain_chapters(stream: Stream) -> dict[int, Passage]:
    """id() of the headings of parts -> their name, as the list of contents spells it where there is one. Headings as
    many as missions are those of missions."""
    if stream.has_boxes:
        return {}
    entries = _entries(stream.tokens)
    texts = [t for t in stream.tokens if t.what is not Is.FURNITURE]
    found: dict[int, Passage] = {}
    for token, after in pairwise(texts):
        name = entries.get(_key(token.text))
        if _stands_alone(token, after) and (name or token.capitals and not names_body(token.text, stream.rules)):
            found[id(token)] = name or token.passage
    labels = Counter(t.kind for t in texts if t.kind)
    missions = max(labels.values(), default=0)
    return found if len(found) < missions else {}


def _entries(tokens: Sequence[Token]) -> dict[str, Passage]:
    """Folded names in the list of contents: lines that end with numbers of pages that do not go back."""
    runs: list[list[tuple[int, Passage]]] = [[]]
    for line in (line for t in tokens for line in t.passage.lines()):
        page, name = _entry(line)
        if name and (not runs[-1] or page >= runs[-1][-1][0]):
            runs[-1].append((page, name))
        elif runs[-1]:
            runs.append([])
    return {_key(name.text): name for run in runs if len(run) >= _LEAST for _, name in run}


def _entry(line: Passage) -> tuple[int, Passage | None]:
    """The page number at the end of a line of contents, and the name before tabs, dots or wide white."""
    number = _PAGE.search(line.text) if len(line.text) < _LONGEST + 30 else None
    if number is None:
        return 0, None
    before = line.text[: number.start()]
    name = before.rstrip(" \t.…")
    gap = before[len(name) :]
    led = "\t" in gap or "…" in gap or gap.count(".") >= 3 or gap.count(" ") >= 3
    return (int(number.group()), line.slice(0, len(name))) if led and name else (0, None)


def _stands_alone(token: Token, after: Token) -> bool:
    """A short line with a text under it: labels stand under the heading of a mission."""
    short = len(token.text) < _LONGEST and "\n" not in token.text and ":" not in token.text
    names = token.what is Is.TEXT or token.what is Is.LABEL and token.kind is PartKind.OTHER
    return names and not token.is_bullet and short and after.what is Is.TEXT and not after.is_bullet


def _key(text: str) -> str:
    return " ".join(fold(text).split()).strip(" .:;?!")
