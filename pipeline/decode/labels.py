"""What stands under a label is what the label announces: a brochure uses its words alike in all its missions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from carnet.pipeline.observe.document import FLOW, Observed
from carnet.pipeline.page import tolerances
from carnet.pipeline.page.fragments import Fragment
from carnet.pipeline.page.order import ORDERED
from carnet.pipeline.page.relations import RELATIONS
from carnet.pipeline.rules.fold import fold
from carnet.schemas.roles import Role

Matrix = npt.NDArray[np.float32]

_LETTERS = 3
"""Of a label that says something."""
_FAR = 12.0
"""Letter sizes between a label and what stands under it."""
_LONG = 25.0
"""The same of a text."""
_NEXT = 1.0
"""Letter sizes between a label and the one value right under it."""
_PLACES = 2
"""Of a label, from which on it tells something."""
_ASTRAY = 0.02
"""How likely what stands behind a label is not what the label announces."""
_ASTRAY_BELOW = 0.1
"""The same of what stands under it: it may begin something else."""
_BESIDE = 2.5
"""How much more than once what a label says holds for what stands behind it: it means one thing everywhere."""
_BELOW = 0.5
"""How much of what a label says holds for what stands further below it."""
_ANNOUNCED = 0.5
"""Weight of what a label seems to announce, beside what stands under it."""
_KIN = (
    frozenset({Role.CONTACT, Role.EMAIL, Role.PHONE}),
    frozenset({Role.PERIOD, Role.START, Role.END, Role.DURATION}),
)
"""Roles that one label may announce together."""
_ITS_LOOK = 0.1
"""Weight of what an amount looks like, beside what its label says."""
_MONEY = (Role.AMOUNT, Role.WORKS_COST)
_NO_VALUES = frozenset({Role.LABEL, Role.HEAD, Role.TITLE, Role.HEADING, Role.FURNITURE, Role.KICKER, Role.REFERENCE})


def told_by_labels(
    seen: Observed, roles: Sequence[Role], shares: Matrix, of: Matrix, home: Sequence[int], known: Sequence[Role]
) -> Iterator[tuple[int, Matrix]]:
    """Values under labels that a brochure prints over and over, with what each is likely to be given what stands under
    that label in its other places. `home`: the head that each fragment belongs to. `known`: the roles of the columns.

    `shares`, `of`: n × roles: what each fragment seems to be, and what it seems to announce as a label. "Suites" over
    "41 modèles réécrits", a fact or a result: a result, where it stands over results elsewhere."""
    at: dict[str, dict[int, list[int]]] = {}
    over = labels_of(seen, roles, home)
    aside = known.index(Role.ASIDE)
    for i, (label, _) in over.items():
        if shares[i, aside] >= _SURELY:
            continue  # the caption of a picture beside the facts
        at.setdefault(_word(seen.fragments[label]), {}).setdefault(label, []).append(i)
    together = _together(known)
    for word, places in at.items():
        if sum(c.isalpha() for c in word) < _LETTERS or len(places) < _PLACES:
            continue
        nearness = {label: np.array([1 / (1 + over[i][1]) for i in values]) for label, values in places.items()}
        said = {label: _mean(shares[values], nearness[label]) @ together for label, values in places.items()}
        total = np.sum(list(said.values()), axis=0) + _ANNOUNCED * of[list(places)].sum(axis=0) @ together
        count = (1 + _ANNOUNCED) * len(places) - 1
        for label, values in places.items():
            elsewhere = (total - said[label]) / count
            for i in values:
                told = shares[i] * _weight(elsewhere, over[i][1])
                told = _by_label_only(told / told.sum(), elsewhere, known)
                if told.max() >= _TOLD or shares[i].max() < _SURELY:
                    yield i, told


def labels_of_rows(seen: Observed, shares: Matrix, known: Sequence[Role]) -> list[int]:
    """What seems to head a column and heads a row: a value stands behind it, and right over or under it, at its left
    edge, another such or a label."""
    most = [known[n] for n in shares.argmax(axis=1).tolist()]
    right, above, below = (seen.beside[RELATIONS.index(name)].tolist() for name in ("right", "above", "below"))
    out = []
    for i in (i for i, role in enumerate(most) if role is Role.HEAD):
        near = [n for n in (above[i], below[i]) if n >= 0 and most[n] in (Role.HEAD, Role.LABEL)]
        flush = any(_flush(seen.fragments[n], seen.fragments[i]) for n in near)
        if right[i] >= 0 and most[right[i]] not in _NO_VALUES and flush:
            out.append(i)
    return out


def _flush(a: Fragment, b: Fragment) -> bool:
    return abs(a.box.x0 - b.box.x0) < tolerances.SAME_EDGE * max(a.style.size, 1.0)


def _mean(shares: Matrix, weights: npt.NDArray[np.float64]) -> Matrix:
    mean: Matrix = (weights @ shares / weights.sum()).astype(np.float32)
    return mean


def _weight(elsewhere: Matrix, distance: float) -> Matrix:
    """What a label says, as a factor: the less, the further from it."""
    if distance <= 0:
        return (elsewhere + _ASTRAY) ** _BESIDE
    return (elsewhere + _ASTRAY_BELOW) ** (1.0 if distance < _NEXT else _BELOW)


def _together(known: Sequence[Role]) -> Matrix:
    """Roles × roles: which ones a label announces together."""
    kin = [next((kin for kin in _KIN if role in kin), {role}) for role in known]
    return np.array([[role in some for role in known] for some in kin], np.float32)


def _by_label_only(told: Matrix, elsewhere: Matrix, known: Sequence[Role]) -> Matrix:
    """A fee and a cost of works look alike: which of them it is, the label alone tells."""
    money = [known.index(role) for role in _MONEY]
    said = elsewhere[money] + _ITS_LOOK * told[money]
    out = told.astype(np.float32)
    out[money] = told[money].sum() * said / max(float(said.sum()), 1e-6)
    return out


def texts_under_labels(seen: Observed, roles: Sequence[Role], home: Sequence[int]) -> Iterator[tuple[int, Role]]:
    """Texts that say something else than nearly all texts under that label, all over the brochure, between two that say
    the same as those, not beside them: a paragraph of the context that tells what is to be done is of the context."""
    under: dict[str, dict[int, list[int]]] = {}
    over = labels_of(seen, roles, home)
    flow = seen.groups[FLOW].tolist()
    of_flow: dict[int, set[int]] = {}
    for i, (label, _) in over.items():
        of_flow.setdefault(flow[i], set()).add(label)
    for i, (label, _) in over.items():
        if roles[i].narrative:
            under.setdefault(_word(seen.fragments[label]), {}).setdefault(label, []).append(i)
    for places in under.values():
        role, share = _usual(seen, roles, [i for some in places.values() for i in some])
        if len(places) < _PLACES or share < _NEARLY_ALL:
            continue
        for some in places.values():
            some.sort(key=lambda i: (seen.fragments[i].page, seen.fragments[i].box.top, seen.fragments[i].box.x0))
            own = [n for n, i in enumerate(some) if roles[i] is role]
            if own:
                others = [i for i in some[own[0] : own[-1]] if roles[i] is not role and len(of_flow[flow[i]]) == 1]
                column = [seen.fragments[some[n]].box for n in own]
                yield from ((i, role) for i in others if any(seen.fragments[i].box.x_overlap(b) > 0 for b in column))


def _usual(seen: Observed, roles: Sequence[Role], some: Sequence[int]) -> tuple[Role, float]:
    """What most letters of the texts say, and their share."""
    count: Counter[Role] = Counter()
    for i in some:
        count[roles[i]] += len(seen.fragments[i].text)
    role, letters = count.most_common(1)[0]
    return role, letters / count.total()


_SURELY = 0.95
"""Probability from which on a text is the caption of a picture, whatever label stands at its left; or what it seems,
where what the label says makes it nothing."""
_TOLD = 0.4
"""Probability under which a text under a label is nothing."""
_NEARLY_ALL = 0.85
"""Share of the letters under a label that say what it announces, by which it is firm."""


def labels_of(seen: Observed, roles: Sequence[Role], home: Sequence[int]) -> dict[int, tuple[int, float]]:
    """Of every value behind or under a label of its mission, that label, and how far it is in letter sizes.

    In this order: the label before it on its row, unless that has a value of its own under it; the one right above;
    that of the line that goes on with it; that of the column above, with nothing but values between."""
    around = _Around(seen, roles, home, {})
    values = [i for i, role in enumerate(roles) if home[i] >= 0 and role not in _NO_VALUES]
    flow = seen.groups[FLOW].tolist()
    for i in values:
        found = around.on_row(i) or around.right_above(i) or around.in_text(i, flow)
        if found:
            around.known[i] = found
    beside = {(flow[i], label) for i, (label, distance) in around.known.items() if distance <= 0}
    for i, (label, distance) in around.known.items():
        if (flow[i], label) in beside and distance < _NEXT / 2:  # right under both, it goes on with what stands behind
            around.known[i] = (label, 0.0)
    of_flow = {flow[i]: label for i, (label, _) in reversed(around.known.items())}
    for i in values:
        if i in around.known:
            continue
        over = of_flow.get(flow[i])
        found = (over, _NEXT) if over is not None and home[over] == home[i] else around.in_column(i)
        if found:
            around.known[i] = found
    return around.known


_RUN_IN = 1.2
"""Letter sizes between a label and the text that begins on its line, at most."""


@dataclass
class _Around:
    """Where the label of a fragment may stand; `known`: those that were found, with their distances."""

    seen: Observed
    roles: Sequence[Role]
    home: Sequence[int]
    known: dict[int, tuple[int, float]]

    def beside(self, name: str, at: int) -> int:
        """Who stands there, -1 for nobody of its mission."""
        found = int(self.seen.beside[(*RELATIONS, *ORDERED).index(name), at])
        return found if found >= 0 and self.home[found] == self.home[at] else -1

    def is_value(self, at: int) -> bool:
        return self.roles[at] not in _NO_VALUES

    def below(self, label: int, at: int) -> float:
        """Letter sizes by which one is below the other."""
        fragments = self.seen.fragments
        return (fragments[at].box.top - fragments[label].box.bottom) / max(fragments[at].style.size, 1.0)

    def on_row(self, i: int) -> tuple[int, float] | None:
        at = self.beside("left", i)
        while at >= 0 and self.is_value(at):
            at = self.beside("left", at)
        if at < 0 or self.roles[at] is not Role.LABEL:
            return None
        fragments, under = self.seen.fragments, self.beside("below", at)
        over_its_own = under >= 0 and self.is_value(under) and self.below(at, under) < _NEXT
        gap = (fragments[i].box.x0 - fragments[at].box.x1) / max(fragments[i].style.size, 1.0)
        apart = gap > _RUN_IN or not self.roles[i].narrative
        return None if over_its_own and apart and fragments[at].line != fragments[i].line else (at, 0.0)

    def right_above(self, i: int) -> tuple[int, float] | None:
        at = self.beside("above", i)
        if at < 0 or self.roles[at] is not Role.LABEL or self.below(at, i) >= _NEXT:
            return None
        return self.last_on_line(at), max(self.below(at, i), 0.1)

    def in_text(self, i: int, flow: Sequence[int]) -> tuple[int, float] | None:
        last = self.beside("before", i)
        if last < 0 or not (flow[last] == flow[i] or self.on_next_line(last, i)):
            return None
        if self.roles[last] is Role.LABEL:
            return last, _NEXT / 2
        return (self.known[last][0], _NEXT) if last in self.known else None

    def on_next_line(self, last: int, i: int) -> bool:
        """Does a line that the one ends go on with the other?"""
        a, b = self.seen.fragments[last], self.seen.fragments[i]
        return -0.4 <= self.below(last, i) < _NEXT and b.box.x0 < a.box.x0 and a.region == b.region

    def in_column(self, i: int) -> tuple[int, float] | None:
        at = self.beside("above", i)
        while at >= 0 and self.is_value(at) and at not in self.known:
            at = self.beside("above", at)
        label = -1 if at < 0 else at if self.roles[at] is Role.LABEL else self.known[at][0] if at in self.known else -1
        if label < 0 or self.seen.fragments[label].page != self.seen.fragments[i].page:
            return None
        label = self.last_on_line(label)
        distance = max(0.0, self.below(label, i))
        return (label, distance) if distance < (_LONG if self.roles[i].narrative else _FAR) else None

    def last_on_line(self, label: int) -> int:
        """The last label of a line on which the first has its value behind it: what stands on the next line goes on
        after that one."""
        fragments, at = self.seen.fragments, label + 1
        line = fragments[label].line
        if at >= len(fragments) or fragments[at].line != line or self.roles[at] is Role.LABEL:
            return label
        while at < len(fragments) and fragments[at].line == line:
            label = at if self.roles[at] is Role.LABEL else label
            at += 1
        return label


def _word(fragment: Fragment) -> str:
    return fold(fragment.text).strip(" :.-–")


def told_apart(
    seen: Observed, roles: Sequence[Role], shares: Matrix, home: Sequence[int], known: Sequence[Role]
) -> Iterator[tuple[int, Matrix]]:
    """Two labels that a brochure prints over texts of most of its missions rather announce two things. Texts under
    labels, with what each is likely to be given what stands under that label elsewhere, and under the ones beside it:
    "Le site … Le projet …" are not both why, though no word of theirs says so.

    `shares`: n × roles: what each fragment seems to be."""
    over = labels_of(seen, roles, home)
    at: dict[str, dict[int, list[int]]] = {}
    for i, (label, _) in over.items():
        if roles[i].narrative:
            at.setdefault(_word(seen.fragments[label]), {}).setdefault(home[i], []).append(i)
    words = [word for word in at if sum(c.isalpha() for c in word) >= _LETTERS]
    at = {word: at[word] for word in words if len(at[word]) >= _PLACES}
    columns = [known.index(role) for role in _TEXTS]
    outside = [n for n, role in enumerate(known) if not role.of_mission]
    told = {word: _told_under(some, shares[:, columns]) for word, some in at.items()}
    for word, places in at.items():
        beside = [w for w in at if w != word and 2 * len(at[w].keys() & places.keys()) > len(places)]
        if not beside:
            continue
        likely = told[word] * np.prod([1 - _RATHER * told[w] for w in beside], axis=0)
        for i in (i for some in places.values() for i in some):
            out = shares[i].copy()
            some = out[columns] * likely
            out[columns] = out[columns].sum() * some / max(float(some.sum()), 1e-6)
            out[outside] = 0.0  # under a label of the mission
            yield i, np.asarray(out / max(float(out.sum()), 1e-6), np.float32)


_TEXTS = (Role.CONTEXT, Role.APPROACH, Role.RESULTS)
_RATHER = 0.8
"""How much less likely a label announces what another one surely announces."""


def _told_under(places: Mapping[int, Sequence[int]], shares: Matrix) -> Matrix:
    """How likely the texts under a label are each of `_TEXTS`, on the mean of the missions."""
    mean = np.mean([shares[some].mean(axis=0) for some in places.values()], axis=0)
    out: Matrix = (mean / max(float(mean.sum()), 1e-6)).astype(np.float32)
    return out
