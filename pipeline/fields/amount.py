"""The fee of the mission: never the cost of the works, nor a figure of the text."""

from __future__ import annotations

import re

from carnet.pipeline.fields.context import Context, candidate
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.money import find_amounts, parse_amount
from carnet.pipeline.values.money.hints import NONE, AmountHints, amount_hints
from carnet.schemas.evidence import Candidate
from carnet.schemas.layout import Passage
from carnet.schemas.outline import MissionSection, PartKind
from carnet.schemas.values import Amount

_LONGEST_LINE = 90


def find(section: MissionSection, ctx: Context) -> list[Candidate]:
    out = []
    for part in section.parts:
        if part.kind is not PartKind.AMOUNT or not part.items:
            continue
        passage = Passage.join(part.items[:1]).flow()
        hints = amount_hints(part.label.text, ctx.rules) if part.label else NONE
        hints = _with(hints, ctx.money)
        found = parse_amount(passage.text, ctx.rules, hints)
        rule = "cell.amount" if section.from_table else "label.amount"
        if found:
            out.append(candidate(ctx, "amount", found.value, passage, rule, found.note))
        elif any(c.isalnum() for c in passage.text):
            note = f"amount: {passage.text!r}: not understood"
            out.append(candidate(ctx, "amount", Amount(value=None), passage, rule, note))
    return out or _facts(section, ctx)


def _with(hints: AmountHints, general: AmountHints) -> AmountHints:
    return AmountHints(hints.currency or general.currency, hints.tax or general.tax, hints.scale, hints.rate)


def _facts(section: MissionSection, ctx: Context) -> list[Candidate]:
    """The line of a side box that is an amount: one that says it is the fee before any other, none that says works."""
    lines = [i.flow() for p in section.parts if p.kind is PartKind.FACTS for i in p.items]
    lines = [line for line in lines if len(line.text) <= _LONGEST_LINE and not _of_the_works(line.text, ctx)]
    for line in sorted(lines, key=lambda line: not _says(line.text, "fee_words", ctx)):
        for found in find_amounts(line.text, ctx.rules):
            if found.end - found.start >= 0.45 * len(line.text.strip()) or _says(line.text, "fee_words", ctx):
                whole = parse_amount(line.text, ctx.rules, ctx.money) or found
                return [candidate(ctx, "amount", whole.value, line, "facts.amount", whole.note)]
        said = parse_amount(line.text, ctx.rules) if len(line.text) < 45 else None
        if said and said.rule == "money.missing" and any(c.isalpha() for c in line.text):
            return [candidate(ctx, "amount", said.value, line, "facts.amount")]
    return []


def _of_the_works(text: str, ctx: Context) -> bool:
    """ "Travaux : 2,4 M€ HT", and not "Mission de suivi des travaux : 40 000 € HT"."""
    return _says(text, "works_cost_words", ctx) and not _says(text, "fee_words", ctx)


def _says(text: str, words: str, ctx: Context) -> bool:
    forms = "|".join(re.escape(fold(str(w))) for w in ctx.rules.lexicon("fields")[words])
    return re.search(rf"\b(?:{forms})\b", fold(text)) is not None
