"""What the patterns of values are made of, and the folded text that they are tried on."""

from __future__ import annotations

import re
from collections.abc import Iterable

from carnet.pipeline.rules.fold import fold

GAP = r"\s{0,40}"
"""White space or none. Bounded, so that a hostile line of spaces costs no more than its length."""
SPACES = r"\s{1,40}"
"""White space, bounded for the same reason."""

_FRACTIONS = str.maketrans("½¼¾⅓⅔⅛", "??????")


def fold_figures(text: str) -> str:
    """Folded at equal length; "½" becomes "?", of which `fold` would make the digit 1."""
    return fold(text.translate(_FRACTIONS))


def compiled(pattern: str) -> re.Pattern[str]:
    """For folded text: letters and digits are ASCII there."""
    return re.compile(pattern, re.ASCII)


def any_of(words: Iterable[object]) -> str:
    """Alternation of words of a lexicon, longest first."""
    return "|".join(re.escape(w) for w in sorted({fold(str(w)) for w in words}, key=lambda w: (-len(w), w)))
