"""One mission -> its section of the outline, and how sure each part is."""

from __future__ import annotations

from collections.abc import Sequence

from carnet.pipeline.decode.clusters import clusters, one_text_in_order, printed_rows
from carnet.pipeline.decode.decoded import HEADS, ONCE, PART_OF, PEOPLE, Decoded
from carnet.pipeline.decode.over_missions import over_others, part_over, right_over, said_over
from carnet.pipeline.decode.stretches import Stretch, in_columns, in_order, paragraphs, stretches
from carnet.schemas.layout import Passage
from carnet.schemas.outline import MissionSection, Part, PartKind
from carnet.schemas.roles import Role

_TAGGED = 2
"""Missions with something over their titles up to which it is no name of a part, where it stands elsewhere."""


def section_of(
    doc: Decoded, ordinal: int, anchor: int, members: list[int], around: Sequence[int]
) -> tuple[MissionSection, dict[PartKind, float]]:
    """The section of one mission, and how sure each part is. `members`: its fragments; `around`: those of none."""
    fragments = [doc.fragments[i] for i in members]
    roles = [doc.roles[i] for i in members]
    sure = [min(doc.sure[i], float(doc.home_sure[i])) for i in members]
    lines = stretches(fragments, roles, sure, doc.lines)
    by_role: dict[Role, list[Stretch]] = {}
    for s in lines:
        by_role.setdefault(s.role, []).append(s)
    labels = by_role.pop(Role.LABEL, [])
    heading: tuple[Passage, ...] = ()
    parts: list[tuple[int, Part]] = []
    doubts: dict[PartKind, float] = {}

    def add(kind: PartKind, some: Sequence[Stretch], items: Sequence[Passage], role: Role) -> None:
        label = _label(doc, some[0], labels, role)
        parts.append((some[0].first, Part(kind, tuple(items), label, f"roles.{kind.value}")))
        doubts[kind] = min(doubts.get(kind, 1.0), *(s.sure for s in some))

    people = sorted((s for r in PEOPLE for s in by_role.pop(r, [])), key=lambda s: s.first)
    if people:
        ordered = in_order(people, doc.rank)
        add(PartKind.CONTACT, ordered, printed_rows(ordered, doc.lines), Role.CONTACT)
    for role, some in by_role.items():
        if role is Role.HEADING:
            groups = one_text_in_order(clusters(some, doc), doc, members)
            heading = tuple(Passage.join([s.passage for s in group]) for group in groups[:1])
            doubts[PartKind.TITLE] = min(s.sure for s in some)
        elif role is Role.KICKER or role not in PART_OF:
            continue
        elif role.narrative or role is Role.ASIDE:
            ordered = in_columns(some, doc.rank, doc.seen.body_size)
            items = [
                Passage.join([s.passage for s in g])
                for g in paragraphs(ordered, doc.pitch, doc.seen.body_size, doc.falls)
            ]
            add(PART_OF[role], ordered, items, role)
        else:
            groups = one_text_in_order(clusters(some, doc), doc, members) if role in HEADS else clusters(some, doc)
            own = _of_one_label(_announced(groups, doc, labels, role), doc, anchor)
            for group in groups:
                kind = PART_OF[role] if group in own else PartKind.OTHER
                add(kind, group, [Passage.join([s.passage for s in group])], role)
    kickers = [] if doc.tagged else by_role.get(Role.KICKER, [])
    if doc.with_kickers <= _TAGGED:
        kickers = [s for s in kickers if right_over(s.box, doc.fragments[anchor])]
    domain, rule, sure_of_domain = part_over(doc, anchor, kickers, around)
    doubts[PartKind.DOMAIN] = sure_of_domain
    if any(doc.roles[i] is Role.CLIENT and doc.home[i] != anchor for i in members):
        doubts[PartKind.CLIENT] = min(doubts[PartKind.CLIENT], _OF_ANOTHER_ROW)
    client = None if PartKind.CLIENT in doubts or heading else said_over(doc, anchor, around, Role.GROUP_CLIENT)
    if client is not None:
        parts.append((0, Part(PartKind.CLIENT, (client,), None, "roles.group_client")))
        doubts[PartKind.CLIENT] = over_others(doc, anchor, around)
    row = _under_heads(doc, lines)
    if row:
        parts += [(len(doc.fragments), part) for part in _empty_cells(doc, anchor, {p.kind for _, p in parts})]
    parts.sort(key=lambda p: p[0])
    pages = [f.page for f in fragments if f.number not in doc.afar] or [f.page for f in fragments]
    section = MissionSection(
        ordinal=ordinal,
        heading=heading,
        parts=tuple(p for _, p in parts),
        domain=domain,
        domain_rule=rule,
        page_first=min(pages),
        page_last=max(pages),
        year=said_over(doc, anchor, around, Role.YEAR),
        from_table=row,
    )
    return section, doubts


_OF_ANOTHER_ROW = 0.8
"""How surely a row without a client has that of the row above, at most: it may have none."""


def _under_heads(doc: Decoded, lines: Sequence[Stretch]) -> bool:
    """Do most of a mission's short texts, two at least, stand under heads of columns?"""
    short = [s for s in lines if not s.role.narrative and s.role in PART_OF]
    told = sum(bool(doc.tables.over(s.page, s.box, s.style.size)) for s in short)
    return told >= _ROW and 2 * told > len(short)


def _empty_cells(doc: Decoded, anchor: int, told: set[PartKind]) -> list[Part]:
    """Columns of the mission's table that say nothing of it."""
    head = doc.fragments[anchor]
    level = doc.tables.lowest(head.page, head.box.top + 2, head.style.size)
    out = []
    for some in level:
        role = next((role for i in some if (role := doc.announced[i]) in PART_OF), None)
        if role is not None and PART_OF[role] not in told:
            label = Passage.join([doc.fragments[i].passage for i in some])
            out.append(Part(PART_OF[role], (), label, f"roles.{PART_OF[role].value}"))
    return out


_ROW = 2
"""Cells of a mission under heads of columns at least, by which it is a row."""


def _announced(groups: list[list[Stretch]], doc: Decoded, labels: Sequence[Stretch], role: Role) -> list[list[Stretch]]:
    """Of the texts of a role that a mission has once, those under a label or a column's head that announces it; where
    there is none, all."""
    if len(groups) < 2 or role not in ONCE:
        return groups
    own = [_announcing(doc, group[0], labels, role) for group in groups]
    return [group for group, said in zip(groups, own, strict=True) if said is role] if role in own else groups


def _of_one_label(groups: list[list[Stretch]], doc: Decoded, anchor: int) -> list[list[Stretch]]:
    """Without those under another label than the head's: "Nature de la mission" beside "Opération"."""
    told = [doc.over_values.get(group[0].first) for group in groups]
    mine = next((over for group, over in zip(groups, told, strict=True) if _holds(group, anchor)), None)
    if mine is None:
        return groups
    return [g for g, over in zip(groups, told, strict=True) if over is None or over[0] == mine[0]]


def _holds(group: Sequence[Stretch], i: int) -> bool:
    return any(s.first <= i <= s.last for s in group)


def _announcing(doc: Decoded, value: Stretch, labels: Sequence[Stretch], role: Role) -> Role | None:
    """What the head over the value's column announces; labels beside it count as announcing what it is."""
    over = doc.tables.over(value.page, value.box, value.style.size)
    if over:
        told = [doc.announced[i] for i in over]
        return role if role in told else told[-1]
    found = doc.over_values.get(value.first)
    if found is not None and found[1] < _RIGHT_ABOVE and doc.announced[found[0]] is role:
        return role
    return role if any(doc.announced[label.first] is role and label.line == value.line for label in labels) else None


_RIGHT_ABOVE = 1.0
"""Letter sizes between a label and the value under it, at most."""


def _label(doc: Decoded, value: Stretch, labels: Sequence[Stretch], role: Role) -> Passage | None:
    """The label that announces a value: on its line before it, or right above it; else the head of its column."""
    best: tuple[float, Stretch] | None = None
    for label in labels:
        if label.page != value.page:
            continue
        told = doc.announced[label.first]
        size = max(value.style.size, 1)
        before = label.box.y_overlap(value.box) > 0.4 * min(label.box.height, value.box.height)
        if before and label.box.x1 <= value.box.x0 + size:
            distance = (value.box.x0 - label.box.x1) / size
        elif label.box.bottom <= value.box.top + 0.4 * size and label.box.x_overlap(value.box) > 0:
            distance = 2 + (value.box.top - label.box.bottom) / size
        else:
            continue
        distance += 0 if told is role else 6
        if distance < 14 and (best is None or distance < best[0]):
            best = distance, label
    if best is not None:
        return best[1].passage
    found = doc.over_values.get(value.first)
    far = role not in (Role.OTHER, Role.ASIDE) and not doc.tables.over(value.page, value.box, value.style.size)
    if far and found is not None and found[1] <= 0:
        return doc.fragments[found[0]].passage  # far before it on its row
    return _column_head(doc, value, role)


def _column_head(doc: Decoded, value: Stretch, role: Role) -> Passage | None:
    """The head over the value's column on its page, else the last one that announces its role."""
    over = doc.tables.over(value.page, value.box, value.style.size)
    if over:
        return Passage.join([doc.fragments[i].passage for i in over])
    for i in reversed(doc.heads):
        if doc.fragments[i].page <= value.page and doc.announced[i] is role:
            return doc.fragments[i].passage
    return None
