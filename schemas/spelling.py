"""Texts as they are compared: without case, accents and marks."""

from __future__ import annotations

import re
import unicodedata


def folded(text: str) -> str:
    """Without case and accents.

    >>> folded("Atelier d'Été")
    "atelier d'ete"
    """
    text = unicodedata.normalize("NFKD", text.casefold()).replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in text if not unicodedata.combining(c))


def slug(text: str) -> str:
    """
    >>> slug("Atelier d'Été")
    'atelier-d-ete'
    """
    return re.sub(r"[^a-z0-9]+", "-", folded(text)).strip("-")
