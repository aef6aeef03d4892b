"""Which likely names are names: "Lyon Confluence" looks like one too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.emails import EmailReading
from carnet.pipeline.values.found import Found
from carnet.pipeline.values.organisations import classify
from carnet.pipeline.values.people.agreement import agrees
from carnet.pipeline.values.people.pieces import ContactPiece
from carnet.pipeline.values.people.words import PeopleWords


def settle_names(
    parts: Sequence[ContactPiece], emails: Sequence[Found[EmailReading]], words: PeopleWords, rules: Rules
) -> list[ContactPiece]:
    """Likely names stay where a name is expected or an address agrees; the others become `other`."""
    settled: list[ContactPiece] = []
    for index, part in enumerate(parts):
        if part.kind == "name" and part.strength < 3:
            if not _name_fits(part, index, parts, settled, emails, words, rules):
                part = replace(part, kind="other")
            elif part.strength == 1:
                part = replace(part, note="a single word read as a name")
        settled.append(part)
    return settled


def _name_fits(
    part: ContactPiece,
    index: int,
    parts: Sequence[ContactPiece],
    settled: Sequence[ContactPiece],
    emails: Sequence[Found[EmailReading]],
    words: PeopleWords,
    rules: Rules,
) -> bool:
    """By an address that agrees; else where a name may stand, unless the words surely name a body."""
    if any(agrees(part.value, found.value.address) for found in emails):
        return True
    follows_name = any(p.kind == "name" for p in settled) and part.before not in ("\n", ";", "|", "•")
    if follows_name or fold(part.value.split()[0]) in words.articles:
        return False
    if part.strength == 1:
        following = parts[index + 1] if index + 1 < len(parts) else None
        leads = following is not None and following.kind == "role" and following.before in (",", "-", "(", "")
        given = following is not None and words.is_given(fold(part.value)) and not settled
        if not (leads or given) or part.value.isupper() and len(part.value) < 5:
            return False
    kind = classify(part.value, rules)
    return not (kind.sure and kind.client_type)
