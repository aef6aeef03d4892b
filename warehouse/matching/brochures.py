"""Which brochure is this file an edition of: what the user says, else publisher and missions shared with others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from carnet.schemas.source import Edition
from carnet.schemas.spelling import folded, slug

_YEAR = r"(?:19|20)\d\d"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_DAY = r"(?:[0-2]?\d|3[01])"
_DATES = (rf"{_YEAR}(?:[-. ]?{_MONTH}(?:[-. ]?{_DAY})?)?", rf"{_DAY}[-.]{_MONTH}[-.]{_YEAR}", r"v\d+")
_DATE_WORDS = re.compile(rf"(?<![a-z0-9])(?:{'|'.join(_DATES)})(?![a-z0-9])")

SHARED = 0.15
"""Editions of one publisher that share so much of the shorter one are of one brochure."""
SHARED_UNSIGNED = 0.5
"""Where one of them does not tell its publisher."""
FEW = 3
"""Missions: less say nothing about a brochure."""


@dataclass(frozen=True)
class Signature:
    """What an edition is recognised by. `missions`: for each of its missions the marks of which one is enough."""

    sha256: str
    file_name: str
    firm: str | None
    named: str | None
    missions: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True)
class Named:
    """A brochure's name, and who gave it: option, firm, missions or file_name."""

    brochure: str
    rule: str


def marks(key: str, title: str | None, client: str | None, year: int | None) -> frozenset[str]:
    """A mission is known again by its heading, its title, or its client and year."""
    found = {f"key {key}"}
    if title and len(slug(title)) > 20:
        found.add(f"title {slug(title)}")
    if client and year:
        found.add(f"client {slug(client)} {year}")
    return frozenset(found)


def name_brochures(editions: Iterable[Signature]) -> dict[str, Named]:
    """The brochure of every edition by sha256; the order of the editions plays no part."""
    groups: list[list[Signature]] = []
    for edition in sorted(editions, key=lambda e: (e.named is None, e.sha256)):
        mine = [g for g in groups if any(_one_brochure(edition, other) for other in g)]
        if len({e.named for g in mine for e in g if e.named}) > 1:  # what the user named apart stays apart
            mine = [max(mine, key=lambda g: max(shared(edition, other) for other in g))]
        groups = [g for g in groups if g not in mine] + [[edition, *(e for g in mine for e in g)]]
    out: dict[str, Named] = {}
    taken: set[str] = set()
    for group in sorted(groups, key=_weight):
        name, rule = _name(group)
        if name in taken:
            name = _second_name(name, group, taken)
        taken.add(name)
        out |= {e.sha256: Named(name, "option" if e.named else _rule(e, rule)) for e in group}
    return out


def _weight(group: Sequence[Signature]) -> tuple[bool, int, str]:
    """Named ones first, then the largest: they keep the plain name."""
    return not any(e.named for e in group), -max(len(e.missions) for e in group), min(e.sha256 for e in group)


def _one_brochure(a: Signature, b: Signature) -> bool:
    if a.named and b.named:
        return a.named == b.named
    if a.firm and b.firm and not _same_firm(a.firm, b.firm):
        return False
    named = a.named or b.named
    if named and named in (_own_name(a)[0], _own_name(b)[0]):
        return True
    few = min(len(a.missions), len(b.missions)) < FEW
    signed = a.firm and b.firm
    if few:
        return bool(signed) or _own_name(a) == _own_name(b)
    enough = SHARED if signed or _own_name(a)[0] == _own_name(b)[0] else SHARED_UNSIGNED
    return shared(a, b) >= enough


def _same_firm(a: str, b: str) -> bool:
    """ "Ondine" and "Ondine Conseil" are one."""
    ours, theirs = set(slug(a).split("-")), set(slug(b).split("-"))
    return ours <= theirs or theirs <= ours


def shared(a: Signature, b: Signature) -> float:
    """The share of the shorter edition's missions that stand in the other."""
    shorter, longer = sorted((a.missions, b.missions), key=len)
    there = frozenset[str]().union(*longer)
    return sum(bool(mission & there) for mission in shorter) / len(shorter) if shorter else 0.0


def _name(group: Sequence[Signature]) -> tuple[str, str]:
    named = sorted(e.named for e in group if e.named)
    if named:
        return named[0], "missions"
    firms = Counter(slug(e.firm) for e in group if e.firm and slug(e.firm))
    if firms:
        return min(firms, key=lambda name: (-firms[name], len(name), name)), "firm"
    return min(_own_name(e) for e in group)


def _rule(edition: Signature, rule: str) -> str:
    return "missions" if rule == "firm" and not edition.firm else rule


def _second_name(name: str, group: Sequence[Signature], taken: set[str]) -> str:
    """Another brochure of the same firm: the file's name tells them apart."""
    words = [w for w in min(_file_slug(e.file_name) for e in group).split("-") if w not in name.split("-")]
    base = "-".join([name, *words])
    number = 2
    made = base
    while made in taken:
        made, number = f"{base}-{number}", number + 1
    return made


def _own_name(edition: Signature) -> tuple[str, str]:
    if edition.firm and slug(edition.firm):
        return slug(edition.firm), "firm"
    return _file_slug(edition.file_name), "file_name"


def _file_slug(file_name: str) -> str:
    stem = PurePath(file_name).stem
    return slug(_DATE_WORDS.sub(" ", folded(stem).replace("_", " "))) or slug(stem) or "brochure"


def name_brochure(edition: Edition, named: str | None = None) -> tuple[str, str]:
    """The name of a brochure of which this is the only edition, and who gave it.

    >>> from carnet.schemas.source import SourceFile
    >>> file = SourceFile(sha256="0", name="Références_2023-05 v2.pdf", media_type="application/pdf")
    >>> name_brochure(Edition(source=file, pages=3))
    ('references', 'file_name')
    >>> name_brochure(Edition(source=file, pages=3, firm="Atelier d'Été"))
    ('atelier-d-ete', 'firm')
    """
    source = edition.source
    alone = Signature(source.sha256, source.name, edition.firm, named or edition.brochure)
    (found,) = name_brochures([alone]).values()
    return found.brochure, found.rule
