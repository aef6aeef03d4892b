"""Fragments of one role and one mission, joined into stretches of lines, paragraphs and items, in the order of
reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from carnet.pipeline.decode.figures import is_figure
from carnet.pipeline.page.fragments import Fragment
from carnet.pipeline.page.order import side_by_side
from carnet.schemas.layout import BBox, Passage, Style
from carnet.schemas.quick import made_quickly
from carnet.schemas.roles import Role

Falls = Mapping[float, float]


class _Line(Protocol):
    """What fragments and stretches have in common."""

    @property
    def page(self) -> int: ...
    @property
    def box(self) -> BBox: ...
    @property
    def marked(self) -> bool: ...
    @property
    def style(self) -> Style: ...
    @property
    def text(self) -> str: ...


@made_quickly
@dataclass(frozen=True, slots=True)
class Stretch:
    """Fragments of one line that say one thing. `sure`: the least probability among them."""

    role: Role
    passage: Passage
    box: BBox
    page: int
    first: int
    last: int
    line: int
    marked: bool
    sure: float
    region: int = 0

    @property
    def style(self) -> Style:
        return self.passage.style

    @property
    def text(self) -> str:
        return self.passage.text


def stretches(
    fragments: Sequence[Fragment], roles: Sequence[Role], sure: Sequence[float], lines: Sequence[Passage]
) -> list[Stretch]:
    """Neighbours on a line in one role become one stretch, with the signs between them. `fragments`: of one mission, in
    the order of the document."""
    out: list[Stretch] = []
    run: list[int] = []

    def close() -> None:
        if run:
            some = [fragments[i] for i in run]
            passage = lines[some[0].line].slice(some[0].start, some[-1].end) if len(some) > 1 else some[0].passage
            out.append(
                Stretch(
                    role=roles[run[0]],
                    passage=passage,
                    box=BBox.around(f.box for f in some),
                    page=some[0].page,
                    first=some[0].number,
                    last=some[-1].number,
                    line=some[0].line,
                    marked=some[0].marked,
                    sure=min(sure[i] for i in run),
                    region=some[0].region,
                )
            )
            run.clear()

    for i, fragment in enumerate(fragments):
        before = fragments[run[-1]] if run else None
        goes_on = before is not None and before.line == fragment.line and before.number + 1 == fragment.number
        if not goes_on or roles[run[-1]] is not roles[i] or fragment.marked:
            close()
        run.append(i)
    close()
    return out


def in_order(some: Sequence[Stretch], rank: Sequence[int]) -> list[Stretch]:
    """Page by page in the columns' order. `rank`: of each fragment of the document, see `pipeline/page/order.py`."""
    return sorted(some, key=lambda s: rank[s.first])


def in_columns(some: Sequence[Stretch], rank: Sequence[int], body: float) -> list[Stretch]:
    """One text in order: where its own lines stand in columns on a page, column by column, whatever else the page holds
    that hides the white between them. `body`: size of the document's letters."""
    out: list[Stretch] = []
    for page in sorted({s.page for s in some}):
        here = in_order([s for s in some if s.page == page], rank)
        boxes = np.array([(s.box.x0, s.box.top, s.box.x1, s.box.bottom) for s in here]) / max(body, 1.0)
        parts = side_by_side(boxes, _LEAST_LINES)
        by_column = [[here[i] for i in _downwards(boxes, part)] for part in parts]
        out += (
            here if len(parts) < 2 or any(map(_hardly_one, by_column[1:])) else [s for some in by_column for s in some]
        )
    return out


def _hardly_one(column: Sequence[Stretch]) -> bool:
    """A few words under each other that begin nothing: far words of justified lines."""
    return len(column) < 3 and not column[0].marked and column[0].text[:1].islower()


def _downwards(boxes: npt.NDArray[np.floating], part: npt.NDArray[np.int64]) -> list[int]:
    order: list[int] = part[np.lexsort((boxes[part, 0], np.round(boxes[part, 1] * 2)))].tolist()
    return order


_LEAST_LINES = 2
"""Of a column of one text."""


def columns(some: Sequence[Stretch]) -> list[list[Stretch]]:
    """Stretches parted where white runs between them from top to bottom, from left to right."""
    ordered = sorted(some, key=lambda s: s.box.x0)
    out: list[list[Stretch]] = []
    right = float("-inf")
    for s in ordered:
        if s.box.x0 < right:
            out[-1].append(s)
        else:
            out.append([s])
        right = max(right, s.box.x1)
    return _side_by_side(out)


def _side_by_side(parts: list[list[Stretch]]) -> list[list[Stretch]]:
    """Parts of one line set apart are no columns: columns hold lines at heights of their own."""
    merged: list[list[Stretch]] = []
    for part in parts:
        if merged and len(part) <= 2 and all(any(_level(a, b) for b in merged[-1]) for a in part):
            merged[-1] += part
        else:
            merged.append(part)
    return merged


def _level(a: Stretch, b: Stretch) -> bool:
    return a.line == b.line


def paragraphs(ordered: Sequence[Stretch], pitch: float, body: float, falls: Falls) -> list[list[Stretch]]:
    """Stretches in order, grouped into paragraphs and list items. `pitch`: usual distance of two lines in letter
    sizes; `falls`: that of texts by the size of their letters."""
    out: list[list[Stretch]] = []
    right = max((s.box.x1 for s in ordered), default=0.0)
    own = pitch_of(ordered)
    if own == float("inf") and ordered:
        own = falls.get(round(ordered[0].style.size, 1), own)
    apart = _set_apart(ordered, own)
    for s in ordered:
        if out and not (apart or _starts(out[-1], s, pitch, own, right)):
            out[-1].append(s)
        else:
            out.append([s])
    return out


def _set_apart(ordered: Sequence[Stretch], own: float) -> bool:
    """Does every line begin something, farther from the one before than the lines of texts in such letters are?"""
    pairs = list(zip(ordered, ordered[1:], strict=False))
    return bool(pairs) and all(
        a.page == b.page
        and not _goes_on(b)
        and a.text.rstrip()[-1:] not in _OPEN_ENDS
        and abs(a.style.size - b.style.size) <= 0.08 * b.style.size
        and b.box.top - a.box.top > _WIDER * own * b.style.size
        for a, b in pairs
    )


_OPEN_ENDS = frozenset(",-–—(&/")
"""Signs after which a line goes on."""


def _goes_on(s: Stretch) -> bool:
    return s.text[:1].islower() or s.text.startswith("(")


def pitch_of(ordered: Sequence[_Line]) -> float:
    """Distance of two lines of this text, in letter sizes: of those that go on with a small letter; none, where none
    does."""
    falls = [
        (b.box.top - a.box.top) / max(b.style.size, 1.0)
        for a, b in zip(ordered, ordered[1:], strict=False)
        if a.page == b.page and b.text[:1].islower() and not b.marked and b.box.top > a.box.top + 0.5 * a.style.size
    ]
    return sorted(falls)[len(falls) // 2] if falls else float("inf")


def falls_of(some: Sequence[Fragment]) -> Falls:
    """Of the texts of a document, in the order of reading: how far its lines are from each other, in letter sizes, by
    the size of their letters."""
    by_size: dict[float, list[Fragment]] = {}
    for f in some:
        by_size.setdefault(round(f.style.size, 1), []).append(f)
    return {size: pitch_of(fragments) for size, fragments in by_size.items()}


_WIDER = 1.15
"""Of the distance of two lines, from which on a line that could begin a paragraph begins one."""


_WIDEST = 2.2
"""Letter sizes from one line of a text to the next, at most."""


def _starts(group: Sequence[Stretch], s: Stretch, pitch: float, own: float, right: float) -> bool:
    """Does a new paragraph or item start with `s`?"""
    last = group[-1]
    if s.line == last.line:
        return s.marked
    if s.marked:
        return True
    moved = s.page != last.page or s.box.top < last.box.top
    ended = last.text.rstrip().endswith((".", "!", "?", "…", ";", ":"))
    opens = not _goes_on(s)
    if moved:
        return ended and opens
    size = max(last.style.size, s.style.size)
    if abs(last.style.size - s.style.size) > 0.08 * size:
        return not (len(group) == 1 and is_figure(last.text) and last.style.size > s.style.size)
    fall = s.box.top - last.box.top
    usual = max(pitch, own) if own <= _WIDEST else pitch
    if fall > (usual * 1.3 + 0.05) * size and s.box.top - last.box.bottom > 0.25 * size:
        return True
    if ended and opens and fall > _WIDER * own * size:
        return True
    if group[0].marked and s.box.x0 < group[0].box.x0 - 0.2 * size and (opens or ended):
        return True
    width = right - min(g.box.x0 for g in group)
    short = right - last.box.x1 > 0.22 * width
    return ended and opens and short and last.text.rstrip()[-1] != ":"
