"""Missions that a column cuts: what stands at the top of the next column, over its first head, goes on with the last of
the column before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from carnet.pipeline.page.fragments import Fragment
from carnet.pipeline.rules.fold import letters_of
from carnet.schemas.roles import Role

_COLUMN = 3.0
"""Letter sizes by which what begins in one column begins apart at most."""


def cut_by_columns(
    fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """What stands under a label at the top of a column, with the last head of the column before: where the mission that
    it seems to be of has that label twice, and that head's has nothing of what is told there."""
    heads: dict[int, list[int]] = {}
    on: dict[int, list[int]] = {}
    for i, home in enumerate(homes):
        on.setdefault(fragments[i].page, []).append(i)
        if home == i:
            heads.setdefault(fragments[i].page, []).append(i)
    said = {i: letters_of(fragments[i].text) for i, role in enumerate(roles) if role is Role.LABEL and homes[i] >= 0}
    often = Counter((homes[i], word) for i, word in said.items())
    told: dict[int, set[Role]] = {}
    for i, home in enumerate(homes):
        told.setdefault(home, set()).add(roles[i])
    for label, word in said.items():
        some = heads.get(fragments[label].page, ()) if often[homes[label], word] > 1 else ()
        last = _last_before(label, some, fragments) if some else None
        if last is None or last == homes[label]:
            continue
        page = on[fragments[label].page]
        block = [i for i in _under(label, page, some, fragments) if homes[i] == homes[label]]
        texts = {roles[i] for i in block if roles[i].narrative}
        if texts and not texts & told[last]:
            yield from ((i, last) for i in block)


def _last_before(label: int, heads: Sequence[int], fragments: Sequence[Fragment]) -> int | None:
    """The last head of the column before that of a label over whose column's first head it stands; None elsewhere."""
    f = fragments[label]
    near = _COLUMN * max(f.style.size, 1.0)
    mine = [h for h in heads if abs(fragments[h].box.x0 - f.box.x0) < near]
    left = [h for h in heads if fragments[h].box.x1 < f.box.x0]
    if not mine or not left or any(fragments[h].box.top < f.box.top for h in mine):
        return None
    edge = max(fragments[h].box.x0 for h in left)
    return max((h for h in left if edge - fragments[h].box.x0 < near), key=lambda h: fragments[h].box.top)


def _under(label: int, page: Sequence[int], heads: Sequence[int], fragments: Sequence[Fragment]) -> Iterator[int]:
    """The label and what stands under it in its column as far as the first head there."""
    f = fragments[label]
    size = max(f.style.size, 1.0)
    foot = min(fragments[h].box.top for h in heads if abs(fragments[h].box.x0 - f.box.x0) < _COLUMN * size)
    for i in page:
        box = fragments[i].box
        if f.box.top - size <= box.top < foot and box.x0 >= f.box.x0 - size:
            yield i
