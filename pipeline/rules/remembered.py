"""Answers that are kept: one brochure asks of the same short text again and again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import TypeVar

Asked = TypeVar("Asked", bound=Hashable)
Answer = TypeVar("Answer")

_TEXTS = 8_192
_LONGEST = 400
"""Letters of a text whose answer is kept: how much memory all of them take is bounded."""


def remembered(answer: Callable[[str, Asked], Answer]) -> Callable[[str, Asked], Answer]:
    """`answer` depends on nothing but its arguments and gives what nobody changes: it is asked once of a short text."""
    kept = lru_cache(maxsize=_TEXTS)(answer)

    @wraps(answer)
    def asked(text: str, by: Asked) -> Answer:
        return kept(text, by) if len(text) <= _LONGEST else answer(text, by)

    return asked
