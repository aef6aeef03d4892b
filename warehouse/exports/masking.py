"""Texts without anybody's name, e-mail address or phone number: what a public data set is made of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from carnet.schemas.from_yaml import from_yaml
from carnet.schemas.spelling import ends_a_name, folded
from carnet.warehouse.exports.cells import printable
from carnet.warehouse.store.db import Connection

NamedSpan = tuple[int, int, str]
"""Start, end, and what stands there: person, email, phone; doubt: somebody may be named there; guess: only a model says
so, which takes firms for people: not believed of a body's name."""
_DOUBTS = ("doubt", "guess")
SpanFinder = Callable[[str], Iterable[NamedSpan]]
"""Who and what is personal in a text as such; `carnet.pipeline.values.personal`, given by the flow."""

_PASSAGE_END = re.compile(r"(?<=[^\W\d_]{3}[.!?…»])\s+|[\n;]")
"""Where another sentence begins; not behind "Mme." or an initial."""
_MAYBE = re.compile(
    r"@|\d(?:[\s.()/\u00a0\u202f–—-]{0,3}\d){7}|[^\W\d_][\W_]{1,4}[^\W\d_]|[a-z][A-Z]|\(|\[|[\u0300-\u109f\u10d0-\u11ff\u2e80-\uffef]"
)
"""Two words, an address, a number, a bracket, a writing without capitals: else, and but for a word alone, nobody is
named."""
_PARTS = re.compile(r"\s[cps]/[co]\s|\s?[,;:/()|–—]\s?|\s-\s")
_SIGNS = re.compile(r"\s[cps]/[co]\s|\s?[,;:/()|]\s?")
"""Between a body and who stands beside it, or another; the same but for dashes."""
_WORD = re.compile(r"[^\W\d_]+")
_CAPITAL_WORD = re.compile(
    r"(?<![\w'’-])(?:(?P<before>[^\W\d_]+)['’ ])?(?<![\w-])(?P<word>[^\W\d_a-z][^\W\d_]{3,})(?![\w'’-])(?! [^\W\d_a-z])"
)
"""A capital, with the word before it; no capital behind it."""
_REMEMBERED = 20_000
_LONGEST_NAME = 6
_SURNAME = 3
"""Letters of a surname that an initial before it makes a person of."""


@cache
def _shown() -> dict[str, str]:
    words: dict[str, str] = _words()["masks"]
    return words


@cache
def _own_firms() -> frozenset[str]:
    return frozenset(word for line in _words()["own_firms"] for word in line.split())


@cache
def _words() -> Any:  # the content of a YAML file of ours
    return from_yaml(Path(__file__).with_name("masks.yml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Known:
    """People and bodies the warehouse knows. `firms`, who publish, keep their name though it is a person's; so do the
    other `bodies` (clients of a known kind), unless the person is one of `people`; `firms_like_people` (partners,
    clients that are firms), unless their name is a person's alone or with the word of a trade."""

    people: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    firms: frozenset[str] = frozenset()
    firms_like_people: frozenset[str] = frozenset()


class Masker:
    """Masks texts; calls may be repeated cheaply. What `find` finds beside people (amounts) is masked too; then any
    text with a figure is looked at.

    >>> Masker(Known(frozenset({"Odile Faucher"})), lambda text: ())("Pilotage : FAUCHER Odile (DGS)")
    'Pilotage : [personne] (DGS)'
    """

    def __init__(self, known: Known, found: SpanFinder, figures: bool = False) -> None:
        self._find = find = lru_cache(maxsize=_REMEMBERED)(lambda text: tuple(found(text)))
        self._figures = figures
        self._names = frozenset(spelling for name in known.people for spelling in _spellings(name))
        self._surnames = frozenset(_surname(name) for name in known.people) - {""}
        self._words = frozenset(word for name in self._names for word in name.split())
        self._firms = self._phrases(known.firms, lambda text: [*find(text), *self._known_people(text)])
        bodies = [part for name in (*known.bodies, *known.firms_like_people) for part in _bodies_in(name, find)]
        self._bodies = self._phrases(bodies, find)
        self._body_names = [f" {folded(name)} " for name in (*known.firms, *bodies)]
        self._done: dict[str, str] = {}
        self.left_out: set[str] = set()
        """Passages, as printed, that were left out for somebody may be named in them."""

    def __call__(self, text: str) -> str:
        """The text, printable and with « [personne] », « [courriel] », « [téléphone] » where somebody was named."""
        done = self._done.get(text)
        if done is None:
            done = self._masked(_shown_as(text))
            if len(text) < 200 and len(self._done) < 100_000:
                self._done[text] = done
        return done

    def _masked(self, text: str) -> str:
        figures = self._figures and any(letter.isdigit() for letter in text)
        if not (figures or text.isalpha() or _MAYBE.search(text)):
            return text
        for start, end, kind in reversed(_merged(self._spans(text))):
            if kind in _DOUBTS:
                self.left_out.add(text[start:end])
            text = text[:start] + _shown()[kind] + text[end:]
        return text

    def _spans(self, text: str) -> Iterator[NamedSpan]:
        known = [*self._known_people(text), *self._known_surnames(text)]
        yield from (span for span in known if not _stands_in(text, span, self._firms))
        for span in self._find(text):
            if span[2] in _DOUBTS:
                if not (_is_covered(text, span, known) or self._is_known_body(text[span[0] : span[1]])):
                    yield _passage(text, span)
            elif not (_stands_in(text, span, self._bodies) or _stands_in(text, span, self._firms)):
                yield span

    def _is_known_body(self, doubtful: str) -> bool:
        """Whether it is a part of a body's name."""
        return any(f" {folded(doubtful)} " in name for name in self._body_names)

    def _known_people(self, text: str) -> Iterator[NamedSpan]:
        words = [(m.start(), m.end(), folded(m[0])) for m in _WORD.finditer(text)] if self._names else []
        for first, (start, _, word) in enumerate(words):
            if word not in self._words:
                continue
            for last in range(first, min(first + _LONGEST_NAME, len(words))):
                if (
                    _is_small_letter(text, words[last])
                    or words[last][2] not in self._words
                    or words[last][1] - start > 80
                    or (last > first and ends_a_name(words[last - 1][2], text[words[last - 1][1] : words[last][0]]))
                ):
                    break
                if last > first and " ".join(sorted(w for _, _, w in words[first : last + 1])) in self._names:
                    yield start, words[last][1], "person"

    def _known_surnames(self, text: str) -> Iterator[NamedSpan]:
        """A surname that stands alone, with a capital; not within a place's or a body's name ("Ville de Verdeau")."""
        for m in _CAPITAL_WORD.finditer(text) if self._surnames else ():
            if folded(m["word"]) not in self._surnames or self._is_known_body(m["word"]):
                continue
            before = folded(m["before"] or "")
            if before not in _joins() or (before in _of() and _last_word(text[: m.start()]) in _deeds()):
                yield m.start("word"), m.end("word"), "person"

    def _phrases(self, bodies: Iterable[str], find: SpanFinder) -> dict[str, list[tuple[str, int]]]:
        """By the person's name in it: the body's name, and where the person stands there."""
        found: dict[str, list[tuple[str, int]]] = {}
        for body in sorted({_shown_as(body) for body in bodies}):
            for start, end, kind in find(body):
                if kind == "person" and _MAYBE.search(body) and not _is_beside(body, start):
                    found.setdefault(body[start:end], []).append((body, start))
        return found


def _shown_as(text: str) -> str:
    """Printable, each letter in one piece with its accents: "e" and an accent beside it would end a word."""
    return unicodedata.normalize("NFC", printable(text))


def _is_small_letter(text: str, word: tuple[int, int, str]) -> bool:
    """No initial: "pierre à pierre"."""
    start, end, folded_word = word
    return len(folded_word) == 1 and text[start].islower() and text[end : end + 1] != "."


def _spellings(name: str) -> Iterator[str]:
    """As names are compared: folded words in the order of letters; two that stand together; with one name's initial.

    >>> sorted(_spellings("Odile FAUCHER"))
    ['f odile', 'faucher o', 'faucher odile']
    """
    words = [folded(word) for word in _WORD.findall(name)]
    if len(words) < 2:
        return
    yield " ".join(sorted(words))
    for pair in zip(words, words[1:], strict=False) if len(words) > 2 else ():
        if min(map(len, pair)) >= _SURNAME:
            yield " ".join(sorted(pair))
    for at in (0, -1):
        rest = words[1:] if at == 0 else words[:-1]
        if len(words[at]) > 1 and max(map(len, rest)) >= _SURNAME:
            yield " ".join(sorted([words[at][0], *rest]))


@cache
def _joins() -> frozenset[str]:
    return frozenset(_words()["joins"])


@cache
def _of() -> frozenset[str]:
    return frozenset(_words()["of"])


@cache
def _deeds() -> frozenset[str]:
    return frozenset(_words()["deeds"])


def _last_word(text: str) -> str:
    words = _WORD.findall(text[-30:])
    return folded(words[-1]) if words else ""


def _surname(name: str) -> str:
    """In capitals, or the last word; of four letters and more.

    >>> _surname("VERDEAU Aline"), _surname("Luc Marsanne"), _surname("Rose")
    ('verdeau', 'marsanne', '')
    """
    words = [word for word in _WORD.findall(name) if len(word) > 3]
    loud = [word for word in words if word.isupper()]
    return folded((loud or words)[-1]) if words and len(_WORD.findall(name)) > 1 else ""


def _stands_in(text: str, span: NamedSpan, phrases: Mapping[str, Sequence[tuple[str, int]]]) -> bool:
    start, end, _ = span
    return any(
        start >= within and text.startswith(phrase, start - within)
        for phrase, within in phrases.get(text[start:end], ())
    )


def _bodies_in(name: str, find: SpanFinder) -> Iterator[str]:
    """A body's name, or what of it is a body's: "Hydrelle" of "Luc Marsanne / Hydrelle". A university or a school may
    bear somebody's name behind a dash ("Université Toulouse III - Paul Sabatier")."""
    bears = folded(name.partition(" ")[0]) in _words()["bear_names"]
    parts = [part for part in (_SIGNS if bears else _PARTS).split(_shown_as(name)) if part]
    own = [part for part in parts if _is_called_like_a_person(part, find)]
    yield from [part for part in parts if part not in own] if own else [_shown_as(name)]


def _is_called_like_a_person(body: str, find: SpanFinder) -> bool:
    """With no other word than that of a trade; one name where nothing follows, or a trade in small letters ("Nguyen",
    "Hamon M", "Hamon architecte"), unless it is of two ("Thévenard-Roussel")."""
    spans = [span for span in find(body) if span[2] in ("person", "doubt")]
    rest = [m for m in _WORD.finditer(body) if not any(start <= m.start() < end for start, end, _ in spans)]
    said = [word for start, end, _ in _merged(spans) for word in body[start:end].split()]
    named = [word for word in said if _is_name(word)]
    alone = "-" not in body if not rest else all(m[0].islower() for m in rest)
    least = 1 if alone or any(folded(m[0]) in _words()["civilities"] for m in rest) else 2
    most = 3 + 2 * sum(word in ("et", "&") for word in body.split())
    return least <= len(named) <= most and all(m[0].islower() or folded(m[0]) in _own_firms() for m in rest)


def _is_name(word: str) -> bool:
    """A capital, and more than an article or the initials of a firm.

    >>> [word for word in ("Li", "Le", "M.", "TP", "Silva", "sur") if _is_name(word)]
    ['Li', 'M.', 'Silva']
    """
    if len(word) == 2 and word[-1] != ".":
        return word.istitle() and folded(word) not in _joins()
    return len(word) > 1 and word[0].isupper()


def _is_beside(body: str, start: int) -> bool:
    """Whether a person is named beside a body, not in its name.

    >>> body = "Ville de Brenoux, Mme Sidonie Larquet"
    >>> _is_beside(body, body.index("Sidonie")), _is_beside("Lycée Pierre Lesquin", 6)
    (True, False)
    """
    before = body[:start].rstrip()
    return before.endswith(tuple(",;:(")) or folded(before).split(" ")[-1] in _words()["civilities"]


def _is_covered(text: str, span: NamedSpan, spans: Sequence[NamedSpan]) -> bool:
    """Whether each of its words stands in one of the others."""
    words = list(_WORD.finditer(text, span[0], span[1]))
    return bool(words) and all(any(start <= m.start() and m.end() <= end for start, end, _ in spans) for m in words)


def _passage(text: str, span: NamedSpan) -> NamedSpan:
    """The sentence in which somebody may be named, or the sentences.

    >>> _passage("Un bilan. Vu par Ngozi Adeyemi. Suite.", (17, 30, "doubt"))
    (10, 31, 'doubt')
    """
    start, end, kind = span
    ends = [m for m in _PASSAGE_END.finditer(text)]
    first = max((m.end() for m in ends if m.end() <= start), default=0)
    return first, min((m.start() for m in ends if m.start() >= end), default=len(text)), kind


def _merged(spans: Iterable[NamedSpan]) -> list[NamedSpan]:
    out: list[NamedSpan] = []
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

    bodies, like_people = names(_BODIES), names(_FIRMS)
    firms = names("SELECT DISTINCT firm FROM store.edition WHERE firm IS NOT NULL")
    return Known(names(_PEOPLE) - bodies, bodies, firms, like_people - bodies)


_PEOPLE = (
    "SELECT DISTINCT name FROM (SELECT name FROM store.contact UNION ALL SELECT name FROM store.team) WHERE name <> ''"
)

_BODIES = """
SELECT DISTINCT client FROM store.mission WHERE client_type NOT IN ('autre', 'entreprise') AND client <> ''
UNION SELECT DISTINCT client FROM missions SEMI JOIN store.correction AS c
    ON c.mission_id = missions.mission_id AND c.field = 'client_type' AND c.undone_at IS NULL
WHERE client_type <> 'autre' AND client <> ''
"""
"""Who is a firm because somebody said so by hand is one."""

_FIRMS = """
SELECT DISTINCT client FROM store.mission WHERE client_type = 'entreprise' AND client <> ''
UNION SELECT DISTINCT name FROM store.partner
"""
