"""The ways in which one person's name is written: turned round, with initials, behind a civility, in an address."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from carnet.schemas.spelling import folded

_TOKEN = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*")
_WORD = re.compile(r"[^\W\d_]+")
_TELLING = 3
"""Letters of a surname that make an initial or a civility before it a name."""
_ADDRESS = 5
"""Letters of a name run together ("mdupont") that are no common word."""


@dataclass(frozen=True)
class NameLexicon:
    """Words as they are compared, by the rules. `ordinary`: also a place or a common word, which alone names nobody."""

    civilities: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    ordinary: Callable[[str], bool] = lambda word: False


@dataclass(frozen=True)
class Forms:
    """Of one name, each as its words in the order of letters. `short`: "M. Vidal", "C. Vidal", "cvidal". `partly`: a
    compound name without one of its names, which may be somebody else's whole name: "Claire Vidal" of Claire
    Vidal-Roux."""

    short: frozenset[str]
    surnames: frozenset[str]
    partly: frozenset[str] = frozenset()


def forms_of(name: str, lexicon: NameLexicon) -> Forms:
    """Beside the whole name.

    >>> forms = forms_of("Claire VIDAL", NameLexicon(civilities=frozenset({"mme"})))
    >>> sorted(forms.short), sorted(forms.surnames)
    (['c vidal', 'clairevidal', 'cvidal', 'mme vidal', 'vidalc', 'vidalclaire'], ['vidal'])
    >>> sorted(forms_of("Claire Vidal-Roux", NameLexicon()).partly)
    ['claire roux', 'claire vidal']
    """
    short: set[str] = set()
    surnames: set[str] = set()
    partly: set[str] = set()
    for given, surname in _splits(name, lexicon):
        for part in (surname, *_parts(surname, lexicon)):
            if not any(len(word) >= _TELLING and word not in lexicon.particles for word in part):
                continue
            surnames.add(in_order(part))
            short |= {in_order([civility, *part]) for civility in lexicon.civilities}
            short |= set(_with_given(given, part))
            names = [given, *([word] for word in given if len(given) > 1 and len(word) > 1)]
            partly |= {in_order([*some, *part]) for some in names if some and (some != given or part != surname)}
    return Forms(frozenset(short), frozenset(surnames), frozenset(partly))


def _parts(surname: list[str], lexicon: NameLexicon) -> Iterator[list[str]]:
    """Each of the names in a compound one, particles with the name they lead, and without.

    >>> list(_parts(["le", "goff", "perrin"], NameLexicon(particles=frozenset({"le"}))))
    [['le', 'goff'], ['perrin']]
    >>> list(_parts(["de", "la", "tour"], NameLexicon(particles=frozenset({"de", "la"}))))
    [['la', 'tour']]
    """
    part: list[str] = []
    for word in surname:
        part.append(word)
        if len(word) > 1 and word not in lexicon.particles:
            whole = part == surname
            if not whole:
                yield part
            if len(part) > 2 or len(part[0]) == 1:
                yield part[1:]
            part = []


def in_order(words: list[str]) -> str:
    """Words in one order, so that "VIDAL Claire" and "Claire Vidal" are one name."""
    return " ".join(sorted(words))


def _with_given(given: list[str], surname: list[str]) -> Iterator[str]:
    """Initials; and both run together, as in an e-mail address."""
    initials = [word[0] for word in given]
    for letters in (initials, initials[:1], ["".join(initials)]):
        yield in_order([*letters, *surname])
    last = "".join(surname)
    for first in {"".join(given), "".join(initials), initials[0]} if given else ():
        yield from (together for together in (first + last, last + first) if len(together) >= _ADDRESS)


def _splits(name: str, lexicon: NameLexicon) -> Iterator[tuple[list[str], list[str]]]:
    """Where the given names end and the surname begins, in every way that may be meant."""
    tokens = _TOKEN.findall(name)
    while len(tokens) > 1 and folded(tokens[0]) in lexicon.civilities:
        tokens.pop(0)
    capitals = [t for t in tokens if t.isupper() and len(t) > 1]
    rest = [t for t in tokens if t not in capitals]
    if capitals and any(t[0].isupper() for t in rest):
        yield _words([t for t in rest if t[0].isupper()]), _words(capitals)
        return
    if len(tokens) > 1 and _is_given(tokens[-1], lexicon) and not _is_given(tokens[0], lexicon):
        tokens = [tokens[-1], *tokens[:-1]]
    if len(tokens) > 1:
        yield _words(tokens[:1]), _words(tokens[1:])
    if len(tokens) > 2 and folded(tokens[-2]) not in lexicon.particles:
        yield _words(tokens[:-1]), _words(tokens[-1:])


def _words(tokens: list[str]) -> list[str]:
    return [folded(word) for token in tokens for word in _WORD.findall(token)]


def _is_given(token: str, lexicon: NameLexicon) -> bool:
    return bool(set(_words([token])) & lexicon.given)
