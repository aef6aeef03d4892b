"""Which brochure is this file an edition of, and its name: what the user says, else publisher or file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from carnet.schemas.source import Edition
from carnet.schemas.spelling import slug
from carnet.warehouse.matching.series import Series, Signature, SignatureGroup, file_slug, own_name


@dataclass(frozen=True)
class Named:
    """A brochure's name, and who gave it: option, firm, missions or file_name. `doubt`: why it may be another."""

    brochure: str
    rule: str
    doubt: str | None = None


def name_brochures(editions: Iterable[Signature]) -> dict[str, Named]:
    """The brochure of every edition by sha256; the order of the editions plays no part."""
    series = Series(editions)
    groups = _joined_by_name(series.groups)
    out: dict[str, Named] = {}
    for group, name, rule in _names(groups):
        out |= {e.sha256: Named(name, "option" if e.named else _rule(e, rule)) for e in group}
    doubts = series.doubts({sha256: named.brochure for sha256, named in out.items()})
    return {sha256: replace(named, doubt=doubts.get(sha256)) for sha256, named in out.items()}


def _names(groups: Iterable[SignatureGroup]) -> Iterator[tuple[SignatureGroup, str, str]]:
    """Each group with its name, which no other has, and who gave it."""
    taken: set[str] = set()
    for group in sorted(groups, key=_weight):
        name, rule = _name(group)
        if name in taken:
            name = _second_name(name, group, taken)
        taken.add(name)
        yield group, name, rule


def _joined_by_name(groups: Sequence[SignatureGroup]) -> list[SignatureGroup]:
    """What the user named like a brochure that has its name of itself is of that brochure."""
    named = {said: group for group in groups for said in {e.named for e in group if e.named}}
    out = []
    for group, name, _ in _names(group for group in groups if group not in named.values()):
        if name in named:
            named[name] = named[name] + group
        else:
            out.append(group)
    return [*named.values(), *out]


def _weight(group: SignatureGroup) -> tuple[bool, int, str]:
    """Named ones first, then the largest: they keep the plain name."""
    return not any(e.named for e in group), -max(len(e.missions) for e in group), min(e.sha256 for e in group)


def _name(group: SignatureGroup) -> tuple[str, str]:
    named = sorted(e.named for e in group if e.named)
    if named:
        return named[0], "missions"
    firms = Counter(slug(e.firm) for e in group if e.firm and slug(e.firm))
    if firms:
        return min(firms, key=lambda name: (-firms[name], len(name), name)), "firm"
    return min(own_name(e) for e in group)


def _rule(edition: Signature, rule: str) -> str:
    return "missions" if rule == "firm" and not edition.firm else rule


def _second_name(name: str, group: SignatureGroup, taken: set[str]) -> str:
    """Another brochure of the same firm: the file's name tells them apart."""
    words = [w for w in min(file_slug(e.file_name) for e in group).split("-") if w not in name.split("-")]
    base = "-".join([name, *words])
    number = 2
    made = base
    while made in taken:
        made, number = f"{base}-{number}", number + 1
    return made


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
