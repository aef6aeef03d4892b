"""Context, approach and results: lists of paragraphs and bullets in order, in the brochure's own words."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from carnet.pipeline.fields.context import Context
from carnet.schemas.evidence import Candidate, Evidence
from carnet.schemas.layout import Passage
from carnet.schemas.outline import MissionSection, Part, PartKind

NARRATIVE = (PartKind.CONTEXT, PartKind.APPROACH, PartKind.RESULTS)
Finder = Callable[[MissionSection, Context], list[Candidate]]


def finder(kind: PartKind) -> Finder:
    """The finder of one narrative field."""

    def find(section: MissionSection, ctx: Context) -> list[Candidate]:
        parts = [p for p in section.parts if p.kind is kind and _tells(p)]
        if not parts and kind is PartKind.CONTEXT:
            return _unlabelled(section, ctx)
        return [_candidate(ctx, kind, [i for p in parts for i in p.items], parts[0].rule)] if parts else []

    return find


def _tells(part: Part) -> bool:
    """Figures alone, as in a column "Travaux (k€)", are no text."""
    return any(c.isalpha() for i in part.items for c in i.text)


def _unlabelled(section: MissionSection, ctx: Context) -> list[Candidate]:
    """Running text under no label at all, before the first text under one, is taken as its context; a few words before
    it are an aside."""
    told = list(itertools.takewhile(lambda p: p.kind not in NARRATIVE or not p.items, section.parts))
    items = [i for p in told if p.kind is PartKind.BODY for i in p.items]
    aside = len(told) < len(section.parts) and sum(len(i.text.split()) for i in items) < _ASIDE
    return [_candidate(ctx, PartKind.CONTEXT, items, "outline.unlabelled")] if items and not aside else []


_ASIDE = 8  # words


def _candidate(ctx: Context, kind: PartKind, items: list[Passage], rule: str) -> Candidate:
    flows = [i.flow(ctx.keep_hyphen) for i in items]
    evidence = tuple(Evidence.of(f, kind.value, rule, n) for n, f in enumerate(flows, start=1))
    return Candidate(value=[f.text for f in flows], evidence=evidence, rank=1, rule=rule)
