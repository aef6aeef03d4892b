"""Which texts head missions: what hardly does beside a sure one goes, what the grammar misses comes."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

from carnet.pipeline.decode.clusters import clusters
from carnet.pipeline.decode.decoded import HEADS, ONCE, Decoded, Index, Matrix
from carnet.pipeline.decode.stretches import stretches
from carnet.pipeline.decode.tables import Tables
from carnet.pipeline.observe.document import FLOW, SLOT, Observed, look_of
from carnet.pipeline.page.fragments import Fragment
from carnet.pipeline.page.tolerances import LINE_OVERLAP, SAME_EDGE
from carnet.pipeline.roles.network import RoleModel, Told
from carnet.pipeline.rules.fold import letters_of
from carnet.schemas.roles import Role

ANCHOR = 0.5
"""Probability from which on a fragment heads a mission."""


def headings_over(doc: Decoded, labels: Collection[int], anchors: Index) -> dict[int, int]:
    """By label, the heading right over it in the look of other heads, where it has one that seemed to head nothing."""
    looks = {look_of(doc.fragments[a]) for a in anchors.tolist()}
    order = sorted(range(len(doc.rank)), key=lambda i: doc.rank[i])
    at = {i: n for n, i in enumerate(order)}
    out = {}
    for label in labels:
        n = at[label]
        while n > 0 and doc.roles[order[n - 1]] in HEADS and look_of(doc.fragments[order[n - 1]]) in looks:
            n -= 1
        over = order[n : at[label]]
        if over and not {*over} & {*anchors.tolist()} and doc.fragments[over[-1]].page == doc.fragments[label].page:
            out[label] = next((i for i in over if doc.roles[i] is not Role.CLIENT), over[0])
    return out


def in_rows_of_their_own(doc: Decoded, told: Told, anchors: Index, more: Sequence[int]) -> list[int]:
    """Those of more heads that are no cells beside a head, in a table with heads of columns."""
    if not more:
        return []
    both = np.array(sorted({*anchors.tolist(), *more}), np.int64)
    beside = set(both[beside_a_head(doc.seen, told.anchors, both)].tolist())
    tables = Tables(doc.fragments, doc.roles)
    cells = (i for i in beside if tables.over(doc.fragments[i].page, doc.fragments[i].box, doc.fragments[i].style.size))
    return sorted(set(more) - set(cells))


def beside_a_head(seen: Observed, heads: Matrix, anchors: Index) -> npt.NDArray[np.bool_]:
    """Which of the anchors are hardly likely heads right beside a sure one, in a place where no sure one stands in the
    whole brochure; or stand beside one in whose place far more of them stand: cells of its row."""
    slot, page, box = seen.groups[SLOT][anchors], seen.page[anchors], seen.boxes[anchors]
    sure = heads[anchors] >= _SURELY
    near = np.abs((box[:, None, 1] + box[:, None, 3] - box[None, :, 1] - box[None, :, 3]) / 2) < _ONE_ROW
    apart = (box[:, None, 0] >= box[None, :, 2]) | (box[:, None, 2] <= box[None, :, 0])
    beside = near & apart & (page[:, None] == page[None, :]) & sure[None, :]
    many = np.bincount(slot, minlength=1)[slot] if len(slot) else slot
    fewer = _FAR_MORE * many[:, None] <= many[None, :]
    told: npt.NDArray[np.bool_] = ~sure & ~np.isin(slot, slot[sure]) & beside.any(axis=1)
    told |= (beside & fewer).any(axis=1)
    total = np.bincount(slot, heads[anchors], minlength=1)[slot] if len(slot) else heads[anchors]
    mean = total / np.maximum(many, 1)
    told |= (beside & (mean[:, None] + _WEAKER <= mean[None, :])).any(axis=1)
    return told


_FAR_MORE = 2
"""How many times more heads stand in one column than in another, of which then none is one beside it."""
_WEAKER = 0.15
"""How much less likely the texts of one column are heads, on the mean, than those of another: then none is one beside
one of those."""
_ONE_ROW = 1.6
"""Letter sizes between the middles of two cells of a row, of which one has a line more."""
_SURELY = 0.9
"""Probability from which on a head is one, whatever stands beside it."""


def of_one_text(seen: Observed, told: Told, anchors: Index) -> npt.NDArray[np.bool_]:
    """Which of the anchors are hardly likely heads right before or behind a likelier one in a running text, both the
    same, or on one line: two lines of one title, or what a sign parts in one heading."""
    flow, best = seen.groups[FLOW], told.roles.argmax(axis=1)
    out = np.zeros(len(anchors), bool)
    for n, (a, b) in enumerate(zip(anchors[:-1].tolist(), anchors[1:].tolist(), strict=True)):
        if b == a + 1 and (
            flow[a] == flow[b] and best[a] == best[b] or _parted_by_a_sign(seen.fragments[a], seen.fragments[b])
        ):
            weaker = n if told.anchors[a] < told.anchors[b] else n + 1
            out[weaker] |= bool(told.anchors[anchors[weaker]] < _SURELY)
    return out


def _parted_by_a_sign(one: Fragment, other: Fragment) -> bool:
    """The one right before the other on its line, in its look."""
    follows = other.number == one.number + 1 and one.line == other.line and one.page == other.page
    return follows and bool(other.joint) and one.style == other.style


def second_lines(seen: Observed, told: Told, anchors: Index) -> npt.NDArray[np.bool_]:
    """Which of the anchors are hardly likely heads right under another one, in a row that goes on: in a cell beside
    them a word that was cut at the end of the upper line ("Bourg-de-") goes on at their height."""
    out = np.zeros(len(anchors), bool)
    some = [seen.fragments[i] for i in anchors.tolist()]
    cut = [f for f in seen.fragments if _CUT_WORD.search(f.text)] if len(some) > 1 else []
    for n, lower in enumerate(some):
        if told.anchors[anchors[n]] >= _SURELY:
            continue
        over = (f for f in some if f.box.top < lower.box.top and f.page == lower.page and _one_text(f, lower))
        out[n] = any(_row_goes_on(seen.fragments, upper, lower, cut) for upper in over)
    return out


_CUT_WORD = re.compile(r"[^\W\d_]-$")


def _row_goes_on(fragments: Sequence[Fragment], upper: Fragment, lower: Fragment, cut: Sequence[Fragment]) -> bool:
    """Is one of the words that were cut beside the upper of the two, and its rest beside the lower?"""
    beside = [f for f in cut if f.number != upper.number and _level(f, upper)]
    return any(
        _level(rest, lower) and rest.number != lower.number and _one_text(word, rest)
        for word in beside
        for rest in fragments[word.number + 1 : word.number + _NEARBY]
        if abs(rest.box.x0 - word.box.x0) < SAME_EDGE * word.style.size and rest.text[:1].isalpha()
    )


_NEARBY = 40
"""Fragments of a row at most, among which the rest of a word is looked for."""


def _level(a: Fragment, b: Fragment) -> bool:
    return a.page == b.page and a.box.y_overlap(b.box) > LINE_OVERLAP * min(a.box.height, b.box.height)


def words_of_a_form(seen: Observed, told: Told, model: RoleModel) -> list[int]:
    """What stands in the same words over one mission after the other and heads none surely, where others surely do:
    "Le maître d'ouvrage désigné ci-dessous certifie …" on each certificate."""
    heads = np.flatnonzero(told.anchors >= _SURELY).tolist()
    names = [model.roles.index(role) for role in _NAMING]
    of_names = told.roles[:, names].sum(axis=1)
    said: dict[str, list[int]] = {}
    for f in seen.fragments:
        letters = letters_of(f.text)
        if len(letters) >= _SENTENCE and of_names[f.number] < _NAMES:
            said.setdefault(letters, []).append(f.number)
    out: list[int] = []
    for some in said.values():
        likely = float(told.anchors[some].max())
        if len(some) >= _FORMS and _LEAST <= likely < _SURELY:
            follow = [next((h for h in heads if h > i), -1) for i in some]
            on_page = all(h >= 0 and seen.page[h] == seen.page[i] for h, i in zip(follow, some, strict=True))
            out += some if on_page and len(set(follow)) == len(some) else []
    return out


_NAMING = (Role.TITLE, Role.CLIENT, Role.GROUP_CLIENT, Role.DOMAIN)
_NAMES = 0.2
"""Probability from which on words name somebody or something: several missions may be for one client."""
_FORMS = 3
"""Times that the words of a form are printed, at least."""
_SENTENCE = 25
"""Letters of the words of a form, at least."""


def of_none(told: Told, model: RoleModel, anchors: Index) -> npt.NDArray[np.bool_]:
    """Which of the anchors are hardly likely heads that seem to belong to no mission: a line of contents."""
    around = np.array([not role.of_mission for role in model.roles], bool)
    none = around[told.roles[anchors].argmax(axis=1)] if len(anchors) else np.zeros(0, bool)
    return np.asarray(none & (told.anchors[anchors] < _SURELY), bool)


def halves_of_missions(doc: Decoded) -> list[tuple[int, int]]:
    """Heads under which stands for whom and where, and nothing else, right before one on the page that says what, and
    for whom not or in the same words: two halves of one mission, as in a letter whose head names the client."""
    kinds: dict[int, set[Role]] = {}
    clients: dict[int, list[str]] = {}
    for i, role in enumerate(doc.roles):
        if role.of_mission and doc.home[i] >= 0:
            kinds.setdefault(int(doc.home[i]), set()).add(role)
            if role is Role.CLIENT:
                clients.setdefault(int(doc.home[i]), []).append(doc.fragments[i].text)
    named = {a: letters_of("".join(clients.get(a, []))) for a in kinds}
    order = sorted(kinds, key=lambda a: doc.rank[a])
    return [
        (half, whole)
        for half, whole in zip(order, order[1:], strict=False)
        if doc.fragments[half].page == doc.fragments[whole].page
        and Role.CLIENT in kinds[half] <= _FOR_WHOM
        and Role.HEADING not in kinds[whole]
        and named[whole] in ("", named[half])
        and Role.TITLE in kinds[whole]
    ]


_FOR_WHOM = frozenset({Role.CLIENT, Role.PLACE, Role.ASIDE, Role.LABEL, Role.REFERENCE, Role.KICKER})
_LEAST = 0.08
"""Probability under which nothing is taken for a head, whatever the grammar asks."""


def missed_heads(doc: Decoded, told: Told, anchors: Index) -> list[int]:
    """The likeliest heads of the missions that a mission with several clients, dates and amounts must hold."""
    members: dict[int, list[int]] = {}
    homeless: list[int] = []
    for i, role in enumerate(doc.roles):
        if role.of_mission:
            (members.setdefault(int(doc.home[i]), []) if doc.home[i] >= 0 else homeless).append(i)
    out: list[int] = []
    for anchor, some in members.items():
        wanted = _times(doc, some)
        if wanted > 1:
            out += _likeliest(doc, told, [i for i in some if i != anchor], wanted - 1)
    if homeless:
        out += _likeliest(doc, told, homeless, max(1, _times(doc, homeless)))
    return [i for i in out if i not in set(anchors.tolist())]


def _times(doc: Decoded, some: Sequence[int]) -> int:
    """How often the second commonest of the roles told once is told: one alone may be told twice."""
    fragments = [doc.fragments[i] for i in some]
    lines = stretches(fragments, [doc.roles[i] for i in some], [1.0] * len(some), doc.lines)
    counts = sorted((len(clusters([s for s in lines if s.role is r], doc)) for r in ONCE), reverse=True)
    return counts[1]


_SMALLER = 0.6
"""Size of the letters of a head that was missed, of that of most that are sure, at least."""


def _likeliest(doc: Decoded, told: Told, some: Sequence[int], count: int) -> list[int]:
    """Texts that may head a mission, those in the look of other heads first."""
    sure = [doc.fragments[int(i)] for i in np.flatnonzero(told.anchors >= ANCHOR)]
    heads = {look_of(f) for f in sure}
    usual = float(np.median([f.style.size for f in sure])) if sure else 0.0
    able = []
    for i in some:
        alike = look_of(doc.fragments[i]) in heads
        if doc.fragments[i].text[:1].islower() or doc.fragments[i].style.size < _SMALLER * usual:
            continue  # it goes on with a line above, or is set far smaller than most
        if doc.roles[i] in HEADS and (told.anchors[i] >= _LEAST or alike):
            able.append((float(told.anchors[i]) + (1.0 if alike else 0.0), i))
    known = [doc.fragments[int(i)] for i in np.flatnonzero(doc.home == np.arange(len(doc.home)))]
    able = [(p, i) for p, i in able if not any(_one_of_text(doc, i, head.number) for head in known)]
    chosen: list[int] = []
    for _, i in sorted(able, key=lambda pair: (-pair[0], pair[1])):
        if len(chosen) < count and not any(_one_of_text(doc, i, j) for j in chosen):
            chosen.append(i)
    return chosen


def _one_of_text(doc: Decoded, i: int, j: int) -> bool:
    """Two lines of one text, without a rule between them."""
    over, under = sorted((doc.fragments[i], doc.fragments[j]), key=lambda f: f.box.top)
    return _one_text(doc.fragments[i], doc.fragments[j]) and not doc.parted(over.page, over.box, under.box)


def _one_text(a: Fragment, b: Fragment) -> bool:
    """Two lines of one text: one under the other in one look; or two pieces of a line that a sign parts."""
    if _parted_by_a_sign(*((a, b) if a.number < b.number else (b, a))):
        return True
    size = max(a.style.size, b.style.size)
    near = max(a.box.top, b.box.top) - min(a.box.bottom, b.box.bottom) < 1.1 * size
    return a.page == b.page and near and a.box.x_overlap(b.box) > 0 and look_of(a) == look_of(b)
