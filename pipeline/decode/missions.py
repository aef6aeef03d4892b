"""The best whole: heads of missions, what belongs to each, what stands around; and how sure each part is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import replace

import numpy as np

from carnet.pipeline.decode.anchors import ANCHOR
from carnet.pipeline.decode.clusters import goes_on
from carnet.pipeline.decode.decoded import Decoded
from carnet.pipeline.decode.doubts import SURE
from carnet.pipeline.decode.entries import bracketed_entries
from carnet.pipeline.decode.odd_ones import unlike_the_others
from carnet.pipeline.decode.proposal import Read
from carnet.pipeline.decode.sections import section_of
from carnet.pipeline.decode.settling import TellItem, no_item, settled
from carnet.pipeline.decode.stretches import Stretch, columns, stretches
from carnet.pipeline.decode.told_missions import NAMED, kept_missions, with_all_labels
from carnet.pipeline.observe.document import Observed
from carnet.pipeline.page.fragments import Sheet
from carnet.pipeline.roles.network import RoleModel, Told
from carnet.schemas.layout import Passage
from carnet.schemas.outline import MissionSection, Outline, PartKind
from carnet.schemas.roles import Role


def decode(
    sheets: Sequence[Sheet], seen: Observed, told: Told, model: RoleModel, tell_item: TellItem = no_item
) -> Read:
    """Missions in the order of print. `tell_item`: the parts of a short reference, see `items.parts_of`."""
    doc = settled(sheets, seen, told, model, tell_item)
    anchors = np.flatnonzero(doc.home == np.arange(len(doc.home)))
    members: dict[int, list[int]] = {int(a): [] for a in anchors}
    around: list[int] = []
    shared = {i for some in doc.shared.values() for i in some}
    for i, role in enumerate(doc.roles):
        if role.of_mission and doc.home[i] >= 0:
            members[int(doc.home[i])].append(i)
        elif i in shared:
            continue
        elif role is not Role.HEAD:
            around.append(i)
    for head, some in doc.shared.items():
        if head in members:  # what names a part since heads none
            members[head] += some
    told_of = kept_missions(doc, members)
    odd = unlike_the_others(doc.fragments, doc.roles, {a: members[a] for a in told_of}, doc.sure)
    rows = _in_rows(doc, told_of)
    order = sorted((a for a in told_of if a not in odd), key=lambda a: _order(doc, a, rows))
    around += [i for a in members if a not in set(order) for i in members[a]]
    entries = bracketed_entries(
        doc.fragments, doc.roles, doc.shares, model.roles, doc.lines, {a: members[a] for a in order}
    )
    sections: list[MissionSection] = []
    sure: list[dict[PartKind, float]] = []
    for anchor in order:
        if not members[anchor]:
            continue
        section, doubts = section_of(doc, len(sections) + 1, anchor, sorted(members[anchor]), around)
        if anchor in entries:
            section = replace(section, heading=(entries[anchor].heading,), parts=entries[anchor].parts)
        if anchor in doc.items and not entries:
            section = replace(section, heading=(), parts=doc.items[anchor])
        sections.append(section)
        sure.append(doubts)
    unsure = max(_unsure_parts(doc), _unsure_heads(doc, told, {*order}))
    return Read(_outline(doc, sections, around), tuple(sure), _untold(doc, around), unsure)


def _unsure_parts(doc: Decoded) -> float:
    """Share of what missions hold that is hardly told from something else."""
    sure = [p >= SURE for p, role in zip(doc.sure, doc.roles, strict=True) if role.of_mission]
    return 1 - sum(sure) / len(sure) if sure else 1.0


def _unsure_heads(doc: Decoded, told: Told, kept: Container[int]) -> float:
    """Texts that may head a mission and may not, and heads that only the grammar asks for, to each that is sure.
    `kept`: the heads of what is a mission in the end."""
    heads = int((told.anchors >= ANCHOR).sum())
    between = np.flatnonzero((told.anchors >= 1 - _HEADS_SURELY) & (told.anchors < _HEADS_SURELY)).tolist()
    whole = with_all_labels(doc)
    home = doc.home.tolist()
    maybe = sum((home[i] in kept or not whole) and (home[i] == i or home[i] not in whole) for i in between)
    asked = sum(home[i] == i and i not in whole for i in np.flatnonzero(told.anchors < 1 - _HEADS_SURELY).tolist())
    return (maybe + asked) / heads if heads else 1.0


_HEADS_SURELY = 0.85
"""Probability from which on a text surely heads a mission; surely none, under what is left."""


def _untold(doc: Decoded, around: Sequence[int]) -> dict[int, list[str]]:
    """What seems to be of a mission and has none, and what is hardly sure to be of none."""
    out: dict[int, list[str]] = {}
    for i in around:
        if doc.roles[i].of_mission or doc.sure[i] < NAMED and doc.roles[i] is Role.FRONT:
            out.setdefault(doc.fragments[i].page, []).append(doc.fragments[i].text)
    return out


def _order(doc: Decoded, anchor: int, rows: Collection[int]) -> tuple[int, float, float]:
    """By page in the order of the columns; row by row on pages where heads stand in rows."""
    f = doc.fragments[anchor]
    return (f.page, round(f.box.top), f.box.x0) if f.page in rows else (f.page, doc.rank[anchor], 0.0)


def _in_rows(doc: Decoded, heads: Sequence[int]) -> set[int]:
    """Pages on which two rows or more of two heads and more stand level, and most heads in such: cards."""
    rows = Counter((doc.fragments[a].page, round(doc.fragments[a].box.top)) for a in heads)
    on = Counter(doc.fragments[a].page for a in heads)
    pages = Counter(page for (page, _), count in rows.items() if count > 1)
    level = Counter(page for (page, top), count in rows.items() if count > 1 for _ in range(count))
    return {page for page, count in pages.items() if count > 1 and level[page] > on[page] / 2}


def _outline(doc: Decoded, sections: Sequence[MissionSection], around: Sequence[int]) -> Outline:
    def told(*roles: Role) -> tuple[Passage, ...]:
        some = [i for i in around if doc.roles[i] in roles]
        return tuple(_blocks(doc, some))

    running = {
        " ".join(doc.fragments[i].text.split()).casefold(): doc.fragments[i].passage
        for i in around
        if doc.roles[i] is Role.FURNITURE
    }
    rest = tuple(r for r in Role if r not in (Role.TEAM, Role.OFFICE, Role.FURNITURE, Role.HEAD))
    return Outline(
        missions=tuple(sections),
        front=told(*rest),
        team=told(Role.TEAM),
        offices=told(Role.OFFICE),
        running=tuple(running.values()),
    )


def _blocks(doc: Decoded, some: Iterable[int]) -> list[Passage]:
    """Lines one under the other as blocks, page by page, column by column."""
    chosen = list(some)
    lines = stretches([doc.fragments[i] for i in chosen], [Role.FRONT] * len(chosen), [1.0] * len(chosen), doc.lines)
    out: list[Passage] = []
    for page in sorted({s.page for s in lines}):
        for column in columns([s for s in lines if s.page == page]):
            group: list[Stretch] = []
            for s in sorted(column, key=lambda s: (round(s.box.top / 3), s.box.x0)):
                if group and not goes_on(doc, group[-1], s):
                    out.append(Passage.join([g.passage for g in group]))
                    group = []
                group.append(s)
            if group:
                out.append(Passage.join([g.passage for g in group]))
    return out
