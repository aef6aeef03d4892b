"""What the reading by roles thinks of each stretch of a document, for somebody who looks into it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from carnet.pipeline.decode.items import parts_of
from carnet.pipeline.decode.read import observed
from carnet.pipeline.decode.settling import settled
from carnet.pipeline.observe.document import SLOT
from carnet.pipeline.rules import Rules
from carnet.schemas.layout import BBox, Page, Passage
from carnet.schemas.roles import Role


@dataclass(frozen=True)
class Thought:
    """A fragment: the role it was given with its probability, the role that the network itself thinks likeliest and the
    next one, what it announces if it is a label; the mission (counted by heads in the order of the document, 0 for
    none) it is linked to, how surely, whether it is that mission's head, and how probably it heads one. `slot`: its
    place in the brochure's own template."""

    number: int
    passage: Passage
    box: BBox
    role: Role
    sure: float
    first: Role
    first_sure: float
    second: Role
    second_sure: float
    announces: Role | None
    mission: int
    linked: float
    is_head: bool
    heads: float
    slot: int

    @property
    def page(self) -> int | None:
        return self.passage.page


def thoughts(pages: Sequence[Page], rules: Rules) -> list[Thought]:
    """Of every fragment of a document, in the order of its lines."""
    sheets, seen, told, model = observed(pages, rules)
    if not len(seen.rows):
        return []
    doc = settled(sheets, seen, told, model, partial(parts_of, rules=rules))
    heads = [int(a) for a in np.flatnonzero(doc.home == np.arange(len(doc.home)))]
    ordinal = {a: n for n, a in enumerate(sorted(heads, key=lambda a: doc.rank[a]), 1)}
    likely = np.argsort(told.roles, axis=1)[:, ::-1][:, :2]
    slots = seen.groups[SLOT]
    out = []
    for i, fragment in enumerate(seen.fragments):
        one, two = (int(n) for n in likely[i])
        role, home = doc.roles[i], int(doc.home[i])
        out.append(
            Thought(
                number=fragment.number,
                passage=fragment.passage,
                box=fragment.box,
                role=role,
                sure=float(doc.sure[i]),
                first=model.roles[one],
                first_sure=float(told.roles[i, one]),
                second=model.roles[two],
                second_sure=float(told.roles[i, two]),
                announces=doc.announced[i] if role in (Role.LABEL, Role.HEAD) else None,
                mission=ordinal.get(home, 0) if role.of_mission else 0,
                linked=float(doc.home_sure[i]) if role.of_mission else 0.0,
                is_head=i in ordinal,
                heads=float(told.anchors[i]),
                slot=int(slots[i]),
            )
        )
    return out


@dataclass(frozen=True)
class Slot:
    """A look at a left edge, which many fragments of a brochure share: how many, in how many missions, their roles."""

    number: int
    look: str
    edge: float
    count: int
    missions: int
    roles: dict[str, int]


def template(some: Sequence[Thought]) -> list[Slot]:
    """The slots of a brochure that more than one fragment stands in, the fullest first."""
    by_slot: dict[int, list[Thought]] = {}
    for thought in some:
        by_slot.setdefault(thought.slot, []).append(thought)
    out = []
    for number, members in by_slot.items():
        if len(members) < 2:
            continue
        style = members[0].passage.style
        look = f"{style.size:g} {'bold ' * style.bold}{'italic ' * style.italic}{style.color or ''}".strip()
        roles = Counter(t.role.value for t in members)
        missions = len({t.mission for t in members} - {0})
        out.append(Slot(number, look, round(members[0].box.x0, 1), len(members), missions, dict(roles.most_common())))
    return sorted(out, key=lambda slot: -slot.count)
