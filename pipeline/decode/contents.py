"""Tables of contents: rows that name what is told in full on other pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from carnet.pipeline.page.fragments import Fragment
from carnet.pipeline.rules.fold import letters_of
from carnet.schemas.roles import Role

Matrix = npt.NDArray[np.float32]

_ROWS = 4
"""Of a table of contents, at least."""
_HEADS = 0.5
"""Probability from which on a row seems to head a mission."""
_AGAIN = 0.75
"""Share of the rows that name what stands on another page, at least."""
_FRONT = 0.15
"""How likely the rows are the firm's own words, on the mean, at least: a table of missions tells more of each."""
_LETTERS = 8
"""Of a name, from which on two that are the same mean the same."""


def tables_of_contents(
    fragments: Sequence[Fragment], shares: Matrix, anchors: npt.NDArray[np.float32], known: Sequence[Role]
) -> Iterator[int]:
    """What stands in such tables, from the heads of their columns down to the last row. `shares`: n × `known`: what
    each fragment seems to be; `anchors`: how likely it heads a mission."""
    front, head = known.index(Role.FRONT), known.index(Role.HEAD)
    pages: dict[int, list[Fragment]] = {}
    for f in fragments:
        pages.setdefault(f.page, []).append(f)
    letters = {page: letters_of(" ".join(f.text for f in some)) for page, some in pages.items()}
    for page, some in pages.items():
        rows = [f for f in some if anchors[f.number] >= _HEADS]
        if len(rows) < _ROWS or np.mean(shares[[f.number for f in rows], front]) < _FRONT:
            continue
        others = [text for other, text in letters.items() if other != page]
        again = sum(any(_stands_in(f, others) for f in some if _level(f, row)) for row in rows)
        if again >= _AGAIN * len(rows):
            heads = [f.box.top for f in some if shares[f.number].argmax() == head]
            top = min([rows[0].box.top, *heads])
            foot = max(f.box.bottom for row in rows for f in some if _level(f, row))
            yield from (f.number for f in some if top <= f.box.top and f.box.bottom <= foot)


def _level(f: Fragment, row: Fragment) -> bool:
    return f.box.y_overlap(row.box) > 0


def _stands_in(f: Fragment, others: Sequence[str]) -> bool:
    name = letters_of(f.text)
    return len(name) >= _LETTERS and any(name in other for other in others)
