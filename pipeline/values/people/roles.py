"""Where a role begins, which words are a service, and a role as one line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.people.words import PeopleWords


def role_start(low: Sequence[str], words: PeopleWords) -> int | None:
    """Where a role begins in these folded words: 0 in "ancien adjoint", 2 in "Jean D directeur"; else None."""
    for index, word in enumerate(low):
        if _is_head(word, words):
            return _with_openers(low, index, words)
    return None


def _is_head(word: str, words: PeopleWords) -> bool:
    bare = word.strip(",;:()'\"")
    if bare in words.heads or bare.rstrip(".") in words.heads:
        return True
    parts = re.split(r"[-/']", bare.rstrip("."))
    if len(parts) > 1 and parts[0] in words.former and parts[1] in words.heads:
        return True
    return len(parts) > 1 and parts[0] in ({"l"} | words.openers | words.heads) and parts[-1] in words.heads


def _with_openers(low: Sequence[str], index: int, words: PeopleWords) -> int:
    start = index
    while start > 0 and (low[start - 1] in words.openers or low[start - 1] in words.former):
        start -= 1
    if start > 0 and low[start - 1] in words.articles:
        start -= 1
    return start


def is_former(word: str, words: PeopleWords) -> bool:
    """ "ancien", "ex-maire"."""
    return word in words.former or word.split("-")[0] in words.former


def is_service(low: Sequence[str], words: PeopleWords) -> bool:
    """ "Direction des routes", "l'accueil": an office, not a person."""
    first = low[0].strip(".,:")
    if first in words.articles and len(low) > 1:
        first = low[1].strip(".,:")
    bare = re.sub(r"^[ld]'", "", first)
    return bare in words.services and not (len(low) > 1 and words.is_given(first))


def role_words(printed: str, words: PeopleWords) -> str:
    """The role on one line, words cut by a line end joined: "d'inclu-|sion" but "vice-|président"."""

    def mended(match: re.Match[str]) -> str:
        before, after = match.group(1), match.group(2)
        keeps = after.isupper() or fold(before) in words.hyphen_prefixes
        return f"{before}-{after}" if keeps else before + after

    joined = re.sub(r"(\w{1,40})-\s*\n\s*(\w)", mended, printed)
    return " ".join(joined.replace("\u00ad", "").split()).strip(" ,;:–-")
