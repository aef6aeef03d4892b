"""Text -> amounts: one figure or a range, currency, with or without tax."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from pipeline.rules import Rules
from pipeline.rules.fold import fold
from pipeline.values.found import Found
from pipeline.values.numbers import NUMBER, parse_number
from schemas.values import Amount

Tax = Literal["HT", "TTC"]
_LONGEST = 300
_ONE = Decimal(1)


@dataclass(frozen=True)
class AmountHints:
    """What a label or column head says of the figures under it: "Montant (k€ HT)" -> EUR, HT, 1000."""

    currency: str | None = None
    tax: Tax | None = None
    scale: Decimal = _ONE


NONE = AmountHints()


@dataclass(frozen=True)
class _Words:
    currency: dict[str, str]
    tax: dict[str, Tax]
    multiplier: dict[str, Decimal]
    missing: frozenset[str]
    fillers: frozenset[str]
    figure: re.Pattern[str]
    tax_mark: re.Pattern[str]
    currency_mark: re.Pattern[str]
    scale_mark: re.Pattern[str]
    between: re.Pattern[str]
    speaks: re.Pattern[str]


@dataclass(frozen=True)
class _Figure:
    start: int
    end: int
    value: Decimal
    currency: str | None
    multiplier: Decimal | None


def amount_hints(label: str, rules: Rules) -> AmountHints:
    """Currency, tax and scale printed in a label.

    >>> amount_hints("Montant (k€ HT)", load_rules())
    AmountHints(currency='EUR', tax='HT', scale=Decimal('1000'))
    """
    words = _words(rules)
    folded = fold(label[:_LONGEST])
    currency = words.currency_mark.search(folded)
    scale = words.scale_mark.search(folded)
    return AmountHints(
        words.currency[currency["c"]] if currency else None,
        _tax(folded, words),
        words.multiplier[scale["m"]] if scale else _ONE,
    )


def general_hints(text: str, rules: Rules) -> AmountHints:
    """What a sentence says of all amounts of a brochure: "Montants de nos prestations en euros hors taxes".

    Only a sentence that speaks of amounts and names no figure counts.
    """
    words = _words(rules)
    for sentence in re.split(r"(?<=[.!?])\s", fold(text)):
        if len(sentence) < 250 and words.speaks.search(sentence) and not words.figure.search(sentence):
            currency, tax = words.currency_mark.search(sentence), _tax(sentence, words)
            if currency:
                return AmountHints(words.currency[currency["c"]], tax)
    return NONE


def parse_amount(text: str, rules: Rules, hints: AmountHints = NONE) -> Found[Amount] | None:
    """The amount that a field's text says. "NC", "Confidentiel", "-" give an Amount without a value.

    `note` says what makes the reading doubtful: several figures, words that were not understood.
    """
    words = _words(rules)
    flat = " ".join(text[:_LONGEST].split())
    folded = fold(flat)
    if folded.strip(" .:()") in words.missing or any(folded.startswith(m) for m in words.missing if len(m) > 5):
        return Found(Amount(value=None), 0, len(text), "money.missing")
    figures = _figures(folded, words)
    money = [f for f in figures if f.currency or f.multiplier] or figures
    if not money:
        said = any(len(m) > 5 and m in folded for m in words.missing)
        return Found(Amount(value=None), 0, len(text), "money.missing") if said else None
    first = _opens_range(money[0], figures, folded)
    second = _range_end(folded, figures, first)
    first = _same_unit(first, second)
    tax = _tax(folded[first.start :], words) or _tax(folded, words) or hints.tax
    currency = (
        first.currency or (second.currency if second else None) or _currency_near(folded, words) or hints.currency
    )
    bare = first.multiplier is None and not any(f.currency for f in (first, second) if f)
    scale = hints.scale if bare and first.value < 20_000 else _ONE
    value = first.value * (first.multiplier or _ONE) * scale
    maximum = second.value * (second.multiplier or _ONE) * scale if second else None
    amount = Amount(value=value, maximum=maximum, currency=currency, tax=tax)
    note = _note(folded, money, money[0], second)
    if maximum is not None and maximum <= value:
        note = "a range that does not rise"
    return Found(amount, 0, len(text), "money.range" if second else "money.figure", note)


def find_amounts(text: str, rules: Rules) -> list[Found[Amount]]:
    """Amounts in free text: only figures with a currency beside them."""
    words = _words(rules)
    folded = fold(text)
    found: list[Found[Amount]] = []
    figures = _figures(folded, words)
    used: set[int] = set()
    for i, figure in enumerate(figures):
        if i in used or not figure.currency:
            continue
        start, end = figure.start, figure.end
        if i and _joins(folded[figures[i - 1].end : start]) and not figures[i - 1].currency:
            start = figures[i - 1].start
        if i + 1 < len(figures) and figures[i + 1].currency and _joins(folded[end : figures[i + 1].start]):
            end = figures[i + 1].end
            used.add(i + 1)
        tail = words.tax_mark.match(folded[end : end + 40].lstrip(" ("))
        stop = end + (
            len(folded[end : end + 40]) - len(folded[end : end + 40].lstrip(" (")) + tail.end() if tail else 0
        )
        before = words.between.search(folded[max(0, start - 8) : start])
        begin = max(0, start - 8) + before.start() if before else start
        reading = parse_amount(text[begin:stop], rules)
        if reading and reading.value.value is not None:
            found.append(Found(reading.value, begin, stop, reading.rule, reading.note))
    return found


# ---- figures ------------------------------------------------------------------------------------------------------


def _figures(folded: str, words: _Words) -> list[_Figure]:
    out = []
    for match in words.figure.finditer(folded):
        number = match["n"].strip()
        value = parse_number(number)
        if value is None:
            continue
        mark = match["c1"] or match["c2"]
        raw = match["m"] or match["ms"] or match["m0"]
        multiplier = words.multiplier.get(raw) if raw else None
        out.append(_Figure(match.start(), match.end(), value, words.currency[mark] if mark else None, multiplier))
    return out


def _same_unit(first: _Figure, second: _Figure | None) -> _Figure:
    """ "18 à 22 k€": the unit of the second figure holds for the first."""
    if second is None or first.multiplier is not None or first.currency is not None:
        return first
    if second.multiplier is None or first.value >= second.value * second.multiplier:
        return first
    return _Figure(first.start, first.end, first.value, second.currency, second.multiplier)


def _joins(between: str) -> bool:
    """Is what stands between two figures a word for "to"?"""
    return bool(re.fullmatch(r"\s*(?:[aà]|et|[-–—/]|jusqu'a|to|and)\s*", between))


def _opens_range(money: _Figure, figures: list[_Figure], folded: str) -> _Figure:
    """ "18 à 22 k€": the figure before the one with the currency, where "à" joins them."""
    i = figures.index(money)
    if i and not figures[i - 1].currency and _joins(folded[figures[i - 1].end : money.start]):
        return figures[i - 1]
    return money


def _range_end(folded: str, figures: list[_Figure], first: _Figure) -> _Figure | None:
    i = figures.index(first)
    if i + 1 < len(figures):
        between = re.sub(r"\b(?:ht|ttc|htva)\b|[()]", "", folded[first.end : figures[i + 1].start])
        if _joins(between):
            return figures[i + 1]
    return None


def _note(folded: str, money: list[_Figure], first: _Figure, second: _Figure | None) -> str | None:
    others = [f for f in money if f not in (first, second) and f.start > first.end]
    if others and (others[0].currency or "(" not in folded[first.end : others[0].start]):
        return "several amounts"
    return None


def _tax(folded: str, words: _Words) -> Tax | None:
    match = words.tax_mark.search(folded)
    return words.tax[match["t"]] if match else None


def _currency_near(folded: str, words: _Words) -> str | None:
    match = words.currency_mark.search(folded)
    return words.currency[match["c"]] if match else None


# ---- words --------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4)
def _words(rules: Rules) -> _Words:
    data = rules.lexicon("money")
    currency = {fold(str(w)): code for code, forms in data["currencies"].items() for w in forms}
    tax: dict[str, Tax] = {fold(str(w)): code for code, forms in data["tax"].items() for w in forms}
    multiplier = {fold(str(w)): Decimal(n) for w, n in data["multipliers"].items()}
    marks, taxes = _any(currency), _any(tax)
    short = _any(w for w in multiplier if len(w) <= 2)
    long = _any(w for w in multiplier if len(w) > 2)
    # "29 000 €", "45 k€", "1,2 M€", "1,5 million d'euros", "CHF 45'000.–", "kCHF 45", "€ 45.000"
    before = rf"(?:(?<![a-z])(?P<m0>{short})?(?P<c1>{marks})\s{{0,2}})?"
    dashes = r"(?:[.,]\s?[-–—]{1,2})?"
    unit = rf"(?:\s?(?:(?P<m>{long})\b(?:\s+d')?|(?P<ms>{short})(?={marks}|\b)))?"
    after = rf"{dashes}{unit}(?:\s?(?:d'|de\s)?(?P<c2>{marks}))?"
    figure = rf"{before}(?<![\d.,])(?P<n>{NUMBER})(?![\d]){after}"
    return _Words(
        currency,
        tax,
        multiplier,
        frozenset(fold(str(w)).strip(" .") for w in data["missing"]) | {""},
        frozenset(fold(str(w)) for w in data["rates"]),
        re.compile(figure),
        re.compile(rf"(?<![a-z])(?P<t>{taxes})(?![a-z])"),
        re.compile(rf"(?<![a-z])(?:{short})?(?P<c>{marks})(?![a-z])"),
        re.compile(rf"(?<![a-z])(?P<m>{short}|{long})\s?(?:d')?(?:{marks})"),
        re.compile(rf"\b(?:{_any(fold(str(w)) for w in data['between'])})\s+$"),
        re.compile(rf"\b(?:{_any(fold(str(w)) for w in data['speaks'])})\b"),
    )


def _any(words: Iterable[str]) -> str:
    """Alternation, longest first."""
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: -len(w)))
