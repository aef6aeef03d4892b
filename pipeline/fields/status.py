"""Whether the mission is over: beside its label, or said on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from carnet.pipeline.fields.context import Context, candidate
from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.dates import parse_period
from carnet.schemas.evidence import Candidate
from carnet.schemas.layout import Passage
from carnet.schemas.outline import MissionSection, PartKind

_TEXTS = (PartKind.FACTS, PartKind.RESULTS, PartKind.APPROACH, PartKind.CONTEXT, PartKind.BODY)


def find(section: MissionSection, ctx: Context) -> list[Candidate]:
    """ "ongoing" or "completed" where the brochure says it; what the period implies is derived later."""
    out = [c for part, item in _items(section, (PartKind.STATUS,)) if (c := _labelled(item, ctx)) is not None]
    for part, item in _items(section, _TEXTS):
        flow = item.flow(ctx.keep_hyphen)
        said = _words(ctx.rules).ongoing.match(fold(flow.text))
        if said:
            rule = "facts.status" if part is PartKind.FACTS else "body.status"
            out.append(candidate(ctx, "status", "ongoing", flow.slice(said.start(), said.end("saying")), rule))
            break
    return out


def _items(section: MissionSection, kinds: tuple[PartKind, ...]) -> Iterator[tuple[PartKind, Passage]]:
    for kind in kinds:
        for part in section.parts:
            if part.kind is kind:
                yield from ((kind, item) for item in part.items)


def _labelled(item: Passage, ctx: Context) -> Candidate | None:
    flow = item.flow(ctx.keep_hyphen)
    words = _words(ctx.rules)
    if words.completed.search(fold(flow.text)):
        return candidate(ctx, "status", "completed", flow, "label.status")
    found = parse_period(flow.text, ctx.rules)
    if found and found.value.ongoing:
        return candidate(ctx, "status", "ongoing", flow, "label.status")
    return None


@dataclass(frozen=True)
class _Words:
    ongoing: re.Pattern[str]
    completed: re.Pattern[str]


@lru_cache(maxsize=4)
def _words(rules: Rules) -> _Words:
    data = rules.lexicon("fields")

    def any_of(key: str) -> str:
        return "|".join(re.escape(fold(str(w))) for w in sorted(data[key], key=lambda w: -len(str(w))))

    after = rf"\s{{0,40}}(?:$|[.,;:(!-]|(?:{any_of('ongoing_after')})\b)"
    return _Words(
        ongoing=re.compile(rf"^\W{{0,40}}(?P<saying>{any_of('ongoing_sayings')}){after}"),
        completed=re.compile(
            rf"^\W{{0,40}}(?:{any_of('completed_before')})?\s{{0,40}}(?:{any_of('completed_sayings')})\b"
        ),
    )
