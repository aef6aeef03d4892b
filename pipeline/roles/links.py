"""How a fragment stands to the heads of missions near it: numbers for each pair, from geometry alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from carnet.pipeline.observe.document import FLOW, LOOK_NAMES, PLACE_NAMES, Observed
from carnet.pipeline.page.order import column_order
from carnet.schemas.roles import Role

Index = npt.NDArray[np.int64]
Matrix = npt.NDArray[np.float32]

BEFORE, AFTER = 2, 1
"""Pages before and behind a fragment whose anchors it may belong to."""
NAMES = (
    "across", "down", "end_across", "end_down", "far_across", "far_down", "overlap", "same_line", "same_region",
    "same_edge",
    "page_same", "page_before", "page_two_before", "page_after", "above", "last_above", "last_above_in_column",
    "nearest",
    "nearest_in_column", "first_of_page", "last_of_page", "rank_above", "self", "alone", "many", "left_of", "between",
    "order_last", "line_group", "down_share", "column_order_last", "column_order_before", "column_order_between",
    "flow_of_anchor",
)  # fmt: skip
WIDTH = len(NAMES)
_LARGE = LOOK_NAMES.index("larger_than_body") - len(LOOK_NAMES) - len(PLACE_NAMES)
"""Where `Observed.rows` say that a fragment is larger than the running text."""


def pairs(seen: Observed, anchors: Index) -> tuple[Index, Index, Matrix]:
    """Fragment and anchor of each pair that may belong together, by fragment, and WIDTH numbers for each pair.

    `anchors`: indices of fragments, ascending. A fragment without any anchor near it has no pair.
    """
    rank = ranks(seen)
    who: list[Index] = []
    whose: list[Index] = []
    numbers: list[Matrix] = []
    for page in np.unique(seen.page):
        here = np.flatnonzero(seen.page == page)
        near = anchors[(seen.page[anchors] >= page - BEFORE) & (seen.page[anchors] <= page + AFTER)]
        if len(near) == 0:
            continue
        numbers.append(_numbers(seen, here, near, int(page), rank).reshape(-1, WIDTH))
        who.append(np.repeat(here, len(near)))
        whose.append(np.tile(near, len(here)))
    if not who:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros((0, WIDTH), np.float32)
    return np.concatenate(who), np.concatenate(whose), np.concatenate(numbers)


def ranks(seen: Observed) -> Index:
    """The place of each fragment in the columns' order."""
    return column_order(seen.boxes, seen.page, seen.rows[:, _LARGE] > 0)


def ranks_by_roles(seen: Observed, roles: Sequence[Role]) -> Index:
    """The same where it is known what each is: running feet across the page, which hide the white between columns, come
    last, and only what stands over many missions begins a storey across all columns."""
    among = np.array([role is not Role.FURNITURE for role in roles], bool)
    large = (seen.rows[:, _LARGE] > 0) & np.array([not role.of_mission for role in roles], bool)
    if not among.any():
        return ranks(seen)
    rank = np.full(len(seen.rows), len(seen.rows), np.int64)
    rank[among] = column_order(seen.boxes[among], seen.page[among], large[among])
    return rank


def _numbers(seen: Observed, here: Index, near: Index, page: int, rank: Index) -> Matrix:
    """Numbers by fragment, anchor and name."""
    a, b = seen.boxes[here][:, None, :], seen.boxes[near][None, :, :]
    n, k = len(here), len(near)
    apart = seen.page[near][None, :] - page
    same = np.broadcast_to(apart == 0, (n, k))
    across, down = a[..., 0] - b[..., 0], a[..., 1] - b[..., 1]
    end_across, end_down = a[..., 0] - b[..., 2], a[..., 1] - b[..., 3]
    overlap = np.minimum(a[..., 2], b[..., 2]) - np.maximum(a[..., 0], b[..., 0])
    column = overlap > 0
    above = same & (down > -0.5)
    distance = np.where(same, np.hypot(np.maximum(0, np.maximum(-overlap, 0)), np.abs(down)), 1e6)
    far_above = np.where(above, down, np.inf)
    in_column = np.where(above & column, down, np.inf)
    near_column = np.where(same & column, np.abs(down), np.inf)
    group = seen.groups
    region = group[2]
    order = np.where(apart < 0, 1, 0) | np.where(above, 1, 0)
    index = np.arange(k)
    last_before = np.where(order > 0, index, -1).max(axis=1, keepdims=True)
    count_above = np.argsort(np.argsort(far_above, axis=1), axis=1)
    between = (np.where(above & column, 1, 0).sum(axis=1, keepdims=True) - 1) * (above & column)
    tops = np.where(apart[0] == 0, seen.boxes[near][:, 1], np.inf)
    first = (tops == tops.min()) & (apart[0] == 0)
    lasts = np.where(apart[0] == 0, seen.boxes[near][:, 1], -np.inf)
    last = (lasts == lasts.max()) & (apart[0] == 0)
    before = rank[near][None, :] <= rank[here][:, None]
    latest = np.where(before, rank[near][None, :], -1)
    behind = np.argsort(np.argsort(-latest, axis=1), axis=1)
    return np.stack(
        [
            _log(across), _log(np.where(same, down, 0)), _log(end_across), _log(np.where(same, end_down, 0)),
            np.abs(_log(across)), np.abs(_log(np.where(same, down, 0))), _log(overlap),
            same & (np.abs(down) < 0.7), same & (region[here][:, None] == region[near][None, :]), np.abs(across) < 0.35,
            same, np.broadcast_to(apart == -1, (n, k)), np.broadcast_to(apart == -2, (n, k)), np.broadcast_to(apart ==
            1, (n, k)),
            above, _least(far_above), _least(in_column), _least(distance), _least(near_column),
            np.broadcast_to(first, (n, k)), np.broadcast_to(last, (n, k)), np.where(above, np.minimum(count_above, 5)
            / 5, 1),
            here[:, None] == near[None, :], np.full((n, k), float(same.sum(axis=1)[0] <= 1)), np.full((n, k), min(k,
            20) / 20),
            same & (b[..., 2] <= a[..., 0] + 0.5), np.minimum(between, 5) / 5, index[None, :] == last_before,
            group[3][here][:, None] == group[3][near][None, :],
            np.where(same, np.clip(np.abs(down) / (np.abs(down).max() + 1), 0, 1), 0),
            before & (behind == 0), before, np.where(before, np.minimum(behind, 5) / 5, 1),
            group[FLOW][here][:, None] == group[FLOW][near][None, :],
        ],
        axis=-1,
    ).astype(np.float32)  # fmt: skip


def _log(x: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    return np.sign(x) * np.log1p(np.abs(x))


def _least(x: npt.NDArray[np.float32]) -> npt.NDArray[np.bool_]:
    """The smallest of each row, where it is finite and not a stand-in."""
    least = x.min(axis=1, keepdims=True)
    nearest: npt.NDArray[np.bool_] = (x == least) & (least < 1e5)
    return nearest
