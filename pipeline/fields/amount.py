"""The fee of the mission: never the cost of the works, nor a figure of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from carnet.pipeline.fields.context import Context, candidate
from carnet.pipeline.fields.sentences import facts
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.emails import find_emails
from carnet.pipeline.values.found import Found
from carnet.pipeline.values.money import find_amounts, parse_amount, says_no_amount
from carnet.pipeline.values.money.hints import NONE, AmountHints, amount_hints
from carnet.pipeline.values.phones import find_phones
from carnet.schemas.evidence import Candidate
from carnet.schemas.layout import Passage
from carnet.schemas.outline import MissionSection, Part, PartKind
from carnet.schemas.values import Amount

_LONGEST_FACT = 300  # letters
_LARGE_FEE = 200_000
"""A larger bare "Coût" is rather that of the works."""


def find(section: MissionSection, ctx: Context) -> list[Candidate]:
    """Under its label, else a line of a side box, else a cost that nothing says to be that of works; in units of
    its currency. A label under which none is given ("NC"), or none is understood, yields an Amount without value.
    """
    out, other = [], []
    parts = [part for part in section.parts if part.kind is PartKind.AMOUNT and part.items]
    parts = [part for part in parts if not _of_works(part, ctx)] or parts
    for part in [part for part in parts if _says_money(part, ctx)] or parts:
        passage = _without_works(_without_contact(Passage.join(part.items[:1]).flow(), ctx), ctx)
        if not passage:
            continue
        hints = amount_hints(part.label.text, ctx.rules) if part.label else NONE
        hints = _with(hints, ctx.money)
        found = parse_amount(passage.text, ctx.rules, hints)
        rule = "cell.amount" if section.from_table else "label.amount"
        if found:
            doubt = None if part.label else _works_perhaps(found.value)
            out.append(candidate(ctx, "amount", found.value, passage, rule, found.note or doubt))
        elif any(c.isalnum() for c in passage.text):
            note = f"amount: {passage.text!r}: not understood"
            other.append(candidate(ctx, "amount", Amount(value=None), passage, rule, note))
    return out or other or _facts(section, ctx) or _bare_cost(section, ctx)


def _says_money(part: Part, ctx: Context) -> bool:
    """Does a part, or its label, say that its figure is money: not "Volume (mots) 88 000", where another does."""
    said = " ".join(item.text for item in part.items)
    hints = amount_hints(part.label.text, ctx.rules) if part.label else NONE
    printed = bool(find_amounts(said, ctx.rules)) or says_no_amount(said, ctx.rules)
    return printed or bool(hints.currency or hints.tax) or bool(part.label and _says(part.label.text, "fee_words", ctx))


def _of_works(part: Part, ctx: Context) -> bool:
    """Does its label say that it is the cost of the works: "Travaux (M€ HT)", and not a bare "Coût"?"""
    label = fold(part.label.text).strip(" :") if part.label else ""
    return bool(label) and label not in _bare(ctx) and _of_the_works(label, ctx)


def _without_works(passage: Passage, ctx: Context) -> Passage:
    """A text without the amount that it says to be that of the works: nothing of "4,8 M€ HT de travaux", the fee of
    "4,8 M€ HT de travaux, 96 000 € HT d'honoraires" and of "travaux 4,8 M€ honoraires 96 000 € HT"."""
    found = find_amounts(passage.text, ctx.rules)
    words = tuple(fold(str(word)) for word in ctx.rules.lexicon("fields")["works_behind"])
    fees = [f for f in found if not fold(passage.text[f.end :]).lstrip(" ,(").startswith(words)]
    if len(found) > 1:
        before = {f.start: passage.text[a:b] for f, (a, b) in zip(found, _gaps(found), strict=True)}
        fees = [f for f in fees if not _of_the_works(_BREAK.split(before[f.start])[-1], ctx)]
    if len(fees) == len(found) or len(fees) > 1:
        return passage
    return passage.slice(fees[0].start, fees[0].end) if fees else passage.slice(0, 0)


def _gaps(found: Sequence[Found[Amount]]) -> list[tuple[int, int]]:
    """What stands before each amount, behind the one before."""
    return list(zip([0, *(f.end for f in found)], [f.start for f in found], strict=False))


_BREAK = re.compile(r"[,;/]")


def _without_contact(passage: Passage, ctx: Context) -> Passage:
    """The amount of a passage that goes on with someone to ask: "24 500 € HT, Anne Roche, 03 20 11 22 33"."""
    starts = [found.start for found in find_emails(passage.text)]
    starts += [found.start for found in find_phones(passage.text, ctx.rules, ctx.region)]
    if not starts:
        return passage
    before = passage.slice(0, len(passage.text[: min(starts)].rstrip(" ,;–-")))
    amounts = find_amounts(before.text, ctx.rules)
    return before.slice(amounts[0].start, amounts[0].end) if amounts else before


def _bare_cost(section: MissionSection, ctx: Context) -> list[Candidate]:
    """ "Coût : 46 800 €" where no other amount stands and nothing speaks of works."""
    said = [*section.heading, *(p.label for p in section.parts if p.label and p.kind is not PartKind.WORKS_COST)]
    if any(_says(passage.text, "works_cost_words", ctx) for passage in said):
        return []
    for part in section.parts:
        if part.kind is PartKind.WORKS_COST and part.items and part.label and _is_bare(part.label.text, ctx):
            passage = _without_contact(part.items[0].flow(), ctx)
            found = parse_amount(passage.text, ctx.rules, _with(amount_hints(part.label.text, ctx.rules), ctx.money))
            if found and found.value.value is not None:
                note = found.note or _works_perhaps(found.value)
                return [candidate(ctx, "amount", found.value, passage, "label.cost", note)]
    return []


def _bare(ctx: Context) -> frozenset[str]:
    """Labels of a cost that does not say of what."""
    return frozenset(fold(str(word)) for word in ctx.rules.lexicon("fields")["bare_costs"])


def _is_bare(label: str, ctx: Context) -> bool:
    """ "Coût", "Coût pédagogique", and not "Coût des travaux"."""
    bare = _bare(ctx)
    words = re.findall(r"\w+", fold(label))
    rest = " ".join(word for word in words if word not in bare)
    return not bare.isdisjoint(words) and not _says(rest, "works_cost_words", ctx)


def _works_perhaps(amount: Amount) -> str | None:
    note = "a cost, perhaps that of the works"
    return note if amount.value is not None and amount.value > _LARGE_FEE else None


def _with(hints: AmountHints, general: AmountHints) -> AmountHints:
    return AmountHints(hints.currency or general.currency, hints.tax or general.tax, hints.scale, hints.rate)


def _facts(section: MissionSection, ctx: Context) -> list[Candidate]:
    """The line of a side box that is an amount: one that says it is the fee before any other, none that says works."""
    lines = [_without_contact(line, ctx) for line in facts(section, ctx)]
    lines = [line for line in lines if len(line.text) <= _LONGEST_FACT and not _of_the_works(line.text, ctx)]
    clauses = [c for line in lines for c in _clauses(line) if not _of_the_works(c.text, ctx)]
    clauses = [c for c in clauses if not _says(c.text, "parts_of_amounts", ctx)]
    for line in sorted((*clauses, *lines), key=lambda line: not _says(line.text, "fee_words", ctx)):
        for found in find_amounts(line.text, ctx.rules):
            around = len(line.text.strip()) - (found.end - found.start)
            if around <= max(_AROUND, found.end - found.start) or _says(line.text, "fee_words", ctx):
                whole = parse_amount(line.text, ctx.rules, ctx.money) or found
                return [candidate(ctx, "amount", whole.value, line, "facts.amount", whole.note)]
        short = len(line.text) < 45 and any(c.isalpha() for c in line.text)
        if short and says_no_amount(line.text, ctx.rules):
            return [candidate(ctx, "amount", Amount(value=None), line, "facts.amount")]
    told = [(line, found) for line in lines for found in find_amounts(line.text, ctx.rules)]
    if len(told) != 1 or _says(told[0][0].text[: told[0][1].start], "parts_of_amounts", ctx):
        return []
    line, only = told[0]
    if only.value.tax is None and not _opened(line.text[: only.start], ctx):
        return []  # somebody else's: "où un bailleur avait déjà investi 3 M€"
    note = only.note or "told in a sentence of the text"
    return [candidate(ctx, "amount", only.value, line.slice(only.start, only.end), "facts.amount", note)]


def _opened(before: str, ctx: Context) -> bool:
    """Does a word stand right before an amount that announces one: "conduite en 2021 pour 34 500 €"?"""
    words = {fold(str(w)) for w in ctx.rules.lexicon("fields")["amount_openers"]}
    return bool(words.intersection(fold(before).split()[-1:]))


_AROUND = 24
"""Letters beside an amount in a clause that tells it and nothing else: "pour un budget de 34 500 € HT"."""
_COMMA = re.compile(r"[,;]\s{1,4}|\s{1,4}[–—]\s{1,4}|[()]|\s/\s(?=[^/,;\d]{1,40}\d)")


def _clauses(line: Passage) -> list[Passage]:
    """A line of facts, cut at its commas and brackets; [] where it has none."""
    marks = list(_COMMA.finditer(line.text))
    spans = zip([0, *(m.end() for m in marks)], [*(m.start() for m in marks), len(line.text)], strict=True)
    return [line.slice(a, b) for a, b in spans if b > a] if marks else []


def _of_the_works(text: str, ctx: Context) -> bool:
    """ "Travaux : 2,4 M€ HT", and not "Mission de suivi des travaux : 40 000 € HT"."""
    return _says(text, "works_cost_words", ctx) and not _says(text, "fee_words", ctx)


def _says(text: str, words: str, ctx: Context) -> bool:
    forms = "|".join(re.escape(fold(str(w))) for w in ctx.rules.lexicon("fields")[words])
    return re.search(rf"\b(?:{forms})\b", fold(text)) is not None
