"""Fold text for matching without moving a character: a span found in the folded text is valid in the printed one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ALIKE = {
    "’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'", "′": "'", "ʹ": "'",
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "\t": " ",
    "“": '"', "”": '"', "«": '"', "»": '"',
}  # fmt: skip


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    if char in _ALIKE:
        return _ALIKE[char]
    low = char.lower()
    base = unicodedata.normalize("NFKD", low)[0] if low else char
    is_letter = len(base) == 1 and not unicodedata.combining(base) and base.isspace() == char.isspace()
    return base if is_letter else char  # an accent that stands alone, as "¨", is no space


def fold(text: str) -> str:
    """Lower case, no accents, one kind of quote, dash and space; same length as `text`.

    >>> fold("Étude 3 – L’Été")
    "etude 3 - l'ete"
    """
    if text.isascii():
        low = text.lower()
        return low.translate(_ALIKE_ASCII) if "\t" in low or "`" in low else low
    return _folded(text) if len(text) <= _LONGEST else "".join(map(_fold_char, text))


_ALIKE_ASCII = str.maketrans({char: alike for char, alike in _ALIKE.items() if char.isascii()})
_LONGEST = 400  # letters of a text that is remembered


@lru_cache(maxsize=16_384)
def _folded(text: str) -> str:
    return "".join(map(_fold_char, text))


def letters_of(text: str) -> str:
    """Its letters and figures alone, folded: two prints of one name are the same.

    >>> letters_of("Agence « L’Été » – 3")
    'agencelete3'
    """
    return _NO_LETTERS.sub("", fold(text))


_NO_LETTERS = re.compile("[^a-z0-9]")
