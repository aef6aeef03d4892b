"""One network from two of one line: `python -m carnet.pipeline.teach.average BEFORE.npz AFTER.npz MODEL.npz`.

A network fitted on to new draws forgets some of the old; the mean of both, weight by weight, reads unseen layouts
better than either (Wortsman et al., "Model soups", 2022).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np


def average(before: Path, after: Path, out: Path, share: float) -> None:
    """`share`: weight of the later network. Both were fitted from one start, over the same columns."""
    with np.load(before) as old, np.load(after) as new:
        mixed = {
            name: ((1 - share) * old[name] + share * new[name]).astype(new[name].dtype)
            if new[name].dtype.kind == "f"
            else new[name]
            for name in new.files
        }
    np.savez(out, **mixed)
    report = json.loads(after.with_suffix(".json").read_text(encoding="utf-8"))
    report["averaged"] = {"with": json.loads(before.with_suffix(".json").read_text(encoding="utf-8")), "share": share}
    out.with_suffix(".json").write_text(json.dumps(report, ensure_ascii=False), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--share", type=float, default=0.6)
    a = parser.parse_args()
    average(a.before, a.after, a.out, a.share)


if __name__ == "__main__":
    main()
