"""Headings that name the client and the work in one run of lines: where a line holds the end of the one and the
beginning of the other, their words tell them apart, no line does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from carnet.pipeline.observe.document import look_of
from carnet.pipeline.page.fragments import Fragment
from carnet.schemas.roles import Role

_NEAR = 0.8
"""Letter sizes between two lines of one heading at most."""
_SIGNS = (":", ",", "-", "–", "—", ".", ";")


def cut_within_lines(fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int]) -> Iterator[int]:
    """Lines of clients and titles of one look, one right under the other, of which the first of the title goes on in
    small letters: "Direction générale (DGE) Impact des" over "ateliers sur leurs territoires"."""
    for f in fragments[1:]:
        over = fragments[f.number - 1]
        goes_on = f.text[:1].islower() and not over.text.rstrip().endswith(_SIGNS)
        if roles[f.number] is Role.TITLE and roles[over.number] is Role.CLIENT and goes_on and _under(over, f):
            yield from _lines(f.number, -1, fragments, roles, homes)
            yield f.number
            yield from _lines(f.number, 1, fragments, roles, homes)


def _lines(
    at: int, step: int, fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int]
) -> Iterator[int]:
    role = Role.CLIENT if step < 0 else Role.TITLE
    i = at + step
    while 0 <= i < len(fragments) and roles[i] is role and homes[i] == homes[at]:
        one, other = (fragments[i], fragments[i - step]) if step < 0 else (fragments[i - step], fragments[i])
        if not _under(one, other):
            return
        yield i
        i += step


def _under(over: Fragment, f: Fragment) -> bool:
    gap = f.box.top - over.box.bottom
    near = over.page == f.page and over.line != f.line and -f.style.size < gap < _NEAR * f.style.size
    return near and look_of(over) == look_of(f) and abs(over.box.x0 - f.box.x0) < f.style.size
