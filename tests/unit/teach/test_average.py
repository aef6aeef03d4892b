"""One network from two of one line."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from carnet.pipeline.teach.average import average


def saved(path: Path, weight: float) -> Path:
    np.savez(path, w=np.full((2, 2), weight, np.float32), n=np.array([3]))
    path.with_suffix(".json").write_text(json.dumps({"data": path.stem}), encoding="utf-8")
    return path


def test_weights_are_between_and_both_reports_are_kept(tmp_path: Path) -> None:
    out = tmp_path / "mean.npz"
    average(saved(tmp_path / "old.npz", 1.0), saved(tmp_path / "new.npz", 2.0), out, 0.6)
    with np.load(out) as data:
        assert np.allclose(data["w"], 1.6) and data["w"].dtype == np.float32 and data["n"].tolist() == [3]
    report = json.loads(out.with_suffix(".json").read_text(encoding="utf-8"))
    assert report["data"] == "new" and report["averaged"] == {"with": {"data": "old"}, "share": 0.6}
