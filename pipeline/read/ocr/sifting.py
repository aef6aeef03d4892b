"""What an engine says it sees -> what is taken for words: not noise, not the rules between columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from carnet.pipeline.read.ocr.drawn import Pixels
from carnet.pipeline.read.ocr.looks import ink_of
from carnet.pipeline.read.ocr.spots import Spot

_LEAST = 0.3
"""What an engine trusts less than this is no word; but see `_WELL_FORMED`."""
_WELL_FORMED = re.compile(
    r"\d{1,3}(?:[.\u00a0\u202f]\d{3}){1,4}(?:,\d\d)?|\d{3,9}(?:[.,]\d\d?)?|[€£$]"
    r"|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}",
    re.ASCII,
)
"""Figures, currencies and addresses are no words of the engine's language, so it hardly trusts them."""
_BESIDE = 0.5
"""Share of a line's letters that are trusted: else it is noise, figures and all."""
_UPRIGHT = frozenset("|[]!Il1¦")
_BEYOND = 0.8
"""Heights of a word, by which a rule goes on above and below it."""


def believed(spots: Sequence[Spot]) -> Iterator[Spot]:
    """The words that are trusted, and among them figures and addresses of right form, however weak: that they are weak
    is said by a finding ("780000", of which Tesseract said 0 and was right)."""
    lines: dict[int, list[Spot]] = {}
    for spot in spots:
        lines.setdefault(spot.line, []).append(spot)
    sound = {number for number, line in lines.items() if _is_sound(line)}
    for spot in spots:
        if spot.confidence >= _LEAST or spot.line in sound and _is_well_formed(spot):
            yield spot


def _is_well_formed(spot: Spot) -> bool:
    return bool(_WELL_FORMED.fullmatch(spot.text.strip("(),;:")))


def _is_sound(line: Sequence[Spot]) -> bool:
    """Most of its words are trusted, or it is a figure and what it is of."""
    words = [spot for spot in line if not _is_well_formed(spot)]
    trusted = sum(len(spot.text) for spot in words if spot.confidence >= _LEAST)
    return trusted > _BESIDE * sum(len(spot.text) for spot in words) if words else len(line) > 1


def without_rules(pixels: Pixels, spots: Sequence[Spot]) -> list[Spot]:
    """Without the letters that are a rule between two columns; the line that such a rule crosses is two lines."""
    ends: dict[int, list[int]] = {}
    for spot in spots:
        if set(spot.text) <= _UPRIGHT and len(spot.text) <= 2 and _goes_on(pixels, spot):
            ends.setdefault(spot.line, []).append(spot.x0)
    number = max((spot.line for spot in spots), default=0)
    parts: dict[tuple[int, int], int] = {}
    out: list[Spot] = []
    for spot in spots:
        cuts = ends.get(spot.line, [])
        if spot.x0 in cuts and set(spot.text) <= _UPRIGHT:
            continue
        before = sum(x < spot.x0 for x in cuts)
        if before:
            place = parts.setdefault((spot.line, before), number + 1 + len(parts))
            spot = replace(spot, line=place)
        out.append(spot)
    return out


def _goes_on(pixels: Pixels, spot: Spot) -> bool:
    """Is there one stroke from well above a word to well below it?"""
    more = round(_BEYOND * (spot.bottom - spot.top))
    top, bottom = spot.top - more, spot.bottom + more
    if top < 0 or bottom > pixels.shape[0] or not more:
        return False
    ink = ink_of(pixels[top:bottom, max(0, spot.x0 - 2) : spot.x1 + 2])
    return bool(ink.size and np.max(ink.mean(axis=0)) > 0.9)
