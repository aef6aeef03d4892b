"""A text that goes on at the top of the next column, or page, says what it said at the foot of the one before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from carnet.pipeline.page.fragments import Fragment
from carnet.schemas.roles import Role

_BESIDE = frozenset({Role.REFERENCE, Role.ASIDE, Role.FURNITURE, Role.KICKER})
"""What may stand over a column beside its text: the number of a sheet, a caption."""
_LABELS = 2
"""Labels of texts from which on a mission's texts are told by labels, and a text without one is no other text."""


def gone_on(
    fragments: Sequence[Fragment],
    roles: Sequence[Role],
    announced: Sequence[Role | None],
    home: Sequence[int],
    rank: Sequence[int],
    sure: Sequence[float],
) -> Iterator[tuple[int, Role]]:
    """Fragments of a text that runs over the top of a column, with what it says, up to the next label; and what in its
    look is hardly told what it is. `rank`: the order of the columns."""
    told = [_told(role, announced[i]) for i, role in enumerate(roles)]
    labelled: dict[int, list[Fragment]] = {}
    for i, role in enumerate(roles):
        if role is Role.LABEL and told[i]:
            labelled.setdefault(home[i], []).append(fragments[i])
    texts: dict[int, list[Fragment]] = {}
    for i, role in enumerate(roles):
        if role.narrative:
            texts.setdefault(home[i], []).append(fragments[i])
    said: Role | None = None
    before: int | None = None
    facts: list[int] = []  # since the last text
    for i in sorted(range(len(fragments)), key=lambda i: rank[i]):
        if roles[i] in _BESIDE:
            continue
        goes_on = before is not None and home[i] == home[before] and _in_its_look(fragments[before], fragments[i])
        hardly = _hardly_told(i, roles, sure, home)
        if hardly and before is not None and not goes_on and _opens_like(fragments[before], fragments[i]):
            goes_on, said = home[i] == home[before], told[before]
        if said is not None and goes_on and hardly:
            yield i, said
            before, told[i] = i, said
            continue
        if not told[i]:
            said = None
            facts.append(i)
            continue
        here = [j for j in facts if fragments[j].page == fragments[i].page and roles[j].of_mission]
        over = all(_stands_over(fragments[j], fragments[i]) for j in here)
        jumps = before is not None and home[before] == home[i] and _jumps(fragments[before], fragments[i]) and over
        facts.clear()
        if not roles[i].narrative:
            said = None
        elif (
            jumps
            and before is not None
            and told[before]
            and _goes_on(labelled.get(home[i], ()), fragments[i], texts[home[i]])
            and not _headed(labelled.get(home[i], ()), fragments[i], fragments[before])
        ):
            said = told[before]
        elif before is not None and home[before] != home[i]:
            said = None
        if said is not None:
            if roles[i] is not said:
                yield i, said
            told[i] = said
        before = i


def _in_its_look(before: Fragment, f: Fragment) -> bool:
    return before.page == f.page and before.style == f.style


def _opens_like(before: Fragment, f: Fragment) -> bool:
    """The first line of a column in the look and at the left edge of the text at the foot of the one before."""
    flush = abs(before.box.x0 - f.box.x0) < _FLUSH * f.style.size
    return before.style == f.style and flush and _jumps(before, f)


_FLUSH = 0.3
"""Letter sizes between the left edges of two lines of one text."""


def _hardly_told(i: int, roles: Sequence[Role], sure: Sequence[float], home: Sequence[int]) -> bool:
    return roles[i] in _VAGUE and sure[i] < _HARDLY and home[i] != i


_VAGUE = frozenset({Role.TITLE, Role.HEADING, Role.OTHER, Role.CLIENT, Role.TEAM})
_HARDLY = 0.35
"""Probability under which nothing says that a text is what it seems."""


def _goes_on(labels: Sequence[Fragment], text: Fragment, texts: Sequence[Fragment]) -> bool:
    """Has the mission labels of texts, and this one none at its left, which has no text below it?"""
    beside = [
        label
        for label in labels
        if label.page == text.page and label.box.x1 <= text.box.x0 and label.box.y_overlap(text.box) > 0
    ]
    return len(labels) >= _LABELS and all(any(_right_under(label, other) for other in texts) for label in beside)


def _headed(labels: Sequence[Fragment], text: Fragment, last: Fragment) -> bool:
    """Does the column have a label of its own above, which is not that of the column before?"""
    return any(_stands_over(label, text) and not _stands_over(label, last) for label in labels)


def _right_under(label: Fragment, text: Fragment) -> bool:
    near = 0 <= text.box.top - label.box.bottom < _UNDER * label.style.size
    return label.page == text.page and near and label.box.x_overlap(text.box) > 0


_UNDER = 1.5
"""Letter sizes between a label and the text under it at most."""


def _stands_over(fact: Fragment, text: Fragment) -> bool:
    """Over the first line of the column, as a box of facts does."""
    return fact.page == text.page and fact.box.bottom <= text.box.top and fact.box.x_overlap(text.box) > 0


def _told(role: Role, announced: Role | None) -> Role | None:
    """What a text is, or a label announces, if that is a text."""
    role = announced if role is Role.LABEL and announced is not None else role
    return role if role.narrative else None


def _jumps(last: Fragment, first: Fragment) -> bool:
    """From the foot of a column to the top of one at its right, or of the next page."""
    return (
        last.page + 1 == first.page
        or last.page == first.page
        and first.box.x0 >= last.box.x1
        and first.box.bottom < last.box.top
    )
