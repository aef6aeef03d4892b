"""Lists of short references: "2021 – Ville de Morcy : étude de circulation, 24 000 € HT, avec Cabinet Orbe".

Each item is a mission, cut by what its pieces are: a period, a body, amounts, partners; the rest is the title. Where
the signs between them stand tells more than how each line looks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from carnet.pipeline.page.fragments import Fragment
from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.bodies import names_body
from carnet.pipeline.values.dates import find_periods
from carnet.pipeline.values.money import find_amounts
from carnet.pipeline.values.partner_words import names_at
from carnet.schemas.layout import Passage
from carnet.schemas.outline import Part, PartKind
from carnet.schemas.roles import Role

_LEAST = 4
"""Items that make a list."""
_SHORTEST, _LONGEST = 25, 420
"""Letters of an item."""
_MOST = 0.7
"""Share of the items that read so, and of the heads that stand in them."""
_NEXT = 0.6
"""Letter sizes between two lines of an item at most."""
_CUT = re.compile(
    r"\s{1,40}[–—-]\s{1,40}|\s{0,40}:\s{1,40}|\s{0,40};\s{1,40}|,\s{1,40}|\s{0,40}\((?=[^()]{2,60}\))|\)\s{0,40},?\s{0,40}"
)


@dataclass(frozen=True)
class Item:
    """`members`: its fragments, in order. `head`: the one that its title begins with. `parts`: the title first."""

    head: int
    members: tuple[int, ...]
    parts: tuple[Part, ...]


def listed_items(
    fragments: Sequence[Fragment],
    roles: Sequence[Role],
    heads: Sequence[int],
    rank: Sequence[int],
    lines: Sequence[Passage],
    told: Callable[[Passage], tuple[Part, ...]],
) -> list[Item]:
    """The items of a document that is such a list, where nearly all `heads` of missions stand in them; else none.
    `told`: the parts of an item, see `parts_of`."""
    whole_of = (
        (members, Passage.join([_line(some, fragments, lines) for some in _by_line(members, fragments)]))
        for members in _paragraphs(fragments, rank)
    )
    able = [(members, whole) for members, whole in whole_of if _SHORTEST <= len(whole.text) <= _LONGEST]
    dated = {i for members, whole in able if any(map(str.isdigit, whole.text)) for i in members}
    if sum(i in dated for i in heads) < _MOST * len(heads):
        return []  # an item holds a period
    out: list[Item] = []
    tried = 0
    for members, whole in able:
        tried += fragments[members[0]].marked
        parts = told(whole)
        if parts:
            out.append(Item(_first_of(members, fragments, roles), tuple(members), parts))
    marked = sum(fragments[item.members[0]].marked for item in out)
    within = {i for item in out for i in item.members}
    of_them = sum(i in within for i in heads)
    enough = len(out) >= _LEAST and marked >= _MOST * max(1, tried) and of_them >= _MOST * len(heads)
    return out if enough else []


def _paragraphs(fragments: Sequence[Fragment], rank: Sequence[int]) -> Iterator[list[int]]:
    """Lines one under the other, from a list mark to the next or to a wider gap."""
    some: list[int] = []
    for i in sorted(range(len(rank)), key=lambda i: rank[i]):
        if some and (fragments[i].marked or not _goes_on(fragments[some[-1]], fragments[i])):
            yield some
            some = []
        some.append(i)
    if some:
        yield some


def _goes_on(above: Fragment, f: Fragment) -> bool:
    size = above.style.size
    alike = abs(size - f.style.size) <= _ALIKE * size and above.page == f.page
    return alike and (above.line == f.line or -size < f.box.top - above.box.bottom < _NEXT * size)


_ALIKE = 0.1
"""Part of the letter size by which two lines of an item differ at most."""


def _by_line(members: Sequence[int], fragments: Sequence[Fragment]) -> list[list[int]]:
    out: dict[int, list[int]] = {}
    for i in members:
        out.setdefault(fragments[i].line, []).append(i)
    return list(out.values())


def _line(some: Sequence[int], fragments: Sequence[Fragment], lines: Sequence[Passage]) -> Passage:
    first, last = fragments[some[0]], fragments[some[-1]]
    return lines[first.line].slice(first.start, last.end)


def _first_of(members: Sequence[int], fragments: Sequence[Fragment], roles: Sequence[Role]) -> int:
    return next(
        (i for role in (Role.TITLE, Role.HEADING, Role.CLIENT) for i in members if roles[i] is role), members[0]
    )


def parts_of(item: Passage, rules: Rules) -> tuple[Part, ...]:
    """The parts of an item, its title first: it must hold a period and a body; else none."""
    whole = item.flow()
    pieces = _pieces(whole)
    kinds = [_kind(p.text, rules) for p in pieces]
    if PartKind.PERIOD not in kinds or PartKind.CLIENT not in kinds:
        return ()
    parts: list[Part] = []
    title: list[tuple[int, int]] = []
    client = kinds.index(PartKind.CLIENT)
    for n, (piece, kind) in enumerate(zip(pieces, kinds, strict=True)):
        if kind is PartKind.CLIENT and n != client or kind is None:
            title.append(_span(whole, piece))
        else:
            start = names_at(piece.text, rules) if kind is PartKind.PARTNERS else 0
            parts.append(Part(kind, (piece.slice(start, len(piece.text)),), None, f"roles.{kind.value}"))
    if not title:
        return ()
    return (Part(PartKind.TITLE, (whole.slice(*_first_run(title)),), None, "roles.title"), *parts)


def _pieces(whole: Passage) -> list[Passage]:
    out, at = [], 0
    for cut in [*_CUT.finditer(whole.text), None]:
        end = cut.start() if cut else len(whole.text)
        if end > at and whole.text[at:end].strip(" .,"):
            out.append(whole.slice(at, end))
        at = cut.end() if cut else end
    return out


def _kind(text: str, rules: Rules) -> PartKind | None:
    """What a piece is; None for a piece of the title."""
    flat = text.strip(" .")
    periods = find_periods(flat, rules)
    if periods and periods[0].end - periods[0].start >= _OF_PERIOD * len(flat):
        return PartKind.PERIOD
    amounts = find_amounts(flat, rules)
    if amounts and amounts[0].end - amounts[0].start >= _OF_AMOUNT * len(flat):
        return PartKind.AMOUNT
    if names_at(flat, rules):
        return PartKind.PARTNERS
    if fold(flat).endswith(_none_given(rules)):
        return PartKind.AMOUNT
    return PartKind.CLIENT if names_body(flat, rules) else None


@lru_cache(maxsize=4)
def _none_given(rules: Rules) -> tuple[str, ...]:
    """What says that no amount is given."""
    return tuple(fold(str(w)) for w in rules.lexicon("money")["missing"] if len(str(w)) > _WORD)


_OF_PERIOD, _OF_AMOUNT = 0.7, 0.5
"""Share of the letters of a piece that its period or amount has."""
_WORD = 6


def _span(whole: Passage, piece: Passage) -> tuple[int, int]:
    start = whole.text.find(piece.text)
    return start, start + len(piece.text)


def _first_run(spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Neighbouring pieces of the title, with the commas between them."""
    start, end = spans[0]
    for a, b in spans[1:]:
        if a - end > _COMMA or a < end:
            break
        end = b
    return start, end


_COMMA = 4  # letters
