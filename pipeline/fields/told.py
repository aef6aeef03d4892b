"""Dates and fees of a brochure that tells them in its running text: "Nous avons travaillé de février à octobre 2021,
pour 18 500 € HT, à partir de soixante récits."

Only where hardly a mission of the brochure has them in a place of their own: elsewhere a date of the text is about the
matter ("la loi de 2015"), and a mission without a period has none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from carnet.pipeline.fields.context import Context, candidate
from carnet.pipeline.fields.sentences import sentences
from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.dates import find_periods, parse_period
from carnet.pipeline.values.found import Found
from carnet.pipeline.values.money import find_amounts, says_no_amount
from carnet.pipeline.values.patterns import any_of
from carnet.schemas.draft import MissionDraft
from carnet.schemas.evidence import Candidate
from carnet.schemas.layout import Passage
from carnet.schemas.outline import MissionSection, PartKind
from carnet.schemas.values import Amount, Period

_TEXTS = (
    PartKind.APPROACH, PartKind.CONTEXT, PartKind.RESULTS, PartKind.BODY, PartKind.WORKS_COST, PartKind.OTHER,
    PartKind.CLIENT,
)  # fmt: skip
USUAL = 0.4
"""Share of the missions from which on a field has places of its own in a brochure."""
_ENOUGH = 2.0
"""Of what speaks for a sentence: two signs, or one strong one."""
_SURE = 3.0
"""From which on the value is not doubted."""
_Find = Callable[["_Sentence", Context], Candidate | None]


def with_told(
    drafts: Sequence[MissionDraft], sections: Sequence[MissionSection], ctx: Context
) -> tuple[MissionDraft, ...]:
    """The drafts with the dates and fees of their texts, where the brochure tells them there."""
    finders: Mapping[str, _Find] = {field: find for field, find in _FINDERS.items() if not _usual(field, drafts)}
    if not finders:
        return tuple(drafts)
    return tuple(_with(draft, section, finders, ctx) for draft, section in zip(drafts, sections, strict=True))


def _usual(field: str, drafts: Sequence[MissionDraft]) -> bool:
    return sum(field in draft.candidates for draft in drafts) >= USUAL * len(drafts)


def _with(draft: MissionDraft, section: MissionSection, finders: Mapping[str, _Find], ctx: Context) -> MissionDraft:
    lacking = {field: find for field, find in finders.items() if field not in draft.candidates}
    said = list(_sentences(section, ctx)) if lacking else []
    found = {field: _best(said, find, ctx) for field, find in lacking.items()}
    new = {field: (best,) for field, best in found.items() if best is not None}
    return draft.model_copy(update={"candidates": {**draft.candidates, **new}}) if new else draft


@dataclass(frozen=True)
class _Sentence:
    """`own`: does it say that the publisher did this? `part`: of which text it is."""

    passage: Passage
    folded: str
    part: PartKind
    own: bool


def _sentences(section: MissionSection, ctx: Context) -> Iterator[_Sentence]:
    words = words_of_sentences(ctx.rules)
    for kind in _TEXTS:
        items = [item for part in section.parts if part.kind is kind for item in part.items]
        for passage in sentences(Passage.join(items).flow(ctx.keep_hyphen)) if items else ():
            folded = fold(passage.text)
            yield _Sentence(passage, folded, kind, words.own.search(folded) is not None)


def _best(said: Sequence[_Sentence], find: _Find, ctx: Context) -> Candidate | None:
    return next((found for sentence in said if (found := find(sentence, ctx)) is not None), None)


def _period(said: _Sentence, ctx: Context) -> Candidate | None:
    """The first period of a sentence about the publisher's work."""
    found = [f for f in find_periods(said.passage.text, ctx.rules) if f.value.start] or list(_years(said, ctx))
    if not found:
        return None
    first: Found[Period] = found[0]
    span = first.value.end != first.value.start or first.value.ongoing
    score = 2.0 * said.own + (said.part is PartKind.APPROACH) + 1.0 * span - 1.0 * (len(found) > 1)
    return _told("period", first.value, said.passage.slice(first.start, first.end), score, first.note, ctx)


def _years(said: _Sentence, ctx: Context) -> Iterator[Found[Period]]:
    """Years behind a word that says that something was done then: "nous avons repris en 2022 l'ensemble"."""
    for match in words_of_sentences(ctx.rules).years.finditer(said.folded) if said.own else ():
        read = parse_period(said.passage.text[match.start() : match.end()], ctx.rules)
        if read and read.value.start:
            yield Found(read.value, match.start(), match.end(), "text.year", read.note)


def _amount(said: _Sentence, ctx: Context) -> Candidate | None:
    """The one amount of a sentence about the publisher's work, or that it is not told."""
    words = words_of_sentences(ctx.rules)
    fee = words.fees.search(said.folded) is not None
    found = find_amounts(said.passage.text, ctx.rules)
    if not found:
        hidden = fee and said.own and _withheld(said.passage.text, ctx)
        return _told("amount", Amount(value=None), said.passage, _SURE, None, ctx) if hidden else None
    if len(found) > 1 or words.works.search(said.folded) and not fee:
        return None
    only: Found[Amount] = found[0]
    score = 1.0 * said.own + 1.5 * fee + 1.0 * (only.value.tax is not None) + 0.5 * (said.part is PartKind.APPROACH)
    return _told("amount", only.value, said.passage.slice(only.start, only.end), score, only.note, ctx)


def _withheld(text: str, ctx: Context) -> bool:
    """Does a sentence end with words that give no amount: "Le montant de la mission est confidentiel."?"""
    words = text.rstrip(" .").split()
    return any(says_no_amount(" ".join(words[-n:]), ctx.rules) for n in range(1, _LAST + 1))


_LAST = 3  # words


def _told(field: str, value: object, place: Passage, score: float, note: str | None, ctx: Context) -> Candidate | None:
    if score < _ENOUGH:
        return None
    if note is None and score < _SURE:
        note = "told in a sentence of the text"
    return candidate(ctx, field, value, place, f"body.{field}", note)


_FINDERS: Mapping[str, _Find] = {"period": _period, "amount": _amount}


@dataclass(frozen=True)
class _Words:
    own: re.Pattern[str]
    fees: re.Pattern[str]
    works: re.Pattern[str]
    years: re.Pattern[str]


@lru_cache(maxsize=4)
def words_of_sentences(rules: Rules) -> _Words:
    """What sentences that tell of a mission are known by, in patterns."""
    data = rules.lexicon("fields")

    def words(*lists: str) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{any_of(word for name in lists for word in data[name])})\b")

    openers = any_of(data["year_openers"])
    years = re.compile(rf"\b(?:{openers})\s(?:[a-z]{{1,12}}['\s]){{0,2}}(?:19|20)\d\d\b(?!\s?-\s?\d)")
    return _Words(words("lead_words", "own_words"), words("fee_words"), words("works_cost_words"), years)
