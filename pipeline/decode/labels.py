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
_LEADS = (Role.CONTACT, Role.PERIOD)
"""Which of each of them stands for all."""
_MONEY = {Role.AMOUNT, Role.WORKS_COST}
_NO_VALUES = frozenset({Role.LABEL, Role.HEAD, Role.TITLE, Role.HEADING, Role.FURNITURE, Role.KICKER, Role.REFERENCE})


def told_by_labels(
    fragments: Sequence[Fragment],
    roles: Sequence[Role],
    sure: Sequence[float],
    announced: Sequence[Role | None],
    home: Sequence[int],
) -> Iterator[tuple[int, Role]]:
    """Fragments that are not sure of themselves under a label that means, throughout the brochure, something else;
    with that. All of them are in doubt (`doubts.SURE`), and stay so, but what a fee is and what a cost of works: there
    the label knows better than any figure. `home`: the head that each belongs to."""
    over = _labels_over(fragments, roles, home)
    labels = [i for i, role in enumerate(roles) if role is Role.LABEL and home[i] >= 0]
    said = [(_word(fragments[i]), announced[i], 1.0) for i in labels]
    said += [(_word(fragments[label]), _leading(roles[i]), sure[i]) for i, (label, _) in over.items()]
    meant = _meant(said)
    for i, (label, distance) in over.items():
        role, told = roles[i], meant.get(_word(fragments[label]))
        if told is None or told is role or any({told, role} <= kin for kin in _KIN):
            continue
        text = role.narrative or role in _TEXTS
        near = distance < _NEXT and (text if told.narrative else not role.narrative)
        unsure = sure[i] < SURE and (near or told.narrative and text and sure[i] < _UNSURE)
        if unsure or distance < _NEXT and {told, role} == _MONEY:
            yield i, told


def _labels_over(
    fragments: Sequence[Fragment], roles: Sequence[Role], home: Sequence[int]
) -> dict[int, tuple[int, float]]:
    """Of every value that stands under or behind a label of its mission, that label and how far it is."""
    by_home: dict[int, list[int]] = {}
    for i, role in enumerate(roles):
        if role is Role.LABEL and home[i] >= 0:
            by_home.setdefault(home[i], []).append(i)
    out = {}
    for i, role in enumerate(roles):
        if role in _NO_VALUES or home[i] < 0:
            continue
        label, distance = _over(fragments, roles, i, by_home.get(home[i], ()))
        if label is not None:
            out[i] = label, distance
    return out


def _leading(role: Role) -> Role:
    """Of roles that one label may announce together, the one that it announces: an e-mail is of a contact."""
    return next((lead for lead, kin in zip(_LEADS, _KIN, strict=True) if role in kin), role)


def _meant(said: Sequence[tuple[str, Role | None, float]]) -> dict[str, Role]:
    """What each label means where most says the same: what it seems to announce in its places, and what stands under
    it there, as far as that is sure."""
    by_word: dict[str, Counter[Role | None]] = {}
    for word, role, weight in said:
        by_word.setdefault(word, Counter())[role] += weight  # type: ignore[assignment]
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
