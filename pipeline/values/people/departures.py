"""Phrases that say that somebody left: "partie en retraite", "n'est plus en poste"."""

from __future__ import annotations

import re

from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.people.words import PeopleWords


def says_left(one: str, words: PeopleWords) -> bool:
    """At the start of the text, or further on where the text opens like such a sentence."""
    low = " ".join(fold(one).split()).strip(" .!:")
    if low in words.left_alone or any(_starts(low, phrase) for phrase in words.left):
        return True
    may_say = low.split(" ")[0] in words.left_starts or _NAMELESS.match(one) is not None
    return may_say and any(f" {phrase} " in f" {low} " for phrase in words.left)


_NAMELESS = re.compile(r"(?:(?:[Ll]e|[Ll]a|[Ll]es|[Nn]otre)\s|[Ll]['’])(?:[a-zà-ÿ-]{2,20}\s){1,3}")
"""Somebody without a name: "l'interlocutrice a quitté la région"."""


def _starts(low: str, phrase: str) -> bool:
    return low == phrase or low.startswith(f"{phrase} ")
