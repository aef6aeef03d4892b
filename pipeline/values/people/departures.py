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
    may_say = low.split(" ")[0] in words.left_starts or _is_nameless(one, words)
    return may_say and any(f" {phrase} " in f" {low} " for phrase in words.left)


_COMMON = re.compile(r"(?:[a-zà-ÿ-]{2,20}\s){1,3}")


def _is_nameless(one: str, words: PeopleWords) -> bool:
    """Somebody without a name: "l'interlocutrice a quitté la région"."""
    low = "".join(" " if sign.isspace() else sign for sign in fold(one))
    openers = (word if word.endswith("'") else f"{word} " for word in words.nameless)
    return any(low.startswith(opener) and _COMMON.match(one, len(opener)) for opener in openers)


def _starts(low: str, phrase: str) -> bool:
    return low == phrase or low.startswith(f"{phrase} ")
