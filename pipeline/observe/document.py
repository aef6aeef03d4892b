"""All observations of a document: one row of numbers a fragment, who stands where, and who looks alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from carnet.pipeline.observe.vectors import Meaning
from carnet.pipeline.observe.words import NAMES as WORD_NAMES
from carnet.pipeline.observe.words import WordObserver
from carnet.pipeline.page.flow import flows
from carnet.pipeline.page.fragments import Fragment, Sheet
from carnet.pipeline.page.order import ORDERED, column_order, neighbours
from carnet.pipeline.page.relations import RELATIONS, Geometry, relations
from carnet.pipeline.page.tolerances import NEAR_RULE
from carnet.pipeline.rules.fold import fold

Matrix = npt.NDArray[np.float32]
Index = npt.NDArray[np.int64]

LOOK_NAMES = (
    "size", "bold", "italic", "colored", "white", "filled", "framed", "look_share", "look_per_page", "size_rank",
    "look_letters", "larger_than_body", "smaller_than_body", "marked", "joint_colon", "joint_bar", "joint_dash",
    "first_of_line", "last_of_line", "turned", "joint_look",
)  # fmt: skip
PLACE_NAMES = (
    "x0", "x1", "middle_x", "top", "width", "gap_left", "gap_right", "gap_above", "gap_below", "edge_shared",
    "rule_above",
    "rule_below", "region", "region_share", "region_first", "first_of_page", "last_of_page", "on_line", "recurs",
    "recurs_here", "page_crowd", "wall_left", "page_share", "first_page", "last_page", "landscape", "no_boxes",
)  # fmt: skip
GROUPS = ("look", "slot", "region", "line", "words", "column", "flow")
"""Who belongs together. look: same look. slot: same look and left edge. region: same drawn box. line: same printed line
or row. words: same words. column: same left edge on one page. flow: lines that go on."""
LOOK, SLOT, REGION, LINE, FLOW = (GROUPS.index(name) for name in ("look", "slot", "region", "line", "flow"))


@dataclass(frozen=True)
class Observed:
    """`rows`: fragments by observations. `beside`: RELATIONS and ORDERED by fragments, indices into the document, -1
    for nobody. `groups`: GROUPS by fragments, numbers of groups. `page`: index of the fragment's sheet. `boxes`: x0,
    top, x1, bottom in letter sizes of the body, with the page's own number apart."""

    rows: Matrix
    beside: Index
    groups: Index
    page: Index
    boxes: Matrix
    fragments: tuple[Fragment, ...]
    body_size: float
    pitch: float = 1.25


def observe(sheets: Sequence[Sheet], words: WordObserver, meaning: Meaning) -> Observed:
    """Everything that is observed of a document."""
    fragments = tuple(f for s in sheets for f in s.fragments)
    body = body_size(fragments)
    looks = Looks(fragments, len(sheets), body)
    recurs = _recurrence(sheets)
    rows: list[npt.NDArray[np.float32]] = []
    beside: list[Index] = []
    start = 0
    for sheet in sheets:
        near = relations(Geometry.of(sheet))
        place = _places(sheet, near, body, recurs, len(sheets))
        for i, fragment in enumerate(sheet.fragments):
            rows.append(
                np.concatenate(
                    [words.observe(fragment.text), meaning.of(fragment.text), looks.of(fragment, sheet, i), place[i]]
                )
            )
        beside.append(np.where(near >= 0, near + start, -1))
        start += len(sheet.fragments)
    width = len(WORD_NAMES) + 2 * meaning.width + len(LOOK_NAMES) + len(PLACE_NAMES)
    matrix = np.stack(rows).astype(np.float32) if rows else np.zeros((0, width), np.float32)
    page = np.array([n for n, s in enumerate(sheets) for _ in s.fragments], np.int64)
    boxes = (
        np.array([(f.box.x0, f.box.top, f.box.x1, f.box.bottom) for f in fragments], np.float32).reshape(-1, 4) / body
    )
    near = np.concatenate(beside, axis=1) if beside else np.zeros((len(RELATIONS), 0), np.int64)
    joined = np.concatenate([near, in_order(matrix, page, boxes)])
    pitch = line_pitch(fragments)
    return Observed(matrix, joined, _groups(sheets, body, pitch), page, boxes, fragments, body, pitch)


def in_order(rows: Matrix, page: Index, boxes: Matrix) -> Index:
    """Who comes before and after whom: one row for each of ORDERED."""
    if not len(rows):
        return np.zeros((len(ORDERED), 0), np.int64)
    at = len(LOOK_NAMES) + len(PLACE_NAMES)
    size, bold, large = (rows[:, LOOK_NAMES.index(n) - at] for n in ("size", "bold", "larger_than_body"))
    return neighbours(column_order(boxes, page, large > 0), page, size.astype(np.float64), bold > 0)


def body_size(fragments: Sequence[Fragment]) -> float:
    """The size of most letters."""
    weight: Counter[float] = Counter()
    for f in fragments:
        weight[round(f.style.size, 1)] += len(f.text)
    return max(weight.most_common(1)[0][0], 1.0) if weight else 10.0


class Looks:
    """How common each look is in the document."""

    def __init__(self, fragments: Sequence[Fragment], pages: int, body: float) -> None:
        self.body, self.pages = body, max(1, pages)
        self.counts = Counter(look_of(f) for f in fragments)
        self.letters: Counter[Any] = Counter()
        for f in fragments:
            self.letters[look_of(f)] += len(f.text)
        self.total = max(1, sum(self.letters.values()))
        sizes = sorted({round(f.style.size, 1) for f in fragments}, reverse=True)
        self.rank = {size: n for n, size in enumerate(sizes)}
        colors: Counter[str | None] = Counter()
        for f in fragments:
            colors[f.style.color] += len(f.text)
        self.color = colors.most_common(1)[0][0] if colors else None

    def of(self, f: Fragment, sheet: Sheet, at: int) -> Matrix:
        look, style = look_of(f), f.style
        on_line = [g for g in sheet.fragments[max(0, at - 12) : at + 13] if g.line == f.line]
        return np.array(
            [
                np.log(max(style.size, 1) / self.body), style.bold, style.italic, style.color != self.color,
                style.color in ("#ffffff", None), f.fill is not None, f.stroke is not None and f.fill is None,
                self.counts[look] / max(1, len(self.counts)) / 50, min(self.counts[look] / self.pages, 20) / 20,
                min(self.rank[round(style.size, 1)], 8) / 8, self.letters[look] / self.total,
                style.size > 1.08 * self.body, style.size < 0.93 * self.body, f.marked, f.joint == ":", f.joint == "|",
                f.joint == "-", on_line[0] is f, on_line[-1] is f, f.turned, f.joint == "" and on_line[0] is not f,
            ],
            np.float32,
        )  # fmt: skip


def look_of(f: Fragment) -> tuple[Any, ...]:
    """Size, weight, slant, colour, fill behind, capitals."""
    style = f.style
    capitals = f.text.isupper() and sum(c.isalpha() for c in f.text) > 3
    return round(style.size, 1), style.bold, style.italic, style.color, f.fill, capitals


def place_of(f: Fragment) -> tuple[int, int]:
    """Where it begins on its page, to four points: the same for what runs over pages."""
    return round(f.box.x0 / 4), round(f.box.top / 4)


def _recurrence(sheets: Sequence[Sheet]) -> Counter[Any]:
    """On how many pages words stand, anywhere and at one place."""
    found: Counter[Any] = Counter()
    for sheet in sheets:
        seen: set[Any] = set()
        for f in sheet.fragments:
            text = "".join("0" if c.isdigit() else c for c in fold(f.text))
            seen.add(text)
            seen.add((text, *place_of(f)))
        found.update(seen)
    return found


def _places(sheet: Sheet, near: Index, body: float, recurs: Counter[Any], pages: int) -> Matrix:
    g = Geometry.of(sheet)
    n = len(g.x0)
    if n == 0:
        return np.zeros((0, len(PLACE_NAMES)), np.float32)
    width, height = max(sheet.width, 1.0), max(sheet.height, 1.0)
    left, right, above, below = near[0], near[1], near[2], near[3]

    def gap(index: Index, a: Any, b: Any) -> Any:
        distance = np.where(index >= 0, a - b, 8 * body) / body
        return np.clip(distance, -1, 8) / 8

    first = np.zeros(n)
    seen: set[int] = set()
    shares = np.zeros(n)
    areas = {r.number: r.box.width * r.box.height / (width * height) for r in sheet.regions}
    for i in np.lexsort((g.x0, g.top)):
        region = sheet.fragments[i].region
        first[i] = float(region not in seen)
        shares[i] = areas.get(region, 1.0)
        seen.add(region)
    edges = Counter(np.round(g.x0 / (0.5 * body)).astype(int).tolist())
    edge = np.array([edges[round(x / (0.5 * body))] for x in g.x0]) / n
    rule_above, rule_below = _rules_at(sheet, g, body)
    lines = Counter(f.line for f in sheet.fragments)
    texts = ["".join("0" if c.isdigit() else c for c in fold(f.text)) for f in sheet.fragments]
    order = np.lexsort((g.x0, g.top)).argsort()
    return np.stack(
        [
            g.x0 / width, g.x1 / width, (g.x0 + g.x1) / 2 / width, g.top / height, (g.x1 - g.x0) / width,
            gap(left, g.x0, g.x1[left]), gap(right, g.x0[right], g.x1), gap(above, g.top, g.bottom[above]),
            gap(below, g.top[below], g.bottom), edge, rule_above, rule_below,
            np.array([f.region > 0 for f in sheet.fragments], float), shares, first, order == 0, order == n - 1,
            np.array([min(lines[f.line], 6) / 6 for f in sheet.fragments]),
            np.array([recurs[t] / pages for t in texts]) * (pages > 2),
            np.array([recurs[t, *at] / pages for t, at in zip(texts, map(place_of, sheet.fragments), strict=True)])
            * (pages > 2),
            np.full(n, min(n, 150) / 150), _walls_at(sheet, g, body), np.full(n, sheet.number / max(1, pages)),
            np.full(n, sheet.number == 1), np.full(n, sheet.number == pages), np.full(n, width > height), np.full(n,
            sheet.width == 0),
        ],
        axis=1,
    ).astype(np.float32)  # fmt: skip


def _rules_at(sheet: Sheet, g: Geometry, body: float) -> tuple[Any, Any]:
    """Is a rule drawn right over, right under a fragment?"""
    over, under = np.zeros(len(g.x0)), np.zeros(len(g.x0))
    near = NEAR_RULE * 2 * body
    for x0, x1, y in sheet.rules:
        across = (x0 < g.x1) & (x1 > g.x0)
        over = np.maximum(over, across & (g.top - y < near) & (g.top - y > -2))
        under = np.maximum(under, across & (y - g.bottom < near) & (y - g.bottom > -2))
    return over, under


def _walls_at(sheet: Sheet, g: Geometry, body: float) -> Any:
    at = np.zeros(len(g.x0))
    for x, y0, y1 in sheet.walls:
        at = np.maximum(at, (y0 < g.bottom) & (y1 > g.top) & (g.x0 - x < 2 * body) & (g.x0 - x > -2))
    return at


def line_pitch(fragments: Sequence[Fragment]) -> float:
    """Usual distance of two lines that stand one under the other, in letter sizes."""
    found: Counter[float] = Counter()
    last: dict[tuple[int, int, float], Fragment] = {}
    for f in fragments:
        key = f.page, round(f.box.x0 / 3), round(f.style.size, 1)
        above = last.get(key)
        if above is not None:
            pitch = (f.box.top - above.box.top) / max(f.style.size, 1)
            if 0.9 < pitch < 2.2:
                found[round(pitch, 1)] += 1
        last[key] = f
    if not found:
        return 1.25
    most = max(found.values())
    return min(p for p, n in found.items() if n >= 0.35 * most)


def _groups(sheets: Sequence[Sheet], body: float, pitch: float) -> Index:
    keys: list[tuple[Any, ...]] = []
    for n, sheet in enumerate(sheets):
        rows = _rows(sheet)
        flow = flows(sheet, pitch)
        for i, f in enumerate(sheet.fragments):
            look = look_of(f)
            edge = round(f.box.x0 / body)
            keys.append(
                (look, (look, edge), (n, f.region), (n, "row", rows[i]), fold(f.text), (n, edge), (n, "flow", flow[i]))
            )
    if not keys:
        return np.zeros((len(GROUPS), 0), np.int64)
    out = []
    for column in zip(*keys, strict=True):
        numbers: dict[Any, int] = {}
        out.append([numbers.setdefault(key, len(numbers)) for key in column])
    return np.array(out, np.int64)


def _rows(sheet: Sheet) -> list[int]:
    """Fragments on one height share a number."""
    order = sorted(range(len(sheet.fragments)), key=lambda i: sheet.fragments[i].box.top)
    rows = [0] * len(order)
    row, bottom = 0, -1e9
    for i in order:
        box = sheet.fragments[i].box
        if (box.top + box.bottom) / 2 > bottom:
            row += 1
            bottom = box.bottom
        rows[i] = row
    return rows
