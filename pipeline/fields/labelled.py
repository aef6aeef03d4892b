"""Fields that are what stands under a label of their own, as they are declared: no finder need be written for them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from carnet.pipeline.fields.context import Context, candidate
from carnet.pipeline.values.numbers import parse_measure
from carnet.schemas.evidence import Candidate
from carnet.schemas.fields import MissionField
from carnet.schemas.outline import MissionSection, Part, PartKind

Finder = Callable[[MissionSection, Context], list[Candidate]]


def finder(field: MissionField) -> Finder:
    """Candidates for one field, the first part with its label first."""

    def find(section: MissionSection, ctx: Context) -> list[Candidate]:
        found = []
        for part in section.parts:
            for item in part.items if _is_of(field, part, ctx) else ():
                flow = item.flow(ctx.keep_hyphen)
                value = read(flow.text, field)
                note = "not understood" if value is None else None
                found.append(candidate(ctx, field.column, value, flow, f"label.{field.column}", note))
        return found

    return find


def _is_of(field: MissionField, part: Part, ctx: Context) -> bool:
    """By its kind, or by its label where the reading by roles, which knows no such kind, found the part."""
    if part.kind is not PartKind.OTHER or part.label is None:
        return part.kind == field.column
    hit = ctx.rules.labels.match(part.label.text)
    return hit is not None and hit.kind == field.column


def read(text: str, field: MissionField) -> str | int | Decimal | None:
    """The text, or the number that it is; None where it is none, or of another unit.

    >>> from carnet.schemas.declared import Declared
    >>> surface = MissionField("surface", Decimal, False, "DECIMAL(14, 2)", Declared("surface", "", unit="m²"))
    >>> read("1 250 m²", surface), read("1,5 ha", surface)
    (Decimal('1250'), None)
    """
    if field.type is str:
        return text.strip() or None
    number = parse_measure(text, field.told.unit)
    if number is None or field.type is not int:
        return number
    return int(number) if number == int(number) else None
