"""Clients, and people, in a cell that is merged over several rows of a ruled table: each of these rows has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from carnet.pipeline.decode.tables import Tables
from carnet.pipeline.page.fragments import Fragment, Sheet
from carnet.schemas.layout import BBox
from carnet.schemas.roles import Role

_SHARED = (frozenset({Role.CLIENT}), frozenset({Role.CONTACT, Role.EMAIL, Role.PHONE}))
"""What is told together in one cell, and may be that of several rows."""


def in_merged_cells(
    sheets: Sequence[Sheet], fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int]
) -> Iterator[tuple[int, list[int]]]:
    """Heads without a client, or without anybody to ask, with those under a head of another column between whose rules
    they stand."""
    tables = Tables(fragments, roles)
    for wanted in _SHARED:
        told = wanted | {Role.HEADING} if Role.CLIENT in wanted else wanted
        having = {homes[i] for i, role in enumerate(roles) if role in told and homes[i] >= 0}
        bare = [i for i, home in enumerate(homes) if home == i and i not in having]
        for sheet in sheets if bare else ():
            rows = [i for i in bare if fragments[i].page == sheet.number]
            others = (f for f in sheet.fragments if homes[f.number] not in (-1, f.number))
            some = [f for f in others if roles[f.number] in wanted and tables.over(f.page, f.box, f.style.size)]
            for head in rows if sheet.rules else ():
                box = fragments[head].box
                over = [f for f in some if f.box.x_overlap(box) <= 0 and _beside(f.box, box, sheet)]
                if over and len({homes[f.number] for f in over}) == 1:
                    yield head, [f.number for f in over]


def _beside(shared: BBox, head: BBox, sheet: Sheet) -> bool:
    """Does a head stand between the rules over and under the cell of what is shared, and a rule between the two in its
    own column, which parts their rows?"""
    middle, at = (shared.x0 + shared.x1) / 2, (shared.top + shared.bottom) / 2
    cuts = [y for x0, x1, y in sheet.rules if x0 <= middle <= x1]
    top = max((y for y in cuts if y <= at), default=None)
    foot = min((y for y in cuts if y > at), default=None)
    if top is None or foot is None:
        return False
    row = (head.top + head.bottom) / 2
    parts = [y for x0, x1, y in sheet.rules if x0 <= (head.x0 + head.x1) / 2 <= x1 and top < y < foot]
    return top < row < foot and bool(parts)
