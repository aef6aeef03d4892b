"""Label and value side by side: a column of labels at the left, each with its value or its text at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from carnet.pipeline.layout.segments import Segment, without_words
from carnet.pipeline.rules.labels import Labels
from carnet.schemas.layout import BBox
from carnet.schemas.outline import PartKind

_NARRATIVE = (PartKind.CONTEXT, PartKind.APPROACH, PartKind.RESULTS)


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and the segments of its value. `box` is around both."""

    label: tuple[Segment, ...]
    value: tuple[Segment, ...]
    box: BBox

    @property
    def segments(self) -> tuple[Segment, ...]:
        return self.label + self.value


@dataclass(frozen=True, slots=True)
class _Head:
    segments: tuple[Segment, ...]
    right: Segment
    narrative: bool = False  # "Contexte": alone, it is a heading above its text rather than a label beside it

    @property
    def box(self) -> BBox:
        return BBox.around(s.box for s in self.segments)


def stacked_pairs(segments: Sequence[Segment], labels: Labels) -> tuple[list[Segment], list[Pair]]:
    """Values that nearly touch, under a row of labels ("Durée    Montant" over "12 mois  69 300 €"): a pair for each
    label of such a row, behind the other segments."""
    heads = [s for s in segments if (hit := labels.match(s.text)) and hit.exact]
    rest, pairs = list(segments), []
    for segment in segments if len(heads) > 1 else ():
        row = [h for h in heads if 0 < segment.box.top - h.box.top < _UNDER * segment.size]
        if not any(_starts_column(segment, i, row) for i in range(1, len(segment.words))):
            continue
        found = [_under(head, row, rest) for head in row]
        pairs += found
        heads = [h for h in heads if h not in row]
        taken = {id(w) for pair in found for s in pair.segments for w in s.words}
        rest = without_words(rest, taken)
    return rest, pairs


def _under(head: Segment, row: Sequence[Segment], segments: Sequence[Segment]) -> Pair:
    """The label with the lines straight under it, down to a wide gap or to a line that runs over the columns."""
    right = min((h.box.x0 for h in row if h.box.x0 > head.box.x0 + 3), default=float("inf"))
    value: list[Segment] = []
    bottom = head.box.bottom
    pieces = [p for s in sorted(segments, key=lambda s: s.box.top) for p in _at_columns(s, row)]
    for piece in pieces:
        if piece.box.top <= head.box.top + 2 or piece.box.x1 <= head.box.x0 or piece.box.x0 >= right - 1.5:
            continue
        own = abs(piece.box.x0 - head.box.x0) < 1.5 and piece.box.x1 < right
        if not own or piece.box.top - bottom >= 0.6 * piece.size:
            break
        value.append(piece)
        bottom = piece.box.bottom
    return Pair((head,), tuple(value), BBox.around(s.box for s in (head, *value)))


def _at_columns(segment: Segment, row: Sequence[Segment]) -> list[Segment]:
    """The segment, cut where a column begins under a label of the row."""
    cuts = [0, *(i for i in range(1, len(segment.words)) if _starts_column(segment, i, row)), len(segment.words)]
    return [Segment.of(segment.words[a:b]) for a, b in pairwise(cuts)]


def _starts_column(segment: Segment, i: int, above: Sequence[Segment]) -> bool:
    """Does a wide space stand before this word, and a label straight above it, as above the first?"""
    before, box = segment.words[i - 1].box, segment.words[i].box
    if before is None or box is None or box.x0 - before.x1 < _WIDE * segment.size:
        return False
    lefts = [h.box.x0 for h in above]
    return any(abs(x - box.x0) < 1.5 for x in lefts) and any(abs(x - segment.box.x0) < 1.5 for x in lefts)


_UNDER = 2.2
"""Letter sizes from a label to the first line of its value."""
_WIDE = 0.5
"""Letter sizes; wider than the space of words that are not justified."""


def find_pairs(segments: Sequence[Segment], labels: Labels, right_edge: float) -> list[Pair]:
    """Pairs among the segments of one drawn box (or of the page); `right_edge` bounds the values."""
    heads = _heads(segments, labels)
    pairs: list[Pair] = []
    for column in _label_columns(heads):
        column = _with_unknown(column, segments, labels)
        pairs.extend(_pairs(column, segments, heads, labels, right_edge))
    return pairs


def _heads(segments: Sequence[Segment], labels: Labels) -> list[_Head]:
    found = []
    for segment in segments:
        right = _right_of(segment, segments)
        if right is None or labels.match(right.text) or labels.match_start(right.text):
            continue
        if segment.text[:1].islower() and _in_paragraph(segment, segments):
            continue
        stacked = _label_here(segment, segments, labels)
        if stacked:
            hit = labels.match(" ".join(s.text for s in stacked))
            found.append(_Head(stacked, right, hit is not None and hit.kind in _NARRATIVE))
    return found


def _label_here(segment: Segment, segments: Sequence[Segment], labels: Labels) -> tuple[Segment, ...] | None:
    """The segment, or the segment with the one right under it, as a known label."""
    below = [
        s
        for s in segments
        if _aligned(s.box, segment.box) and 0 < s.box.top - segment.box.top < 1.5 * segment.size and _alike(s, segment)
    ]
    both = labels.match(f"{segment.text} {below[0].text}") if below else None
    if both and both.exact:
        return (segment, below[0])
    hit = labels.match(segment.text)
    if hit and (hit.exact or segment.style.bold or segment.text.rstrip().endswith(":")):
        return (segment,)
    return None


def _aligned(a: BBox, b: BBox) -> bool:
    """Flush left or flush right with each other."""
    return abs(a.x0 - b.x0) < 4 or abs(a.x1 - b.x1) < 4


def _in_paragraph(segment: Segment, segments: Sequence[Segment]) -> bool:
    """Is this the next line of a text that stands right above, in the same look?"""
    return any(
        abs(s.box.x0 - segment.box.x0) < 3 and 0 < segment.box.top - s.box.top < 1.7 * segment.size
        and s.box.width > segment.box.width and _alike(s, segment)
        for s in segments
    )  # fmt: skip


def _alike(a: Segment, b: Segment) -> bool:
    return a.style.bold == b.style.bold and a.style.color == b.style.color and abs(a.size - b.size) < 0.6


def _right_of(segment: Segment, segments: Sequence[Segment]) -> Segment | None:
    """The next segment on the same line."""
    same = [
        s
        for s in segments
        if s.box.x0 > segment.box.x1 and s.box.y_overlap(segment.box) > 0.45 * min(s.box.height, segment.box.height)
    ]
    return min(same, key=lambda s: s.box.x0) if same else None


def _label_columns(heads: Sequence[_Head]) -> list[list[_Head]]:
    """Heads that share their left edge and the left edge of their values, top to bottom."""
    columns: list[list[_Head]] = []
    for head in sorted(heads, key=lambda h: h.box.top):
        for column in columns:
            if _aligned(column[0].box, head.box) and abs(column[0].right.box.x0 - head.right.box.x0) < 6:
                column.append(head)
                break
        else:
            columns.append([head])
    return [c for c in columns if len(c) >= 2 or _close_enough(c[0]) and not c[0].narrative]


def _close_enough(head: _Head) -> bool:
    return head.right.box.x0 - head.box.x1 < 12 * head.segments[0].size


def _with_unknown(column: list[_Head], segments: Sequence[Segment], labels: Labels) -> list[_Head]:
    """Labels that the lexicon does not know stand in the same column, look the same and have a value beside them."""
    if len(column) < 2:
        return column
    known = {id(s) for h in column for s in h.segments}
    model = column[0]
    top, bottom = column[0].box.top, column[-1].box.bottom
    more = []
    for segment in segments:
        if id(segment) in known or not _aligned(segment.box, model.box) or not _alike(segment, model.segments[0]):
            continue
        if not top - 60 < segment.box.top < bottom + 60 or len(segment.text) > 45:
            continue
        right = _right_of(segment, segments)
        if right and abs(right.box.x0 - model.right.box.x0) < 6:
            more.append(_Head((segment,), right))
    return sorted([*column, *more], key=lambda h: h.box.top)


def _pairs(
    column: Sequence[_Head], segments: Sequence[Segment], heads: Sequence[_Head], labels: Labels, right_edge: float
) -> list[Pair]:
    taken = {id(s) for h in column for s in h.segments}
    low = min(h.right.box.x0 for h in column) - 4
    pairs = []
    for i, head in enumerate(column):
        top = min(head.box.top, head.right.box.top) - 4
        limit = min(column[i + 1].box.top, column[i + 1].right.box.top) - 3 if i + 1 < len(column) else float("inf")
        others = [h.box.x0 for h in heads if h.box.x0 > low + 20 and top - 4 <= h.box.top < limit]
        high = min([right_edge, *others])
        value: list[Segment] = []
        for s in sorted(segments, key=lambda s: (s.box.top, s.box.x0)):
            if id(s) in taken or s.box.x0 < low or s.box.x1 > high + 3 or not top <= s.box.top < limit:
                continue
            if s is not head.right and value and limit == float("inf") and _ends(head, value, s, segments, taken, low):
                break
            if labels.match(s.text) and s is not head.right and s.style.bold and not head.right.style.bold:
                break
            if value and s.style.size > 1.15 * head.right.style.size:
                break  # a heading
            value.append(s)
        value = _until_gap(value)
        if value and (_foreign(head, value, column, segments, labels, low, limit) or _stacked(head, segments, labels)):
            if head.narrative:
                return []  # columns of text side by side, not labels with their texts
        elif value:
            taken |= {id(s) for s in value}
            pairs.append(Pair(head.segments, tuple(value), BBox.around(s.box for s in (*head.segments, *value))))
    return pairs


def _ends(
    head: _Head, value: Sequence[Segment], s: Segment, segments: Sequence[Segment], taken: set[int], low: float
) -> bool:
    """Below the last label: does the value stop before `s`? At a wide gap, or at a line that starts further left."""
    if s.box.top - max(v.box.bottom for v in value) > 1.0 * s.size:
        return True
    bottom = max(v.box.bottom for v in value)
    between = [
        o for o in segments if id(o) not in taken and o.box.x0 < low and head.box.bottom < o.box.top <= s.box.top + 2
        and o.box.x1 > head.box.x0 and o.box.top >= bottom - 2
    ]  # fmt: skip
    return bool(between)


def _foreign(
    head: _Head,
    value: Sequence[Segment],
    column: Sequence[_Head],
    segments: Sequence[Segment],
    labels: Labels,
    low: float,
    limit: float,
) -> bool:
    """Is there text under the label that is no label? Then this is a column of text, and its neighbour another one."""
    heads = {id(s) for h in column for s in h.segments}
    bottom = min(limit, max(v.box.bottom for v in value) + 0.8 * head.right.size)
    return any(
        id(s) not in heads
        and s.box.bottom > head.box.bottom + 3
        and s.box.top < bottom - 2
        and s.box.x0 < low
        and s.box.x1 > head.box.x0
        and not _opens_text(s, labels)
        for s in segments
    )


def _opens_text(segment: Segment, labels: Labels) -> bool:
    """A bold label of running text ("Contexte"), the heading of what stands under the column of labels."""
    hit = labels.match(segment.text) if segment.style.bold else None
    return hit is not None and hit.exact and hit.kind in _NARRATIVE


def _stacked(head: _Head, segments: Sequence[Segment], labels: Labels) -> bool:
    """Has the label its value under it, while what stands beside it is a line of another column of text?"""
    last = head.segments[-1]
    under = [s for s in segments if abs(s.box.x0 - last.box.x0) < 3 and _next_line(s, last)]
    if not under or _alike(under[0], last) or labels.match(under[0].text):
        return False
    beside = head.right
    return any(
        s is not beside and abs(s.box.x0 - beside.box.x0) < 3 and s.style == beside.style
        and (_next_line(s, beside) or _next_line(beside, s))
        for s in segments
    )  # fmt: skip


def _next_line(below: Segment, above: Segment) -> bool:
    return 0 < below.box.top - above.box.top < 1.8 * above.size


def _until_gap(value: list[Segment]) -> list[Segment]:
    """The value ends where the page is white for several lines."""
    kept: list[Segment] = []
    for s in value:
        if kept and s.box.top - max(k.box.bottom for k in kept) > 3.5 * s.size:
            break
        kept.append(s)
    return kept
