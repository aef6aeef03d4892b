"""What stands over missions and is said of them: the part of the brochure, the client of several, the year."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from carnet.pipeline.decode.clusters import clusters
from carnet.pipeline.decode.decoded import Decoded
from carnet.pipeline.decode.stretches import Stretch
from carnet.pipeline.observe.document import look_of
from carnet.pipeline.page.fragments import Fragment
from carnet.pipeline.rules.fold import letters_of
from carnet.schemas.layout import BBox, Passage
from carnet.schemas.roles import Role


def part_over(
    doc: Decoded, anchor: int, kickers: Sequence[Stretch], around: Sequence[int]
) -> tuple[Passage | None, str, float]:
    """The part of the brochure, the rule that tells it, and how surely; or how surely it is in none."""
    if kickers:
        lines = [*{letters_of(s.text): s for s in clusters(kickers, doc)[0]}.values()]  # said twice, it is one name
        return Passage.join([s.passage for s in lines]), "roles.kicker", min(s.sure for s in lines)
    found = _lines_above(doc, anchor, around, Role.DOMAIN)
    if not found:
        page = doc.fragments[anchor].page
        return None, "", 1.0 - max((doc.parts[i] for i in around if doc.fragments[i].page <= page), default=0.0)
    return _whole_lines(doc, found), "roles.domain", min(doc.sure[f.number] for f in found)


def right_over(kicker: BBox, head: Fragment) -> bool:
    """Does it stand right over a head, flush with it?"""
    return kicker.bottom <= head.box.top + 1 and abs(kicker.x0 - head.box.x0) < head.style.size


def _whole_lines(doc: Decoded, found: Sequence[Fragment]) -> Passage:
    """The lines that name a part, with the letter or number that a dash parts from the name: "A – Eau potable"."""
    out = []
    for number in dict.fromkeys(f.line for f in found):
        own = {f.style for f in found if f.line == number}
        line = [f for f in doc.fragments if f.line == number and f.style in own]
        alike = [f for f in line if not doc.roles[f.number].of_mission and f.joint in ("", "-")]
        whole = [f for f in found if f.line == number]
        some = alike if line == alike and set(whole) <= set(alike) else whole
        first, last = some[0], some[-1]
        out.append(doc.lines[number].slice(first.start, last.end) if len(some) > 1 else first.passage)
    return Passage.join(out)


def said_over(doc: Decoded, anchor: int, around: Sequence[int], role: Role) -> Passage | None:
    """What is said of this mission over several: a client, a year."""
    found = _lines_above(doc, anchor, around, role)
    return Passage.join([f.passage for f in found]) if found else None


def _lines_above(doc: Decoded, anchor: int, around: Sequence[int], role: Role) -> list[Fragment]:
    """The last text of a role that many missions stand under, before the anchor or on its page's edge."""
    head = doc.fragments[anchor]
    found = [doc.fragments[i] for i in around if doc.roles[i] is role]
    row = [f for f in found if role is Role.GROUP_CLIENT and _in_row(doc, f, head)]
    if row:
        return sorted(row, key=lambda f: (f.box.top, f.box.x0))
    before = [f for f in found if f.page < head.page or f.page == head.page and _stands_over(doc, f, head)]
    beside = [f for f in before if role is Role.DOMAIN or f.page < head.page or _heads(f, head)]
    if not beside:
        return []
    sure = {(f.page, look_of(f)) for f in found if doc.sure[f.number] >= _RATHER}
    last = max(
        beside,
        key=lambda f: (f.page, f.turned, (f.page, look_of(f)) in sure, *_how_late(doc, f, head), _at_left(f, head)),
    )
    near = (f for f in found if f.page == last.page and abs(f.box.top - last.box.top) < 3 * f.style.size)
    lines = [f for f in near if f.style == last.style and (f.line == last.line or f.box.x_overlap(last.box) > 0)]
    return sorted(lines, key=lambda f: (f.box.top, f.box.x0))


_RATHER = 0.5
"""Probability from which on a text rather names a part than not: of two on a page one in the look of such counts."""


def _stands_over(doc: Decoded, f: Fragment, head: Fragment) -> bool:
    """May a text go on over the mission of this head on the same page? What comes later in the order of the columns may
    not, where it heads another mission there: the name of a part in the middle of the next column."""
    if f.turned:
        return True
    others = [doc.fragments[a] for a in set(doc.home.tolist()) if a >= 0 and doc.fragments[a].page == f.page]
    if doc.rank[f.number] < doc.rank[head.number]:
        return f.box.top <= head.box.top + 2 or _in_column_before(doc, f, head)
    later = [o for o in others if doc.rank[o.number] > doc.rank[f.number]]
    its_own = min(later, key=lambda o: doc.rank[o.number], default=None)
    flush = its_own is not None and abs(its_own.box.x0 - f.box.x0) < _FLUSH * f.style.size
    over_all = not flush and all(f.box.bottom <= o.box.top for o in others)
    return f.box.top <= head.box.top + 2 and (its_own is None or over_all or f.box.x_overlap(head.box) > 0)


def _heads_column(doc: Decoded, f: Fragment, first: Fragment, head: Fragment) -> bool:
    """Does a mission stand under a name of a part in its column, before the one of this head in the next column?"""
    flush = abs(first.box.x0 - f.box.x0) < _FLUSH * f.style.size and first.box.top > f.box.top
    return flush and doc.rank[f.number] < doc.rank[first.number] < doc.rank[head.number]


def _how_late(doc: Decoded, f: Fragment, head: Fragment) -> tuple[bool, float]:
    """Of two texts over a mission the one right above it counts, then the one that comes last in the columns before."""
    if f.page != head.page and doc.roles[f.number] is Role.DOMAIN:
        return True, doc.rank[f.number]
    if f.page != head.page or f.box.top <= head.box.top + 2 and not _in_column_before(doc, f, head):
        return True, round(f.box.top)
    return False, doc.rank[f.number]


def _at_left(f: Fragment, head: Fragment) -> float:
    """Where a name of a part begins that does so not behind the head: of two side by side the nearer one counts."""
    return f.box.x0 if f.box.x0 <= head.box.x0 + _FLUSH * head.style.size else -1.0


def _in_column_before(doc: Decoded, f: Fragment, head: Fragment) -> bool:
    heads = [a for a in set(doc.home.tolist()) if a >= 0 and a != head.number]
    others = (o for a in heads if (o := _first_of(doc, a, f.page)) is not None)
    own = _first_of(doc, head.number, f.page)
    return own is not None and f.box.x1 <= own.box.x0 and any(_heads_column(doc, f, o, own) for o in others)


def _first_of(doc: Decoded, head: int, page: int) -> Fragment | None:
    """What a mission prints first on a page, in the order of the columns."""
    own = (i for i in np.flatnonzero(doc.home == head).tolist() if doc.roles[i].of_mission)
    first = min((i for i in own if doc.fragments[i].page == page), key=lambda i: doc.rank[i], default=None)
    return doc.fragments[first] if first is not None else None


_FLUSH = 0.5
"""Letter sizes between where the name of a part begins and the head under it, at most."""


def over_others(doc: Decoded, anchor: int, around: Sequence[int]) -> float:
    """How surely a client over several missions is this one's: hardly, where it stands in another row of a table."""
    lines = _lines_above(doc, anchor, around, Role.GROUP_CLIENT)
    return 0.5 if any(_in_row(doc, f, doc.fragments[anchor]) is False for f in lines) else 0.9


def _in_row(doc: Decoded, f: Fragment, head: Fragment) -> bool | None:
    """Do they stand in one row of a table whose rows are ruled, the one at the left? None where no line is drawn over
    both, or it does not stand at the left."""
    if f.page != head.page or f.turned or f.box.x1 > head.box.x0 + 2:
        return None
    sheet = doc.sheets[int(doc.seen.page[head.number])]
    rows = [y for x0, x1, y in sheet.rules if x0 <= f.box.x0 and x1 >= head.box.x0]
    a, b = sorted((f.box.top + f.box.bottom, head.box.top + head.box.bottom))
    return not any(a / 2 < y < b / 2 for y in rows) if rows else None


def _heads(f: Fragment, head: Fragment) -> bool:
    """Does it stand over the head's own column?"""
    return f.box.x0 <= head.box.x1
