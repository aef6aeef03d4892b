"""What stands within a line of a running text is of that text: a figure, a raised "7ème", a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from carnet.pipeline.page.fragments import Fragment
from carnet.schemas.roles import Role

_RAISED = 0.8
"""Size of a raised sign at most, of the letters beside it."""
_SHORT = 5
"""Its letters at most."""
_ENDS = tuple(".!?;:")
_OWN = frozenset({Role.LABEL, Role.HEAD, Role.EMAIL, Role.PHONE, Role.CONTACT})
"""What is something else wherever it stands."""


def within_texts(fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Fragments with the one before them on their line, whose text they go on with; a raised sign that opens a line
    with the one behind it."""
    said, home = list(roles), list(homes)
    for f, after in zip(fragments[1:], (*fragments[2:], None), strict=True):
        before = fragments[f.number - 1]
        if roles[f.number].narrative or roles[f.number] in _OWN:
            continue
        if _goes_on(before, f) and (_raised(f, before) or f.text[:1].islower() and _is_text(before, said)):
            told = before.number
        elif after is not None and after.line == f.line and _raised(f, after):
            told = after.number
        else:
            continue
        if said[told] is not said[f.number] and (said[told].narrative or _raised(f, fragments[told])) and home[told] >= 0:
            said[f.number], home[f.number] = said[told], home[told]
            yield f.number, told


def _is_text(f: Fragment, roles: Sequence[Role]) -> bool:
    return roles[f.number].narrative and not f.text.rstrip().endswith(_ENDS)


def _goes_on(before: Fragment, f: Fragment) -> bool:
    return before.line == f.line and not f.joint and not f.marked


def _raised(f: Fragment, beside: Fragment) -> bool:
    return f.style.size <= _RAISED * beside.style.size and len(f.text) <= _SHORT
