"""The network in PyTorch, to be fitted. `pipeline/roles/network.py` asks the fitted one with numpy alone."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F


@dataclass(frozen=True)
class Size:
    """Width of the state, of the messages, number of rounds, heads of attention; share of numbers dropped in
    fitting."""

    drop: float = 0.12

    state: int = 64
    hidden: int = 128
    rounds: int = 4
    heads: int = 4
    link: int = 48


@dataclass
class Batch:
    """Documents one behind the other. `pages`: tables of pages of about one length, page by place, index of a fragment,
    -1 where the page has fewer."""

    rows: Tensor
    beside: Tensor  # relations by fragments, -1: nobody
    groups: Tensor  # kinds by fragments
    group_counts: list[int]
    pages: list[Tensor]
    boxes: Tensor
    region: Tensor
    line: Tensor
    look: Tensor
    who: Tensor
    whose: Tensor
    pairs: Tensor


PAIR = 12


def pair_numbers(boxes: Tensor, region: Tensor, line: Tensor, look: Tensor) -> Tensor:
    """For pages of n places: how each stands to each, (pages, n, n, PAIR)."""
    a, b = boxes[:, :, None, :], boxes[:, None, :, :]
    d = a - b
    logs = torch.sign(d) * torch.log1p(d.abs())
    overlap = torch.minimum(a[..., 2], b[..., 2]) - torch.maximum(a[..., 0], b[..., 0])
    flags = [
        (overlap > 0).float(),
        (d[..., 0].abs() < 0.35).float(),
        (region[:, :, None] == region[:, None, :]).float(),
        (line[:, :, None] == line[:, None, :]).float(),
        (look[:, :, None] == look[:, None, :]).float(),
        (d[..., 1] > 0).float(),
        torch.log1p(d[..., 1].abs()),
        torch.log1p(d[..., 0].abs()),
    ]
    return torch.cat([logs, torch.stack(flags, -1)], -1)


class Round(nn.Module):  # type: ignore[misc, unused-ignore]
    """Messages from beside, over and under, from one's like, and from the page."""

    def __init__(self, size: Size, relations: int, groups: int) -> None:
        super().__init__()
        d = size.state
        self.norm = nn.LayerNorm(d)
        self.first = nn.Linear(d * (1 + relations + groups), size.hidden)
        self.second = nn.Linear(size.hidden, d)
        self.norm2 = nn.LayerNorm(d)
        self.qkv = nn.Linear(d, 3 * d, bias=False)
        self.bias2 = nn.Linear(12, size.heads)
        self.out = nn.Linear(d, d)
        self.heads = size.heads
        self.drop = nn.Dropout(size.drop)

    def forward(self, h: Tensor, batch: Batch, near: list[Tensor]) -> Tensor:
        x = self.norm(h)
        parts = [x]
        for index in batch.beside:
            parts.append(torch.where(index[:, None] >= 0, x[index.clamp(min=0)], torch.zeros_like(x)))
        for index, count in zip(batch.groups, batch.group_counts, strict=True):
            total = x.new_zeros(count, x.shape[1]).index_add_(0, index, x)
            number = x.new_zeros(count).index_add_(0, index, x.new_ones(len(index)))
            parts.append((total / number[:, None])[index])
        h = h + self.drop(self.second(self.drop(F.relu(self.first(torch.cat(parts, -1))))))
        x = self.norm2(h)
        q, k, v = self.qkv(x).chunk(3, -1)
        out = torch.zeros_like(x)
        for table, numbers in zip(batch.pages, near, strict=True):
            mask = table >= 0
            out = out.index_put((table[mask],), self._attend(q, k, v, table.clamp(min=0), mask, numbers)[mask])
        return h + self.drop(self.out(out))

    def _attend(self, q: Tensor, k: Tensor, v: Tensor, table: Tensor, mask: Tensor, near: Tensor) -> Tensor:
        pages, n = table.shape
        d = q.shape[1]

        def split(t: Tensor) -> Tensor:
            return t[table].view(pages, n, self.heads, d // self.heads).transpose(1, 2)

        score = split(q) @ split(k).transpose(-1, -2) / (d // self.heads) ** 0.5
        score = score + self.bias2(near).permute(0, 3, 1, 2)
        score = score.masked_fill(~mask[:, None, None, :], -1e9)
        return (score.softmax(-1) @ split(v)).transpose(1, 2).reshape(pages, n, d)


class Network(nn.Module):  # type: ignore[misc, unused-ignore]
    """Observations -> roles, announced roles, anchors, links."""

    def __init__(self, width: int, relations: int, groups: int, roles: int, link_width: int, size: Size) -> None:
        super().__init__()
        d = size.state
        self.enter = nn.Linear(width, d)
        self.near = nn.Linear(PAIR, 12)
        self.rounds = nn.ModuleList(Round(size, relations, groups) for _ in range(size.rounds))
        self.norm = nn.LayerNorm(d)
        self.role = nn.Linear(d, roles)
        self.of = nn.Linear(d, roles)
        self.anchor = nn.Linear(d, 1)
        self.link_u = nn.Linear(d, size.link, bias=False)
        self.link_a = nn.Linear(d, size.link, bias=False)
        self.link_p = nn.Linear(link_width, size.link)
        self.link_h = nn.Linear(size.link, 24)
        self.link_o = nn.Linear(24, 1)

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        h = F.relu(self.enter(batch.rows))
        near = []
        for table in batch.pages:
            index = table.clamp(min=0)
            numbers = pair_numbers(batch.boxes[index], batch.region[index], batch.line[index], batch.look[index])
            near.append(F.relu(self.near(numbers)))
        for step in self.rounds:
            h = step(h, batch, near)
        h = self.norm(h)
        mixed = F.relu(self.link_u(h)[batch.who] + self.link_a(h)[batch.whose] + self.link_p(batch.pairs))
        link = self.link_o(F.relu(self.link_h(mixed)))[:, 0]
        return self.role(h), self.of(h), self.anchor(h)[:, 0], link
