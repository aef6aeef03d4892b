"""Fits the network to examples on disk: `python -m carnet.pipeline.teach.fit EXAMPLES MODEL.npz`.

Needs PyTorch; nothing else in the project does.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from carnet.pipeline.observe.document import Observed
from carnet.pipeline.roles.links import pairs
from carnet.pipeline.teach.network import Batch, Network, Size

Arrays = dict[str, Any]


def load(path: Path) -> Arrays:
    """An example's arrays, with the pairs of its true anchors."""
    with np.load(path) as data:
        doc = {name: data[name] for name in data.files}
    seen = Observed(
        doc["rows"].astype(np.float32), doc["beside"].astype(np.int64), doc["groups"].astype(np.int64),
        doc["page"].astype(np.int64), doc["boxes"], (), 1.0,
    )  # fmt: skip
    who, whose, numbers = pairs(seen, np.flatnonzero(doc["anchors"]))
    return {**doc, "who": who.astype(np.int32), "whose": whose.astype(np.int32), "pairs": numbers.astype(np.float16)}


def batch_of(docs: Sequence[Arrays], mean: Any, std: Any) -> tuple[Batch, dict[str, Tensor]]:
    """Documents one behind the other, and their answers."""
    rows, beside, groups, boxes = [], [], [], []
    who, whose, numbers, pages = [], [], [], []
    counts = [0] * docs[0]["groups"].shape[0]
    start = 0
    for doc in docs:
        n = len(doc["rows"])
        rows.append(doc["rows"].astype(np.float32))
        beside.append(np.where(doc["beside"] >= 0, doc["beside"] + start, -1))
        groups.append(doc["groups"] + np.array(counts)[:, None])
        counts = [c + int(g.max()) + 1 for c, g in zip(counts, doc["groups"], strict=True)]
        boxes.append(doc["boxes"])
        who.append(doc["who"] + start)
        whose.append(doc["whose"] + start)
        numbers.append(doc["pairs"].astype(np.float32))
        for page in range(int(doc["page"].max()) + 1):
            pages.append(np.flatnonzero(doc["page"] == page) + start)
        start += n
    tables = _tables(pages)
    group = np.concatenate(groups, 1)
    batch = Batch(
        rows=torch.from_numpy(np.clip((np.concatenate(rows) - mean) / std, -5, 5)),
        beside=torch.from_numpy(np.concatenate(beside, 1).astype(np.int64)),
        groups=torch.from_numpy(group.astype(np.int64)),
        group_counts=counts,
        pages=[torch.from_numpy(t) for t in tables],
        boxes=torch.from_numpy(np.concatenate(boxes).astype(np.float32)),
        region=torch.from_numpy(group[2].astype(np.int64)),
        line=torch.from_numpy(group[3].astype(np.int64)),
        look=torch.from_numpy(group[0].astype(np.int64)),
        who=torch.from_numpy(np.concatenate(who).astype(np.int64)),
        whose=torch.from_numpy(np.concatenate(whose).astype(np.int64)),
        pairs=torch.from_numpy(np.concatenate(numbers)),
    )
    told = {
        name: torch.from_numpy(np.concatenate([d[name] for d in docs]).astype(np.int64))
        for name in ("roles", "of", "missions", "anchors")
    }
    if all("believed" in d for d in docs):
        told["believed"] = torch.from_numpy(np.concatenate([d["believed"] for d in docs]).astype(np.float32))
    doc_of = np.concatenate([np.full(len(d["rows"]), i) for i, d in enumerate(docs)])
    told["doc"] = torch.from_numpy(doc_of)
    return batch, told


def _tables(pages: Sequence[Any]) -> list[Any]:
    """Pages of about one length share a table, so that little is padded."""
    out: list[Any] = []
    some: list[Any] = []
    for page in [*sorted((p for p in pages if len(p)), key=len), None]:
        if some and (page is None or len(page) > 1.3 * len(some[0]) + 4):
            table = np.full((len(some), len(some[-1])), -1, np.int64)
            for i, p in enumerate(some):
                table[i, : len(p)] = p
            out.append(table)
            some = []
        if page is not None:
            some.append(page)
    return out


def believed(net: Network, doc: Arrays, mean: Any, std: Any) -> Any:
    """What a network takes each fragment for: probabilities of roles, (fragments, roles)."""
    with torch.no_grad():
        batch, _ = batch_of([doc], mean, std)
        return net(batch)[0].softmax(1).numpy().astype(np.float16)


def link_loss(scores: Tensor, batch: Batch, told: dict[str, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
    """Cross entropy over the anchors near each fragment of a mission; how many are right, of how many."""
    n = len(batch.rows)
    same = told["missions"][batch.who] == told["missions"][batch.whose]
    of_mission = told["missions"] > 0
    top = scores.new_full((n,), -1e9).scatter_reduce(0, batch.who, scores, "amax")
    total = scores.new_zeros(n).index_add_(0, batch.who, (scores - top[batch.who]).exp())
    right = scores.new_zeros(n).index_add_(0, batch.who, (scores - top[batch.who]).exp() * same.float())
    asked = of_mission & (right > 0)
    loss = -(right[asked] / total[asked]).clamp(min=1e-6).log().mean() if asked.any() else scores.sum() * 0
    best_right = scores.new_full((n,), -1e9).scatter_reduce(
        0, batch.who, torch.where(same, scores, scores - 1e6), "amax"
    )
    hits = ((best_right >= top - 1e-6) & asked).sum()
    return loss, hits, asked.sum()


def evaluate(net: Network, docs: Sequence[Arrays], mean: Any, std: Any, roles: Sequence[str]) -> dict[str, Any]:
    """Share of roles, anchors and links that are right."""
    net.eval()
    right = told_ = hits = asked = tp = fp = fn = of_right = of_all = 0
    by_role: dict[int, list[int]] = {}
    bins = np.zeros((len(SURE), 2), np.int64)
    with torch.no_grad():
        for doc in docs:
            batch, told = batch_of([doc], mean, std)
            role, of, anchor, link = net(batch)
            known = told["roles"] >= 0
            best = role.argmax(1)
            ok = (best == told["roles"]) & known
            right += int(ok.sum())
            told_ += int(known.sum())
            place = np.digitize(role.softmax(1).max(1).values[known].numpy(), SURE) - 1
            np.add.at(bins, (place, 0), 1)
            np.add.at(bins, (place, 1), ok[known].numpy())
            for r in told["roles"][known].unique().tolist():
                here = told["roles"] == r
                entry = by_role.setdefault(r, [0, 0])
                entry[0] += int((ok & here).sum())
                entry[1] += int(here.sum())
            said, true = anchor > 0, told["anchors"] > 0
            tp, fp, fn = tp + int((said & true).sum()), fp + int((said & ~true).sum()), fn + int((~said & true).sum())
            labelled = told["of"] >= 0
            of_right += int((of.argmax(1)[labelled] == told["of"][labelled]).sum())
            of_all += int(labelled.sum())
            if len(batch.who):
                _, h, a = link_loss(link, batch, told)
                hits, asked = hits + int(h), asked + int(a)
    net.train()
    return {
        "roles": round(right / max(1, told_), 4),
        "of": round(of_right / max(1, of_all), 4),
        "links": round(hits / max(1, asked), 4),
        "anchor_p": round(tp / max(1, tp + fp), 4),
        "anchor_r": round(tp / max(1, tp + fn), 4),
        "reliability": {
            f"{low:.2f}": f"{b / max(1, a):.3f} of {a}" for low, (a, b) in zip(SURE, bins.tolist(), strict=True)
        },
        "by_role": {roles[r]: f"{a / b:.3f} of {b}" for r, (a, b) in sorted(by_role.items())},
    }


SURE = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)
"""From which probability on: bins of the reliability table, of which each should be right as often as it says."""


def shake(batch: Batch, told: dict[str, Tensor], columns: Any, rng: np.random.Generator) -> None:
    """As if another program had written the file: some observations of looks and places are missing in a document, all
    are a little off, and some relations are not seen."""
    doc = told["doc"]
    low = columns["vectors"][1]
    zero = torch.from_numpy(columns["zero"])[low:]
    drop = torch.from_numpy(rng.random((int(doc.max()) + 1, len(zero))) < 0.03)[doc]
    noise = torch.from_numpy(rng.normal(0, 0.04, drop.shape).astype(np.float32))
    batch.rows[:, low:] = torch.where(drop, zero, batch.rows[:, low:] + noise)
    gone = torch.from_numpy(rng.random(batch.beside.shape) < 0.03)
    batch.beside[gone] = -1


class Average:
    """The mean of the weights over the last steps: it knows more of what is general than any single step."""

    def __init__(self, net: Network, decay: float = 0.998) -> None:
        self.decay, self.steps = decay, 0
        self.kept = {name: value.detach().clone() for name, value in net.state_dict().items()}

    def add(self, net: Network) -> None:
        self.steps += 1
        share = min(self.decay, self.steps / (self.steps + 10))
        for name, value in net.state_dict().items():
            self.kept[name].mul_(share).add_(value.detach(), alpha=1 - share)


def _kept(role: Tensor, told: dict[str, Tensor]) -> Tensor:
    """Cross entropy against what was believed before of fragments whose answer nobody knows (Li & Hoiem, "Learning
    without forgetting", 2016): else what is learned of the others carries them anywhere."""
    untold = told["roles"] < 0
    if "believed" not in told or not untold.any():
        return role.sum() * 0
    said = role[untold].log_softmax(1)
    return -(told["believed"][untold] * said).sum(1).mean() * untold.float().mean() * _STAYS


_STAYS = 1.0
"""Weight of a fragment that is to be believed as before, beside one with an answer."""


def hide_words(
    batch: Batch, told: dict[str, Tensor], columns: Any, label: int, head: int, rng: np.random.Generator
) -> None:
    """As if the words of labels were nonsense, in some documents; and some observations of words missed anywhere."""
    doc = told["doc"].numpy()
    hidden = np.zeros(len(doc), bool)
    for d in np.unique(doc):
        if rng.random() < 0.35:
            share = rng.choice([0.25, 0.5, 1.0])
            hidden |= (doc == d) & np.isin(told["roles"].numpy(), (label, head)) & (rng.random(len(doc)) < share)
    zero = torch.from_numpy(columns["zero"])
    rows = batch.rows
    index = torch.from_numpy(np.flatnonzero(hidden))
    for name in ("labels", "vectors"):
        low, high = columns[name]
        rows[index, low:high] = zero[low:high]
    low, high = columns["words"]
    drop = torch.from_numpy(rng.random((len(doc), high - low)) < 0.04)
    rows[:, low:high] = torch.where(drop, zero[low:high], rows[:, low:high])
    low, high = columns["vectors"]
    drop = torch.from_numpy(rng.random(len(doc)) < 0.1)
    rows[drop, low:high] = zero[low:high]


def fit(
    folder: Path,
    out: Path,
    epochs: int,
    minutes: float,
    seed: int,
    fragments: int,
    held: Sequence[str],
    grows: bool,
    first: Path | None,
    rate: float,
) -> None:
    """Fits on all documents of a folder but those of held-out genres and a twentieth of the rest."""
    torch.set_num_threads(1)  # one thread is quicker where others work too, and the same sums come out each time
    torch.manual_seed(seed)
    torch.use_deterministic_algorithms(True, warn_only=True)
    rng = np.random.default_rng(seed)
    meta = json.loads((folder / "meta.json").read_text())
    paths = sorted(folder.glob("*.npz"))
    docs = {p.stem: load(p) for p in paths}
    docs = {k: d for k, d in docs.items() if 5 < len(d["rows"]) < 6000 and len(d["who"])}
    unseen = {k: d for k, d in docs.items() if any(k.startswith(h + "-") for h in held) or k.startswith("measure.")}
    rest = {k: d for k, d in docs.items() if k not in unseen}
    keys = sorted(rest)
    check = {k: rest[k] for k in keys[::20]}
    learn = [rest[k] for k in keys if k not in check]
    sample = np.concatenate([d["rows"].astype(np.float32) for d in learn[:400]])
    mean, std = sample.mean(0), np.maximum(sample.std(0), 0.05)
    columns = {**meta["columns"], "zero": np.clip((0 - mean) / std, -5, 5).astype(np.float32)}
    roles = meta["roles"]
    size = Size()
    net = Network(
        len(mean),
        docs[keys[0]]["beside"].shape[0],
        docs[keys[0]]["groups"].shape[0],
        len(roles),
        docs[keys[0]]["pairs"].shape[1],
        size,
    )
    if first is not None:
        with np.load(first) as data:
            net.load_state_dict({k: torch.from_numpy(data[k]) for k in net.state_dict()})
            mean, std = data["mean"], data["std"]
        net.eval()
        for doc in learn:
            doc["believed"] = believed(net, doc, mean, std)
        net.train()
    counts = np.bincount(np.concatenate([d["roles"][d["roles"] >= 0] for d in learn]), minlength=len(roles))
    weight = torch.from_numpy(
        np.clip((counts.sum() / len(roles) / np.maximum(counts, 20)) ** 0.35, 0.4, 3).astype(np.float32)
    )
    optimizer = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=0.01)
    average = Average(net)
    began = time.time()
    total = sum(len(d["rows"]) for d in learn)
    weights = sum(p.numel() for p in net.parameters())
    print(f"{len(learn)} documents, {total} fragments, {weights} weights; check {len(check)}, unseen {len(unseen)}")
    done = 0.0
    for epoch in range(epochs):
        if grows:
            for path in sorted(folder.glob("*.npz")):
                if path.stem not in docs and path.stem not in check and not path.stem.startswith("measure."):
                    docs[path.stem] = fresh = load(path)
                    if 5 < len(fresh["rows"]) < 6000 and len(fresh["who"]):
                        learn.append(fresh)
        order = rng.permutation(len(learn))
        sums = np.zeros(4)
        steps = 0
        at = 0
        while at < len(order):
            some, load_ = [], 0
            while at < len(order) and load_ < fragments:
                some.append(learn[order[at]])
                load_ += len(some[-1]["rows"])
                at += 1
            batch, told = batch_of(some, mean, std)
            hide_words(batch, told, columns, roles.index("label"), roles.index("head"), rng)
            shake(batch, told, columns, rng)
            role, of, anchor, link = net(batch)
            losses = [
                F.cross_entropy(role, told["roles"], weight, ignore_index=-1, label_smoothing=0.02),
                F.cross_entropy(of, told["of"], ignore_index=-1) if (told["of"] >= 0).any() else of.sum() * 0,
                F.binary_cross_entropy_with_logits(anchor, told["anchors"].float(), pos_weight=torch.tensor(3.0)),
                link_loss(link, batch, told)[0],
            ]
            losses[0] = losses[0] + _kept(role, told)
            done = (time.time() - began) / (60 * minutes) if grows else (epoch + at / len(order)) / epochs
            for group in optimizer.param_groups:
                group["lr"] = (
                    rate * min(1.0, done / 0.05 + 0.05) * (0.02 + 0.98 * 0.5 * (1 + np.cos(np.pi * min(done, 1.0))))
                )
            loss = losses[0] + 0.3 * losses[1] + 2.0 * losses[2] + 0.7 * losses[3]
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            average.add(net)
            sums += [float(x.detach()) for x in losses]
            steps += 1
        scores = evaluate(net, list(check.values()), mean, std, roles)
        print(
            epoch,
            len(learn),
            f"{time.time() - began:.0f}s",
            (sums / steps).round(4).tolist(),
            {k: v for k, v in scores.items() if k not in ("by_role", "reliability")},
            flush=True,
        )
        if time.time() - began > 60 * minutes:
            break
    net.load_state_dict(average.kept)
    report = {"size": asdict(size), "check": evaluate(net, list(check.values()), mean, std, roles)}
    genres = sorted({k.rsplit("-", 1)[0] for k in unseen})
    for genre in genres:
        scores = evaluate(net, [d for k, d in unseen.items() if k.startswith(genre + "-")], mean, std, roles)
        report.setdefault("unseen", {})[genre] = {
            k: v for k, v in scores.items() if k not in ("by_role", "reliability")
        }
        print(genre, report["unseen"][genre], flush=True)
    if unseen:
        report["unseen_all"] = evaluate(net, list(unseen.values()), mean, std, roles)
        print("unseen", report["unseen_all"], flush=True)
    arrays = {name: value.detach().numpy() for name, value in net.state_dict().items()}
    np.savez(out, mean=mean, std=std, axes=np.load(folder / "axes.npy"), **arrays)
    out.with_suffix(".json").write_text(json.dumps({"roles": roles, **report}, indent=1, ensure_ascii=False))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("examples", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fragments", type=int, default=2500)
    parser.add_argument("--held", default="")
    parser.add_argument("--first", type=Path, help="a model to go on from")
    parser.add_argument(
        "--rate", type=float, default=2.5e-3, help="of learning, at its highest; less to go on from a model"
    )
    parser.add_argument(
        "--grows", action="store_true", help="take in examples that are still being drawn; the rate falls by the clock"
    )
    a = parser.parse_args()
    fit(
        a.examples,
        a.model,
        a.epochs,
        a.minutes,
        a.seed,
        a.fragments,
        [h for h in a.held.split(",") if h],
        a.grows,
        a.first,
        a.rate,
    )


if __name__ == "__main__":
    main()
