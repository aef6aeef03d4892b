"""Words of a lexicon as a brochure prints them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from carnet.pipeline.rules.fold import fold


def as_printed(words: Iterable[str], texts: Sequence[str]) -> list[str]:
    """Each word as it first stands in the texts, whole; as it is where none of them has it.

    >>> as_printed(["numerique", "eau pot", "voirie"], ["Stratégie Numérique", "Réseau d’eau potable"])
    ['Numérique', 'eau potable', 'voirie']
    """
    printed = "\n".join(texts)
    folded = fold(printed)
    found = []
    for word in words:
        at = re.search(rf"\b{re.escape(fold(word))}\w{{0,20}}", folded)
        found.append(printed[at.start() : at.end()] if at else word)
    return found
