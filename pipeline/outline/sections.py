"""Parts of a brochure that are not missions, known by their headings: team, offices, presentation."""

from __future__ import annotations

from functools import lru_cache

from carnet.pipeline.outline.tokens import Stream, Token
from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold


def role_of(token: Token, stream: Stream) -> str | None:
    """ "team", "offices" or "front" for a heading that announces it."""
    text = fold(" ".join(token.text.split())).strip(" .:;!?○●•")
    if not text or len(text) > 60:
        return None
    for role, forms, starts in _sections(stream.rules):
        if text in forms or len(text) < 45 and text.startswith(starts):
            return role
    return None


@lru_cache(maxsize=4)
def _sections(rules: Rules) -> tuple[tuple[str, frozenset[str], tuple[str, ...]], ...]:
    """Each role with the headings that announce it, and the openings of such headings."""
    return tuple(
        (
            str(role),
            frozenset(fold(str(form)).strip(" ?") for form in words.get("forms", ())),
            tuple(fold(str(start)) for start in words.get("starts", ())),
        )
        for role, words in rules.lexicon("sections").items()
    )
