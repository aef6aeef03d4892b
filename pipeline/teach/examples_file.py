"""Examples kept as arrays: drawn once, fitted often."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from carnet.pipeline.teach.examples import Example


def save(path: Path, example: Example) -> None:
    """One example as npz."""
    seen = example.observed
    np.savez(
        path,
        rows=seen.rows.astype(np.float16),
        beside=seen.beside.astype(np.int32),
        groups=seen.groups.astype(np.int32),
        page=seen.page.astype(np.int32),
        boxes=seen.boxes,
        roles=example.roles.astype(np.int8),
        of=example.of.astype(np.int8),
        missions=example.missions.astype(np.int16),
        anchors=example.anchors.astype(np.int8),
    )
