"""Tables: a row of column heads that the lexicon knows, and the rows beneath it, ruled, shaded or parted by white."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.layout.lattice import Row, find_lattice, lattice_rows
from pipeline.layout.segments import Segment, rows_of, segments
from pipeline.rules.fold import fold
from pipeline.rules.labels import Labels
from schemas.layout import BBox, Page, Passage, Shape, Word
from schemas.outline import PartKind

_KEY = {
    PartKind.CLIENT, PartKind.TITLE, PartKind.SUBJECT, PartKind.PERIOD, PartKind.AMOUNT, PartKind.CONTACT,
    PartKind.NAME, PartKind.ROLE,
}  # fmt: skip
_FACT_LINES = 6
_TEXTS = {PartKind.CONTEXT, PartKind.APPROACH, PartKind.RESULTS}


@dataclass(frozen=True)
class Columns:
    """Column heads with their edges: column i spans edges[i] to edges[i + 1]."""

    heads: tuple[Passage, ...]
    edges: tuple[float, ...]

    def of(self, x: float) -> int | None:
        if not self.edges[0] - 6 <= x <= self.edges[-1] + 6:
            return None
        for i in range(len(self.heads)):
            if x < self.edges[i + 1]:
                return i
        return len(self.heads) - 1


@dataclass
class Table:
    """`rows`: cells by column; a row of one cell with `band` true spans the table."""

    columns: Columns
    box: BBox
    rows: list[Row] = field(default_factory=list)
    words: set[int] = field(default_factory=set)  # id() of the words it took
    header: BBox | None = None
    reaches_foot: bool = False


@dataclass(frozen=True)
class _Header:
    box: BBox
    cells: tuple[tuple[Segment, ...], ...]  # segments of each column head, top to bottom

    @property
    def heads(self) -> tuple[Passage, ...]:
        return tuple(Passage.join([s.passage for s in cell]) for cell in self.cells)


def find_tables(
    page: Page, words: Sequence[Word], labels: Labels, cell_gap: float, carried: Columns | None
) -> list[Table]:
    """Tables of a page from top to bottom. `carried`: columns of a table that ran to the foot of the page before."""
    walls = _walls(page.shapes)
    lines = [sorted(segments(row, cell_gap, walls), key=lambda s: s.box.x0) for row in rows_of(words)]
    lines.sort(key=lambda line: min(s.box.top for s in line))
    headers = _headers(lines, labels, page.shapes)
    tables: list[Table] = []
    if carried and lines:
        start = min(s.box.top for s in lines[0])
        end = headers[0].box.top if headers else page.height
        table = _body(page, words, carried, start - 2, end, cell_gap, labels, strict=True)
        if table.rows:
            tables.append(table)
    for i, header in enumerate(headers):
        end = headers[i + 1].box.top if i + 1 < len(headers) else page.height
        drawn = _drawn(header, page, words, end)
        if drawn is not None:
            tables.append(drawn)
            continue
        below = [w for w in words if w.box and w.box.top > header.box.bottom - 1 and w.box.bottom < end + 1]
        columns = Columns(header.heads, _edges(header, below, page.shapes))
        table = _body(page, words, columns, header.box.bottom, end, cell_gap, labels, strict=False)
        if not table.rows:
            continue
        table.header = header.box
        table.box = BBox.around([table.box, header.box])
        table.words |= {id(w) for cell in header.cells for s in cell for w in s.words}
        tables.append(table)
    return tables


def _drawn(header: _Header, page: Page, words: Sequence[Word], end: float) -> Table | None:
    """The table under these heads, where rules draw its cells."""
    lattice = find_lattice([BBox.around(s.box for s in cell) for cell in header.cells], page.shapes, end)
    rows = lattice_rows(lattice, words) if lattice else []
    if lattice is None or len(rows) < 2:
        return None
    box = BBox.around([header.box, *(box for _, _, box in rows)])
    table = Table(Columns(header.heads, lattice.edges), box, rows, header=header.box)
    table.words = {id(w) for w in words if w.box and _within(w, box)}
    table.reaches_foot = not any(w.box.top > box.bottom + 1 for w in words if w.box)
    return table


# ---- heads --------------------------------------------------------------------------------------------------------


def _headers(lines: Sequence[Sequence[Segment]], labels: Labels, shapes: Sequence[Shape]) -> list[_Header]:
    found: list[_Header] = []
    i = 0
    while i < len(lines):
        best: tuple[int, _Header, int] | None = None
        for j in range(i, min(i + 4, len(lines))):
            if j > i and not _close(lines[j - 1], lines[j]):
                break
            cells = _stack(lines[i : j + 1])
            score = _score(cells, labels)
            longer = best is not None and score == best[0] and _same_look(lines[i], lines[j])
            if score and (best is None or score > best[0] or longer):
                box = BBox.around(s.box for cell in cells for s in cell)
                best = (score, _Header(box, cells), j)
        if best:
            found.append(best[1])
            i = best[2] + 1
        else:
            i += 1
    return found


def _same_look(a: Sequence[Segment], b: Sequence[Segment]) -> bool:
    first, second = a[0].style, b[0].style
    return (first.bold, first.color, round(first.size)) == (
        second.bold,
        second.color,
        round(second.size),
    ) and first.bold


def _close(above: Sequence[Segment], below: Sequence[Segment]) -> bool:
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
    if len(cells) >= 3 and known >= 3 and known >= 0.6 * len(cells) and len(kinds) >= 3 and len(kinds & _KEY) >= 2:
        return 10 * known + exact - len(cells)
    if exact == len(cells) and len(kinds) == len(cells) and kinds & _KEY and not kinds & _TEXTS:
        return 10 * known
    if {PartKind.NAME, PartKind.ROLE} <= kinds and known >= 0.6 * len(cells):
        return 10 * known
    return 0


# ---- columns ------------------------------------------------------------------------------------------------------


def _walls(shapes: Sequence[Shape]) -> list[tuple[float, float, float]]:
    """Vertical rules and sides of boxes as (x, top, bottom)."""
    walls = []
    for shape in shapes:
        box = shape.box
        if shape.kind == "rule" and box.height > 6 and box.width < 3:
            walls.append(((box.x0 + box.x1) / 2, box.top, box.bottom))
        elif shape.kind == "box" and box.width > 8 and shape.stroke not in (None, "#ffffff"):
            walls.extend([(box.x0, box.top, box.bottom), (box.x1, box.top, box.bottom)])
    return walls


def _edges(header: _Header, below: Sequence[Word], shapes: Sequence[Shape]) -> tuple[float, ...]:
    boxes = [BBox.around(s.box for s in cell) for cell in header.cells]
    walls = [x for x, top, bottom in _walls(shapes) if bottom > header.box.top and top < header.box.bottom + 12]
    spans = [w.box for w in below if w.box]
    edges: list[float] = []
    for left, right in zip(boxes, boxes[1:], strict=False):
        drawn = [x for x in walls if left.x0 + 4 < x < right.x1 - 4]
        edges.append(_nearest(drawn, (left.x1 + right.x0) / 2) if drawn else _gap(left, right, spans))
    lefts = [b.x0 for b in spans if b.x1 < boxes[0].x1 + 2 and b.x0 > boxes[0].x0 - 60] + [boxes[0].x0]
    rights = [b.x1 for b in spans if b.x0 > (edges[-1] if edges else 0)] + [boxes[-1].x1]
    return (min(lefts) - 2, *edges, max(rights) + 2)


def _nearest(values: Sequence[float], to: float) -> float:
    return min(values, key=lambda v: abs(v - to))


def _gap(left: BBox, right: BBox, spans: Sequence[BBox]) -> float:
    """The x between two column heads that the fewest words cross; the widest such gap."""
    low, high = left.x0 + 3, right.x1 - 3
    marks = sorted(
        {low, high, *(b.x0 for b in spans if low < b.x0 < high), *(b.x1 for b in spans if low < b.x1 < high)}
    )
    best: tuple[float, float, float] | None = None
    for a, b in zip(marks, marks[1:], strict=False):
        x = (a + b) / 2
        crossed = sum(s.x0 < x < s.x1 for s in spans)
        crossed += 100 * (left.x0 < x < left.x1 - 1 or right.x0 + 1 < x < right.x1)
        key = (crossed, -(b - a), x)
        if best is None or key < best:
            best = key
    return best[2] if best else (left.x1 + right.x0) / 2


# ---- rows ---------------------------------------------------------------------------------------------------------


def _body(
    page: Page,
    words: Sequence[Word],
    columns: Columns,
    start: float,
    end: float,
    cell_gap: float,
    labels: Labels,
    strict: bool,
) -> Table:
    """The rows under the heads, until a line that does not fit the columns."""
    low, high = columns.edges[0], columns.edges[-1]
    inside = [
        w
        for w in words
        if w.box and w.box.top > start - 1.5 and w.box.bottom < end + 1.5 and w.box.x1 > low - 4 and w.box.x0 < high + 4
    ]
    separators = _separators(page.shapes, low, high, start, end)
    spanning = _spanning(columns, page.shapes, separators, start, end)
    single = [w for w in inside if columns.of(_middle(w)) not in spanning]
    facts = _above_text(single, labels)
    of_fiche = len(facts) < len(single)
    single = facts
    taken = _fitting(single, columns, separators, page, cell_gap, strict)
    table = Table(columns, BBox(low, start, high, start + 1))
    for group, band in _row_groups(taken, columns, separators, of_fiche):
        flat = [w for line in group for w in line]
        box = BBox.around(w.box for w in flat if w.box)
        if band:
            table.rows.append((True, (Passage.join([Passage.of_words(line) for line in group]),), box))
        else:
            table.rows.append((False, _cells(flat, columns), box))
        table.words |= {id(w) for w in flat}
    if table.rows:
        table.rows = _with_spanning(table.rows, spanning, inside, columns)
        table.rows = _with_merged(table.rows, page.shapes, columns, separators)
        table.box = BBox.around([r[2] for r in table.rows])
        table.words |= {id(w) for w in inside if columns.of(_middle(w)) in spanning and _within(w, table.box)}
        rest = [w for w in words if w.box and w.box.top > table.box.bottom + 1]
        table.reaches_foot = not rest
    return table


def _above_text(words: Sequence[Word], labels: Labels) -> list[Word]:
    """Words above a line that is the label of running text: under its table of facts, a fiche goes on."""
    lines = sorted(rows_of(words), key=_top)
    for line in lines[1:]:
        hit = labels.match(" ".join(w.text for w in line))
        if hit and hit.exact and hit.kind in _TEXTS and line[0].style != lines[0][0].style:
            return [w for w in words if w.box and w.box.top < _top(line) - 1]
    return list(words)


def _within(word: Word, box: BBox) -> bool:
    return word.box is not None and box.top - 2 <= word.box.top and word.box.bottom <= box.bottom + 2


def _spanning(
    columns: Columns, shapes: Sequence[Shape], separators: Sequence[float], start: float, end: float
) -> dict[int, list[float]]:
    """Columns whose cells are drawn over several rows, with their own separators."""
    out = {}
    for column in range(len(columns.heads)):
        own = _separators(shapes, columns.edges[column] + 2, columns.edges[column + 1] - 2, start, end)
        if 2 <= len(own) <= 0.8 * len(separators):
            out[column] = own
    return out


def _with_spanning(
    rows: list[Row], spanning: dict[int, list[float]], words: Sequence[Word], columns: Columns
) -> list[Row]:
    """What a cell over several rows says, it says of each of them."""
    for column, own in spanning.items():
        inside = [w for w in words if columns.of(_middle(w)) == column]
        for low, high in zip(own, own[1:], strict=False):
            text = [w for w in inside if w.box and low < (w.box.top + w.box.bottom) / 2 < high]
            if not text:
                continue
            cell = Passage.join([Passage.of_words(line) for line in _top_down(text)])
            for i, (band, cells, box) in enumerate(rows):
                if not band and low < (box.top + box.bottom) / 2 < high:
                    rows[i] = (band, (*cells[:column], cell, *cells[column + 1 :]), box)
    return rows


def _with_merged(rows: list[Row], shapes: Sequence[Shape], columns: Columns, separators: Sequence[float]) -> list[Row]:
    """An empty cell without a rule above it, in a table where rules part the rows, says what the cell above it says."""
    out = list(rows)
    for column in range(len(columns.heads)):
        own = _separators(
            shapes, columns.edges[column] + 2, columns.edges[column + 1] - 2, rows[0][2].top, rows[-1][2].bottom
        )
        for i in range(1, len(out)):
            (_, above, upper), (band, cells, lower) = out[i - 1], out[i]
            between = [y for y in separators if upper.top < y < lower.bottom]
            merged = between and not any(abs(y - z) < 4 for y in between for z in own)
            if merged and not band and not out[i - 1][0] and above[column] and not cells[column]:
                out[i] = (band, (*cells[:column], above[column], *cells[column + 1 :]), lower)
    return out


def _separators(shapes: Sequence[Shape], low: float, high: float, start: float, end: float) -> list[float]:
    """Heights at which a rule or the edge of a shade runs over most of the table's width."""
    marks: dict[int, list[tuple[float, float]]] = {}
    for shape in shapes:
        box = shape.box
        if box.x1 < low or box.x0 > high or shape.kind == "picture":
            continue
        if shape.kind == "rule" and box.width > 6 and box.height < 3:
            heights = [(box.top + box.bottom) / 2]
        elif shape.kind == "box" and box.height < 0.6 * (end - start) + 40:
            heights = [box.top, box.bottom]
        else:
            continue
        for y in heights:
            if start - 4 < y < end + 4:
                marks.setdefault(round(y / 2), []).append((box.x0, box.x1))
    out: list[float] = []
    for key, spans in sorted(marks.items()):
        near = spans + marks.get(key + 1, [])
        if _covered(near, low, high) > 0.6 * (high - low) and (not out or 2 * key - out[-1] > 5):
            out.append(2.0 * key)
    return out


def _covered(spans: Sequence[tuple[float, float]], low: float, high: float) -> float:
    total, at = 0.0, low
    for x0, x1 in sorted(spans):
        x0, x1 = max(x0, at), min(x1, high)
        if x1 > x0:
            total += x1 - x0
            at = x1
    return total


def _fitting(
    words: Sequence[Word], columns: Columns, separators: Sequence[float], page: Page, cell_gap: float, strict: bool
) -> list[tuple[list[Word], bool]]:
    """Lines that belong to the table, with whether each is a band; stops at the first that does not fit."""
    lines = sorted(rows_of(words), key=lambda row: min(w.box.top for w in row if w.box))
    out: list[tuple[list[Word], bool]] = []
    last_bottom: float | None = None
    size = _usual(w.style.size for w in words)
    for line in lines:
        top = min(w.box.top for w in line if w.box)
        crossing = _crosses(line, columns, cell_gap)
        wide_gap = last_bottom is not None and top - last_bottom > 3.2 * size
        ruled = any(y > top for y in separators)
        if wide_gap and not ruled:
            break
        if max(w.style.size for w in line) > 1.1 * size and not _lone_band(line, columns, page, separators):
            break
        if crossing:
            if strict and not out:
                return []
            if not _is_band(line, columns, separators, page, size, last_bottom):
                break
        elif strict and not out and len({columns.of(_middle(w)) for w in line}) < min(3, len(columns.heads)):
            return []
        out.append((line, crossing or _lone_band(line, columns, page, separators)))
        last_bottom = max(w.box.bottom for w in line if w.box)
    return out


def _usual(sizes: Iterable[float]) -> float:
    values = sorted(sizes)
    return float(values[len(values) // 2]) if values else 10.0


def _middle(word: Word) -> float:
    assert word.box
    return (word.box.x0 + word.box.x1) / 2


def _crosses(line: Sequence[Word], columns: Columns, cell_gap: float) -> bool:
    """Does a run of words on this line go over a column edge?"""
    for segment in segments(line, cell_gap):
        first, last = columns.of(_middle(segment.words[0])), columns.of(_middle(segment.words[-1]))
        if first != last:
            return True
    return False


def _is_band(
    line: Sequence[Word], columns: Columns, separators: Sequence[float], page: Page, size: float, above: float | None
) -> bool:
    """A row that spans the table: one run of words, and shaded, between rules, bold or italic."""
    if len(segments(line, 2.0)) > 1:
        return False
    return _lone_band(line, columns, page, separators) or _marked(line, columns)


def _marked(line: Sequence[Word], columns: Columns) -> bool:
    style = Passage.of_words(line).style
    return style.bold or style.italic


def _lone_band(line: Sequence[Word], columns: Columns, page: Page, separators: Sequence[float]) -> bool:
    """A single run of words in a shade, or between two rules, that no other cell shares."""
    if len(segments(line, 1.2)) > 1:
        return False
    box = BBox.around(w.box for w in line if w.box)
    middle = (box.top + box.bottom) / 2
    width = columns.edges[-1] - columns.edges[0]
    shade = any(
        s.kind == "box"
        and s.fill not in (None, "#ffffff")
        and s.box.top - 1 <= middle <= s.box.bottom + 1
        and s.box.height < 3.2 * box.height
        and s.box.width > 0.85 * width
        and s.box.x0 <= box.x0 + 2
        for s in page.shapes
    )
    above = [y for y in separators if y <= middle]
    below = [y for y in separators if y > middle]
    alone = bool(above and below and below[0] - above[-1] < 3.0 * box.height)
    style = Passage.of_words(line).style
    starts_left = box.x0 < columns.edges[0] + 0.08 * width or _crosses(line, columns, 0.7)
    return starts_left and (style.bold or style.italic or _crosses(line, columns, 0.7)) and (shade or alone)


def _row_groups(
    lines: Sequence[tuple[list[Word], bool]], columns: Columns, separators: Sequence[float], of_fiche: bool
) -> list[tuple[list[list[Word]], bool]]:
    """Lines grouped into rows: by rules and shades where there are enough of them, else by white space."""
    ruled_off = any(_height(a) < y < _height(b) for (a, _), (b, _) in pairwise(lines) for y in separators)
    if of_fiche and len(lines) <= _FACT_LINES and not ruled_off and not any(band for _, band in lines):
        return [([line for line, _ in lines], False)] if lines else []  # one row of facts, its cells wrapped
    by_rule = _split_by(lines, lambda a, b: any(_height(a) < y < _height(b) for y in separators) or _sums_up(b))
    white = _white(lines, columns)
    by_white = _split_by(lines, lambda a, b: white(a, b) or _sums_up(b))
    rows = [[w for line in group for w in line] for group, band in by_rule if not band]
    whole = sum(_filled(row, columns) >= 0.6 * len(columns.heads) for row in rows)
    drawn = len(rows) >= 3 and whole >= 0.8 * len(rows) and len(separators) >= len(rows)
    ruled = drawn or len(by_rule) >= 0.6 * len(by_white)
    parts = [_full_rows(g, white, columns) for g in by_rule]
    wrapped = sum(len(lines) > 1 and not band for lines, band in by_rule)
    if sum(len(p) > 1 for p in parts) < 0.5 * wrapped:
        parts = [[g] for g in by_rule]  # a rule under each row: lines between two are one row's
    groups = [part for p in parts for part in p] if ruled else by_white
    usual = _look(w for line, band in lines if not band for w in line)
    return [(group, band or _stands_alone(group, columns, usual)) for group, band in groups]


def _full_rows(
    group: tuple[list[list[Word]], bool], white: Callable[[list[Word], list[Word]], bool], columns: Columns
) -> list[tuple[list[list[Word]], bool]]:
    """A stretch between two rules may hold several rows: then white parts it into lines that each fill most columns."""
    lines, band = group
    parts = _split_by([(line, band) for line in lines], white)
    least = 0.6 * len(columns.heads)
    full = all(_filled([w for line in part for w in line], columns) >= least for part, _ in parts)
    return parts if len(parts) > 1 and full and not band else [group]


def _filled(words: Sequence[Word], columns: Columns) -> int:
    """How many columns these words stand in."""
    return len({columns.of(_middle(w)) for w in words})


def _sums_up(line: Sequence[Word]) -> bool:
    """A bold line that opens with "Total" is a row of its own, rule or not."""
    return bool(_TOTAL.match(fold(line[0].text))) and line[0].style.bold


_TOTAL = re.compile(r"\W{0,40}(?:sous-)?total\b")


def _look(words: Iterable[Word]) -> tuple[str, float, str | None]:
    looks = Counter((w.style.font, round(w.style.size, 1), w.style.color) for w in words)
    return looks.most_common(1)[0][0] if looks else ("", 0.0, None)


def _stands_alone(group: Sequence[Sequence[Word]], columns: Columns, usual: tuple[str, float, str | None]) -> bool:
    """One line in the first column only, in a look of its own: a band without shade."""
    if len(group) != 1 or len(segments(group[0], 1.2)) > 1:
        return False
    return {columns.of(_middle(w)) for w in group[0]} == {0} and _look(group[0]) != usual


def _split_by(
    lines: Sequence[tuple[list[Word], bool]], parted: Callable[[list[Word], list[Word]], bool]
) -> list[tuple[list[list[Word]], bool]]:
    groups: list[tuple[list[list[Word]], bool]] = []
    for line, band in lines:
        if groups and groups[-1][1] == band and not parted(groups[-1][0][-1], line):
            groups[-1][0].append(line)
        else:
            groups.append(([line], band))
    return groups


def _white(lines: Sequence[tuple[list[Word], bool]], columns: Columns) -> Callable[[list[Word], list[Word]], bool]:
    """A test: does the white between two lines part two rows? By the pitch; where all are alike, by a column."""
    size = _usual(w.style.size for line, _ in lines for w in line)
    pitches = [_top(b) - _top(a) for (a, _), (b, _) in zip(lines, lines[1:], strict=False)]
    usable = sorted(p for p in pitches if p > 2)
    if not usable:
        return lambda a, b: True
    wraps = [p for p in usable if p <= 1.45 * size]
    if not wraps:
        return lambda a, b: _filled(b, columns) >= 0.5 * len(columns.heads)
    usual = wraps[len(wraps) // 2]
    if any(p > 1.2 * usual for p in usable):
        return lambda a, b: _top(b) - _top(a) > 1.2 * usual
    return lambda a, b: sum(columns.of(_middle(w)) == _anchor(lines, columns) for w in b) > 0


def _anchor(lines: Sequence[tuple[list[Word], bool]], columns: Columns) -> int:
    """The column whose cells hardly ever wrap: of those filled on nearly all full lines, that on the fewest lines."""
    filled = [{columns.of(_middle(w)) for w in line} for line, band in lines if not band]
    full = [f for f in filled if len(f) >= 0.6 * len(columns.heads)]
    everywhere = range(len(columns.heads))
    steady = [i for i in everywhere if full and sum(i in f for f in full) >= 0.9 * len(full)]
    return min(steady or everywhere, key=lambda i: sum(i in f for f in filled) or len(filled))


def _top(line: Sequence[Word]) -> float:
    return min(w.box.top for w in line if w.box)


def _height(line: Sequence[Word]) -> float:
    """Where the middle of a line stands: rules of tight tables touch its letters."""
    return (_top(line) + max(w.box.bottom for w in line if w.box)) / 2


def _cells(words: Sequence[Word], columns: Columns) -> tuple[Passage, ...]:
    cells: list[list[Word]] = [[] for _ in columns.heads]
    for word in words:
        column = columns.of(_middle(word))
        cells[column if column is not None else 0].append(word)
    return tuple(Passage.join([Passage.of_words(row) for row in _top_down(cell)]) for cell in cells)


def _top_down(words: Sequence[Word]) -> list[list[Word]]:
    return sorted(rows_of(words), key=_top)
