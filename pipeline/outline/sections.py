"""Parts of a brochure that are not missions, known by their headings: team, offices, presentation."""

from __future__ import annotations

from carnet.pipeline.outline.tokens import Stream, Token
from carnet.pipeline.rules.fold import fold


def role_of(token: Token, stream: Stream) -> str | None:
    """ "team", "offices" or "front" for a heading that announces it."""
    text = fold(" ".join(token.text.split())).strip(" .:;!?○●•")
    if not text or len(text) > 60:
        return None
    for role, words in stream.rules.lexicon("sections").items():
        forms = {fold(str(form)).strip(" ?") for form in words.get("forms", ())}
        if text in forms:
            return str(role)
        if any(text.startswith(fold(str(start))) for start in words.get("starts", ())) and len(text) < 45:
            return str(role)
    return None
