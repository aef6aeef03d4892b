"""Lines of a table grouped into rows: by rules and shades where there are enough of them, else by white space."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from carnet.pipeline.layout.segments import segments
from carnet.pipeline.layout.tables.bands import TableLine
from carnet.pipeline.layout.tables.columns import Columns
from carnet.pipeline.layout.tables.measures import height_of, middle_of, top_of, usual_size
from carnet.pipeline.rules.fold import fold
from carnet.schemas.layout import Word

_FACT_LINES = 6  # at most so many lines has the one row of facts of a fiche
_TOTAL = re.compile(r"\W{0,40}(?:sous-)?total\b")

Group = tuple[list[list[Word]], bool]
"""The lines of one row, and whether they are a band."""
Parted = Callable[[list[Word], list[Word]], bool]
"""A test: do two lines, one under the other, belong to two rows?"""


def group_into_rows(
    lines: Sequence[TableLine], columns: Columns, separators: Sequence[float], of_fiche: bool
) -> list[Group]:
    """Lines grouped into rows: by rules and shades where there are enough of them, else by white space."""
    ruled_off = any(height_of(a) < y < height_of(b) for (a, _), (b, _) in pairwise(lines) for y in separators)
    if of_fiche and len(lines) <= _FACT_LINES and not ruled_off and not any(band for _, band in lines):
        return [([line for line, _ in lines], False)] if lines else []  # one row of facts, its cells wrapped
    by_rule = _split_by(lines, lambda a, b: any(height_of(a) < y < height_of(b) for y in separators) or _sums_up(b))
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


def _full_rows(group: Group, white: Parted, columns: Columns) -> list[Group]:
    """A stretch between two rules may hold several rows: then white parts it into lines that each fill most columns."""
    lines, band = group
    parts = _split_by([(line, band) for line in lines], white)
    least = 0.6 * len(columns.heads)
    full = all(_filled([w for line in part for w in line], columns) >= least for part, _ in parts)
    return parts if len(parts) > 1 and full and not band else [group]


def _filled(words: Sequence[Word], columns: Columns) -> int:
    """How many columns these words stand in."""
    return len({columns.of(middle_of(w)) for w in words})


def _sums_up(line: Sequence[Word]) -> bool:
    """A bold line that opens with "Total" is a row of its own, rule or not."""
    return bool(_TOTAL.match(fold(line[0].text))) and line[0].style.bold


def _look(words: Iterable[Word]) -> tuple[str, float, str | None]:
    looks = Counter((w.style.font, round(w.style.size, 1), w.style.color) for w in words)
    return looks.most_common(1)[0][0] if looks else ("", 0.0, None)


def _stands_alone(group: Sequence[Sequence[Word]], columns: Columns, usual: tuple[str, float, str | None]) -> bool:
    """One line in the first column only, in a look of its own: a band without shade."""
    if len(group) != 1 or len(segments(group[0], 1.2)) > 1:
        return False
    return {columns.of(middle_of(w)) for w in group[0]} == {0} and _look(group[0]) != usual


def _split_by(lines: Sequence[TableLine], parted: Parted) -> list[Group]:
    groups: list[Group] = []
    for line, band in lines:
        if groups and groups[-1][1] == band and not parted(groups[-1][0][-1], line):
            groups[-1][0].append(line)
        else:
            groups.append(([line], band))
    return groups


def _white(lines: Sequence[TableLine], columns: Columns) -> Parted:
    """A test: does the white between two lines part two rows? By the pitch; where all are alike, by a column."""
    size = usual_size(w.style.size for line, _ in lines for w in line)
    pitches = [top_of(b) - top_of(a) for (a, _), (b, _) in pairwise(lines)]
    usable = sorted(p for p in pitches if p > 2)
    if not usable:
        return lambda a, b: True
    wraps = [p for p in usable if p <= 1.45 * size]
    if not wraps:
        return lambda a, b: _filled(b, columns) >= 0.5 * len(columns.heads)
    usual = wraps[len(wraps) // 2]
    if any(p > 1.2 * usual for p in usable):
        return lambda a, b: top_of(b) - top_of(a) > 1.2 * usual
    anchor = _anchor(lines, columns)
    return lambda a, b: any(columns.of(middle_of(w)) == anchor for w in b)


def _anchor(lines: Sequence[TableLine], columns: Columns) -> int:
    """The column whose cells hardly ever wrap: of those filled on nearly all full lines, that on the fewest lines."""
    filled = [{columns.of(middle_of(w)) for w in line} for line, band in lines if not band]
    full = [f for f in filled if len(f) >= 0.6 * len(columns.heads)]
    everywhere = range(len(columns.heads))
    steady = [i for i in everywhere if full and sum(i in f for f in full) >= 0.9 * len(full)]
    return min(steady or everywhere, key=lambda i: sum(i in f for f in filled) or len(filled))
