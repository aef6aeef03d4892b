"""Rows of tables that a page cuts: the first one under the heads that come again goes on with the last one before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from carnet.pipeline.decode.tables import Tables
from carnet.pipeline.page.fragments import Fragment
from carnet.pipeline.rules.fold import letters_of
from carnet.schemas.roles import Role

_SIGNS = 2
"""Columns whose text goes on, from which on a row does."""
_MOST = 0.5
"""Share of the columns with text in both that go on, at least."""
_ONCE = (Role.AMOUNT, Role.EMAIL)
"""What no row tells in two halves."""


def rows_cut_by_pages(
    fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Heads of rows that go on with the last row of the page before, each with the head of that."""
    tables = Tables(fragments, roles)
    pages: dict[int, list[int]] = {}
    for i, home in enumerate(homes):
        if home == i:
            pages.setdefault(fragments[i].page, []).append(i)
    for page, heads in pages.items():
        if page + 1 in pages:
            last = max(heads, key=lambda i: fragments[i].box.top)
            first = min(pages[page + 1], key=lambda i: fragments[i].box.top)
            upper, lower = (_columns(i, fragments, roles, homes, tables) for i in (last, first))
            if _goes_on(upper, lower, roles):
                yield first, last


def _columns(
    head: int, fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int], tables: Tables
) -> dict[str, list[Fragment]]:
    """What of a row stands on the page of its head, by the head over its column, from top to bottom."""
    page = fragments[head].page
    out: dict[str, list[Fragment]] = {}
    for i, home in enumerate(homes):
        if home == head and fragments[i].page == page and roles[i] is not Role.HEAD:
            f = fragments[i]
            over = tables.over(page, f.box, f.style.size)
            if over:
                out.setdefault(letters_of("".join(fragments[h].text for h in over)), []).append(f)
    return {name: sorted(some, key=lambda f: (f.box.top, f.box.x0)) for name, some in out.items()}


def _goes_on(upper: dict[str, list[Fragment]], lower: dict[str, list[Fragment]], roles: Sequence[Role]) -> bool:
    both = [(upper[name], lower[name]) for name in upper if name in lower]
    twice = any({roles[f.number] for f in over} & {roles[f.number] for f in under} & set(_ONCE) for over, under in both)
    signs = sum(_cut(over[-1].text.rstrip(), under[0].text.lstrip()) for over, under in both)
    return not twice and signs >= max(_SIGNS, _MOST * len(both))


def _cut(one: str, other: str) -> bool:
    """Is a text cut between these two lines?"""
    return one.endswith(("-", "–", ",", "(", "&", "/")) or other[:1].islower() or other.startswith(("(", ")"))
