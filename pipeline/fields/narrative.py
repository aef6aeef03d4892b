"""Context, approach and results: lists of paragraphs and bullets in order, in the brochure's own words."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.fields.context import Context
from schemas.evidence import Candidate, Evidence
from schemas.layout import Passage
from schemas.outline import MissionSection, PartKind

Finder = Callable[[MissionSection, Context], list[Candidate]]


def finder(kind: PartKind) -> Finder:
    """The finder of one narrative field."""

    def find(section: MissionSection, ctx: Context) -> list[Candidate]:
        parts = [p for p in section.parts if p.kind is kind and p.items]
        if not parts and kind is PartKind.CONTEXT:
            return _unlabelled(section, ctx)
        return [_candidate(ctx, kind, [i for p in parts for i in p.items], parts[0].rule)] if parts else []

    return find


def _unlabelled(section: MissionSection, ctx: Context) -> list[Candidate]:
    """Running text under no label at all, in a mission without narrative labels, is taken as its context."""
    narrative = {PartKind.CONTEXT, PartKind.APPROACH, PartKind.RESULTS}
    if any(p.kind in narrative and p.items for p in section.parts):
        return []
    items = [i for p in section.parts if p.kind is PartKind.BODY for i in p.items]
    return [_candidate(ctx, PartKind.CONTEXT, items, "outline.unlabelled")] if items else []


def _candidate(ctx: Context, kind: PartKind, items: list[Passage], rule: str) -> Candidate:
    flows = [i.flow(ctx.keep_hyphen) for i in items]
    evidence = tuple(Evidence.of(f, kind.value, rule, n) for n, f in enumerate(flows, start=1))
    return Candidate(value=[f.text for f in flows], evidence=evidence, rank=1, rule=rule)
