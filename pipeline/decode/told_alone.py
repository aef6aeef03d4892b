"""The one text of a mission says what was done, whatever else it seems to say, unless a label announces otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from carnet.pipeline.decode.tables import Tables
from carnet.pipeline.page.fragments import Fragment
from carnet.schemas.roles import Role


def told_alone(
    fragments: Sequence[Fragment],
    roles: Sequence[Role],
    homes: Sequence[int],
    over: Mapping[int, tuple[int, float]],
    announced: Sequence[Role | None],
) -> Iterator[tuple[int, Role]]:
    """Texts of missions that tell none of what was done, with the role they have then: why alone, or what came of it
    alone, is what was done; of both, what came of it is.

    `over`: the label of each value; `announced`: what each fragment announces as a label or a column's head."""
    tables = Tables(fragments, roles)
    texts: dict[int, list[int]] = {}
    for i, role in enumerate(roles):
        if role.narrative and homes[i] >= 0:
            texts.setdefault(homes[i], []).append(i)
    for some in texts.values():
        kinds = {roles[i] for i in some}
        if Role.APPROACH in kinds:
            continue
        last = Role.RESULTS if Role.RESULTS in kinds else Role.CONTEXT
        own = [i for i in some if roles[i] is last]
        if not any(_announces(i, last, fragments, tables, over, announced) for i in own):
            yield from ((i, Role.APPROACH) for i in own)


def _announces(
    i: int,
    role: Role,
    fragments: Sequence[Fragment],
    tables: Tables,
    over: Mapping[int, tuple[int, float]],
    announced: Sequence[Role | None],
) -> bool:
    """Does a label or the head of its column say so?"""
    heads = [over[i][0]] if i in over else []
    f = fragments[i]
    return any(announced[h] is role for h in (*heads, *tables.over(f.page, f.box, f.style.size)))
