"""A crooked page set upright: the turn under which its lines of text are the sharpest from above."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from PIL.Image import Image

MOST = 5.0
"""Degrees: a scanner's feeder is not more crooked."""
_WIDTH = 900
_STEPS = (0.5, 0.1, 0.03)
_LEAST = 0.06
"""A turn of less is none."""


def turn_of(picture: Image) -> float:
    """Degrees to turn the picture against the clock so that its lines are level; 0 for a page without lines."""
    small = picture.convert("L")
    small.thumbnail((_WIDTH, _WIDTH))
    edges = np.abs(np.diff(np.asarray(small, dtype=np.float32), axis=0))
    if not edges.size or float(edges.max()) < 16:
        return 0.0
    from PIL import Image

    sharp = Image.fromarray(np.clip(edges, 0, 255).astype(np.uint8))
    best, reach = 0.0, MOST
    for step in _STEPS:
        around = np.arange(best - reach, best + reach + step / 2, step)
        best = float(max(around, key=lambda angle: _sharpness(sharp, float(angle))))
        reach = step
    return best if abs(best) >= _LEAST else 0.0


def _sharpness(edges: Image, angle: float) -> float:
    """How unevenly ink is spread over rows: lines of text that are level leave empty rows between them."""
    from PIL import Image

    turned = np.asarray(edges.rotate(angle, Image.Resampling.BILINEAR), dtype=np.float32)
    inner = turned[:, turned.shape[1] // 20 : -turned.shape[1] // 20]
    return float(np.square(inner.sum(axis=1)).sum())


def turned(picture: Image, angle: float) -> Image:
    """Turned about its middle, the corners filled with the colour of paper."""
    from PIL import Image

    if not angle:
        return picture
    return picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
