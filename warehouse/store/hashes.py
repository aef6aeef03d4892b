"""Short names made of what a thing is: the same wherever they are made."""

from __future__ import annotations

import hashlib


def short_hash(*parts: str) -> str:
    """12 hex digits: short enough to type, long enough for any number of brochures.

    >>> short_hash("ocelle", "refonte du site")
    '20ad7d65dc81'
    """
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]
