"""Does an e-mail address agree with a name?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from carnet.pipeline.rules.fold import fold


def agrees(name: str, email: str) -> bool:
    """Whether the part before the @ may be made of this name: "Fabien LOPEZ", flopez@x.fr.

    >>> agrees("François Lambert", "fla@bep.be")
    True
    """
    local = "".join(_letters([fold(email.partition("@")[0])]))
    parts = _letters(re.split(r"[\s.]+", fold(name)))
    if not local or not parts:
        return False
    if any(len(part) > 2 and part in local for part in parts):
        return True
    pieces = _letters(re.split(r"[\s.-]+", fold(name)))
    if any(len(piece) > 3 and piece in local for piece in pieces):
        return True
    initials = "".join(piece[0] for piece in pieces)
    given, surname = parts[0], parts[-1]
    short = len(parts) > 1 and 3 <= len(local) <= 6 and local[0] == given[0] and surname.startswith(local[1:3])
    return local == initials or short


def _letters(words: Iterable[str]) -> list[str]:
    """The words without other signs; those that are nothing else drop out."""
    return [letters for word in words if (letters := re.sub(r"[^a-z]", "", word))]
