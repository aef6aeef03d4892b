"""Words set so wide that every letter stands alone: "C O M M U N E", by the space of letters or by printed blanks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from carnet.pipeline.read.letters import Char

_WIDE = 0.15
"""Of the letter size: a wider even gap between letters is their spacing."""
_WIDEST = 1.2
_EVEN = 1.6
"""A gap so much wider than the usual one parts two words."""
_BLANK = 0.3
"""Of the letter size: what is left between two words, so that they stay on one line."""
_FEWEST = 4
_LONGEST_WORD = 14
"""Longer rows of letters without any wider gap are several words, and nobody can tell where they part."""


def spaced_strings(chars: Sequence[Char]) -> tuple[list[Char], list[list[Char]]]:
    """The other letters, and strings that are set wide: each letter reaches to the next one of its word."""
    plain: list[Char] = []
    strings: list[list[Char]] = []
    for run in _runs(chars):
        closed = _closed(run) if len(run) >= _FEWEST else None
        if closed is None:
            plain += run
        else:
            strings.append(closed)
    return plain, strings


def _runs(chars: Sequence[Char]) -> Iterator[list[Char]]:
    """Letters of one look that are drawn one after the other on one line, from left to right."""
    run: list[Char] = []
    font: object = None
    size = bottom = end = 0.0
    for char in chars:
        if run and not (
            font == char["fontname"]
            and bottom == char["bottom"]
            and abs(size - char["size"]) < 0.1
            and -0.1 * size < char["x0"] - end < _WIDEST * size
        ):
            yield run
            run = []
        run.append(char)
        font, size, bottom, end = char["fontname"], char["size"], char["bottom"], char["x1"]
    if run:
        yield run


def _closed(run: Sequence[Char]) -> list[Char] | None:
    """The string with its letters closed up; None where it is not set wide."""
    inked = [char for char in run if not char["text"].isspace()]
    gaps = [b["x0"] - a["x1"] for a, b in pairwise(inked)]
    size = run[0]["size"]
    if len(inked) < _FEWEST or not _is_wide(gaps, size) or sum(c["text"].isalnum() for c in inked) < _FEWEST:
        return None
    usual = sorted(gaps)[len(gaps) // 2]
    if max(gaps) <= _EVEN * usual and len(inked) > _LONGEST_WORD:
        return None
    reach = [gap if gap <= _EVEN * usual else max(0.0, gap - _BLANK * size) for gap in gaps]
    return [{**char, "x1": char["x1"] + far} for char, far in zip(inked, [*reach, 0.0], strict=True)]


def _is_wide(gaps: Sequence[float], size: float) -> bool:
    """Do nearly all letters stand alone?"""
    return sum(gap > _WIDE * size for gap in gaps) >= 0.9 * len(gaps) and min(gaps) > 0.05 * size
