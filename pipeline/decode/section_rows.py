"""Rows of a table that name a part of it: one text alone in its row, in a look that no title of it has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from carnet.pipeline.observe.document import look_of
from carnet.pipeline.page.fragments import Fragment
from carnet.schemas.layout import BBox
from carnet.schemas.roles import Role

Matrix = npt.NDArray[np.float32]

_HEADS = 3
"""Heads of columns side by side, from which on a page holds a table."""
_TITLE = 0.9
"""Probability from which on a text surely heads a mission."""
_TITLES = 0.2
"""Share of what surely heads a mission from which on a look is that of titles."""
_SURE = 0.85
"""Probability from which on a row is what it seems, whatever its place."""
_A_CLIENT = 0.3
"""Probability from which on a row of its own may name the client of the rows below it."""
_LONGEST = 90  # letters
_DIGITS = 4
"""Figures of a row of its own from which on it is a sum."""
_FLUSH = 1.5
"""Letter sizes between the left edge of the table and of the row, or between their middles, at most."""
_CLIENTS = (Role.CLIENT, Role.GROUP_CLIENT)
_OUTSIDE = (Role.FURNITURE, Role.OFFICE)


def section_rows(fragments: Sequence[Fragment], shares: Matrix, anchors: Matrix, known: Sequence[Role]) -> list[int]:
    """Rows under the heads of columns that name a part of the table. `shares`: n × roles; `anchors`: how likely each
    fragment heads a mission; `known`: the roles of the columns."""
    best = [known[n] for n in shares.argmax(axis=1)] if len(shares) else []
    of_client = shares[:, [known.index(role) for role in _CLIENTS]].sum(axis=1) if len(shares) else np.zeros(0)
    heads = Counter(look_of(f) for f, p in zip(fragments, anchors, strict=True) if p >= _TITLE)
    titles = {look for look, count in heads.items() if count >= _TITLES * heads.total()}
    out = []
    for some in by_page(fragments):
        table = head_row([i for i in some if best[i] is Role.HEAD], fragments)
        if table is None:
            continue
        below = [i for i in some if fragments[i].box.top > table.bottom - 1 and best[i] not in _OUTSIDE]
        last = max((i for i in below if anchors[i] >= _TITLE), default=-1)
        for i in below:
            alone = not any(j != i and _level(fragments[i], fragments[j]) for j in below)
            names = look_of(fragments[i]) not in titles and of_client[i] < _A_CLIENT
            names &= best[i] is Role.DOMAIN or float(shares[i].max()) < _SURE
            names |= best[i] is Role.CLIENT and _over_a_client(i, below, fragments, best)
            names |= best[i] in _CLIENTS and _over_a_row_with_one(i, below, fragments, best, anchors)
            if alone and names and i < last and _may_name(fragments[i]) and _begins(fragments[i], table):
                out.append(i)
    return out


def _over_a_client(at: int, below: Sequence[int], fragments: Sequence[Fragment], best: Sequence[Role]) -> bool:
    """Has the next row a client of its own in the same column, further below than the next line of a cell is?"""
    f, size = fragments[at], max(fragments[at].style.size, 1.0)
    column = (
        fragments[i] for i in below if abs(fragments[i].box.x0 - f.box.x0) < size and fragments[i].box.top > f.box.top
    )
    under = min(column, key=lambda other: other.box.top, default=None)
    apart = under is not None and under.box.top - f.box.top > _ROW * size and best[under.number] is Role.CLIENT
    beside = (i for i in below if under is not None and i != under.number and _level(under, fragments[i]))
    return apart and any(best[i] is Role.TITLE for i in beside)


def _over_a_row_with_one(
    at: int, below: Sequence[int], fragments: Sequence[Fragment], best: Sequence[Role], anchors: Matrix
) -> bool:
    """Does the next row that surely heads a mission name its client in another column, in another look?"""
    f = fragments[at]
    heads = [i for i in below if anchors[i] >= _TITLE and fragments[i].box.top > f.box.bottom - 1]
    head = min(heads, key=lambda i: fragments[i].box.top, default=None)
    if head is None:
        return False
    row = (i for i in below if i != head and best[i] is Role.CLIENT and _level(fragments[head], fragments[i]))
    others = (fragments[i] for i in row if fragments[i].box.x_overlap(f.box) <= 0)
    return any(look_of(other) != look_of(f) for other in others)


_ROW = 1.5
"""Letter sizes from one line down to the next, from which on that is one of another cell."""


def by_page(fragments: Sequence[Fragment]) -> Iterator[list[int]]:
    """The numbers of the fragments of each page."""
    pages: dict[int, list[int]] = {}
    for i, f in enumerate(fragments):
        pages.setdefault(f.page, []).append(i)
    yield from pages.values()


def head_row(heads: Sequence[int], fragments: Sequence[Fragment]) -> BBox | None:
    """Where the heads of columns stand; None where too few stand side by side."""
    rows = [[j for j in heads if _level(fragments[i], fragments[j])] for i in heads]
    row = max(rows, key=len, default=[])
    return BBox.around(fragments[i].box for i in row) if len(row) >= _HEADS else None


def _level(a: Fragment, b: Fragment) -> bool:
    return a.box.y_overlap(b.box) > 0.3 * min(a.box.height, b.box.height)


def _begins(f: Fragment, table: BBox) -> bool:
    """At the left edge of the table, or in its middle."""
    near = _FLUSH * max(f.style.size, 1.0)
    middle = abs(f.box.x0 + f.box.x1 - table.x0 - table.x1) / 2
    return f.box.x0 < table.x0 + near or middle < near


def _may_name(f: Fragment) -> bool:
    letters, digits = sum(c.isalpha() for c in f.text), sum(c.isdigit() for c in f.text)
    return letters >= 3 and digits < _DIGITS and len(f.text) <= _LONGEST and f.text[-1:] not in ".:;,"
