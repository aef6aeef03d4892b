"""What addresses are made of: signs and words that stand for them, endings of domains (`shared/emails.yml`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from carnet.pipeline.rules import load_rules


@dataclass(frozen=True)
class EmailSigns:
    """How "@" and "." are written, spelt out too, and how domains end."""

    at: re.Pattern[str]
    dot: re.Pattern[str]
    endings: frozenset[str]
    all_endings: frozenset[str]
    abbreviations: frozenset[str]


@lru_cache(maxsize=1)
def signs() -> EmailSigns:
    """Endings and stand-ins from `shared/emails.yml`: the same in every language."""
    lexicon = load_rules().lexicon("emails")
    endings = frozenset(lexicon["endings"].split())
    at = "|".join(re.escape(word).replace(r"\ ", " ") for word in lexicon["at"])
    dot = "|".join(re.escape(word).replace(r"\ ", " ") for word in lexicon["dot"])
    return EmailSigns(
        re.compile(rf"\s?(?:{at})\s?|@{{1,3}}", re.IGNORECASE),
        re.compile(rf"\s?(?:{dot})\s?", re.IGNORECASE),
        endings,
        endings | frozenset(lexicon["rare_endings"].split()),
        frozenset(lexicon["abbreviations"].split()),
    )


def plain_signs(text: str) -> str:
    """One kind of space, hyphen and @; same length."""
    return text.translate(_SAME_LENGTH)


_SAME_LENGTH = {
    ord("\u00a0"): " ", ord("\u202f"): " ", ord("\t"): " ", ord("\r"): "\n",
    ord("‐"): "-", ord("‑"): "-", ord("＠"): "@", ord("﹫"): "@", ord("’"): "'",
}  # fmt: skip


def ending_of(domain: str) -> str:
    """What stands after the last dot: 'fr'; '' where there is no dot."""
    return domain.rpartition(".")[2].lower() if "." in domain else ""


def is_complete(domain: str) -> bool:
    """Does the domain end as those of the brochures usually do (".fr", ".org")?"""
    return ending_of(domain) in signs().endings


def is_acceptable(domain: str) -> bool:
    """Does the domain end as any domain does?"""
    return ending_of(domain) in signs().all_endings
