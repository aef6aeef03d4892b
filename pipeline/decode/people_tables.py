"""People named for the clients of many missions in a table of their own, mostly at the end: "Vos interlocuteurs"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from carnet.pipeline.decode.section_rows import by_page, head_row
from carnet.pipeline.page.fragments import Fragment
from carnet.pipeline.rules.fold import letters_of
from carnet.schemas.roles import Role

Matrix = npt.NDArray[np.float32]

_PEOPLE = frozenset({Role.CONTACT, Role.EMAIL, Role.PHONE})
_NAMES = frozenset({Role.CLIENT, Role.GROUP_CLIENT, Role.TITLE, Role.HEADING})
_BESIDE = frozenset({Role.REFERENCE, Role.PLACE, Role.OTHER, Role.HEAD, Role.LABEL, Role.STATUS})
_AROUND = frozenset({Role.FURNITURE, Role.OFFICE, Role.FRONT, Role.TEAM})
_ROWS = 3
"""Rows that name what is named elsewhere too, from which on a table is one of people."""
_LINES = 4
"""Lines of a name in its cell at most."""
_LETTERS = 6
"""Letters of a name at least."""
_KNOWN = 0.6
"""Share of the rows whose names stand elsewhere too, at least."""


@dataclass(frozen=True)
class Row:
    """`name`: letters of what it names; `people`: fragments about somebody there."""

    name: str
    people: tuple[int, ...]


@dataclass(frozen=True)
class PeopleTable:
    """`members`: all its fragments."""

    members: frozenset[int]
    rows: tuple[Row, ...]


def people_tables(fragments: Sequence[Fragment], shares: Matrix, known: Sequence[Role]) -> list[PeopleTable]:
    """Tables of names and people, and nothing else that a mission has, whose names stand on other pages too. `shares`:
    n × roles: what each fragment seems to be; `known`: the roles of the columns."""
    best = [known[n] for n in shares.argmax(axis=1)] if len(shares) else []
    pages = list(by_page(fragments))
    letters = [letters_of("".join(fragments[i].text for i in some)) for some in pages]
    out = []
    for n, some in enumerate(pages):
        head = head_row([i for i in some if best[i] is Role.HEAD], fragments)
        if head is None:
            continue
        below = [i for i in some if fragments[i].box.top > head.bottom - 1 and best[i] not in _AROUND]
        if not {best[i] for i in below} <= _PEOPLE | _NAMES | _BESIDE:
            continue
        elsewhere = "|".join(text for m, text in enumerate(letters) if m != n)
        rows = _rows(below, fragments, best, elsewhere)
        named = sum(len(row.name) >= _LETTERS and row.name in elsewhere for row in rows)
        if named >= max(_ROWS, _KNOWN * len(rows)) and sum(bool(row.people) for row in rows) >= _ROWS:
            heads = [i for i in some if best[i] is Role.HEAD]
            out.append(PeopleTable(frozenset({*below, *heads}), tuple(rows)))
    return out


def _rows(below: Sequence[int], fragments: Sequence[Fragment], best: Sequence[Role], elsewhere: str) -> list[Row]:
    """The names, each with who stands level with it or below, before the next."""
    lines = sorted((i for i in below if best[i] in _NAMES), key=lambda i: fragments[i].box.top)
    names = list(_named(lines, fragments, elsewhere))
    people = [i for i in below if best[i] in _PEOPLE]
    begins = [fragments[some[0]].box.top for some in names]
    middle = any(_top(fragments[i]) < begins[0] for i in people) if names else False
    if middle:
        ends = [fragments[some[-1]].box.bottom for some in names]
        begins = [begins[0] - 1e3, *((end + top) / 2 for end, top in zip(ends, begins[1:], strict=False))]
    at = [sum(begin <= _top(fragments[i]) for begin in begins) - 1 for i in people]
    return [
        Row(
            letters_of("".join(fragments[i].text for i in some)),
            tuple(i for i, row in zip(people, at, strict=True) if row == n),
        )
        for n, some in enumerate(names)
    ]


def _top(f: Fragment) -> float:
    return f.box.top + 0.3 * f.style.size


def _named(lines: Sequence[int], fragments: Sequence[Fragment], elsewhere: str) -> Iterator[list[int]]:
    """Lines that together name what is named elsewhere, as many as do; else each alone."""
    at = 0
    while at < len(lines):
        texts = [letters_of("".join(fragments[i].text for i in lines[at : at + n])) for n in range(1, _LINES + 1)]
        most = max((n for n, text in enumerate(texts, 1) if len(text) >= _LETTERS and text in elsewhere), default=1)
        most = min(most, len(lines) - at)
        yield list(lines[at : at + most])
        at += most


def their_missions(table: PeopleTable, named: Mapping[int, str]) -> dict[int, list[int]]:
    """People of a table by the mission they are named for. `named`: letters of what names each mission, client and
    title, in the order of print. Of several missions of one name each has its row; where there are fewer, all have
    what there is."""
    out: dict[int, list[int]] = {}
    rows: dict[str, list[Row]] = {}
    for row in table.rows:
        if len(row.name) >= _LETTERS:
            rows.setdefault(row.name, []).append(row)
    for name, some in rows.items():
        missions = [mission for mission, said in named.items() if name in said]
        if len(some) >= len(missions):
            told = zip(missions, some, strict=False)
        else:
            told = zip(missions, some[:1] * len(missions), strict=True)
        for mission, row in told:
            out.setdefault(mission, []).extend(row.people)
    return out
