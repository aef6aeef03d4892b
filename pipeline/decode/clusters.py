"""Which texts of one role are one text."""

from __future__ import annotations

from collections.abc import Sequence

from carnet.pipeline.decode.decoded import HEADS, Decoded
from carnet.pipeline.decode.stretches import Stretch, in_order
from carnet.pipeline.page.relations import RELATIONS
from carnet.pipeline.rules.fold import letters_of
from carnet.schemas.layout import Passage
from carnet.schemas.roles import Role


def printed_rows(ordered: Sequence[Stretch], lines: Sequence[Passage]) -> list[Passage]:
    """Stretches of one line side by side, as one passage each line."""
    out: list[list[Stretch]] = []
    for s in ordered:
        if out and out[-1][-1].line == s.line and s.first == out[-1][-1].last + 1:
            out[-1].append(s)
        else:
            out.append([s])
    rows = [_span(group, lines) for group in out]
    items: list[list[Passage]] = []
    for row in rows:
        if items and items[-1][-1].text.rstrip()[-1:] in _CUT:
            items[-1].append(row)
        else:
            items.append([row])
    return [Passage.join(item) for item in items]


_CUT = ("-", "\u2010", "\u00ad", "@", "_")
"""Ends of lines on which an address or a name is cut."""


def _span(group: Sequence[Stretch], lines: Sequence[Passage]) -> Passage:
    if len(group) == 1:
        return group[0].passage
    line = lines[group[0].line]
    start = line.text.find(group[0].text)
    end = line.text.rfind(group[-1].text) + len(group[-1].text)
    return line.slice(max(start, 0), end)


def clusters(some: Sequence[Stretch], doc: Decoded) -> list[list[Stretch]]:
    """Lines that go on, one under the other in one look, or side by side."""
    out: list[list[Stretch]] = []
    for s in in_order(some, doc.rank):
        if out and goes_on(doc, out[-1][-1], s):
            out[-1].append(s)
        else:
            out.append([s])
    return out


def one_text_in_order(groups: list[list[Stretch]], doc: Decoded, members: Sequence[int]) -> list[list[Stretch]]:
    """Groups in one look that follow each other with nothing of the mission between: a title over wide lines, or whose
    words stand far apart."""
    order = {i: n for n, i in enumerate(sorted(members, key=lambda i: doc.rank[i]))}
    out: list[list[Stretch]] = []
    for group in groups:
        last = out[-1][-1] if out else None
        in_order = last is not None and order[group[0].first] == order[last.last] + 1
        if last is not None and (in_order and _alike(last, group[0]) or _in_one_cell(doc, last, group[0])):
            out[-1].extend(group)
        else:
            out.append(list(group))
    return out


def _in_one_cell(doc: Decoded, a: Stretch, b: Stretch) -> bool:
    """Of one mission, flush under one head of a column, which may come again on the next page: a cell whose lines stand
    in rows of a sheet, or that a page cuts."""
    flush = b.page - a.page in (0, 1) and abs(a.box.x0 - b.box.x0) < 1 and a.style == b.style
    over = doc.tables.over(a.page, a.box, a.style.size) if flush else []
    below = doc.tables.over(b.page, b.box, b.style.size) if over else []
    return bool(over) and (over == below or a.page < b.page and _said(doc, over) == _said(doc, below))


def _said(doc: Decoded, some: Sequence[int]) -> str:
    return letters_of("".join(doc.fragments[i].text for i in some))


def _alike(a: Stretch, b: Stretch) -> bool:
    """In one look, and near enough for one text."""
    one, other = a.style, b.style
    look = abs(one.size - other.size) < 0.02 * one.size and (one.bold, one.italic, one.color) == (
        other.bold, other.italic, other.color,
    )  # fmt: skip
    near = b.box.top - a.box.bottom < _WIDE_LINES * one.size and b.box.x0 - a.box.x1 < _WIDE_BLANKS * one.size
    return look and a.page == b.page and near


_WIDE_LINES = 1.6
"""Letter sizes between two lines of a title at most."""
_WIDE_BLANKS = 5.0
"""Letter sizes between two words of a title at most."""


def goes_on(doc: Decoded, last: Stretch, s: Stretch) -> bool:
    """Does a stretch go on with the one before it, as the next line of one text does?"""
    if last.page != s.page:
        return False
    size = max(last.style.size, s.style.size)
    announced = s.role in _LABELLED and _has_its_label(doc, s)
    if last.line == s.line:
        return not announced or s.role is not Role.OTHER
    if announced:
        return False
    near = -0.3 * size < s.box.top - last.box.bottom < 1.1 * size
    under = last.box.x_overlap(s.box) > -size or abs(s.box.x0 - _left_of_line(doc, last)) < 0.5 * size
    alike = abs(last.style.size - s.style.size) < 0.12 * size
    return near and alike and under and not doc.parted(s.page, last.box, s.box)


_LABELLED = frozenset({*HEADS, Role.OTHER, Role.AMOUNT, Role.WORKS_COST})
"""Roles of which a mission may tell several, one under the other, each behind its own label."""


def _has_its_label(doc: Decoded, s: Stretch) -> bool:
    """Does a label stand at its left that goes on with none above?"""
    left = int(doc.seen.beside[RELATIONS.index("left"), s.first])
    label = left >= 0 and doc.roles[left] is Role.LABEL and doc.home[left] == doc.home[s.first]
    return label and not doc.fragments[left].text[:1].islower()


def _left_of_line(doc: Decoded, last: Stretch) -> float:
    """Where the line or row begins on which something stands, mostly behind its label: there it goes on below."""
    boxes = (piece.word.box for piece in doc.lines[last.line].pieces)
    own = min((box.x0 for box in boxes if box), default=last.box.x0)
    first = int(doc.seen.beside[RELATIONS.index("row_first"), last.first])
    alike = first >= 0 and doc.home[first] == doc.home[last.first]
    return min(own, doc.fragments[first].box.x0) if alike else own
