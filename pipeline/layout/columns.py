"""Reading order: a region is cut at gutters into columns and at bands of white into storeys, over and over.

Columns are tried first, since text flows down them; but white that runs across the whole region above a heading, or a
drawn rule, cuts first: what stands below is a new subject.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from carnet.schemas.layout import BBox


class Boxed(Protocol):
    """Whatever stands somewhere on a page."""

    @property
    def box(self) -> BBox: ...


N = TypeVar("N", bound=Boxed)


class Cutter:
    """`size`: usual letter size; `starts`: letter size of a node that opens a new subject, 0 for others; `rules`: drawn
    horizontal rules."""

    def __init__(
        self,
        size: float,
        gutter: float,
        thin: float,
        gutter_lines: int,
        rules: Sequence[BBox],
        walls: Sequence[BBox],
        starts: Callable[[Boxed], float],
        is_text: Callable[[Boxed], bool],
    ) -> None:
        self.size, self.gutter, self.thin, self.gutter_lines = size, gutter, thin, gutter_lines
        self.walls = sorted((w for w in walls if w.height > 10 * size), key=lambda w: w.top)
        self.rules, self.starts, self.is_text = rules, starts, is_text

    def leaves(self, nodes: Sequence[N]) -> list[list[N]]:
        """Groups of nodes, each a single column without a cut, in reading order."""
        if len(nodes) < 2:
            return [list(nodes)] if nodes else []
        for cut in (self._walls, self._subjects, self._columns, self._storeys):
            parts = cut(nodes)
            if len(parts) > 1:
                ordered = self._headed_first(parts) if cut == self._columns else parts
                return [leaf for part in ordered for leaf in self.leaves(part)]
        return [sorted(nodes, key=lambda n: (n.box.top, n.box.x0))]

    def _headed_first(self, columns: list[list[N]]) -> list[list[N]]:
        """A side column at the left of a headed one is read after it: it is about what the heading names."""
        tops = [min(n.box.top for n in column) for column in columns]
        reach = 3 * self.size  # a line over the heading
        headed = [
            i
            for i, (top, column) in enumerate(zip(tops, columns, strict=True))
            if any(self.starts(n) for n in column if n.box.top < top + (reach if i else 1))
        ]
        if len(headed) != 1 or headed[0] == 0 or tops[headed[0]] > tops[0] + reach:
            return columns
        return [columns[headed[0]], *columns[: headed[0]], *columns[headed[0] + 1 :]]

    # ---- cuts

    def _walls(self, nodes: Sequence[N]) -> list[list[N]]:
        """At the topmost vertical rule that parts two columns: what stands above, left, right and below it."""
        for wall in self.walls:
            x, top, bottom = (wall.x0 + wall.x1) / 2, wall.top - self.size, wall.bottom + self.size
            beside = [n for n in nodes if n.box.top >= top and n.box.bottom <= bottom]
            left = [n for n in beside if n.box.x1 <= x + 1]
            right = [n for n in beside if n.box.x0 >= x - 1]
            if not (left and right) or len(left) + len(right) < len(beside):
                continue
            above = [n for n in nodes if n.box.top < top]
            below = [n for n in nodes if n.box.bottom > bottom and n.box.top >= top]
            if any(n.box.bottom > bottom for n in above) or not self._along(wall, left, right):
                continue
            return [part for part in (above, *self._headed_first([left, right]), below) if part]
        return [list(nodes)]

    def _along(self, wall: BBox, left: Sequence[N], right: Sequence[N]) -> bool:
        """Does text stand along the rule on both sides, several lines of it?"""
        return all(sum(self.is_text(n) for n in side) >= self.gutter_lines for side in (left, right))

    def _subjects(self, nodes: Sequence[N]) -> list[list[N]]:
        """Storeys parted by a rule across the region, or opened by a heading under white across the region."""
        region = BBox.around(n.box for n in nodes)
        bands = self._bands(nodes)
        parts: list[list[N]] = [bands[0]]
        columns = self._own_columns(nodes)
        gutter = len(self._columns(nodes)) > 1
        for band in bands[1:]:
            above, below = max(n.box.bottom for n in parts[-1]), min(n.box.top for n in band)
            ruled = any(
                above - 3 <= (r.top + r.bottom) / 2 <= below + 3 and r.width > 0.7 * region.width for r in self.rules
            )
            first = min(band, key=lambda n: (round(n.box.top / 3), n.box.x0))
            headed = self.starts(first) and first.box.x0 - region.x0 < 0.12 * region.width + 4
            goes_on = self._goes_on(first, parts[-1])
            opens = headed and not goes_on or self._side_box_again(parts[-1], band)
            if (
                ruled
                or opens
                and not (
                    self._tears_text(first, parts[-1], band)
                    or gutter
                    and self._tops_column(first, parts[-1])
                    or self._of_one_column(first, band, columns)
                )
            ):
                parts.append(list(band))
            else:
                parts[-1].extend(band)
        return parts

    def _goes_on(self, first: N, above: Sequence[N]) -> bool:
        """Is it a further line of the heading right above it?"""
        own = [n for n in above if n.box.x_overlap(first.box) > 0]
        last = max(own, key=lambda n: n.box.bottom, default=None)
        return last is not None and bool(self.starts(last)) and first.box.top - last.box.bottom < 1.2 * self.size

    def _tops_column(self, first: N, above: Sequence[N]) -> bool:
        """Does nothing but a tag stand above it in its own column? What stands beside it is then of its subject."""
        tag = 2.2 * self.size
        own = [n for n in above if n.box.x_overlap(first.box) > 0 and (self.is_text(n) or n.box.height > tag)]
        return not own

    def _tears_text(self, first: N, above: Sequence[N], below: Sequence[N]) -> bool:
        """Would a cut above `first` run through the lines of a text beside it?"""

        def beside(nodes: Sequence[N]) -> list[N]:
            return [n for n in nodes if self.is_text(n) and not self.starts(n) and n.box.x_overlap(first.box) <= 0]

        return any(
            abs(a.box.x0 - b.box.x0) < 2 and -self.size < b.box.top - a.box.bottom < 0.45 * self.size
            for a in beside(above)
            for b in beside(below)
        )  # fmt: skip

    def _own_columns(self, nodes: Sequence[N]) -> list[list[N]]:
        """The columns of a region that run each on their own, with headings at heights of their own; else none."""
        columns = self._columns(nodes, lenient=True)
        return [] if len(columns) < 2 or self._in_rows(columns) else columns

    def _of_one_column(self, first: N, band: Sequence[N], columns: Sequence[Sequence[N]]) -> bool:
        """What begins in one of such columns, with a heading of their rank, begins nothing in the others."""
        size = self.starts(first)
        here = {id(n) for n in band}
        for column in columns:
            largest = max(self.starts(n) for n in column)
            if not largest or size > 1.12 * largest:
                return False  # a column without headings, or a heading above theirs
            top = min((n for n in column if id(n) in here), key=lambda n: n.box.top, default=None)
            if top is not None and top is not first and self.starts(top):
                return False  # both begin anew: a row of cards
        return bool(columns)

    def _in_rows(self, columns: Sequence[Sequence[N]]) -> bool:
        """Do the headings stand in rows, as those of cards do: each of a column beside one of the longest column?"""
        tops = sorted(([n.box.top for n in column if self.starts(n)] for column in columns), key=len)
        return all(any(abs(top - other) < self.size for other in tops[-1]) for some in tops[:-1] for top in some)

    def _side_box_again(self, above: Sequence[N], band: Sequence[N]) -> bool:
        """Does this storey open with a drawn box like one above it, beside text? (each mission has its side box)"""
        top = min(n.box.top for n in band)
        if not any(self.is_text(n) for n in band):
            return False
        return any(
            not self.is_text(new) and new.box.top - top < 1.4 * self.size and not self.is_text(old)
            and abs(old.box.x0 - new.box.x0) < 3 and abs(old.box.x1 - new.box.x1) < 3
            for new in band
            for old in above
        )  # fmt: skip

    def _columns(self, nodes: Sequence[N], lenient: bool = False) -> list[list[N]]:
        ordered = sorted(nodes, key=lambda n: n.box.x0)
        parts: list[list[N]] = [[ordered[0]]]
        right = ordered[0].box.x1
        many = lenient or sum(self.is_text(n) for n in nodes) >= 2 * self.gutter_lines
        only_text = self.is_text(ordered[0])
        for node in ordered[1:]:
            if node.box.x0 - right > self._least(only_text and self.is_text(node), many):
                parts.append([node])
                only_text = True
            else:
                parts[-1].append(node)
            only_text = only_text and self.is_text(node)
            right = max(right, node.box.x1)
        return parts

    def _least(self, only_text: bool, many: bool) -> float:
        """Least width of a gutter between lines of text, or beside drawn things; `many` lines need less, as do storeys
        that more may yet speak for."""
        if not only_text:
            return 2.0
        return self.size * (self.gutter if many else self.thin)

    def _storeys(self, nodes: Sequence[N]) -> list[list[N]]:
        """Bands of white across the region; neighbours that share a gutter stay together, to be cut into columns."""
        bands = self._bands(nodes)
        if len(bands) < 2:
            return [list(nodes)]
        parts: list[list[N]] = [bands[0]]
        for band in bands[1:]:
            if self._share_gutter(parts[-1], band):
                parts[-1] = parts[-1] + band
            else:
                parts.append(band)
        for i in range(len(parts) - 1, 0, -1):
            if self._share_gutter(parts[i - 1], parts[i]):
                parts[i - 1 : i + 1] = [parts[i - 1] + parts[i]]
        if len(parts) == len(bands) and all(len(b) == 1 and self.is_text(b[0]) for b in bands):
            return [list(nodes)]  # one column of lines
        return self._join_plain(parts)

    def _join_plain(self, parts: list[list[N]]) -> list[list[N]]:
        """Storeys that are single columns of text lines are one leaf when they follow each other."""
        out: list[list[N]] = []
        plains = [self._plain(p) for p in parts]
        for i, part in enumerate(parts):
            beside = [parts[j] for j in (i - 1, i + 1) if 0 <= j < len(parts) and plains[j]]
            plains[i] = plains[i] or any(self._justified(part, other) for other in beside)
        for i, part in enumerate(parts):
            if plains[i] and i and plains[i - 1]:
                out[-1] = out[-1] + part
            else:
                out.append(part)
        return out

    def _plain(self, nodes: Sequence[N]) -> bool:
        return all(self.is_text(n) for n in nodes) and len(self._columns(nodes)) == 1

    def _justified(self, part: Sequence[N], other: Sequence[N]) -> bool:
        """Is `part` one stretched line of the column that `other` is?"""
        if len(part) > 4 or not all(self.is_text(n) for n in part) or len(self._bands(part)) > 1:
            return False
        box, column = BBox.around(n.box for n in part), BBox.around(n.box for n in other)
        near = min(abs(box.top - column.bottom), abs(column.top - box.bottom)) < 1.2 * self.size
        return near and abs(box.x0 - column.x0) < 3 and abs(box.x1 - column.x1) < 0.25 * column.width

    def _share_gutter(self, a: Sequence[N], b: Sequence[N]) -> bool:
        """Two storeys of the same columns; the upper may be the right one alone, beside a picture."""
        if len(self._columns([*a, *b], lenient=True)) < 2:
            return False
        return len(self._columns(a, lenient=True)) > 1 or self._right_column_of(a, b)

    def _right_column_of(self, a: Sequence[N], b: Sequence[N]) -> bool:
        left = min(n.box.x0 for n in a)
        columns = self._columns(b, lenient=True)
        return any(-3 < min(n.box.x0 for n in column) - left < 1.5 * self.size for column in columns[1:])

    def _bands(self, nodes: Sequence[N]) -> list[list[N]]:
        ordered = sorted(nodes, key=lambda n: n.box.top)
        bands: list[list[N]] = [[ordered[0]]]
        bottom = ordered[0].box.bottom
        for node in ordered[1:]:
            if node.box.top >= bottom - 0.35 * self.size:
                bands.append([node])
            else:
                bands[-1].append(node)
            bottom = max(bottom, node.box.bottom)
        return bands
