"""The sentence under a title that says for whom, when and for how much: "Pour la Ville de Morcy, nous avons mené cette
étude de mars à octobre 2021, pour 27 600 € HT."."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.dates import find_periods
from carnet.pipeline.values.found import Found
from carnet.pipeline.values.money import find_amounts
from carnet.schemas.layout import Passage
from carnet.schemas.outline import Part, PartKind

RULE = "outline.lead"
_LONGEST = 420
_TOLD = (PartKind.CONTEXT, PartKind.APPROACH, PartKind.RESULTS)
_DATED = {PartKind.PERIOD, PartKind.DURATION, PartKind.START}


def with_lead(parts: Sequence[Part], rules: Rules) -> list[Part]:
    """The parts with period and amount of such a sentence, where no label gives them; the sentence itself stays."""
    kinds = {p.kind for p in parts if p.items}
    out: list[Part] = []
    for n, part in enumerate(parts):
        out.append(part)
        before_text = not any(p.kind in _TOLD for p in parts[:n])
        if part.kind not in (PartKind.BODY, PartKind.FACTS) or not before_text:
            continue
        for item in part.items:
            flow = item.flow()
            if not is_lead(flow.text, rules):
                continue
            out += [] if kinds & _DATED else _only(find_periods(flow.text, rules), flow, PartKind.PERIOD)
            out += [] if PartKind.AMOUNT in kinds else _only(find_amounts(flow.text, rules), flow, PartKind.AMOUNT)
    return out


def is_lead(text: str, rules: Rules) -> bool:
    """Does a text say that the publisher did this ("nous avons mené", "nous a confié")?"""
    if len(text) > _LONGEST:
        return False
    folded = fold(text)
    return any(re.search(rf"\b{re.escape(fold(str(w)))}\b", folded) for w in rules.lexicon("fields")["lead_words"])


def _only(found: Sequence[Found[Any]], flow: Passage, kind: PartKind) -> list[Part]:
    """The one value of its kind; of two nobody knows which is the mission's."""
    if len(found) != 1:
        return []
    return [Part(kind, (flow.slice(found[0].start, found[0].end),), None, RULE)]
