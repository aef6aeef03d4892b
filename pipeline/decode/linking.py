"""Roles and links of a document, given the heads of its missions."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

from carnet.pipeline.decode.decoded import Decoded, Index, Matrix
from carnet.pipeline.decode.homes import homes
from carnet.pipeline.observe.document import FLOW, Observed
from carnet.pipeline.page.fragments import Sheet
from carnet.pipeline.page.relations import RELATIONS
from carnet.pipeline.roles.links import ranks_by_roles
from carnet.pipeline.roles.network import RoleModel, Told, sums
from carnet.schemas.roles import Role


def document_of(
    sheets: Sequence[Sheet],
    seen: Observed,
    told: Told,
    model: RoleModel,
    anchors: Index,
    bare: Collection[int] = (),
) -> Decoded:
    """`bare`: those of the anchors that are no heads, but what stands first of a mission without one."""
    flow = _parted_by_labels(seen, told.roles[:, model.roles.index(Role.LABEL)])
    shares = _of_flows(told.roles, flow, model.roles)
    best = shares.argmax(axis=1)
    who, whose, share = model.links(seen, told, anchors)
    share = _links_of_flows(flow, who, whose, share)
    if bare:
        share[_before(seen, who, whose, np.array(sorted(bare), np.int64))] = 0.0
    roles = [model.roles[b] for b in best]
    rank = ranks_by_roles(seen, roles)
    home, home_sure = homes(rank, roles, who, whose, share, anchors)
    announced = [model.roles[b] for b in told.of.argmax(axis=1)] if len(seen.rows) else []
    return Decoded(
        sheets, seen, roles, shares, shares.max(axis=1).tolist(), list(announced), home, home_sure,
        [line for s in sheets for line in s.lines], seen.pitch, rank.tolist(),
        told.roles[:, model.roles.index(Role.DOMAIN)].tolist(),
    )  # fmt: skip


def _parted_by_labels(seen: Observed, label: Matrix) -> Index:
    """Running texts, numbered; a label begins another, and so does what has one of its own at its left."""
    flow, left = seen.groups[FLOW], seen.beside[RELATIONS.index("left")]
    begins = (left >= 0) & (label[left] > 0.5) | (label > 0.5) if len(flow) else np.zeros(0, bool)
    now: dict[int, int] = {}
    out = [0] * len(flow)
    for i, number in enumerate(flow.tolist()):
        if begins[i] or number not in now:
            now[number] = i
        out[i] = now[number]
    return np.array(out, np.int64)


def _of_flows(roles: Matrix, flow: Index, known: Sequence[Role]) -> Matrix:
    """What the lines of one running text are, they are together: those that are not sure of themselves take the mean of
    what each seems to be."""
    if not len(flow):
        return roles
    flow = parted_headings(roles, flow, known)
    total = sums(np.log(np.maximum(roles, 1e-4)), flow)
    mean = np.exp(total / np.bincount(flow, minlength=len(total))[:, None].clip(1))
    pooled = (mean / mean.sum(axis=1, keepdims=True))[flow].astype(np.float32)
    return np.asarray(np.where(roles.max(axis=1, keepdims=True) >= _OF_ITSELF, roles, pooled), np.float32)


def parted_headings(roles: Matrix, flow: Index, known: Sequence[Role]) -> Index:
    """The running texts, a heading cut where its lines are far likelier first for whom and then what."""
    client, title = (np.log(np.maximum(roles[:, known.index(role)], 1e-4)) for role in (Role.CLIENT, Role.TITLE))
    best = roles.argmax(axis=1)
    heads = np.isin(best, [known.index(role) for role in (Role.CLIENT, Role.TITLE, Role.HEADING)])
    out = flow.copy()
    for number in np.unique(flow[heads]).tolist():
        some = np.flatnonzero(flow == number)
        if len(some) < 2 or not heads[some].all():
            continue
        whole = max(client[some].sum(), title[some].sum())
        parted = [client[some[:at]].sum() + title[some[at:]].sum() for at in range(1, len(some))]
        at = int(np.argmax(parted)) + 1
        if parted[at - 1] - whole > _PARTED:
            out[some[at:]] = some[at]
    return out


_PARTED = 2.0
"""By how much likelier, in units of log probability, a heading is two texts than one."""
_OF_ITSELF = 0.85
"""Probability from which on a line is what it seems, whatever the lines around it are."""


def _links_of_flows(flow: Index, who: Index, whose: Index, share: Matrix) -> Matrix:
    """The lines of one running text belong to one mission."""
    if not len(who):
        return share
    key = flow[who] * (int(whose.max()) + 1) + whose
    _, at, counts = np.unique(key, return_inverse=True, return_counts=True)
    total = np.zeros(len(counts), np.float32)
    np.add.at(total, at, share)
    return np.asarray((total / counts)[at], np.float32)


def _before(seen: Observed, who: Index, whose: Index, bare: Index) -> npt.NDArray[np.bool_]:
    """Which of the pairs hold what stands before the first of a mission: on a page before, or over it."""
    a, b = seen.boxes[who], seen.boxes[whose]
    over = (a[:, 3] <= b[:, 1]) & (np.minimum(a[:, 2], b[:, 2]) > np.maximum(a[:, 0], b[:, 0]))
    earlier = seen.page[who] < seen.page[whose]
    return np.asarray(np.isin(whose, bare) & (earlier | (seen.page[who] == seen.page[whose]) & over), bool)
