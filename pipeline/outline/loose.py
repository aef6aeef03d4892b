"""Headings of missions where nothing in their look tells them: the short text right above a mission's first label."""

from __future__ import annotations

from collections.abc import Sequence

from carnet.pipeline.outline.tokens import Is, Stream, Token
from carnet.pipeline.values.bodies import names_body


def take_heading(source: list[Token], label: Token, stream: Stream, *, in_mission: bool) -> list[Token]:
    """Takes the heading before `label` out of `source`: the text since the last mission, or its tokens
    (`in_mission`), of which the last are values."""
    named = next((k for k in range(len(source) - 1, max(-1, len(source) - 5), -1) if _names_client(source, k)), None)
    if named is not None:
        out = [source[named]]
        del source[named:]  # what stands between such a heading and the first label is a caption or a logo
        return out
    out = []
    while source and len(out) < 2 and _may_head(source[-1], label, out):
        if in_mission and not _past_values(source):
            break
        out.insert(0, source.pop())
    if len(out) == 2 and not _client_line(out[0], stream):
        source.append(out.pop(0))
    return out


def _names_client(source: Sequence[Token], k: int) -> bool:
    """ "Client : titre", alone in its block, with nothing but short text after it."""
    token = source[k]
    if token.what is not Is.TEXT or token.is_bullet or len(token.text) > 330:
        return False
    if any(t.what is not Is.TEXT or t.is_bullet or len(t.text) > 140 for t in source[k + 1 :]):
        return False
    before, colon, after = token.text.partition(":")
    return bool(colon) and len(after) > 20 and 1 < len(before.strip()) < 130 and before[:1].isupper()


def _may_head(token: Token, label: Token, below: Sequence[Token]) -> bool:
    text = token.text.strip()
    if token.what is not Is.TEXT or token.is_bullet or len(text) > 330 or token.text.count("\n") > 2:
        return False
    if token.page != label.page or label.block.box and token.block.box and not _right_above(token, label):
        return False
    if text.endswith((".", ";", "!", "…")) and len(text) > 120 or text.endswith((":", ",")) and not below:
        return False
    return not (below and len(text) > 140)


def _right_above(token: Token, label: Token) -> bool:
    a, b = token.block.box, label.block.box
    return a is not None and b is not None and -3 < b.top - a.bottom < 80


def _past_values(tokens: Sequence[Token]) -> bool:
    """Is the last of a mission's tokens beyond the value of its last label?"""
    return len(tokens) > 1 and tokens[-2].what is not Is.LABEL


def _client_line(token: Token, stream: Stream) -> bool:
    """Is this short line the client, above the title?"""
    text = token.text.strip()
    return len(text) < 130 and (text.endswith(":") or names_body(text, stream.rules))
