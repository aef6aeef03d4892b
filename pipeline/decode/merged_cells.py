"""Clients in a cell that is merged over several rows of a ruled table: each of these rows has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from carnet.pipeline.page.fragments import Fragment, Sheet
from carnet.schemas.layout import BBox
from carnet.schemas.roles import Role


def clients_in_merged_cells(
    sheets: Sequence[Sheet], fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int]
) -> Iterator[tuple[int, list[int]]]:
    """Heads without a client, with the client between whose rules they stand in another column."""
    named = {homes[i] for i, role in enumerate(roles) if role in (Role.CLIENT, Role.HEADING) and homes[i] >= 0}
    bare = [i for i, home in enumerate(homes) if home == i and i not in named]
    for sheet in sheets if bare else ():
        rows = [i for i in bare if fragments[i].page == sheet.number]
        clients = [
            f for f in sheet.fragments if roles[f.number] is Role.CLIENT and homes[f.number] not in (-1, f.number)
        ]
        for head in rows if sheet.rules else ():
            box = fragments[head].box
            over = [f for f in clients if f.box.x_overlap(box) <= 0 and _beside(f.box, box, sheet)]
            if over and len({homes[f.number] for f in over}) == 1:
                yield head, [f.number for f in over]


def _beside(client: BBox, head: BBox, sheet: Sheet) -> bool:
    """Does a head stand between the rules over and under the cell of a client, and a rule between the two in its own
    column, which parts their rows?"""
    middle, at = (client.x0 + client.x1) / 2, (client.top + client.bottom) / 2
    cuts = [y for x0, x1, y in sheet.rules if x0 <= middle <= x1]
    top = max((y for y in cuts if y <= at), default=None)
    foot = min((y for y in cuts if y > at), default=None)
    if top is None or foot is None:
        return False
    row = (head.top + head.bottom) / 2
    parts = [y for x0, x1, y in sheet.rules if x0 <= (head.x0 + head.x1) / 2 <= x1 and top < y < foot]
    return top < row < foot and bool(parts)
