"""The fitted network, asked with numpy alone: what each fragment is, and which mission it belongs to.

Rounds of messages (beside, over and under, one's like) and of attention within a page; see `pipeline/teach/network.py`,
where the same is written for fitting.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from carnet.pipeline.observe.document import LINE, LOOK, REGION, Observed
from carnet.pipeline.roles.links import pairs
from carnet.schemas.roles import Role

Matrix = npt.NDArray[np.float32]
OfPage = Callable[[int], npt.NDArray[np.float32]]
Index = npt.NDArray[np.int64]
MODEL = Path(__file__).parent / "model.npz"
_CLIP = 5.0
_KEPT_PAIRS = 4_000_000


@dataclass(frozen=True)
class Told:
    """What the networks say of a document, on the mean. `roles`, `of`: probabilities, fragments by roles. `anchors`:
    probability that a fragment heads a mission. `states`: the last state of each network, for `links`."""

    roles: Matrix
    of: Matrix
    anchors: Matrix
    states: tuple[Matrix, ...]


class RoleModel:
    """Networks fitted from different seeds, which are asked together: where they differ, each is less sure of itself
    than it thinks. `roles`: what their columns mean."""

    def __init__(self, path: Path = MODEL) -> None:
        with np.load(path) as data:
            arrays = {name: data[name].astype(np.float32) for name in data.files}
        report = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        self.roles = tuple(Role(name) for name in report["roles"])
        self.axes: Matrix = arrays["axes"]
        size = int(report["size"]["rounds"]), int(report["size"]["heads"])
        members = sorted({name.partition("/")[0] for name in arrays if "/" in name})
        self._networks = [
            _Network({name.removeprefix(f"{m}/"): a for name, a in arrays.items() if name.startswith(f"{m}/")}, *size)
            for m in members
        ]

    def ask(self, seen: Observed) -> Told:
        """Probabilities for every fragment of a document."""
        if len(seen.rows) == 0:
            none = np.zeros((0, len(self.roles)), np.float32)
            return Told(none, none, np.zeros(0, np.float32), ())
        said = [network.ask(seen) for network in self._networks]
        roles, of, anchors = (_mean([s[n] for s in said]) for n in range(3))
        return Told(roles, of, anchors, tuple(state for *_, state in said))

    def links(self, seen: Observed, told: Told, anchors: Index) -> tuple[Index, Index, Matrix]:
        """Fragment, anchor and probability of each pair near enough; those of one fragment add up to one."""
        who, whose, numbers = pairs(seen, anchors)
        if len(who) == 0:
            return who, whose, np.zeros(0, np.float32)
        shares = [n.links(state, who, whose, numbers) for n, state in zip(self._networks, told.states, strict=True)]
        return who, whose, _mean(shares)


def _mean(some: Sequence[Matrix]) -> Matrix:
    mean: Matrix = np.asarray(np.mean(some, axis=0), np.float32)
    return mean


class _Network:
    """One fitted network."""

    def __init__(self, arrays: dict[str, Matrix], rounds: int, heads: int) -> None:
        self.arrays, self.rounds, self.heads = arrays, rounds, heads

    def ask(self, seen: Observed) -> tuple[Matrix, Matrix, Matrix, Matrix]:
        """Roles, announced roles, heads, last state of every fragment of a document that has some."""
        a = self.arrays
        x = np.clip((seen.rows - a["mean"]) / a["std"], -_CLIP, _CLIP)
        h = np.maximum(x @ a["enter.weight"].T + a["enter.bias"], 0)
        places = [np.flatnonzero(seen.page == p) for p in range(int(seen.page.max()) + 1)]
        near = self._near(seen, places)
        for step in range(self.rounds):
            h = self._round(h, f"rounds.{step}.", seen, places, near)
        h = _normal(h, a["norm.weight"], a["norm.bias"])
        roles = _softmax(h @ a["role.weight"].T + a["role.bias"])
        of = _softmax(h @ a["of.weight"].T + a["of.bias"])
        anchors = _sigmoid((h @ a["anchor.weight"].T + a["anchor.bias"])[:, 0])
        return roles, of, anchors, h

    def links(self, state: Matrix, who: Index, whose: Index, numbers: Matrix) -> Matrix:
        """The probability of each pair of fragment and head."""
        a = self.arrays
        mine, theirs = state @ a["link_u.weight"].T, state @ a["link_a.weight"].T
        mixed = np.maximum(mine[who] + theirs[whose] + numbers @ a["link_p.weight"].T + a["link_p.bias"], 0)
        hidden = np.maximum(mixed @ a["link_h.weight"].T + a["link_h.bias"], 0)
        score = (hidden @ a["link_o.weight"].T + a["link_o.bias"])[:, 0]
        top = np.full(len(state), -np.inf, np.float32)
        np.maximum.at(top, who, score)
        raised = np.exp(score - top[who])
        total = np.zeros(len(state), np.float32)
        np.add.at(total, who, raised)
        share: Matrix = raised / total[who]
        return share

    def _near(self, seen: Observed, places: list[Index]) -> OfPage:
        """How the fragments of the n-th page stand to each other. Kept from round to round, but of a long document:
        numbers for each pair of each page fill the memory."""
        a = self.arrays

        def near(page: int) -> Matrix:
            numbers = _pair_numbers(seen, places[page])
            mixed: Matrix = np.maximum(numbers @ a["near.weight"].T + a["near.bias"], 0)
            return mixed

        pairs_of_all = sum(len(some) ** 2 for some in places)
        return lru_cache(maxsize=None if pairs_of_all <= _KEPT_PAIRS else 1)(near)

    def _round(
        self, h: Matrix, name: str, seen: Observed, places: list[Index], near: Callable[[int], Matrix]
    ) -> Matrix:
        a = self.arrays
        x = _normal(h, a[name + "norm.weight"], a[name + "norm.bias"])
        weight = a[name + "first.weight"]
        d = x.shape[1]
        message = x @ weight[:, :d].T + a[name + "first.bias"]
        at = d
        told = np.zeros((len(x) + 1, len(weight)), np.float32)  # the last row: of nobody, whose index is -1
        for index in seen.beside:
            np.matmul(x, weight[:, at : at + d].T, out=told[:-1])
            message += told[index]
            at += d
        for group in seen.groups[: (weight.shape[1] // d) - 1 - len(seen.beside)]:
            mean = sums(x, group) / np.bincount(group)[:, None].astype(np.float32)
            message += (mean @ weight[:, at : at + d].T)[group]
            at += d
        h = h + np.maximum(message, 0) @ a[name + "second.weight"].T + a[name + "second.bias"]
        x = _normal(h, a[name + "norm2.weight"], a[name + "norm2.bias"])
        out = np.zeros_like(h)
        for page, some in enumerate(places):
            if len(some):
                out[some] = self._attend(x[some], near(page), name)
        mixed: Matrix = h + out @ a[name + "out.weight"].T + a[name + "out.bias"]
        return mixed

    def _attend(self, x: Matrix, near: Matrix, name: str) -> Matrix:
        a = self.arrays
        n, d = x.shape
        q, k, v = np.split(x @ a[name + "qkv.weight"].T, 3, axis=1)
        bias = near @ a[name + "bias2.weight"].T + a[name + "bias2.bias"]
        width = d // self.heads
        mixed = np.empty_like(x)
        for head in range(self.heads):
            part = slice(head * width, (head + 1) * width)
            score = _softmax(q[:, part] @ k[:, part].T / np.sqrt(width) + bias[..., head])
            mixed[:, part] = score @ v[:, part]
        return mixed


@lru_cache(maxsize=1)
def role_model() -> RoleModel:
    """The model in the package, loaded once a process."""
    return RoleModel()


def sums(x: Matrix, group: Index) -> Matrix:
    """The rows of each group added up, in their order. Number by number: numpy adds rows at a tenth of the speed."""
    width = x.shape[1]
    total = np.zeros((int(group.max()) + 1) * width, np.float32)
    np.add.at(total, (group[:, None] * width + np.arange(width)).ravel(), x.ravel())
    return total.reshape(-1, width)


def _pair_numbers(seen: Observed, some: Index) -> Matrix:
    """How each fragment of a page stands to each, as in `teach/network.py`."""
    a, b = seen.boxes[some][:, None, :], seen.boxes[some][None, :, :]
    d = a - b
    overlap = np.minimum(a[..., 2], b[..., 2]) - np.maximum(a[..., 0], b[..., 0])
    region, line, look = seen.groups[REGION][some], seen.groups[LINE][some], seen.groups[LOOK][some]
    flags = [
        overlap > 0,
        np.abs(d[..., 0]) < 0.35,
        region[:, None] == region[None, :],
        line[:, None] == line[None, :],
        look[:, None] == look[None, :],
        d[..., 1] > 0,
        np.log1p(np.abs(d[..., 1])),
        np.log1p(np.abs(d[..., 0])),
    ]
    logs = np.sign(d) * np.log1p(np.abs(d))
    return np.concatenate([logs, np.stack([f.astype(np.float32) for f in flags], -1)], -1).astype(np.float32)


def _normal(x: Matrix, weight: Matrix, bias: Matrix) -> Matrix:
    mean = x.mean(axis=1, keepdims=True)
    normal: Matrix = x - mean
    variance = (normal * normal).mean(axis=1, keepdims=True)
    normal /= np.sqrt(variance + 1e-5)
    normal *= weight
    normal += bias
    return normal


def _softmax(x: Matrix) -> Matrix:
    raised: Matrix = x - x.max(axis=-1, keepdims=True)
    np.exp(raised, out=raised)
    raised /= raised.sum(axis=-1, keepdims=True)
    return raised


def _sigmoid(x: Matrix) -> Matrix:
    return (1 / (1 + np.exp(-x))).astype(np.float32)
