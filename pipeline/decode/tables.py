"""Tables: heads of columns, what stands under them, and what a column holds in all its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from carnet.pipeline.page.fragments import Fragment, Sheet
from carnet.pipeline.page.tolerances import LINE_OVERLAP
from carnet.pipeline.rules.fold import letters_of
from carnet.schemas.layout import BBox
from carnet.schemas.roles import Role

Matrix = npt.NDArray[np.float32]
_LEVEL = 3.0
"""Letter sizes between the lower edges of heads side by side, of one line and of two."""
_SURE = 0.85
"""Probability from which on a cell is what it seems, whatever its column holds."""
_ROWS = 3
"""Cells of a column, with that asked for, from which on they tell something."""
_ANNOUNCED = 0.5
"""Weight of what a head seems to announce, beside one cell under it."""
_ASTRAY = 0.05
"""How likely a cell is not what its column is."""
_FIGURES = frozenset({Role.AMOUNT, Role.WORKS_COST})
"""What looks alike, whatever it counts: its column tells more than its looks."""
_NO_CELLS = frozenset({
    Role.LABEL, Role.HEAD, Role.HEADING, Role.FURNITURE, Role.KICKER, Role.REFERENCE,
    Role.PERIOD, Role.START, Role.END, Role.DURATION,
})  # fmt: skip
"""What no column tells: nor is first or last date, where one head stands over both."""


def told_by_columns(
    fragments: Sequence[Fragment], roles: Sequence[Role], shares: Matrix, of: Matrix, home: Sequence[int]
) -> Iterator[tuple[int, Matrix]]:
    """Cells that are unsure of themselves, with what each is likely to be given what the other rows have in its column.

    `shares`, `of`: n × roles: what each fragment seems to be, and what it seems to announce as a head. "Astreinte"
    under "Prestations" was a partner: elsewhere services stand there."""
    for column in _columns(fragments, roles, home).values():
        cells = [(i, head) for i, head in column if home[i] != i and roles[i] not in _NO_CELLS]
        if len(cells) < _ROWS:
            continue
        total = np.sum([shares[i] for i, _ in cells], axis=0)
        for i, head in cells:
            if shares[i].max() < _SURE or roles[i] in _FIGURES:
                elsewhere = (total - shares[i] + _ANNOUNCED * of[head]) / (len(cells) - 1 + _ANNOUNCED)
                told = shares[i] * (elsewhere + (_ASTRAY if roles[i] not in _FIGURES else _ASTRAY / 5))
                yield i, np.asarray(told / told.sum(), np.float32)


def _columns(
    fragments: Sequence[Fragment], roles: Sequence[Role], home: Sequence[int]
) -> dict[str, list[tuple[int, int]]]:
    """The cells of missions under each head of a column, by its letters, with the head over each. A short line that
    reaches under no head is of the column whose cells begin where it does."""
    tables = Tables(fragments, roles)
    over: dict[int, list[int]] = {}
    flush: dict[tuple[int, int], list[int]] = {}
    for i, f in enumerate(fragments):
        if home[i] >= 0 and roles[i] is not Role.HEAD:
            over[i] = tables.over(f.page, f.box, f.style.size)
            if over[i]:
                flush.setdefault(_left(f), over[i])
    out: dict[str, list[tuple[int, int]]] = {}
    for i, heads in over.items():
        heads = heads or flush.get(_left(fragments[i]), [])
        if heads:
            out.setdefault(letters_of("".join(fragments[h].text for h in heads)), []).append((i, heads[0]))
    return out


def _left(f: Fragment) -> tuple[int, int]:
    return f.page, round(f.box.x0)


def one_title_a_row(
    fragments: Sequence[Fragment], roles: Sequence[Role], shares: Matrix, home: Sequence[int], known: Sequence[Role]
) -> Iterator[tuple[int, Matrix]]:
    """Cells that seem to be titles beside the surer titles of another column, with what else each is likely to be:
    "Mesures in situ, avis" beside "Orgue et chauffage de l'église". `known`: the roles of the columns of `shares`."""
    title = known.index(Role.TITLE)
    columns = {name: [i for i, _ in cells] for name, cells in _columns(fragments, roles, home).items()}
    rows = {name: {home[i] for i in cells if roles[i] is Role.TITLE} for name, cells in columns.items()}
    mean = {name: float(np.mean([shares[i, title] for i in columns[name]])) for name, some in rows.items() if some}
    main = max((name for name in mean if len(rows[name]) >= _ROWS), key=lambda name: mean[name], default=None)
    for name, likely in mean.items():
        if main is None or likely + _LESS > mean[main]:
            continue
        column = np.mean(shares[columns[name]], axis=0)
        for i in columns[name]:
            if roles[i] is Role.TITLE and home[i] in rows[main]:
                told = shares[i] * (column + _ASTRAY)
                told[title] = 0.0
                yield i, np.asarray(told / max(float(told.sum()), 1e-6), np.float32)


_LESS = 0.15
"""How much less likely what one column holds is a title than what another does, on the mean: then it is none."""


def dates_by_columns(
    fragments: Sequence[Fragment], roles: Sequence[Role], announced: Sequence[Role | None], home: Sequence[int]
) -> Iterator[tuple[int, Role]]:
    """First and last dates that stand in each other's column, under heads that say which is which: dates at the right
    of their column stand under the next head, or under none."""
    tables = Tables(fragments, roles)
    for f in fragments:
        if home[f.number] < 0 or roles[f.number] not in (Role.START, Role.END):
            continue
        level = tables.lowest(f.page, f.box.top, f.style.size)
        told = [announced[some[0]] for some in level]
        if told.count(Role.START) == told.count(Role.END) == 1:
            some = tables.over(f.page, f.box, f.style.size) or tables.before(f)
            role = announced[some[0]] if some else None
            if role in (Role.START, Role.END) and role is not roles[f.number]:
                yield f.number, role


def heads_in_two_lines(fragments: Sequence[Fragment], roles: Sequence[Role]) -> Iterator[int]:
    """Lines of heads of columns that seem to be values: in the look of the head right over them, level with the row of
    heads that it is one of, as "€ HTVA" under "Montant"."""
    heads: dict[int, list[Fragment]] = {}
    for f in fragments:
        if roles[f.number] is Role.HEAD:
            heads.setdefault(f.page, []).append(f)
    for f in fragments:
        if roles[f.number] is Role.HEAD or len(heads.get(f.page, ())) < _ROWS:
            continue
        over = (h for h in heads[f.page] if h.box.top < f.box.top and h.box.x_overlap(f.box) > 0)
        mine = max(over, key=lambda h: h.box.top, default=None)
        if mine is None or mine.style != f.style or f.box.top - mine.box.bottom >= mine.style.size / 2:
            continue
        half = LINE_OVERLAP * f.box.height / 2
        if any(h is not mine and h.box.y_overlap(f.box) > half for h in heads[f.page]):
            yield f.number


def figures_by_columns(
    fragments: Sequence[Fragment],
    roles: Sequence[Role],
    shares: Matrix,
    announced: Sequence[Role | None],
    home: Sequence[int],
) -> Iterator[tuple[int, Role]]:
    """Figures that seem to be dates and hardly are, under a head that announces amounts."""
    tables = Tables(fragments, roles)
    for f in fragments:
        if home[f.number] < 0 or roles[f.number] not in (Role.START, Role.END) or shares[f.number].max() >= _SURE:
            continue
        some = tables.over(f.page, f.box, f.style.size) or tables.before(f)
        told = {announced[i] for i in some} & _FIGURES
        if len(told) == 1:
            yield f.number, next(role for role in told if role is not None)


def told_by_rows(
    sheets: Sequence[Sheet],
    fragments: Sequence[Fragment],
    roles: Sequence[Role],
    shares: Matrix,
    of: Matrix,
    home: Sequence[int],
    known: Sequence[Role],
) -> Iterator[tuple[int, Role]]:
    """What cells say whose row has a head at its left, in ruled tables with missions side by side: one running text all
    over the brochure, as the cells of all rows of that name most seem to be. `known`: the roles of the columns of
    `shares` and `of`."""
    rows: dict[str, list[tuple[int, list[int]]]] = {}
    for sheet in sheets:
        for head, cells in _ruled_rows(sheet, roles, home):
            if len({home[i] for i in cells}) > 1:
                name = letters_of("".join(fragments[h].text for h in head))
                rows.setdefault(name, []).append((head[0], cells))
    texts = [k for k, role in enumerate(known) if role.narrative]
    for some in rows.values():
        cells = [i for _, row in some for i in row]
        total = np.sum([shares[i] for i in cells], axis=0) + _ANNOUNCED * np.sum([of[head] for head, _ in some], axis=0)
        most = int(total.argmax())
        if most in texts and total[most] >= _MOSTLY * total.sum():
            yield from ((i, known[most]) for i in cells if roles[i] is not known[most])


_MOSTLY = 0.5
"""Share of what all cells of a row seem to be, from which on they are that."""


def _ruled_rows(sheet: Sheet, roles: Sequence[Role], home: Sequence[int]) -> Iterator[tuple[list[int], list[int]]]:
    """The rows of ruled tables that begin with a head: its lines, and what of missions stands in the other cells."""
    level: dict[tuple[float, float], list[Fragment]] = {}
    for f in sheet.fragments if sheet.rules else ():
        if cell := between_rules(f.box, sheet):
            level.setdefault((round(cell[0]), round(cell[1])), []).append(f)
    for row in level.values():
        first = min(row, key=lambda f: f.box.x0)
        heads = [f for f in row if roles[f.number] in (Role.HEAD, Role.LABEL)]
        in_first = [f for f in heads if f.box.x_overlap(first.box) > 0]
        cells = [f.number for f in row if f not in heads and home[f.number] >= 0 and f.number != home[f.number]]
        if cells and heads and in_first == heads:
            yield [f.number for f in sorted(heads, key=lambda f: f.box.top)], cells


def between_rules(box: BBox, sheet: Sheet) -> tuple[float, float] | None:
    """Where the rules run over and under a text; None without both."""
    middle, at = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    cuts = [y for x0, x1, y in sheet.rules if x0 <= middle <= x1]
    top = max((y for y in cuts if y <= at), default=None)
    foot = min((y for y in cuts if y > at), default=None)
    return (top, foot) if top is not None and foot is not None else None


def clients_over_rows(
    fragments: Sequence[Fragment], roles: Sequence[Role], home: Sequence[int], rank: Sequence[int]
) -> list[int]:
    """Clients in a row of their own over the first of several rows of a table, the next of which names none: each is
    that of all rows below it. `rank`: places in the order of reading."""
    tables = Tables(fragments, roles)
    clients: dict[int, list[int]] = {}
    named: set[int] = set()
    for i, role in enumerate(roles):
        if home[i] >= 0 and role is Role.CLIENT:
            clients.setdefault(home[i], []).append(i)
        if home[i] >= 0 and role in (Role.CLIENT, Role.HEADING):
            named.add(home[i])
    heads = sorted({h for h in home if h >= 0}, key=lambda h: rank[h])
    out: list[int] = []
    for head, following in zip(heads, heads[1:], strict=False):
        f = fragments[head]
        over = all(
            fragments[i].page == f.page and fragments[i].box.bottom <= f.box.top + 1 for i in clients.get(head, ())
        )
        below = fragments[following].page == f.page and following not in named
        if head in clients and over and below and tables.lowest(f.page, f.box.top, f.style.size):
            out += clients[head]
    return out


class Tables:
    """Heads of columns of a document, found once a page."""

    def __init__(self, fragments: Sequence[Fragment], roles: Sequence[Role]) -> None:
        self.fragments = fragments
        self._heads: dict[int, list[int]] = {}
        for i, role in enumerate(roles):
            if role is Role.HEAD:
                self._heads.setdefault(fragments[i].page, []).append(i)
        self._pages: dict[int, list[tuple[list[int], BBox]]] = {}

    def over(self, page: int, box: BBox, size: float) -> list[int]:
        """The lines of the lowest head over a box: of those side by side the one that it stands most under."""
        above = [(some, own) for some, own in self._of(page) if own.bottom <= box.top + 2 and own.x_overlap(box) > 0]
        level = _lowest(above, size)
        return max(level, key=lambda found: found[1].x_overlap(box))[0] if level else []

    def lowest(self, page: int, top: float, size: float) -> list[list[int]]:
        """Of the heads above a height of a page those lowest down, side by side."""
        return [some for some, _ in _lowest([(some, own) for some, own in self._of(page) if own.bottom <= top], size)]

    def before(self, f: Fragment) -> list[int]:
        """Of those lowest down above a text, the last that begins no further to the right: that of its column, where it
        stands at the right of it and reaches under none."""
        level = self.lowest(f.page, f.box.top, f.style.size)
        able = [some for some in level if self._around(some).x0 <= f.box.x0 + 1]
        return max(able, key=lambda some: self._around(some).x0, default=[])

    def _of(self, page: int) -> list[tuple[list[int], BBox]]:
        """Each head with all its lines, and the box around it: "Honoraires" over "€ HT" is one."""
        if page not in self._pages:
            heads = self._parted(self._heads.get(page, []))
            self._pages[page] = [(some, self._around(some)) for some in heads]
        return self._pages[page]

    def _parted(self, heads: Sequence[int]) -> list[list[int]]:
        out: list[list[int]] = []
        for i in sorted(heads, key=lambda i: self.fragments[i].box.top):
            box, size = self.fragments[i].box, max(self.fragments[i].style.size, 1.0)
            near = [some for some in out if -0.4 * size <= box.top - self._around(some).bottom < 0.8 * size]
            most = max(near, key=lambda some: self._around(some).x_overlap(box), default=None)
            if most is None or self._around(most).x_overlap(box) <= 0:
                out.append([i])
            else:
                most.append(i)
        return out

    def _around(self, some: Sequence[int]) -> BBox:
        return BBox.around(self.fragments[i].box for i in some)


def _lowest(above: Sequence[tuple[list[int], BBox]], size: float) -> list[tuple[list[int], BBox]]:
    lowest = max((own.bottom for _, own in above), default=0.0)
    return [(some, own) for some, own in above if own.bottom > lowest - _LEVEL * max(size, 1.0)]
