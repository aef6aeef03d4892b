"""Labels printed with their translation ("Bénéficiaire / Begunstigde"), as bilingual firms do throughout."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from carnet.pipeline.page import tolerances
from carnet.pipeline.page.segments import segments
from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.schemas.layout import Page

_PAIR = re.compile(r"(\S[^/]{2,40}?)\s[/|]\s(\S[^/]{2,40})")
_AGAIN = 2
"""A value stands behind a label once; a translation each time."""
_LABELS = 3
"""So many different labels of a document are translated, or none is taken to be."""


def for_document(pages: Sequence[Page], rules: Rules) -> Rules:
    """The rules for a document whose labels are translated, or `rules` themselves."""
    again = Counter(_pairs(pages, rules))
    labels = {side for pair, n in again.items() if n >= _AGAIN for side in pair if _is_label(side, rules)}
    if len(labels) < _LABELS:
        return rules
    return replace(rules, labels=replace(rules.labels, translated=True), digest=f"{rules.digest}, labels translated")


def _pairs(pages: Sequence[Page], rules: Rules) -> Iterator[tuple[str, str]]:
    for page in pages:
        if not any("/" in w.text or "|" in w.text for w in page.words):
            continue
        boxed = any(w.box for w in page.words)
        texts = [s.text for s in segments(page.words, tolerances.GAP)] if boxed else [w.text for w in page.words]
        for text in texts:
            label = text.partition(" : ")[0].strip(" :")
            if (pair := _PAIR.fullmatch(label)) and not _is_label(label, rules):
                yield fold(pair[1]), fold(pair[2])


def _is_label(text: str, rules: Rules) -> bool:
    hit = rules.labels.match(text)
    return hit is not None and hit.exact
