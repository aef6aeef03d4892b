"""Two proposals of the whole: by the rules of layouts, and by roles and links. One is taken, the other is kept for
doubt.

Where both say nearly the same, or where the roles are unsure of themselves and the rules agree with them on most
words, the rules' reading is taken: it is finer in what it knows. Everywhere else the roles' reading is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from carnet.pipeline.decode.agree import Agreement, agreement
from carnet.pipeline.decode.doubts import FIELD_OF, doubtful, weak
from carnet.pipeline.decode.missions import Read
from carnet.schemas.finding import Finding
from carnet.schemas.outline import Outline, PartKind

ALIKE = 0.9
"""Share of words told alike from which on two readings are one."""
MOSTLY = 0.58
"""Share of words told alike from which on unsure roles yield to the rules."""
LOST = 0.7
"""Mean posterior of the parts under which the roles do not know what they read."""
SURE = 0.9
"""Mean posterior of the parts from which on the roles are sure of themselves."""
FIRM = 0.9
"""Posterior of a field from which on the roles' reading of it is not doubted because the rules read otherwise, nor the
rules' reading believed without a finding."""


@dataclass(frozen=True)
class Chosen:
    """The reading taken, and what is in doubt about it."""

    outline: Outline
    findings: tuple[Finding, ...]
    by_roles: bool


def choose(rules: Outline, by_roles: Callable[[], Read]) -> Chosen:
    """The better of two proposals. A document in which the rules find no mission is the roles' to read."""
    if rules.missions and all(section.page_first is None for section in rules.missions):
        return Chosen(rules, (), False)  # a text without boxes: few of those were learned from yet
    read = by_roles()
    told = agreement(read.outline, rules)
    sure = sureness(read)
    if rules.missions and (told.share >= ALIKE or sure < LOST or sure < SURE and told.share >= MOSTLY):
        return Chosen(rules, tuple(_against(rules, read)), False)
    return Chosen(read.outline, (*doubtful(read), *_between(read, told)), True)


def sureness(read: Read) -> float:
    """Mean posterior of all parts of all missions; 0 where there are none."""
    some = [p for sure in read.sure for p in sure.values()]
    return sum(some) / len(some) if some else 0.0


def _between(read: Read, told: Agreement) -> list[Finding]:
    """Fields of the roles' reading that are less than firm and that the rules read otherwise."""
    out = []
    for section, sure in zip(read.outline.missions, read.sure, strict=True):
        by_field = _by_field(sure)
        for field in told.apart.get(section.ordinal, ()):
            for name in ("title", "client") if field == "head" else (field,):
                p = by_field.get(name)
                if p is not None and _WEAK <= p < FIRM:
                    out.append(weak(section.ordinal, section.page_first, name, p))
    return out


_WEAK = 0.62  # below it the part is doubted anyway


def _against(rules: Outline, read: Read) -> list[Finding]:
    """Fields of the rules' reading that the roles read otherwise, and firmly."""
    back = agreement(rules, read.outline)
    twins = back.twins
    sure = {s.ordinal: _by_field(p) for s, p in zip(read.outline.missions, read.sure, strict=True)}
    out = []
    for section in rules.missions:
        other = sure.get(twins.get(section.ordinal, 0), {})
        for field in back.apart.get(section.ordinal, ()):
            for name in ("title", "client") if field == "head" else (field,):
                if other.get(name, 0.0) >= FIRM:
                    out.append(weak(section.ordinal, section.page_first, name, 1 - other[name]))
    return out


def _by_field(sure: Mapping[PartKind, float]) -> dict[str, float]:
    out: dict[str, float] = {}
    for kind, p in sure.items():
        field = FIELD_OF.get(kind)
        if field:
            out[field] = min(out.get(field, 1.0), p)
    return out
