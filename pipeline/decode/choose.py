"""Two proposals of the whole: by the rules of layouts, and by roles and links. One is taken, the other is kept for
doubt.

That by roles, if it is sure of itself. Else, where both say the same, the rules' reading: it is finer in what it knows;
where they differ, the one under which the brochure is more regular.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, replace

from carnet.pipeline.decode.agree import Agreement, agreement
from carnet.pipeline.decode.doubts import FIELD_OF, SURE, doubtful, passed_over, weak
from carnet.pipeline.decode.listed import without_listed
from carnet.pipeline.decode.proposal import Read
from carnet.pipeline.decode.regular import Filled, makes_more_sense
from carnet.pipeline.decode.told_twice import part_letters, read_once, told_once
from carnet.schemas.finding import Finding
from carnet.schemas.outline import MissionSection, Outline, PartKind

ALIKE = 0.97
"""Share of words told alike from which on two readings are one."""
NOTHING = 0.1
"""Share of the text that looks like missions' under which there is none: .03 where there are none, .4 and more else."""
UNSURE = 0.05
"""Share of the roles' reading that may be unsure of itself, where the whole is sure of itself."""
FIRM = 0.96
"""Posterior of a field from which on the roles' reading of it is not doubted because the rules read otherwise, nor the
rules' reading believed without a finding."""


@dataclass(frozen=True)
class Chosen:
    """The reading taken, and what is in doubt about it."""

    outline: Outline
    findings: tuple[Finding, ...]
    by_roles: bool


def choose(by_roles: Read, by_rules: Callable[[], Outline], fill: Callable[[Outline], Filled]) -> Chosen:
    """The better of two proposals. `fill`: what the fields find in one. The rules are asked only where the reading by
    roles is not sure of itself; a document in which they find no mission is the roles' to read."""
    read = read_once(by_roles)
    if not read.outline.missions and read.of_missions < NOTHING or _is_firm(read):
        return Chosen(read.outline, tuple(doubtful(read)), True)
    rules = told_once(without_listed(by_rules()))[0]
    told = agreement(read.outline, rules)
    rather = told.share >= ALIKE or not makes_more_sense(fill(read.outline), fill(rules))
    if rules.missions and rather:
        parted = _with_parts_of(read, rules, told)
        return Chosen(parted, tuple(_against(parted, read, told.back())), False)
    return Chosen(read.outline, (*doubtful(read), *_between(read, told)), True)


def _is_firm(read: Read) -> bool:
    """Is the roles' reading sure of itself?"""
    return bool(read.outline.missions) and read.unsure <= UNSURE


def _with_parts_of(read: Read, rules: Outline, told: Agreement) -> Outline:
    """The rules' reading, its missions in the parts of the brochure that the roles find, where those are firm: what
    stands over many missions is told by the whole document, which rules see a page at a time."""
    if len(rules.missions) >= _MANY and not _are_parts(read.outline) and not _are_parts(rules):
        return replace(rules, missions=tuple(replace(s, domain=None, domain_rule="") for s in rules.missions))
    if len({part_letters(s) for s in read.outline.missions}) < len({part_letters(s) for s in rules.missions}):
        return rules  # the name of a part was passed over
    firm = {
        told.twins.get(section.ordinal): section
        for section, sure in zip(read.outline.missions, read.sure, strict=True)
        if section.domain is not None and sure.get(PartKind.DOMAIN, 0.0) >= SURE
    }
    out = []
    for section in rules.missions:
        twin = firm.get(section.ordinal)
        if twin is not None and part_letters(twin) != part_letters(section):
            section = replace(section, domain=twin.domain, domain_rule=twin.domain_rule, above=None)
        out.append(section)
    return replace(rules, missions=tuple(out))


def _are_parts(told: Outline) -> bool:
    """Are missions told apart by two names of parts or more, each over several?"""
    named = Counter(part_letters(s) for s in told.missions if s.domain is not None)
    return sum(count >= _SEVERAL for count in named.values()) >= _SEVERAL


_HARDLY_ALIKE = 0.3
"""Share of words told alike under which neither reading knows the brochure: all that is read is in doubt."""
_HARDLY = 0.01
"""Probability of what another reading firmly takes for something else, at least."""
_SEVERAL = 2
_MANY = 4
"""Missions from which on one name over all of them names no part."""


def _between(read: Read, told: Agreement) -> list[Finding]:
    """Fields of the roles' reading that are less than firm and that the rules read otherwise."""
    out = []
    for section, sure in zip(read.outline.missions, read.sure, strict=True):
        by_field = _by_field(sure)
        for field in told.apart.get(section.ordinal, ()):
            for name in ("title", "client") if field == "head" else (field,):
                p = by_field.get(name)
                if p is not None and SURE <= p < FIRM:
                    out.append(weak(section.ordinal, section.page_first, name, p))
    return out


def _against(rules: Outline, read: Read, back: Agreement) -> list[Finding]:
    """Fields of the rules' reading that the roles read otherwise, and firmly. `back`: how far they agree."""
    twins = back.twins
    if back.share < _HARDLY_ALIKE:
        return [weak(s.ordinal, s.page_first, name, back.share) for s in rules.missions for name in _fields(s)]
    sure = {s.ordinal: _by_field(p) for s, p in zip(read.outline.missions, read.sure, strict=True)}
    out = []
    for section in rules.missions:
        other = sure.get(twins.get(section.ordinal, 0), {})
        for field in back.apart.get(section.ordinal, ()):
            for name in ("title", "client") if field == "head" else (field,):
                if other.get(name, 0.0) >= FIRM:
                    out.append(weak(section.ordinal, section.page_first, name, max(_HARDLY, 1 - other[name])))
    return out + _passed_over(read, set(twins.values()))


def _fields(section: MissionSection) -> list[str]:
    """What a mission says."""
    return sorted({"title", "client"} | {FIELD_OF[p.kind] for p in section.parts if p.kind in FIELD_OF and p.items})


def _passed_over(read: Read, known: Container[int]) -> list[Finding]:
    """Pages on which the roles surely find missions that the reading taken has not."""
    titles: dict[int, list[str]] = {}
    for section, sure in zip(read.outline.missions, read.sure, strict=True):
        told = min(sure.get(kind, 1.0) for kind in (PartKind.TITLE, PartKind.CLIENT))
        heads = [p for p in section.parts if p.kind is PartKind.TITLE and p.items]
        if section.ordinal not in known and section.page_first and told >= SURE and heads:
            titles.setdefault(section.page_first, []).append(" ".join(heads[0].items[0].text.split())[:60])
    return [passed_over(page, some) for page, some in sorted(titles.items())]


def _by_field(sure: Mapping[PartKind, float]) -> dict[str, float]:
    out: dict[str, float] = {}
    for kind, p in sure.items():
        field = FIELD_OF.get(kind)
        if field:
            out[field] = min(out.get(field, 1.0), p)
    return out
