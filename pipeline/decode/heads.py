"""Heads of missions that say what and for whom in one look: each stands in one stretch of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np
import numpy.typing as npt

from carnet.pipeline.observe.document import look_of
from carnet.pipeline.page.fragments import Fragment
from carnet.schemas.roles import Role

Matrix = npt.NDArray[np.float32]
_HEADS = (Role.TITLE, Role.CLIENT)
_SURE = 0.85
"""Probability from which on a text between two of them that seems to be something else is that."""
_AT_A_LINE = 0.7
"""What it costs to part title and client where a line ends, in units of log probability; at a sign it costs nothing."""
_LEAST = 1e-3


def in_two_stretches(
    fragments: Sequence[Fragment],
    roles: Sequence[Role],
    shares: Matrix,
    homes: Sequence[int],
    rank: Sequence[int],
    columns: Sequence[Role],
) -> Iterator[tuple[int, Role]]:
    """Fragments of heads in which title and client alternate, with the role they have where each is told in one
    stretch: the likeliest way. `shares`: probabilities, fragments by `columns`; `rank`: places in the order of reading.

    "PROGRAMME – RÉGION | GRAND EST | – RÉGION BRETAGNE" had a client, a bit of title and a client again.
    """
    at = [columns.index(role) for role in _HEADS]
    for some in _runs(fragments, roles, shares, homes, rank):
        if len(list(groupby(roles[i] for i in some))) < 3:
            continue
        logs = np.log(np.maximum(shares[some][:, at], _LEAST))
        for i, role in zip(some, _likeliest(logs, [fragments[i] for i in some]), strict=True):
            if roles[i] is not role:
                yield i, role


def parted_by_colons(
    fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int], rank: Sequence[int]
) -> Iterator[tuple[int, Role]]:
    """Fragments of headings in one look that a colon parts in two, as it parts client and title of most such headings
    of the brochure, but that seem to be something else."""
    pages: dict[int, list[int]] = {}
    for i in sorted(range(len(fragments)), key=lambda i: rank[i]):
        pages.setdefault(fragments[i].page, []).append(i)
    heads = [_around(i, fragments, pages[fragments[i].page]) for i, home in enumerate(homes) if home == i]
    parted = [(some, at) for some in heads for at in [_colon(some, fragments)] if at]
    told = [(some, at, {roles[i] for i in some[:at]}, {roles[i] for i in some[at:]}) for some, at in parted]
    for first, then in (_HEADS, _HEADS[::-1]):
        so = [before == {first} and after == {then} for _, _, before, after in told]
        if sum(so) < max(_SEVERAL, _MOST * len(so)):
            continue
        for (some, at), known in zip(parted, so, strict=True):
            if not known:
                yield from ((i, first if n < at else then) for n, i in enumerate(some))


def _around(head: int, fragments: Sequence[Fragment], page: Sequence[int]) -> list[int]:
    """What stands with a head in one look. `page`: all that stands on its page, in the order of reading."""
    at = page.index(head)
    out = [head]
    for i in page[at + 1 :]:
        if not _goes_on([fragments[j] for j in out], fragments[i]):
            break
        out.append(i)
    for i in reversed(page[:at]):
        if not _goes_on([fragments[i]], fragments[out[0]]):
            break
        out.insert(0, i)
    return out


def _colon(some: Sequence[int], fragments: Sequence[Fragment]) -> int:
    """Behind how many of them the first colon stands; 0 for none."""
    return next((n for n, i in enumerate(some) if n and fragments[i].joint.strip() == ":"), 0)


_SEVERAL = 3
"""Headings that a colon parts so, at least."""
_MOST = 0.7
"""Their share of all that a colon parts."""


def _runs(
    fragments: Sequence[Fragment], roles: Sequence[Role], shares: Matrix, homes: Sequence[int], rank: Sequence[int]
) -> list[list[int]]:
    """Texts of one mission in one look that follow each other, a title and a client among them."""
    out: list[list[int]] = []
    order = sorted((i for i in range(len(roles)) if homes[i] >= 0), key=lambda i: (homes[i], rank[i]))
    for i in order:
        head = roles[i] in _HEADS or shares[i].max() < _SURE and roles[i].of_mission
        last = out[-1][-1] if out and out[-1] else None
        if not head:
            out.append([])
        elif last is not None and homes[last] == homes[i] and _goes_on([fragments[j] for j in out[-1]], fragments[i]):
            out[-1].append(i)
        else:
            out.append([i])
    return [some for some in out if {roles[i] for i in some} >= {*_HEADS}]


def _goes_on(some: Sequence[Fragment], b: Fragment) -> bool:
    """In one look, on the last line or below it."""
    last = some[-1]
    below = b.box.top - last.box.bottom < 1.1 * last.style.size
    under = below and any(a.line == last.line and a.box.x_overlap(b.box) > 0 for a in some)
    alike = (
        look_of(last) == look_of(b) or last.line == b.line and last.style == b.style
    )  # capitals beside small letters
    return last.page == b.page and (last.line == b.line or under) and alike


def _likeliest(logs: Matrix, some: Sequence[Fragment]) -> list[Role]:
    best: tuple[float, list[Role]] | None = None
    for first, second in ((0, 1), (1, 0)):
        for at in range(1, len(some)):
            cost = 0.0 if some[at].joint else _AT_A_LINE
            score = float(logs[:at, first].sum() + logs[at:, second].sum()) - cost
            if best is None or score > best[0]:
                best = score, [_HEADS[first]] * at + [_HEADS[second]] * (len(some) - at)
    assert best is not None
    return best[1]
