"""Big figures over words that say what came of a mission: "61 %" over "de sorties positives" is one result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from carnet.pipeline.page.fragments import Fragment
from carnet.schemas.roles import Role

_ABLE = frozenset({Role.ASIDE, Role.OTHER, Role.RESULTS, Role.WORKS_COST})
_LONGEST = 14  # letters of a figure with its unit
_LETTERS = 6  # of its unit
_SMALLER = 0.85
"""Size of the words under a figure, of its own, at most."""
_NEAR = 1.0
"""Sizes of the figure between it and the words under it, at most."""


def is_figure(text: str) -> bool:
    """ "61 %", "1 sur 3", "0,92 €": a number, perhaps with its unit."""
    return len(text) <= _LONGEST and any(c.isdigit() for c in text) and sum(c.isalpha() for c in text) <= _LETTERS


def big_figures(
    fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int]
) -> dict[int, list[tuple[int, list[int]]]]:
    """By head of a mission: its big figures in the order of print, each with the words right under it that tell a
    result."""
    words: dict[tuple[int, int], list[int]] = {}
    for i, role in enumerate(roles):
        if role is Role.RESULTS and homes[i] >= 0:
            words.setdefault((homes[i], fragments[i].page), []).append(i)
    out: dict[int, list[tuple[int, list[int]]]] = {}
    for i, f in enumerate(fragments):
        if homes[i] < 0 or roles[i] not in _ABLE or not is_figure(f.text):
            continue
        under = [j for j in words.get((homes[i], f.page), ()) if j != i and _under(f, fragments[j])]
        if under:
            out.setdefault(homes[i], []).append((i, under))
    for some in out.values():
        some.sort(
            key=lambda pair: (fragments[pair[0]].page, round(fragments[pair[0]].box.top), fragments[pair[0]].box.x0)
        )
    return out


def _under(figure: Fragment, words: Fragment) -> bool:
    size = figure.style.size
    fall = words.box.top - figure.box.bottom
    near = -0.4 * size < fall < _NEAR * size
    return words.style.size <= _SMALLER * size and near and words.box.x_overlap(figure.box) > 0


def pulled_out(fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int]) -> list[int]:
    """Sentences set larger than the usual text of the brochure, beside usual text of the mission that says the same:
    quotes, and figures with their words, pulled out of it."""
    size = usual_size(fragments, roles)
    plain = {
        (homes[i], role)
        for i, role in enumerate(roles)
        if role.narrative and homes[i] >= 0 and fragments[i].style.size < _LARGER * size
    }
    return [
        i
        for i, role in enumerate(roles)
        if (homes[i], role) in plain and fragments[i].style.size >= _LARGER * size and not fragments[i].marked
    ]


def usual_size(fragments: Sequence[Fragment], roles: Sequence[Role]) -> float:
    """Size in which most letters of texts are set; 0 where there are none."""
    letters = Counter[float]()
    for f, role in zip(fragments, roles, strict=True):
        if role.narrative:
            letters[round(f.style.size, 1)] += len(f.text)
    return max(letters, key=lambda size: letters[size], default=0.0)


_LARGER = 1.15
"""Size of what is pulled out of a text, of that of the text, at least."""
