"""Text turned on its side at the edge of a page: the tab that names the part of the brochure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from carnet.pipeline.read.letters import UNKNOWN, Char
from carnet.pipeline.read.words import clean, style_of
from carnet.schemas.layout import BBox, Word

_EDGE = 0.15
"""Of the page's width, at its left and right."""
_SHORTEST, _LONGEST = 4, 70
_MOST = 3
_SPACE = 0.22
"""Of the letter size: a wider gap parts two words."""


def tabs_of(turned: Sequence[Char], upright: int, number: int, window: BBox) -> tuple[list[Word], list[str]]:
    """Each tab as one word, its spaces in it; none on a page with much turned text. In the order of printing, which is
    that of reading. And a note on a page that is left out for it. `upright`: how many other letters the page has."""
    letters = sum(not c["text"].isspace() for c in turned)
    if letters >= _MUCH and letters > 0.15 * upright:
        return [], [f"turned_text: {letters} letters are turned and were left out"]
    runs = list(_runs(turned))
    return [tab for run in runs if (tab := _tab(run, number, window))] if len(runs) <= _MOST else [], []


_MUCH = 40


def _tab(run: Sequence[Char], number: int, window: BBox) -> Word | None:
    letters = [c for c in run if not c["text"].isspace()]
    text = " ".join(clean(_text(run)).split())
    if UNKNOWN in text or "(cid:" in text or not _SHORTEST <= len(text) <= _LONGEST or not _at_edge(letters, window):
        return None
    box = BBox.around(BBox(c["x0"], c["top"], c["x1"], c["bottom"]) for c in letters)
    return Word(text, number, box, style_of([{**c, "size": c["x1"] - c["x0"]} for c in letters]))


def _runs(turned: Iterable[Char]) -> Iterable[list[Char]]:
    """Letters one above the other."""
    run: list[Char] = []
    for char in turned:
        if run and (abs(char["x0"] - run[-1]["x0"]) > 0.6 * _size(run[-1]) or _gap(run[-1], char) > 1.5 * _size(char)):
            yield run
            run = []
        run.append(char)
    if run:
        yield run


def _size(char: Char) -> float:
    return max(1.0, float(char["x1"] - char["x0"]))


def _gap(a: Char, b: Char) -> float:
    return float(max(b["top"] - a["bottom"], a["top"] - b["bottom"]))


def _text(run: Sequence[Char]) -> str:
    out = run[0]["text"]
    for before, char in zip(run, run[1:], strict=False):
        out += (" " if _gap(before, char) > _SPACE * _size(char) else "") + char["text"]
    return str(out)


def _at_edge(letters: Sequence[Char], window: BBox) -> bool:
    width = window.x1 - window.x0
    return bool(letters) and (
        all(c["x1"] < window.x0 + _EDGE * width for c in letters)
        or all(c["x0"] > window.x1 - _EDGE * width for c in letters)
    )
