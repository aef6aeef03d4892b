"""Words that announce partners at the start of a line or of a piece of one ("en association avec Studio Lumen")."""

from __future__ import annotations

from functools import lru_cache

from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold

_SHORT = 90
"""In a longer text "avec" or "groupement" opens a sentence as often."""


def names_at(text: str, rules: Rules) -> int:
    """Where the names begin; 0 where nothing announces partners."""
    folded = fold(text)
    start = next((opener for opener in _openers(rules, len(text) < _SHORT) if folded.startswith(opener)), "")
    return len(start)


@lru_cache(maxsize=8)
def _openers(rules: Rules, short: bool) -> tuple[str, ...]:
    """The longest first, with the space behind them."""
    words = rules.lexicon("partners")
    openers = {fold(str(w)) + " " for w in (*words["lines"], *(words["short_lines"] if short else ()))}
    return tuple(sorted(openers, key=lambda opener: (-len(opener), opener)))
