"""A picture of text -> words and shapes in points, as if they had been printed by letters."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from carnet.pipeline.read.keep import KeptWords
from carnet.pipeline.read.ocr.alike import Styles, as_hex, as_on_page
from carnet.pipeline.read.ocr.drawn import InkShape, Pixels, drawn_on
from carnet.pipeline.read.ocr.fitting import fitted
from carnet.pipeline.read.ocr.list_marks import with_marks
from carnet.pipeline.read.ocr.looks import SeenWord, looks_of
from carnet.pipeline.read.ocr.sifting import believed, without_rules
from carnet.pipeline.read.ocr.spots import Engine, Spot
from carnet.pipeline.read.ocr.upright import turn_of, turned
from carnet.schemas.layout import BBox, Shape, Word

if TYPE_CHECKING:
    from PIL.Image import Image

Placed = TypeVar("Placed", Spot, InkShape)

_UP, _DOWN = 0.78, 0.22
"""Where a font's box ends above and below the line, of the letter size."""
_GUTTER = 1.3
"""Letter sizes between two words of one line, at most."""
_COARSE = 100
"""Dots an inch are enough for boxes and rules."""


@dataclass(frozen=True)
class Scanned:
    """A picture that was read. `left`, `top`: where it stands on the page; `points`: of a dot; `turn`: the degrees by
    which it was turned."""

    number: int
    lines: tuple[tuple[SeenWord, ...], ...]
    drawn: tuple[InkShape, ...]
    points: float
    turn: float = 0.0
    left: float = 0.0
    top: float = 0.0

    @property
    def seen(self) -> list[SeenWord]:
        return [one for line in self.lines for one in line]

    def words(self, styles: Styles) -> Iterator[Word]:
        for line in as_on_page(self.lines):
            for one, style in zip(line, styles.of_line(line, self.points), strict=True):
                yield Word(one.spot.text, self.number, self._box_of(one), style, round(one.spot.confidence, 2))

    def _box_of(self, one: SeenWord) -> BBox:
        size, base = one.look.size, one.look.base
        return self._box(one.spot.x0, base - _UP * size, one.spot.x1, base + _DOWN * size)

    def shapes(self) -> Iterator[Shape]:
        for one in self.drawn:
            color = as_hex(one.color)
            box = self._box(one.x0, one.top, one.x1, one.bottom)
            yield Shape(one.kind, box, None if one.is_frame else color, color if one.is_frame else None)

    def _box(self, x0: float, top: float, x1: float, bottom: float) -> BBox:
        p = self.points
        return BBox(self.left + x0 * p, self.top + top * p, self.left + x1 * p, self.top + bottom * p)


def scan(picture: Image, number: int, engine: Engine, kept: KeptWords, whole: bool = True) -> Scanned:
    """Read a picture drawn at the engine's resolution. `whole`: it is a page, which may be crooked and hold boxes."""
    turn = turn_of(picture) if whole else 0.0
    upright = turned(picture, turn)
    pixels: Pixels = np.asarray(upright)
    spots = without_rules(pixels, list(believed(_read(upright, engine, kept))))
    lines = tuple(tuple(with_marks(pixels, fitted(pixels, line))) for line in _lines(looks_of(pixels, spots)))
    drawn = tuple(_drawn(upright, engine.dpi, spots)) if whole else ()
    return Scanned(number, lines, drawn, 72 / engine.dpi, turn)


def _drawn(picture: Image, dpi: float, spots: Sequence[Spot]) -> Iterator[InkShape]:
    """Looked for in a picture half as fine, which shows boxes and rules as well."""
    coarse = max(1, int(dpi / _COARSE))
    halved = [_scaled(spot, 1 / coarse) for spot in spots]
    for one in drawn_on(np.asarray(picture.reduce(coarse)), dpi / coarse, halved):
        yield _scaled(one, coarse)


def _scaled(one: Placed, by: float) -> Placed:
    sides = {side: round(getattr(one, side) * by) for side in ("x0", "top", "x1", "bottom")}
    return replace(one, **sides)


def _read(picture: Image, engine: Engine, kept: KeptWords) -> list[Spot]:
    """What the engine sees, asked once for the same dots."""
    dots = hashlib.sha256(picture.tobytes()).hexdigest()
    key = hashlib.sha256(f"{dots} {picture.size} {engine.name} {engine.version()}".encode()).hexdigest() + ".json"
    known = kept.get(key)
    if known is not None:
        return [Spot(**spot) for spot in json.loads(known)]
    spots = engine.read(picture)
    kept.put(key, json.dumps([asdict(spot) for spot in spots], ensure_ascii=False).encode())
    return spots


def _lines(seen: Sequence[SeenWord]) -> Iterator[list[SeenWord]]:
    """Words of a line from the left; engines make one line of two columns that stand side by side."""
    by_line: dict[int, list[SeenWord]] = {}
    for one in seen:
        by_line.setdefault(one.spot.line, []).append(one)
    for line in by_line.values():
        line.sort(key=lambda one: one.spot.x0)
        start = 0
        for at in range(1, len(line)):
            if line[at].spot.x0 - line[at - 1].spot.x1 > _GUTTER * line[at].look.size:
                yield line[start:at]
                start = at
        yield line[start:]
