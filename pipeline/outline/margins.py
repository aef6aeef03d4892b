"""Columns of facts beside a column of missions: a dark side bar, a margin of dates as in a CV, a panel per page.

A page is read column by column, so what stands in the margin comes before or after all that stands beside it. Here it
goes back to the mission at whose height it is printed.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from carnet.pipeline.outline import headings as look
from carnet.pipeline.outline.headings import Look, kinds_of
from carnet.pipeline.outline.kinds import FACT
from carnet.pipeline.outline.tokens import Is, Stream, Token
from carnet.pipeline.values.plain import value_kind
from carnet.schemas.layout import BBox

_NARROW = 0.75
"""A margin is at most so wide, as a share of the column of missions."""


@dataclass(frozen=True)
class _Margin:
    """Indices of the tokens of a margin, and of the headings (first line, last line) of the column beside it."""

    tokens: tuple[int, ...]
    headings: tuple[tuple[int, int], ...]
    opened: bool  # the column beside it starts with a heading: nothing of an earlier mission stands there


def with_margins(stream: Stream, looks: frozenset[Look]) -> Stream:
    """The stream with the tokens of margins right behind the heading that they stand beside."""
    margins = [m for page in _pages(stream) for m in _margins(page, stream, looks)]
    after: dict[int, list[int]] = defaultdict(list)
    moved: set[int] = set()
    for margin in margins:
        for i in margin.tokens:
            home = _home(i, margin, stream.tokens)
            if home is not None:
                after[home].append(i)
                moved.add(i)
    if not moved:
        return stream
    out: list[Token] = []
    for i, token in enumerate(stream.tokens):
        if i not in moved:
            out.append(token)
        out.extend(stream.tokens[k] for k in after.get(i, ()))
    return replace(stream, tokens=tuple(out))


def _pages(stream: Stream) -> list[list[int]]:
    pages: dict[int, list[int]] = defaultdict(list)
    for i, token in enumerate(stream.tokens):
        if token.page and token.block.box and token.what is not Is.FURNITURE:
            pages[token.page].append(i)
    return list(pages.values())


def _margins(page: Sequence[int], stream: Stream, looks: frozenset[Look]) -> list[_Margin]:
    """At the left and at the right of the one column that holds the headings of the page."""
    tokens = stream.tokens
    heads = [i for i in page if look.opens(tokens[i], looks, stream)]
    regions = {tokens[i].block.region for i in heads}
    if not heads or max(_box(tokens[i]).x0 for i in heads) - min(_box(tokens[i]).x0 for i in heads) > 3:
        return []
    column = [i for i in page if tokens[i].block.region in regions]
    told = [i for i in column if i not in heads and not stream.prominent(tokens[i])]
    main = BBox.around(_box(tokens[i]) for i in told or column)  # a wide heading may run over the margin as well
    inside = [i for i in page if _box(tokens[i]).x1 > main.x0 + 2 and _box(tokens[i]).x0 < main.x1 - 2]
    whole = BBox.around(_box(tokens[i]) for i in inside)
    left = [i for i in page if _box(tokens[i]).x1 <= main.x0 + 2]
    right = [i for i in page if _box(tokens[i]).x0 >= main.x1 - 2]
    first = min(_box(tokens[i]).top for i in heads)
    above = [tokens[i] for i in inside if _box(tokens[i]).bottom <= first]
    opened = not any(kinds_of(t) or len(t.text) > 80 for t in above)
    out = []
    for side in (left, right):
        beside = [i for i in side if _box(tokens[i]).bottom > whole.top - 40 and _box(tokens[i]).top < whole.bottom]
        if beside and _holds_facts(beside, stream) and _is_narrow(beside, main, tokens):
            out.append(_Margin(tuple(beside), tuple(_headings(heads, inside, stream)), opened))
    return out


def _headings(heads: Sequence[int], column: Sequence[int], stream: Stream) -> list[tuple[int, int]]:
    """First and last line of each heading: what adjoins it and stands out as it does (client, then title) belongs to
    it."""
    found: list[tuple[int, int]] = []
    for at, i in enumerate(column):
        if i in heads and not (found and i <= found[-1][1]):
            kickers = [k for k in column[max(0, at - 1) : at] if _leads(k, i, stream)]
            rest = itertools.takewhile(lambda k: stream.prominent(stream.tokens[k]), column[at + 1 : at + 4])
            found.append(([*kickers, i][0], [i, *rest][-1]))
    return found


def _leads(kicker: int, heading: int, stream: Stream) -> bool:
    """A line that stands out right above the heading."""
    above, below = stream.tokens[kicker], stream.tokens[heading]
    return stream.prominent(above) and -3 < _box(below).top - _box(above).bottom < 2 * below.style.size


def _holds_facts(indices: Sequence[int], stream: Stream) -> bool:
    tokens = [stream.tokens[i] for i in indices]
    if any(look_kind in FACT for t in tokens for look_kind in kinds_of(t)):
        return True
    return len({kind for t in tokens if (kind := value_kind(t.text, stream.rules))}) >= 2


def _is_narrow(indices: Sequence[int], main: BBox, tokens: Sequence[Token]) -> bool:
    box = BBox.around(_box(tokens[i]) for i in indices)
    return box.width <= _NARROW * main.width


def _home(i: int, margin: _Margin, tokens: Sequence[Token]) -> int | None:
    """The end of the heading that the token stands beside; None for what belongs to a mission above the first one."""
    token = tokens[i]
    above = [
        last for first, last in margin.headings if _box(tokens[first]).top <= _box(token).top + 1.2 * token.style.size
    ]
    if above:
        return above[-1]
    return margin.headings[0][1] if margin.opened and margin.headings else None


def _box(token: Token) -> BBox:
    assert token.block.box
    return token.block.box
