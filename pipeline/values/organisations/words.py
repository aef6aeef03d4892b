"""Names of bodies as folded words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from carnet.pipeline.rules.fold import fold

WORD = re.compile(r"[^\W_]+|&|\+")
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}")
NOTE = re.compile(r"\(([^()]{0,80})\)")
"""What stands in brackets."""
MAX_NAME = 300
"""Letters of a name that are read."""
_MAX_WORDS = 40

ARTICLES = ("le", "la", "les", "l")
OF = ("de", "du", "des", "d")


def words_of(text: str) -> tuple[str, ...]:
    """Folded words: "Communauté d'agglomération" is communaute, d, agglomeration."""
    return tuple(spelled_out(word) for word in printed_words(text))


def printed_words(text: str) -> list[str]:
    """Words as printed; of "A.D.E.M.E." one."""
    joined = _DOTTED.sub(lambda match: match.group().replace(".", ""), text)
    return WORD.findall(joined)[:_MAX_WORDS]


def spelled_out(word: str) -> str:
    """Folded, and "œ" in two letters, so that the length may change."""
    return fold(word).replace("œ", "oe").replace("æ", "ae")


def key_of(text: str) -> str:
    """Folded words, for looking a name up."""
    return " ".join(words_of(text))


def without_joins(words: Sequence[str]) -> Sequence[str]:
    """ "de la Brévinière" is "la Brévinière"."""
    at = 0
    while at < len(words) and words[at] in OF:
        at += 1
    return words[at:]
