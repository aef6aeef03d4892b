"""Texts as they are compared: without case, accents and marks."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal


def folded(text: str) -> str:
    """Without case and accents.

    >>> folded("Atelier d'Été")
    "atelier d'ete"
    """
    if text.isascii():
        return text.lower()
    return without_accents(text.casefold()).replace("œ", "oe").replace("æ", "ae")


def without_accents(text: str, form: Literal["NFD", "NFKD"] = "NFKD") -> str:
    """Its letters alone, of another length perhaps (`pipeline/rules/fold.py` keeps it). NFKD: signs made of others,
    such as "ﬁ" and "²", become those too.

    >>> without_accents("Été ﬁni"), without_accents("Été ﬁni", "NFD")
    ('Ete fini', 'Ete ﬁni')
    """
    if text.isascii():
        return text
    combining = unicodedata.combining
    return "".join([c for c in unicodedata.normalize(form, text) if c < "\x80" or not combining(c)])


def slug(text: str) -> str:
    """
    >>> slug("Atelier d'Été")
    'atelier-d-ete'
    """
    return re.sub(r"[^a-z0-9]+", "-", folded(text)).strip("-")


_PARTED = re.compile(r"[.!?…]\s|\n\s*(?:[-*+•–—▪]\s|\n)")
"""The end of a sentence, the mark of an item, an empty line."""


def ends_a_name(word: str, gap: str) -> bool:
    """Whether no name goes over what stands between a word of it and the next: a sentence ends there, an item begins.
    Behind an initial a full stop ends nothing.

    >>> ends_a_name("Durand", ".\\n- "), ends_a_name("É", ". "), ends_a_name("Durand", ", ")
    (True, False, False)
    """
    found = _PARTED.search(gap)
    return found is not None and (len(word) > 1 or gap[found.start()] == "\n")
