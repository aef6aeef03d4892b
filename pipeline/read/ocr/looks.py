"""How words look in a picture: the size, weight and colour of their letters, and the line they stand on."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from carnet.pipeline.read.ocr.drawn import Pixels, Ramp, usual_color
from carnet.pipeline.read.ocr.spots import Spot

_ASCENDING = frozenset("bdfhklt!?()[]{}/|&@$€£%'’“”«»")
_DESCENDING = frozenset("gjpqyç,;()[]{}/|@")
_X, _CAP, _DOWN = 0.50, 0.70, 0.21
"""Heights above and below the line, of the letter size, in common fonts of text."""
_RING = 4
_MARGIN = 3
"""Dots above and below a box, which may end at the dot of an i."""
_JITTER = 1.5
"""Dots; a word that stands higher or lower than that says nothing of its line."""
_FAINT = 60


@dataclass(frozen=True)
class WordLook:
    """`size` of the letters and height of their `base` line, in dots; `stroke`: thickness of strokes, of the size."""

    size: float
    base: float
    stroke: float
    color: Ramp


@dataclass(frozen=True)
class SeenWord:
    """A word and how it looks."""

    spot: Spot
    look: WordLook


def looks_of(pixels: Pixels, spots: Sequence[Spot]) -> list[SeenWord]:
    """Of each word; words of one line that look nearly alike look the same, and stand on one line."""
    seen = [SeenWord(spot, look) for spot in spots if (look := _look(pixels, spot)) is not None]
    by_line: dict[int, list[SeenWord]] = {}
    for one in seen:
        by_line.setdefault(one.spot.line, []).append(one)
    return [one for line in by_line.values() for one in _as_one(line)]


def _look(pixels: Pixels, spot: Spot) -> WordLook | None:
    start = max(0, spot.top - _MARGIN)
    part = pixels[start : spot.bottom + _MARGIN, max(0, spot.x0) : spot.x1]
    if part.shape[0] < 3 or part.shape[1] < 2:
        return None
    apart = np.abs(part.astype(np.int16) - np.array(_ground(pixels, spot), dtype=np.int16)).sum(axis=2)
    most = float(np.percentile(apart, 98))
    if most < _FAINT:
        return None
    ink = apart > 0.5 * most
    top, bottom = _rows_of(ink)
    ink, apart, part = ink[top:bottom], apart[top:bottom], part[top:bottom]
    up, down = reach_of(spot.text)
    size = (bottom - top) / (up + down)
    red, green, blue = (int(x) for x in np.median(part[apart > 0.85 * most], axis=0))
    return WordLook(size, start + bottom - down * size, _stroke(ink) / size, (red, green, blue))


def _ground(pixels: Pixels, spot: Spot) -> Ramp:
    """The colour around a word: bold letters may fill more than half of its own box."""
    x0, x1 = max(0, spot.x0), spot.x1
    above = pixels[max(0, spot.top - _RING) : max(1, spot.top), x0:x1]
    below = pixels[spot.bottom : spot.bottom + _RING, x0:x1]
    return usual_color(np.concatenate([above.reshape(1, -1, 3), below.reshape(1, -1, 3)], axis=1))


def _rows_of(ink: Pixels) -> tuple[int, int]:
    """First and last row of a word, without what hangs into its box from the lines above and below."""
    rows = np.flatnonzero(ink.any(axis=1))
    groups = np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1)
    main = max(groups, key=lambda group: int(ink[group].sum()))
    own = [g for g in groups if g is main or (g[0] > 0 and g[-1] < ink.shape[0] - 1)]
    return int(own[0][0]), int(own[-1][-1]) + 1


def ink_of(part: Pixels) -> Pixels:
    """Which dots differ from the usual colour of a part of the page."""
    if not part.size:
        return np.zeros(part.shape[:2], dtype=bool)
    apart = np.abs(part.astype(np.int16) - np.array(usual_color(part), dtype=np.int16)).sum(axis=2)
    ink: Pixels = apart > max(_FAINT, 0.5 * float(apart.max()))
    return ink


def reach_of(text: str) -> tuple[float, float]:
    """How far letters reach above and below their line, of the letter size.

    >>> reach_of("mars"), reach_of("Ville"), reach_of("page")
    ((0.5, 0.0), (0.7, 0.0), (0.5, 0.21))
    """
    plain = unicodedata.normalize("NFD", text)
    high = any(c.isupper() or c.isdigit() or c in _ASCENDING for c in plain)
    accents = any(unicodedata.combining(c) and c != "\u0327" for c in plain) or "i" in plain or "j" in plain
    up = _CAP if high else 0.66 if accents else _X
    return up, _DOWN if any(c in _DESCENDING for c in text) else 0.0


def _stroke(ink: Pixels) -> float:
    """The usual width of a stroke, in dots: that of runs across it, weighed by their area over their edges."""
    edges = np.count_nonzero(np.diff(ink.astype(np.int8), axis=1)) / 2
    return min(float(ink.sum() / edges), ink.shape[0] / 2) if edges else 0.0


def _as_one(line: Sequence[SeenWord]) -> list[SeenWord]:
    """Size by the letters of most; the line by words that stand on it without letters below, to a part of a dot."""
    weights = [len(one.spot.text) for one in line]
    size = _median([one.look.size for one in line], weights)
    like = [one for one in line if abs(one.look.size - size) < 0.25 * size] or list(line)
    level = [one for one in like if not reach_of(one.spot.text)[1]] or like
    middle = float(np.median([one.look.base for one in level]))
    base = float(np.mean([one.look.base for one in level if abs(one.look.base - middle) <= _JITTER] or [middle]))
    out: list[SeenWord] = []
    for one in line:
        alike = abs(one.look.size - size) < 0.35 * size or not any(c.isalnum() for c in one.spot.text)
        look = replace(one.look, size=size, base=base) if alike else one.look
        out.append(replace(one, look=look))
    return out


def _median(values: Sequence[float], weights: Sequence[int]) -> float:
    order = np.argsort(values)
    counted = np.cumsum(np.array(weights)[order])
    return float(np.array(values)[order][np.searchsorted(counted, counted[-1] / 2)])
