"""People named for the clients of many missions in a table of their own, mostly at the end: "Vos interlocuteurs"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from carnet.pipeline.decode.section_rows import by_page, head_row
from carnet.pipeline.page.fragments import Fragment
from carnet.pipeline.rules.fold import fold, letters_of
from carnet.schemas.roles import Role

Matrix = npt.NDArray[np.float32]

_PEOPLE = frozenset({Role.CONTACT, Role.EMAIL, Role.PHONE})
_NAMES = frozenset({Role.CLIENT, Role.GROUP_CLIENT, Role.TITLE, Role.HEADING})
_BESIDE = frozenset({Role.REFERENCE, Role.PLACE, Role.OTHER, Role.HEAD, Role.LABEL, Role.STATUS, Role.ASIDE})
_AROUND = frozenset({Role.FURNITURE, Role.OFFICE, Role.FRONT, Role.TEAM})
_ROWS = 3
"""Rows that name what is named elsewhere too, from which on a table is one of people."""
_LINES = 4
"""Lines of a name in its cell at most."""
_PITCH = 1.8
"""Letter sizes from one line of a name to the next, at most."""
_LETTERS = 6
"""Letters of a name at least."""
_KNOWN = 0.6
"""Share of the rows whose names stand elsewhere too, at least."""


_TOLD = 0.5
"""Probability from which on a fragment is told from others at all."""
_WORD = 4
"""Letters of a word that tells one body from another."""


@dataclass(frozen=True)
class PeopleRow:
    """`name`: what it names; `number`: that of the mission, where no name stands there; `people`: fragments about
    somebody there."""

    name: str
    number: str
    people: tuple[int, ...]


@dataclass(frozen=True)
class PeopleTable:
    """`members`: all its fragments."""

    members: frozenset[int]
    rows: tuple[PeopleRow, ...]


def people_tables(fragments: Sequence[Fragment], shares: Matrix, known: Sequence[Role]) -> list[PeopleTable]:
    """Tables of names and people, and nothing else that a mission has, whose names stand on other pages too. `shares`:
    n × roles: what each fragment seems to be; `known`: the roles of the columns."""
    best = [known[n] for n in shares.argmax(axis=1)] if len(shares) else []
    pages = list(by_page(fragments))
    letters = [letters_of("".join(fragments[i].text for i in some)) for some in pages]
    numbers = [{number_of(fragments[i].text) for i in some if best[i] is Role.REFERENCE} for some in pages]
    out = []
    for n, some in enumerate(pages):
        head = head_row([i for i in some if best[i] is Role.HEAD], fragments)
        if head is None:
            continue
        below = [i for i in some if fragments[i].box.top > head.bottom - 1 and best[i] not in _AROUND]
        if not {best[i] for i in below if shares[i].max() >= _TOLD} <= _PEOPLE | _NAMES | _BESIDE:
            continue
        elsewhere = "|".join(text for m, text in enumerate(letters) if m != n)
        others = {number for m, some_of in enumerate(numbers) if m != n for number in some_of}
        rows = _rows(below, fragments, best, elsewhere)
        known_names = (row for row in rows if row.number in others or _stands_in(row.name, elsewhere))
        named = sum(1 for _ in known_names)
        if named >= max(_ROWS, _KNOWN * len(rows)) and sum(bool(row.people) for row in rows) >= _ROWS:
            heads = [i for i in some if best[i] is Role.HEAD]
            out.append(PeopleTable(frozenset({*below, *heads}), tuple(rows)))
    return out


def _rows(below: Sequence[int], fragments: Sequence[Fragment], best: Sequence[Role], elsewhere: str) -> list[PeopleRow]:
    """The names, each with who stands level with it or below, before the next."""

    def down(*roles: Role) -> list[int]:
        return sorted((i for i in below if best[i] in roles), key=lambda i: fragments[i].box.top)

    names = list(_named(down(*_NAMES), fragments, elsewhere)) or [[i] for i in down(Role.REFERENCE)]
    people = [i for i in below if best[i] in _PEOPLE]
    begins = [fragments[some[0]].box.top for some in names]
    middle = any(_top(fragments[i]) < begins[0] for i in people) if names else False
    if middle:
        ends = [fragments[some[-1]].box.bottom for some in names]
        begins = [begins[0] - 1e3, *((end + top) / 2 for end, top in zip(ends, begins[1:], strict=False))]
    at = [sum(begin <= _top(fragments[i]) for begin in begins) - 1 for i in people]
    return [
        PeopleRow(
            " ".join(fragments[i].text for i in some) if best[some[0]] in _NAMES else "",
            number_of(fragments[some[0]].text) if best[some[0]] is Role.REFERENCE else "",
            tuple(i for i, row in zip(people, at, strict=True) if row == n),
        )
        for n, some in enumerate(names)
    ]


def _top(f: Fragment) -> float:
    return f.box.top + 0.3 * f.style.size


def _named(lines: Sequence[int], fragments: Sequence[Fragment], elsewhere: str) -> Iterator[list[int]]:
    """Lines, each right below the one before, that together name what is named elsewhere, as many as do; else each
    alone."""
    at = 0
    while at < len(lines):
        able = next((n for n in range(1, _LINES) if not _goes_on(lines[at + n - 1 : at + n + 1], fragments)), _LINES)
        texts = [letters_of("".join(fragments[i].text for i in lines[at : at + n])) for n in range(1, able + 1)]
        most = max((n for n, text in enumerate(texts, 1) if len(text) >= _LETTERS and text in elsewhere), default=1)
        most = min(most, len(lines) - at)
        yield list(lines[at : at + most])
        at += most


def _goes_on(two: Sequence[int], fragments: Sequence[Fragment]) -> bool:
    """Does the second of two lines stand right below the first?"""
    if len(two) < 2:
        return False
    one, other = (fragments[i] for i in two)
    return other.box.top - one.box.top <= _PITCH * max(one.style.size, other.style.size)


def number_of(text: str) -> str:
    """The number of a mission as it is compared: "I-01" and "i 01" are one."""
    return "".join(c for c in text.casefold() if c.isalnum())


def their_missions(
    table: PeopleTable, named: Mapping[int, str], numbers: Mapping[int, Collection[str]]
) -> dict[int, list[int]]:
    """People of a table by the mission they are named for. `named`: what names each mission, client and title, in the
    order of print; `numbers`: what it is numbered. Of several missions of one name each has its row; where there are
    fewer, all have what there is."""
    out: dict[int, list[int]] = {}
    rows: dict[tuple[int, ...], list[PeopleRow]] = {}
    for row in table.rows:
        rows.setdefault(tuple(_meant(row, named, numbers)), []).append(row)
    for missions, some in rows.items():
        alike = len(some) < len(missions) or len(missions) == 1
        for n, mission in enumerate(missions):
            for row in some if alike else some[n : n + 1]:
                out.setdefault(mission, []).extend(row.people)
    return out


def _meant(row: PeopleRow, named: Mapping[int, str], numbers: Mapping[int, Collection[str]]) -> list[int]:
    """The missions that a row is about: of its number, or of its name, else those that share the words with it which
    tell bodies apart: "Albertville (ville)", "Ville d'Albertville"."""
    if row.number:
        return [mission for mission, some in numbers.items() if row.number in some]
    exact = [mission for mission, said in named.items() if _stands_in(row.name, letters_of(said))]
    if exact:
        return exact
    words = {mission: _words(said) for mission, said in named.items()}
    often = Counter(word for some in words.values() for word in some)
    share = {mission: sum(1 / often[word] for word in some & _words(row.name)) for mission, some in words.items()}
    best = max(share.values(), default=0.0)
    return [mission for mission, value in share.items() if value == best] if best >= _ENOUGH else []


_ENOUGH = 0.5
"""Weight of the words that a row shares with a mission, each the less the more missions have it, at least."""


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", fold(text)) if len(word) >= _WORD}


def _stands_in(name: str, letters: str) -> bool:
    own = letters_of(name)
    return len(own) >= _LETTERS and own in letters
