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
