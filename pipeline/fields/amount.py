"""The fee of the mission: never the cost of the works, nor a figure of the text."""

from __future__ import annotations

from pipeline.fields.context import Context, candidate
from pipeline.values.money import NONE, AmountHints, amount_hints, find_amounts, parse_amount
from schemas.evidence import Candidate
from schemas.layout import Passage
from schemas.outline import MissionSection, PartKind


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
            out.append(candidate(ctx, "amount", parse_missing(), passage, rule, note))
    return out or _facts(section, ctx)


def parse_missing() -> object:
    from schemas.values import Amount

    return Amount(value=None)


def _with(hints: AmountHints, general: AmountHints) -> AmountHints:
    return AmountHints(hints.currency or general.currency, hints.tax or general.tax, hints.scale)


def _facts(section: MissionSection, ctx: Context) -> list[Candidate]:
    for part in section.parts:
        if part.kind is not PartKind.FACTS:
            continue
        for item in part.items:
            passage = item.flow()
            if len(passage.text) > 90:
                continue
            for found in find_amounts(passage.text, ctx.rules):
                if found.end - found.start >= 0.45 * len(passage.text.strip()):
                    whole = parse_amount(passage.text, ctx.rules, ctx.money) or found
                    return [candidate(ctx, "amount", whole.value, passage, "facts.amount", whole.note)]
            said = parse_amount(passage.text, ctx.rules) if len(passage.text) < 45 else None
            if said and said.rule == "money.missing" and any(c.isalpha() for c in passage.text):
                return [candidate(ctx, "amount", said.value, passage, "facts.amount")]
    return []
