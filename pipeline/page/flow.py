"""Lines that go on: which fragments are one running text, told by edges, pitch, looks and how lines end and start."""

from __future__ import annotations

from collections.abc import Sequence

from carnet.pipeline.page import tolerances
from carnet.pipeline.page.fragments import Fragment, Sheet

_OPEN_ENDS = ("-", "\u2010", "\u00ad", ",", "(", "«", "'", "’", "/", "&")
_SENTENCE_ENDS = (".", "!", "?", "…", ":", ";")


def flows(sheet: Sheet, pitch: float) -> list[int]:
    """A number for each fragment of a page; those of one flow share it. `pitch`: usual distance of two lines, in letter
    sizes."""
    numbers = list(range(len(sheet.fragments)))
    lines: dict[int, list[int]] = {}
    for i, f in enumerate(sheet.fragments):
        lines.setdefault(f.line, []).append(i)
    firsts = [some[0] for some in lines.values()]
    rights = _rights(sheet, lines)
    for some in lines.values():
        above = _above(sheet, some[0], firsts, pitch)
        if above is None:
            continue
        last = lines[sheet.fragments[above].line][-1]
        flush = _flush(sheet.fragments[above], sheet.fragments[some[0]])
        right = rights[sheet.fragments[above].line] if flush else float("inf")
        if _goes_on(sheet.fragments[last], sheet.fragments[some[0]], right):
            numbers[some[0]] = numbers[last]
    return numbers


def _above(sheet: Sheet, at: int, firsts: Sequence[int], pitch: float) -> int | None:
    """The line right above in the same box, with the same left edge; or the same right edge, or middle."""
    f = sheet.fragments[at]
    if f.marked or f.turned:
        return None
    size = max(f.style.size, 1.0)
    best, top = None, float("-inf")
    for i in firsts:
        g = sheet.fragments[i]
        if g.region != f.region or g.turned or not g.box.top < f.box.top - 0.4 * size:
            continue
        aligned = _flush(g, f) or _aligned(g, f)
        if aligned and g.box.top > top:
            best, top = i, g.box.top
    near = best is not None and f.box.top - top < 1.25 * pitch * size
    return best if best is not None and near and not _ruled_off(sheet, sheet.fragments[best], f) else None


def _ruled_off(sheet: Sheet, g: Fragment, f: Fragment) -> bool:
    """Is a line drawn between the two, over all that they share?"""
    x0, x1 = max(g.box.x0, f.box.x0), min(g.box.x1, f.box.x1)
    middle = (g.box.top + g.box.bottom) / 2
    return any(middle < y <= (f.box.top + f.box.bottom) / 2 and a <= x0 and b >= x1 for a, b, y in sheet.rules)


def _flush(g: Fragment, f: Fragment) -> bool:
    return abs(g.box.x0 - f.box.x0) < tolerances.SAME_EDGE * max(f.style.size, 1.0)


def _aligned(g: Fragment, f: Fragment) -> bool:
    """Flush right, or centred."""
    edge = tolerances.SAME_EDGE * max(f.style.size, 1.0)
    return abs(g.box.x1 - f.box.x1) < edge or abs(g.box.x0 + g.box.x1 - f.box.x0 - f.box.x1) < 2 * edge


def _rights(sheet: Sheet, lines: dict[int, list[int]]) -> dict[int, float]:
    """How far to the right the lines reach that share a line's left edge and box."""
    out: dict[int, float] = {}
    for line, some in lines.items():
        f = sheet.fragments[some[0]]
        edge = tolerances.SAME_EDGE * max(f.style.size, 1.0)
        out[line] = max(
            sheet.fragments[other[-1]].box.x1
            for other in lines.values()
            if abs(sheet.fragments[other[0]].box.x0 - f.box.x0) < edge and sheet.fragments[other[0]].region == f.region
        )
    return out


def _goes_on(last: Fragment, first: Fragment, right: float) -> bool:
    a, b = last.style, first.style
    if abs(a.size - b.size) > 0.08 * max(a.size, b.size) or (a.bold, a.color) != (b.bold, b.color):
        return False
    if first.text[:1].islower() or last.text.endswith(_OPEN_ENDS) or first.text[:1] in ",;.)»":
        return True
    letters = max(len(first.text), 1)
    word = first.box.width * len(first.text.split()[0]) / letters if first.text.split() else 0.0
    full = last.box.x1 + word + 0.3 * a.size > right
    return full and not last.text.endswith(_SENTENCE_ENDS) and len(last.text) > _LEAST_FULL


_LEAST_FULL = 25
"""Letters of a line from which on it can be a full line of running text."""
