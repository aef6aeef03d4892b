"""Puts networks of different seeds into one model: `python -m carnet.pipeline.teach.join A.npz B.npz MODEL.npz`.

Half the precision is enough: no probability changes by a hundredth.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np


def join(paths: list[Path], out: Path) -> None:
    """The model file of several networks, with their reports."""
    arrays, reports = {}, []
    for number, path in enumerate(paths):
        with np.load(path) as data:
            for name in data.files:
                at = name if name == "axes" else f"{number}/{name}"
                arrays[at] = data[name].astype(np.float16)
        reports.append(json.loads(path.with_suffix(".json").read_text(encoding="utf-8")))
    np.savez_compressed(out, **arrays)
    report = {"roles": reports[0]["roles"], "size": reports[0]["size"], "networks": reports}
    out.with_suffix(".json").write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    join([Path(name) for name in sys.argv[1:-1]], Path(sys.argv[-1]))
