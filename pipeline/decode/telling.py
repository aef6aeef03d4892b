"""Running text that tells a mission without labels: first why, then what was done, then what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from carnet.pipeline.observe.document import look_of
from carnet.pipeline.page.fragments import Fragment
from carnet.schemas.roles import Role

Matrix = npt.NDArray[np.float32]
_ORDER = (Role.CONTEXT, Role.APPROACH, Role.RESULTS)
_LEAST = 1e-3


def told_in_order(
    fragments: Sequence[Fragment],
    roles: Sequence[Role],
    shares: Matrix,
    homes: Sequence[int],
    rank: Sequence[int],
    columns: Sequence[Role],
) -> Iterator[tuple[int, Role]]:
    """Sentences of a running text that go back in its order, with the roles they have where it is told forwards: the
    likeliest way. `shares`: probabilities, fragments by `columns`; `rank`: places in the order of reading.

    "… nous avons formé quatorze agents. La mission, de 45 k€, était conduite par …" had a second context at its end.
    """
    at = [columns.index(role) for role in _ORDER]
    for some in _texts(fragments, roles, homes, rank):
        told = [_ORDER.index(roles[i]) for i in some]
        if all(a <= b for a, b in zip(told, told[1:], strict=False)):
            continue
        logs = np.log(np.maximum(shares[some][:, at], _LEAST))
        for i, n in zip(some, _forwards(logs), strict=True):
            if roles[i] is not _ORDER[n]:
                yield i, _ORDER[n]


def _texts(
    fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int], rank: Sequence[int]
) -> list[list[int]]:
    """What is told of a mission in one look, without a label, a list mark or another look between."""
    out: list[list[int]] = []
    run: list[int] = []
    for i in sorted((i for i in range(len(roles)) if homes[i] >= 0), key=lambda i: (homes[i], rank[i])):
        own = run and homes[run[-1]] == homes[i] and _goes_on([fragments[j] for j in run], fragments[i])
        if not own or roles[i] in (Role.LABEL, Role.HEAD):
            out.append([])
            run = []
        if roles[i] in _ORDER:
            out[-1].append(i)
        run.append(i)
    return [some for some in out if len(some) > 1]


def _goes_on(run: Sequence[Fragment], b: Fragment) -> bool:
    """On its last line, or on the next one in one look, where its lines begin."""
    last, size = run[-1], run[0].style.size
    if last.page != b.page or b.marked or look_of(last) != look_of(b):
        return False
    below = 0 < b.box.top - last.box.top < _NEXT * size and abs(b.box.x0 - run[0].box.x0) < _FLUSH * size
    return last.line == b.line or below


_NEXT, _FLUSH = 2.2, 1.5
"""Letter sizes between the tops of two lines, and between where they begin, at most."""


def _forwards(logs: Matrix) -> list[int]:
    """The likeliest steps that never go back."""
    best = logs[0].copy()
    back: list[list[int]] = []
    for row in logs[1:]:
        before = [int(np.argmax(best[: n + 1])) for n in range(len(row))]
        best = np.array([best[before[n]] + row[n] for n in range(len(row))])
        back.append(before)
    at = int(np.argmax(best))
    out = [at]
    for before in reversed(back):
        at = before[at]
        out.append(at)
    return out[::-1]
