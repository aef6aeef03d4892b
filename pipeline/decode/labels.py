"""What stands under a label is what the label announces: a brochure uses its words alike in all its missions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from carnet.pipeline.decode.doubts import SURE
from carnet.pipeline.page.fragments import Fragment
from carnet.pipeline.rules.fold import fold
from carnet.schemas.roles import Role

_UNSURE = 0.6
"""Posterior under which what stands further below a label follows it, too."""
_ALIKE = 0.6
"""Share of its places in which a label must announce the same."""
_LETTERS = 3
"""Of a label that says something."""
_FAR = 12.0
"""Letter sizes between a label and what stands under it."""
_NEXT = 1.0
"""Letter sizes between a label and the one value right under it."""
_TEXTS = (Role.ASIDE, Role.OTHER, Role.FRONT)
"""What a text may be taken for that has a label over it."""
_KIN = (
    frozenset({Role.CONTACT, Role.EMAIL, Role.PHONE}),
    frozenset({Role.PERIOD, Role.START, Role.END, Role.DURATION}),
)
"""Roles that one label may announce together."""
_NO_VALUES = frozenset({Role.LABEL, Role.HEAD, Role.TITLE, Role.HEADING, Role.FURNITURE, Role.KICKER, Role.REFERENCE})


def told_by_labels(
    fragments: Sequence[Fragment],
    roles: Sequence[Role],
    sure: Sequence[float],
    announced: Sequence[Role | None],
    home: Sequence[int],
) -> Iterator[tuple[int, Role]]:
    """Fragments that are not sure of themselves under a label that announces, throughout the brochure, something
    else; with that. All of them are in doubt (`doubts.SURE`), and stay so. `home`: the head that each belongs to."""
    labels = [i for i, role in enumerate(roles) if role is Role.LABEL and home[i] >= 0]
    meant = _meant([(_word(fragments[i]), announced[i]) for i in labels])
    by_home: dict[int, list[int]] = {}
    for i in labels:
        by_home.setdefault(home[i], []).append(i)
    for i, role in enumerate(roles):
        if sure[i] >= SURE or role in _NO_VALUES or home[i] < 0:
            continue
        label, distance = _over(fragments, roles, i, by_home.get(home[i], ()))
        told = meant.get(_word(fragments[label])) if label is not None else None
        if told is None or told is role or any({told, role} <= kin for kin in _KIN):
            continue
        text = role.narrative or role in _TEXTS
        near = distance < _NEXT and (text if told.narrative else not role.narrative)
        if near or told.narrative and text and sure[i] < _UNSURE:
            yield i, told


def _meant(said: Sequence[tuple[str, Role | None]]) -> dict[str, Role]:
    """What each label announces where it says the same in most of its places."""
    by_word: dict[str, Counter[Role | None]] = {}
    for word, role in said:
        by_word.setdefault(word, Counter())[role] += 1
    out = {}
    for word, roles in by_word.items():
        role, n = roles.most_common(1)[0]
        spelt = sum(c.isalpha() for c in word) >= _LETTERS
        if spelt and role is not None and role.of_mission and n >= 2 and n >= _ALIKE * roles.total():
            out[word] = role
    return out


def _word(fragment: Fragment) -> str:
    return fold(fragment.text).strip(" :.-–")


def _over(
    fragments: Sequence[Fragment], roles: Sequence[Role], at: int, labels: Sequence[int]
) -> tuple[int | None, float]:
    """The label on the line before a fragment, else the nearest above it, and how far it is in letter sizes."""
    value, size = fragments[at], max(fragments[at].style.size, 1.0)
    before = [i for i in labels if fragments[i].line == value.line and fragments[i].start < value.start]
    if before:
        return max(before, key=lambda i: fragments[i].start), 0.0
    over = [i for i in labels if fragments[i].page == value.page and _is_over(fragments[i], value, size)]
    if not over:
        return None, _FAR
    nearest = max(over, key=lambda i: fragments[i].box.bottom)
    distance = (value.box.top - fragments[nearest].box.bottom) / size
    return _last_run_in(fragments, roles, nearest, labels), distance


def _last_run_in(fragments: Sequence[Fragment], roles: Sequence[Role], label: int, labels: Sequence[int]) -> int:
    """The last label of a line on which the first has its value behind it: what stands on the next line goes on after
    that one."""
    line = fragments[label].line
    has_value = label + 1 < len(fragments) and fragments[label + 1].line == line and roles[label + 1] is not Role.LABEL
    if not has_value:
        return label
    return max((i for i in labels if fragments[i].line == line), key=lambda i: fragments[i].start)


def _is_over(label: Fragment, value: Fragment, size: float) -> bool:
    """Does it end above the value, and reach over where that begins?"""
    above = -0.4 * size <= value.box.top - label.box.bottom < _FAR * size
    return above and label.box.x0 - 2 * size <= value.box.x0 <= label.box.x1 + 2 * size
