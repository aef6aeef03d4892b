"""What the decoder works on: fragments with their roles, and the mission that each belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from carnet.pipeline.decode.labels import labels_of
from carnet.pipeline.decode.openers import tags
from carnet.pipeline.decode.stretches import Falls, falls_of
from carnet.pipeline.decode.tables import Tables
from carnet.pipeline.observe.document import Observed
from carnet.pipeline.page.fragments import Fragment, Sheet
from carnet.schemas.layout import BBox, Passage
from carnet.schemas.outline import Part, PartKind
from carnet.schemas.roles import Role

Index = npt.NDArray[np.int64]
Matrix = npt.NDArray[np.float32]
PART_OF = {
    Role.TITLE: PartKind.TITLE, Role.CLIENT: PartKind.CLIENT, Role.PLACE: PartKind.PLACE, Role.PERIOD: PartKind.PERIOD,
    Role.DURATION: PartKind.DURATION, Role.START: PartKind.START, Role.END: PartKind.END, Role.AMOUNT: PartKind.AMOUNT,
    Role.WORKS_COST: PartKind.WORKS_COST, Role.PARTNERS: PartKind.PARTNERS, Role.STATUS: PartKind.STATUS,
    Role.REFERENCE: PartKind.REFERENCE, Role.OTHER: PartKind.OTHER, Role.CONTEXT: PartKind.CONTEXT,
    Role.APPROACH: PartKind.APPROACH, Role.RESULTS: PartKind.RESULTS, Role.FACTS: PartKind.FACTS,
    Role.CONTACT: PartKind.CONTACT, Role.EMAIL: PartKind.CONTACT, Role.PHONE: PartKind.CONTACT,
    Role.ASIDE: PartKind.OTHER,
}  # fmt: skip
PEOPLE = (Role.CONTACT, Role.EMAIL, Role.PHONE)


@dataclass
class Decoded:
    """What the decoder works on."""

    sheets: Sequence[Sheet]
    seen: Observed
    roles: list[Role]
    shares: Matrix
    sure: list[float]
    announced: list[Role | None]
    home: Index  # index of the anchor, -1 for none
    home_sure: npt.NDArray[np.float32]
    lines: list[Passage]
    pitch: float
    rank: list[int]
    parts: list[float]  # how likely each fragment names a part of the brochure
    afar: set[int] = field(default_factory=set)  # told of a mission in a table elsewhere
    shared: dict[int, list[int]] = field(default_factory=dict)  # told of several missions, by head
    items: dict[int, tuple[Part, ...]] = field(default_factory=dict)  # parts of short references, by head

    @property
    def fragments(self) -> tuple[Fragment, ...]:
        return self.seen.fragments

    @cached_property
    def over_values(self) -> dict[int, tuple[int, float]]:
        """The label of each value, and how far it is in letter sizes."""
        return labels_of(self.seen, self.roles, self.home.tolist())

    @cached_property
    def tagged(self) -> bool:
        """Are the words over missions tags, which name no part? Asked for when all roles are settled."""
        return bool(tags(self.fragments, self.roles, self.home.tolist()))

    @cached_property
    def with_kickers(self) -> int:
        """Missions with a line over their title that names their part. Likewise."""
        homes = self.home.tolist()
        return len({homes[i] for i, role in enumerate(self.roles) if role is Role.KICKER and homes[i] >= 0})

    @cached_property
    def ruled(self) -> dict[int, Sequence[tuple[float, float, float]]]:
        """The rules that run across each page: x0, x1, y."""
        return {sheet.number: sheet.rules for sheet in self.sheets}

    def parted(self, page: int, over: BBox, under: BBox) -> bool:
        """Does a rule run between two lines, wider than both: no stroke under the words of one?"""
        wide = over.height
        left, right = min(over.x0, under.x0) - wide, max(over.x1, under.x1) + wide
        top, foot = over.top + 0.5 * over.height, under.top + 0.5 * under.height
        return any(top < y < foot and (x0 < left or x1 > right) and x0 <= over.x0 + 1 and x1 >= under.x1 - 1
                   for x0, x1, y in self.ruled.get(page, ()))  # fmt: skip

    @cached_property
    def tables(self) -> Tables:
        """Asked for when all roles are settled."""
        return Tables(self.fragments, self.roles)

    @cached_property
    def falls(self) -> Falls:
        """How far the lines of texts are from each other; likewise."""
        order = sorted((i for i, role in enumerate(self.roles) if role.narrative), key=lambda i: self.rank[i])
        return falls_of([self.fragments[i] for i in order])

    @cached_property
    def heads(self) -> list[int]:
        """Heads of columns, likewise."""
        return [i for i, role in enumerate(self.roles) if role is Role.HEAD]


ONCE = (Role.CLIENT, Role.PERIOD, Role.AMOUNT, Role.TITLE, Role.HEADING)
"""What a mission prints once, nearly always."""
HEADS = (Role.TITLE, Role.HEADING, Role.CLIENT)
