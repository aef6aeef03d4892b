"""Clients, and people, in a cell that is merged over several rows of a ruled table: each of these rows has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from carnet.pipeline.decode.tables import Tables, between_rules
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
            rows = [fragments[i] for i in bare if fragments[i].page == sheet.number]
            others = (f for f in sheet.fragments if homes[f.number] not in (-1, f.number) and roles[f.number] in wanted)
            cells = [
                (f, between_rules(f.box, sheet)) for f in others if rows and tables.over(f.page, f.box, f.style.size)
            ]
            for head in rows if cells else ():
                over = [f for f, cell in cells if f.box.x_overlap(head.box) <= 0 and _within(head.box, cell, sheet)]
                if over and len({homes[f.number] for f in over}) == 1:
                    yield head.number, [f.number for f in over]


def _within(head: BBox, cell: tuple[float, float] | None, sheet: Sheet) -> bool:
    """Does a head stand at the height of a cell, and does a rule in its own column part that into rows?"""
    if cell is None or not cell[0] < (head.top + head.bottom) / 2 < cell[1]:
        return False
    middle = (head.x0 + head.x1) / 2
    return any(x0 <= middle <= x1 and cell[0] < y < cell[1] for x0, x1, y in sheet.rules)
