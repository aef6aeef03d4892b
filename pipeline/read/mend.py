"""Letters as a reader sees them: accents on their letter, ligatures, words set wide, calls of notes, soft hyphens.

Run on the letters of a page in the order in which they are drawn.
"""

from __future__ import annotations

from collections.abc import Sequence

from carnet.pipeline.read.accents import with_accents
from carnet.pipeline.read.letters import Char
from carnet.pipeline.read.letterspaced import spaced_strings
from carnet.pipeline.read.ligatures import with_ligatures
from carnet.pipeline.read.raised import without_calls
from carnet.pipeline.read.soft_hyphens import without_soft_hyphens


def mended(chars: Sequence[Char]) -> tuple[list[Char], list[list[Char]], list[str]]:
    """The page's letters; the strings set so wide that they are words of their own; and what is doubtful."""
    joined = with_accents(without_soft_hyphens(chars))
    whole, notes = with_ligatures(joined)
    plain, strings = spaced_strings(without_calls(whole))
    return plain, strings, notes
