"""Texts without anybody's name, e-mail address or phone number: what a public data set is made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from carnet.schemas.spelling import folded
from carnet.warehouse.exports.cells import printable
from carnet.warehouse.store.db import Connection

Span = tuple[int, int, str]
"""Start, end, and what stands there: person, email or phone."""
Finder = Callable[[str], Iterable[Span]]
"""Who and what is personal in a text as such; `carnet.pipeline.values.personal`, given by the flow."""

_MAYBE = re.compile(r"@|\d(?:[\s.()/\u00a0\u202f-]{0,3}\d){7}|[^\W\d_][\s,.]{1,3}[^\W\d_]|\(|\[|arobase", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_NAME = 6
_SURNAME = 3
"""Letters of a surname that an initial before it makes a person of."""


@cache
def _shown() -> dict[str, str]:
    words: dict[str, dict[str, str]] = yaml.safe_load(Path(__file__).with_name("masks.yml").read_text(encoding="utf-8"))
    return words["masks"]


@dataclass(frozen=True)
class Known:
    """People and bodies the warehouse knows. `firms` keep their name though it is a person's; so do the other `bodies`
    (clients of a known kind, firms that worked along), unless the person is one of `people`."""

    people: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    firms: frozenset[str] = frozenset()


class Masker:
    """Masks texts; calls may be repeated cheaply. What `find` finds beside people (amounts) is masked too; then any
    text with a figure is looked at.

    >>> Masker(Known(frozenset({"Odile Faucher"})), lambda text: ())("Pilotage : FAUCHER Odile (DGS)")
    'Pilotage : [personne] (DGS)'
    """

    def __init__(self, known: Known, find: Finder, figures: bool = False) -> None:
        self._find = find
        self._figures = figures
        self._names = frozenset(spelling for name in known.people for spelling in _spellings(name))
        self._words = frozenset(word for name in self._names for word in name.split())
        self._firms = self._phrases(known.firms, lambda text: [*find(text), *self._known_people(text)])
        self._bodies = self._phrases(known.bodies, find)
        self._done: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        """The text, printable and with « [personne] », « [courriel] », « [téléphone] » where somebody was named."""
        done = self._done.get(text)
        if done is None:
            done = self._masked(printable(text))
            if len(text) < 200 and len(self._done) < 100_000:
                self._done[text] = done
        return done

    def _masked(self, text: str) -> str:
        if not (_MAYBE.search(text) or (self._figures and any(letter.isdigit() for letter in text))):
            return text
        for start, end, kind in reversed(_merged(self._spans(text))):
            text = text[:start] + _shown()[kind] + text[end:]
        return text

    def _spans(self, text: str) -> Iterator[Span]:
        for span in self._known_people(text):
            if not _stands_in(text, span, self._firms):
                yield span
        for span in self._find(text):
            if not (_stands_in(text, span, self._bodies) or _stands_in(text, span, self._firms)):
                yield span

    def _known_people(self, text: str) -> Iterator[Span]:
        words = [(m.start(), m.end(), folded(m[0])) for m in _WORD.finditer(text)] if self._names else []
        for first, (start, _, word) in enumerate(words):
            if word not in self._words:
                continue
            for last in range(first, min(first + _LONGEST_NAME, len(words))):
                if words[last][2] not in self._words or words[last][1] - start > 80:
                    break
                if last > first and " ".join(sorted(w for _, _, w in words[first : last + 1])) in self._names:
                    yield start, words[last][1], "person"

    def _phrases(self, bodies: Iterable[str], find: Finder) -> dict[str, list[tuple[str, int]]]:
        """By the person's name in it: the body's name, and where the person stands there."""
        found: dict[str, list[tuple[str, int]]] = {}
        for body in sorted({printable(body) for body in bodies}):
            for start, end, kind in find(body):
                if kind == "person" and _MAYBE.search(body):
                    found.setdefault(body[start:end], []).append((body, start))
        return found


def _spellings(name: str) -> Iterator[str]:
    """As names are compared: folded words in the order of letters; with one name's initial, too.

    >>> sorted(_spellings("Odile FAUCHER"))
    ['f odile', 'faucher o', 'faucher odile']
    """
    words = [folded(word) for word in _WORD.findall(name)]
    if len(words) < 2:
        return
    yield " ".join(sorted(words))
    for at in (0, -1):
        rest = words[1:] if at == 0 else words[:-1]
        if len(words[at]) > 1 and max(map(len, rest)) >= _SURNAME:
            yield " ".join(sorted([words[at][0], *rest]))


def _stands_in(text: str, span: Span, phrases: Mapping[str, Sequence[tuple[str, int]]]) -> bool:
    start, end, _ = span
    return any(
        start >= within and text.startswith(phrase, start - within)
        for phrase, within in phrases.get(text[start:end], ())
    )


def _merged(spans: Iterable[Span]) -> list[Span]:
    out: list[Span] = []
    for start, end, kind in sorted(spans):
        if out and start < out[-1][1]:
            first, last, what = out[-1]
            longer = kind if end - start > last - first else what
            out[-1] = (first, max(end, last), longer)
        else:
            out.append((start, end, kind))
    return out


def known_in(con: Connection) -> Known:
    """Everybody and every body in the warehouse, in editions old and new."""

    def names(sql: str) -> frozenset[str]:
        return frozenset(name for (name,) in con.execute(sql).fetchall())

    bodies = names(_BODIES)
    return Known(
        names(_PEOPLE) - bodies, bodies, names("SELECT DISTINCT firm FROM store.edition WHERE firm IS NOT NULL")
    )


_PEOPLE = (
    "SELECT DISTINCT name FROM (SELECT name FROM store.contact UNION ALL SELECT name FROM store.team) WHERE name <> ''"
)

_BODIES = """
SELECT DISTINCT client FROM store.mission WHERE client_type IS NOT NULL AND client_type <> 'autre' AND client <> ''
UNION SELECT DISTINCT name FROM store.partner
"""
