"""Rows of column heads, of up to four printed lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from carnet.pipeline.layout.segments import Segment
from carnet.pipeline.rules.labels import Labels
from carnet.schemas.layout import BBox, Passage
from carnet.schemas.outline import PartKind

KEY = {
    PartKind.CLIENT, PartKind.TITLE, PartKind.SUBJECT, PartKind.PERIOD, PartKind.AMOUNT, PartKind.CONTACT,
    PartKind.NAME, PartKind.ROLE,
}  # fmt: skip
_MOST_LINES = 4
TEXTS = {PartKind.CONTEXT, PartKind.APPROACH, PartKind.RESULTS}


@dataclass(frozen=True)
class Header:
    """The heads of all columns of a table."""

    box: BBox
    cells: tuple[tuple[Segment, ...], ...]  # segments of each column head, top to bottom

    @property
    def heads(self) -> tuple[Passage, ...]:
        return tuple(Passage.join([s.passage for s in cell]) for cell in self.cells)


def find_headers(lines: Sequence[Sequence[Segment]], labels: Labels) -> list[Header]:
    """Of the stacks of lines that begin at one line the one that the lexicon knows best."""
    found: list[Header] = []
    i = 0
    while i < len(lines):
        best: tuple[int, Header, int] | None = None
        for j in range(i, min(i + _MOST_LINES, len(lines))):
            if j > i and not _close(lines[j - 1], lines[j]):
                break
            cells = _stack(lines[i : j + 1])
            score = _score(cells, labels)
            longer = best is not None and score == best[0] and _same_look(lines[i], lines[j])
            if score and (best is None or score > best[0] or longer):
                box = BBox.around(s.box for cell in cells for s in cell)
                best = (score, Header(box, cells), j)
        if best:
            found.append(best[1])
            i = best[2] + 1
        else:
            i += 1
    return found


def _same_look(a: Sequence[Segment], b: Sequence[Segment]) -> bool:
    """Both bold, in one colour and size."""
    first, second = ((s.style.bold, s.style.color, round(s.style.size)) for s in (a[0], b[0]))
    return first == second and a[0].style.bold


def _close(above: Sequence[Segment], below: Sequence[Segment]) -> bool:
    """Lines of one size, one right under the other."""
    size = max(s.size for s in above)
    pitch = min(s.box.top for s in below) - min(s.box.top for s in above)
    return pitch < 1.7 * size and abs(size - max(s.size for s in below)) < 0.15 * size


def _stack(lines: Sequence[Sequence[Segment]]) -> tuple[tuple[Segment, ...], ...]:
    """Segments of some lines grouped into columns by horizontal overlap."""
    columns: list[list[Segment]] = []
    for line in lines:
        for segment in line:
            home = [c for c in columns if any(s.box.x_overlap(segment.box) > 1 for s in c)]
            if home:
                home[0].append(segment)
                for other in home[1:]:
                    home[0].extend(other)
                    columns.remove(other)
            else:
                columns.append([segment])
    columns.sort(key=lambda c: min(s.box.x0 for s in c))
    return tuple(tuple(c) for c in columns)


def _score(cells: Sequence[Sequence[Segment]], labels: Labels) -> int:
    """How sure we are that these are column heads: 0 for not at all."""
    if len(cells) < 2:
        return 0
    hits = [labels.match(" ".join(s.text for s in cell)) for cell in cells]
    kinds = {h.kind for h in hits if h}
    known = sum(h is not None for h in hits)
    exact = sum(h is not None and h.exact for h in hits)
    if known >= 0.6 * len(cells) and len(kinds) >= 3 and len(kinds & KEY) >= 2:
        return 10 * known + exact - len(cells)
    if exact == len(cells) and len(kinds) == len(cells) and kinds & KEY and not kinds & TEXTS:
        return 10 * known
    if {PartKind.NAME, PartKind.ROLE} <= kinds and known >= 0.6 * len(cells):
        return 10 * known
    return 0
