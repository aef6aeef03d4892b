"""Missions of one paragraph each, in which brackets tell for whom: "Plan guide (VILLE DE MORCY) – 45 k€ – 2021"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from carnet.pipeline.page.fragments import Fragment
from carnet.schemas.layout import Passage
from carnet.schemas.outline import Part, PartKind
from carnet.schemas.roles import Role

Matrix = npt.NDArray[np.float32]

_CLIENT = re.compile(r"\s{0,4}\((?P<name>[^()]{4,120})\)\s{0,4}(?=\s[–—|-]\s|[,;]|\.?\s{0,4}$)")
"""The last note behind what was done; facts behind it stand between dashes or commas."""
_APART = re.compile(r"\s{0,20}[,;]\s{1,20}|\s{0,20}[–—|]\s{1,20}|\s{1,20}-\s{1,20}")
_NOTHING = frozenset({Role.FURNITURE, Role.FRONT, Role.KICKER, Role.OTHER, Role.ASIDE})
_FACTS = {
    Role.PERIOD: PartKind.PERIOD, Role.START: PartKind.PERIOD, Role.END: PartKind.PERIOD, Role.YEAR: PartKind.PERIOD,
    Role.AMOUNT: PartKind.AMOUNT, Role.WORKS_COST: PartKind.WORKS_COST, Role.DURATION: PartKind.DURATION,
    Role.STATUS: PartKind.STATUS, Role.PARTNERS: PartKind.PARTNERS, Role.PLACE: PartKind.PLACE,
    Role.OTHER: PartKind.OTHER,
}  # fmt: skip
_WHEN_AND_HOW_MUCH = frozenset({
    Role.PERIOD, Role.START, Role.END, Role.YEAR, Role.AMOUNT, Role.WORKS_COST, Role.DURATION,
})  # fmt: skip
_LINES = 5
_NEXT = 1.0
"""Letter sizes between two lines of a paragraph at most."""
_MISSIONS = 4
_MOST = 0.6
"""Share of the missions that are such a paragraph; and of these, that tell for whom in brackets."""
_MONEY = (PartKind.AMOUNT, PartKind.WORKS_COST)


@dataclass(frozen=True)
class Entry:
    """A mission told by its paragraph: `heading`, what was done; `parts`, for whom and the facts behind."""

    heading: Passage
    parts: tuple[Part, ...]


def bracketed_entries(
    fragments: Sequence[Fragment],
    roles: Sequence[Role],
    shares: Matrix,
    columns: Sequence[Role],
    lines: Sequence[Passage],
    members: Mapping[int, Sequence[int]],
) -> dict[int, Entry]:
    """The missions that are one paragraph each, by their heads, where most are and most of those tell in brackets for
    whom: where the brackets stand tells more than how each line looks. Nothing elsewhere.

    `shares`: fragments by `columns`. `lines`: all that is printed on the lines of fragments. `members`: the fragments
    of each mission.
    """
    on: dict[int, list[int]] = {}
    for f in fragments:
        on.setdefault(f.line, []).append(f.number)
    told = {head: _paragraph(some, fragments, roles, on) for head, some in members.items()}
    whole = {head: Passage.join([lines[n] for n in found]) for head, found in told.items() if found}
    noted = {head: marks[-1] for head, p in whole.items() if (marks := list(_CLIENT.finditer(p.text)))}
    if len(whole) < max(_MISSIONS, _MOST * len(members)) or len(noted) < _MOST * len(whole):
        return {}
    places = {head: _placed(told[head], fragments, on, lines) for head in noted}
    of_facts = sum(_of_a_fact(mark, places[head], roles) for head, mark in noted.items())
    if 2 * of_facts > len(noted):
        return {}
    out = {}
    for head, mark in noted.items():
        placed = places[head]
        facts = list(_facts(whole[head], mark.end(), placed, shares, columns))
        name = whole[head].slice(mark.start("name"), mark.end("name"))
        client = Part(PartKind.CLIENT, (name,), None, "roles.client")
        start = next((at for at, sign in enumerate(whole[head].text) if sign.isalnum()), 0)
        out[head] = Entry(whole[head].slice(start, mark.start()), (client, *facts))
    return _of_one_money(out)


def _of_a_fact(mark: re.Match[str], placed: Sequence[tuple[int, int, int]], roles: Sequence[Role]) -> bool:
    """Do brackets say when or for how much, for what most of their letters seem to be?"""
    within = [(min(mark.end(), last) - max(mark.start(), first), i) for i, first, last in placed]
    letters = sum(common for common, _ in within if common > 0)
    return 2 * sum(common for common, i in within if common > 0 and roles[i] in _WHEN_AND_HOW_MUCH) > letters


def _placed(
    found: Sequence[int], fragments: Sequence[Fragment], on: Mapping[int, Sequence[int]], lines: Sequence[Passage]
) -> list[tuple[int, int, int]]:
    """Fragments with where their letters stand in the paragraph."""
    out, at = [], 0
    for n in found:
        out += [(i, at + fragments[i].start, at + fragments[i].end) for i in on[n]]
        at += len(lines[n].text) + 1
    return out


def _facts(
    whole: Passage, at: int, placed: Sequence[tuple[int, int, int]], shares: Matrix, columns: Sequence[Role]
) -> Iterator[Part]:
    """What stands behind, each as what its letters most seem to be."""
    known = [(n, _FACTS[role]) for n, role in enumerate(columns) if role in _FACTS]
    marks = [(m.start(), m.end()) for m in _APART.finditer(whole.text, at)]
    begins = [*(start for start, _ in marks[1:]), len(whole.text)]
    for (_, start), end in zip(marks, begins[: len(marks)], strict=True):
        weight: dict[PartKind, float] = {}
        for i, first, last in placed:
            common = min(end, last) - max(start, first)
            for n, kind in known if common > 0 else ():
                weight[kind] = weight.get(kind, 0.0) + common * float(shares[i, n])
        said = whole.slice(start, end)
        if weight and any(c.isalnum() for c in said.text):
            kind = max(weight, key=weight.__getitem__)
            yield Part(kind, (said,), None, f"roles.{kind.value}")


def _of_one_money(entries: Mapping[int, Entry]) -> dict[int, Entry]:
    """Amounts in one place mean one thing all over the brochure."""
    count = Counter(p.kind for e in entries.values() for p in e.parts if p.kind in _MONEY)
    usual = count.most_common(1)[0][0] if count else None

    def meant(part: Part) -> Part:
        if usual is None or part.kind not in _MONEY:
            return part
        return Part(usual, part.items, part.label, f"roles.{usual.value}")

    return {head: Entry(e.heading, tuple(map(meant, e.parts))) for head, e in entries.items()}


def _paragraph(
    some: Sequence[int], fragments: Sequence[Fragment], roles: Sequence[Role], on: Mapping[int, Sequence[int]]
) -> list[int]:
    """Its lines, one under the other, in one size, with nothing else on them; empty where the mission is more."""
    if any(roles[i].narrative or roles[i] is Role.LABEL for i in some):
        return []
    found = sorted({fragments[i].line for i in some}, key=lambda n: fragments[on[n][0]].box.top)
    of_others = {i for n in found for i in on[n]} - set(some)
    first = [fragments[on[n][0]] for n in found]
    below = all(_under(a, b) for a, b in zip(first, first[1:], strict=False))
    alone = all(roles[i] in _NOTHING for i in of_others)
    return found if below and alone and len(found) <= _LINES else []


def _under(above: Fragment, line: Fragment) -> bool:
    gap = line.box.top - above.box.bottom
    alike = abs(above.style.size - line.style.size) < 0.1 * above.style.size
    return above.page == line.page and alike and gap < _NEXT * above.style.size and above.box.x_overlap(line.box) > 0
