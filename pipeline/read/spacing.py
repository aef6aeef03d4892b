"""Letterspaced words that kerning tears ("P OUR LE C OMPTE DE"): pieces as near as the letters inside them close up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from carnet.pipeline.read.letters import Char

WordPart = tuple[str, list[Char]]
_SPACED = 0.06
"""From this share of the letter size on, an even gap between letters is letterspacing."""
_EVEN = 1.6
"""A gap so much wider than the usual one parts two words."""


def closed_up(pieces: Iterable[WordPart], blanks: Sequence[Char]) -> Iterator[WordPart]:
    """Pieces of each line in order, those of one spaced word joined. `blanks`: the printed spaces of the page."""
    spaces: dict[int, list[float]] = {}
    for blank in blanks:
        spaces.setdefault(round(blank["bottom"] / 3), []).append(blank["x0"])
    run: list[WordPart] = []
    for piece in pieces:
        if run and not _one_line(run[-1][1][-1], piece[1][0]):
            yield from _joined(run, spaces)
            run = []
        run.append(piece)
    yield from _joined(run, spaces)


def _one_line(a: Char, b: Char) -> bool:
    alike = a["fontname"] == b["fontname"] and abs(a["size"] - b["size"]) < 0.1
    return bool(alike and abs(a["bottom"] - b["bottom"]) < 0.2 * a["size"] and b["x0"] >= a["x1"])


def _joined(run: Sequence[WordPart], spaces: dict[int, list[float]]) -> Iterator[WordPart]:
    if len(run) < 2:
        yield from run
        return
    gaps = sorted([b["x0"] - a["x1"] for _, chars in run for a, b in pairwise(chars)])
    usual = gaps[len(gaps) // 2] if gaps else 0.0
    if not usual or usual < _SPACED * run[0][1][0]["size"]:
        yield from run
        return
    text, chars = run[0]
    for more, letters in run[1:]:
        if letters[0]["x0"] - chars[-1]["x1"] <= _EVEN * usual and not _blank_between(chars[-1], letters[0], spaces):
            text, chars = text + more, chars + letters
        else:
            yield text, chars
            text, chars = more, letters
    yield text, chars


def _blank_between(a: Char, b: Char, spaces: dict[int, list[float]]) -> bool:
    line = round(a["bottom"] / 3)
    near = (x for key in (line - 1, line, line + 1) for x in spaces.get(key, ()))
    return any(a["x0"] < x < b["x0"] for x in near)
