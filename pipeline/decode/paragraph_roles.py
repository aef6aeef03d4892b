"""Paragraphs without labels, told alike in all missions of a brochure: the first says why, the second what was done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from carnet.pipeline.observe.document import look_of
from carnet.pipeline.page.fragments import Fragment
from carnet.schemas.roles import Role

Matrix = npt.NDArray[np.float32]

_TEXTS = (Role.CONTEXT, Role.APPROACH, Role.RESULTS)
_MISSIONS = 3
"""Missions with as many paragraphs, from which on a place among them tells something."""
_BY_ORDER = {
    2: ((0.8, 0.15, 0.05), (0.1, 0.7, 0.2)),
    3: ((0.85, 0.1, 0.05), (0.15, 0.75, 0.1), (0.05, 0.35, 0.6)),
}
"""How likely each of two, or three, paragraphs tells why, what was done and what came of it, whatever its words."""
_SAID = 0.12
"""Share of what stands in a place that must say something, for the place to say it."""
_OWN = 0.3
"""How much a paragraph's own words count: the networks are surer of them than they are right."""
_RATHER = 0.8
"""How much less likely a paragraph says what the one beside it surely says."""
_ASTRAY = 0.05
"""How likely a paragraph says something else than its place does in the other missions."""
_GAP = 1.25
"""Between two lines, in pitches of the text, from which on a new paragraph begins."""


def told_by_place(
    fragments: Sequence[Fragment],
    roles: Sequence[Role],
    shares: Matrix,
    homes: Sequence[int],
    rank: Sequence[int],
    known: Sequence[Role],
) -> Iterator[tuple[int, Matrix]]:
    """Fragments of paragraphs, with what each is likely to be given what stands in its place in the other missions, and
    what the paragraphs beside it are. `shares`: n × `known`; `rank`: places in the order of reading."""
    columns = [known.index(role) for role in _TEXTS]
    by_count: dict[int, list[list[list[int]]]] = {}
    for told in told_without_labels(fragments, roles, homes, rank):
        if len(told) in _BY_ORDER:
            by_count.setdefault(len(told), []).append(told)
    for missions in by_count.values():
        if len(missions) < _MISSIONS:
            continue
        means = [[_normal(shares[p][:, columns].mean(axis=0)) for p in paragraphs] for paragraphs in missions]
        places = np.mean(np.array(means), axis=0)
        free = np.where(places >= _SAID, np.array(_BY_ORDER[len(places)]), 1e-3)
        free[1:] *= 1 - _RATHER * places[:-1]
        free[:-1] *= 1 - _RATHER * places[1:]
        for paragraphs, own in zip(missions, means, strict=True):
            for place, (some, mean) in enumerate(zip(paragraphs, own, strict=True)):
                likely = _normal(_normal(mean**_OWN) * (places[place] + _ASTRAY) * free[place])
                for i in some:
                    out = shares[i].copy()
                    out[columns] = out[columns].sum() * likely
                    yield i, out


def _normal(some: Matrix) -> Matrix:
    out: Matrix = (some / max(float(some.sum()), 1e-6)).astype(np.float32)
    return out


def told_without_labels(
    fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int], rank: Sequence[int], least: int = 2
) -> Iterator[list[list[int]]]:
    """The paragraphs of each mission that has neither labels over its texts nor lists in them, all in one look, nor
    columns that say one thing each. `least`: texts of a mission."""
    members: dict[int, list[int]] = {}
    for i in sorted(range(len(roles)), key=lambda i: rank[i]):
        if homes[i] >= 0:
            members.setdefault(homes[i], []).append(i)
    for some in members.values():
        texts = [i for i in some if roles[i] in _TEXTS]
        if len(texts) < least or any(fragments[i].marked for i in texts):
            continue
        looks = {look_of(fragments[i]) for i in texts}
        labels = [i for i in some if roles[i] is Role.LABEL]
        if len(looks) > 1 or any(_over(fragments[a], fragments[i]) for a in labels for i in texts):
            continue
        if least > 1 and _by_columns(texts, fragments, roles):
            continue
        yield _parted(texts, fragments, least == 1)


def _by_columns(texts: Sequence[int], fragments: Sequence[Fragment], roles: Sequence[Role]) -> bool:
    """Do they stand side by side, each column saying one thing of its own?"""
    columns: list[tuple[float, set[Role]]] = []
    for f in sorted((fragments[i] for i in texts), key=lambda f: f.box.x0):
        if columns and f.box.x0 < columns[-1][0]:
            columns[-1] = (max(columns[-1][0], f.box.x1), columns[-1][1] | {roles[f.number]})
        else:
            columns.append((f.box.x1, {roles[f.number]}))
    said = [some for _, some in columns]
    return len(said) > 1 and all(len(some) == 1 for some in said) and len(set.union(*said)) == len(said)


def _over(label: Fragment, text: Fragment) -> bool:
    """Does a label stand right over a text, or before it on its line?"""
    if label.page != text.page:
        return False
    near = -0.5 * text.style.size < text.box.top - label.box.bottom < 1.5 * text.style.size
    return label.line == text.line or near and label.box.x_overlap(text.box) > 0


def _parted(texts: Sequence[int], fragments: Sequence[Fragment], by_room: bool) -> list[list[int]]:
    """Cut where a line stands further below than lines of a text do, or in another column behind a full stop;
    `by_room`: or on a new line though the one above had room for its first word."""
    steps = [
        fragments[b].box.top - fragments[a].box.top
        for a, b in zip(texts, texts[1:], strict=False)
        if fragments[a].line != fragments[b].line and fragments[a].page == fragments[b].page
    ]
    down = [step for step in steps if step > 0]
    pitch = min(down, default=0.0)
    out: list[list[int]] = [[texts[0]]]
    for a, b in zip(texts, texts[1:], strict=False):
        one, other = fragments[a], fragments[b]
        if one.line != other.line and _begins(one, other, pitch, _right_of(one, texts, fragments) if by_room else 0.0):
            out.append([])
        out[-1].append(b)
    return out


def _right_of(line: Fragment, texts: Sequence[int], fragments: Sequence[Fragment]) -> float:
    """Where the column of a line ends."""
    column = (f for f in (fragments[i] for i in texts) if f.page == line.page and f.box.x_overlap(line.box) > 0)
    return max(f.box.x1 for f in column)


def _begins(one: Fragment, other: Fragment, pitch: float, right: float) -> bool:
    step = other.box.top - one.box.top
    ended = one.text.rstrip().endswith((".", "!", "?", "»", "…"))
    if one.page != other.page or step < 0:
        return ended
    word = other.passage.pieces[0].word.box
    room = word is not None and one.box.x1 + word.width + _BLANK * one.style.size < right
    return step > _GAP * pitch or ended and room


_BLANK = 1.0
"""Letter sizes that a line must have to spare, with its blank, for the next word to have stood on it."""
