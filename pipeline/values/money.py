"""Text -> amounts: one figure or a range, currency, with or without tax.

A text is read in steps: every number with the currency, multiplier and tax beside it becomes a figure; the first figure
that is surely money opens the reading, its neighbour may close a range; what else is printed decides whether the
reading is doubtful. Amounts are never summed and a unit is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from pipeline.rules import Rules
from pipeline.rules.fold import fold
from pipeline.values.found import Found
from pipeline.values.numbers import NUMBER, parse_decimal, parse_number
from schemas.values import Amount

Tax = Literal["HT", "TTC"]
_LONGEST = 300  # letters of an amount field that are read; the rest is noted
_LONGEST_FREE = 20_000  # letters of a running text that are searched
_TAIL = 80  # letters behind a figure in which its tax stands
_ONE = Decimal(1)
_FRACTIONS = str.maketrans("½¼¾⅓⅔⅛", "??????")  # fold would make digits of them
_PLAUSIBLE = Decimal(5_000_000)  # a larger fee, made by a heading in thousands, is doubtful
_UNIT_GIVEN = 20_000  # such a figure under a heading in thousands already counts single units


@dataclass(frozen=True)
class AmountHints:
    """What a label or column head says of the figures under it: "Montant (k€ HT)" -> EUR, HT, 1000."""

    currency: str | None = None
    tax: Tax | None = None
    scale: Decimal = _ONE


NONE = AmountHints()


@dataclass(frozen=True)
class _Figure:
    """A number and what is printed at it. `value` is None where the number cannot be read ("1 250.000")."""

    start: int
    end: int
    value: Decimal | None
    currency: str | None
    multiplier: Decimal | None
    printed: str

    @property
    def is_money(self) -> bool:
        return self.currency is not None or self.multiplier is not None

    @property
    def total(self) -> Decimal:
        return (self.value or Decimal(0)) * (self.multiplier or _ONE)


def amount_hints(label: str, rules: Rules) -> AmountHints:
    """Currency, tax and scale printed in a label.

    >>> amount_hints("Montant (k€ HT)", load_rules())
    AmountHints(currency='EUR', tax='HT', scale=Decimal('1000'))
    """
    words = _words(rules)
    folded = _fold(label[:_LONGEST])
    currency = words.currency_mark.search(folded)
    scale = words.scale_mark.search(folded)
    return AmountHints(
        words.currency[currency["c"]] if currency else None,
        _tax(folded, words),
        words.multiplier[scale["m"] or scale["m2"]] if scale else _ONE,
    )


def general_hints(text: str, rules: Rules) -> AmountHints:
    """What a sentence says of all amounts of a brochure: "Montants de nos prestations en euros hors taxes".

    Only a sentence that speaks of amounts and names no figure counts.
    """
    words = _words(rules)
    for sentence in re.split(r"(?<=[.!?])\s", _fold(text)):
        if len(sentence) < 250 and words.speaks.search(sentence) and not words.figure.search(sentence):
            currency, tax = words.currency_mark.search(sentence), _tax(sentence, words)
            if currency:
                return AmountHints(words.currency[currency["c"]], tax)
    return NONE


def parse_amount(text: str, rules: Rules, hints: AmountHints = NONE) -> Found[Amount] | None:
    """The amount that a field's text says. "NC", "Confidentiel", "-" give an Amount without a value.

    `note` says what makes the reading doubtful: several figures, a bound, words that were not understood.

    >>> parse_amount("18 à 22 k€ HT", load_rules()).value
    Amount(value=Decimal('18000'), maximum=Decimal('22000'), currency='EUR', tax='HT')
    """
    words = _words(rules)
    flat = " ".join(text[:_LONGEST].split())
    folded = _fold(flat)
    figures = _figures(folded, flat, words)
    money = [f for f in figures if f.is_money]
    if _says_missing(folded, words):
        note = "a figure beside words that say there is none" if money else None
        return Found(Amount(value=None), 0, len(text), "money.missing", note)
    chosen = money or _bare(figures, folded, words)
    if not chosen:
        return None
    first, second = _range(figures.index(chosen[0]), figures, folded, words)
    amount, notes = _amount(first, second, folded, hints, words)
    notes += _doubts(first, second, chosen, figures, folded, hints, words)
    if len(text) > _LONGEST:
        notes.append("a long text, of which only the beginning was read")
    unlike = notes and not any(f.is_money for f in (first, second) if f) and first.total < 500 and hints.scale == _ONE
    if not amount.value or unlike and _left_over(folded, figures, words):
        amount = Amount(value=None)
        notes = notes or ["an amount of zero"]
    rule = "money.range" if second else "money.figure"
    return Found(amount, 0, len(text), rule, "; ".join(notes) or None)


def find_amounts(text: str, rules: Rules) -> list[Found[Amount]]:
    """Amounts in free text: only figures with a currency beside them.

    >>> [f.value.value for f in find_amounts("Mission de 45 k€ HT pour 12 000 habitants", load_rules())]
    [Decimal('45000')]
    """
    words = _words(rules)
    printed = text[:_LONGEST_FREE]
    folded = _fold(printed)
    figures = _figures(folded, printed, words)
    found: list[Found[Amount]] = []
    last = 0
    for i, figure in enumerate(figures):
        if not figure.currency or figure.start < last or figure.value is None:
            continue
        first, second = _range(i, figures, folded, words)
        start, end = first.start, (second or first).end
        if start < last:
            start, end = figure.start, figure.end
        lead = words.range_lead.search(folded[max(last, start - 10) : start]) if second else None
        start -= len(folded[max(last, start - 10) : start]) - lead.start() if lead else 0
        tail = words.tax_behind.match(folded, end)
        end = tail.end() if tail else end
        reading = parse_amount(printed[start:end], rules)
        if reading and reading.value.value is not None and reading.value.currency:
            found.append(Found(reading.value, start, end, reading.rule, reading.note))
            last = end
    return found


# ---- figures ------------------------------------------------------------------------------------------------------


def _fold(text: str) -> str:
    return fold(text.translate(_FRACTIONS))


def _figures(folded: str, printed: str, words: _Words) -> list[_Figure]:
    out = []
    for match in words.figure.finditer(folded):
        mark = match["c1"] or match["c2"]
        raw = match["m0"] or match["m"] or match["ms"]
        end = match.end()
        if raw == "m" and not mark and printed[match.start("ms")] != "M":
            raw, end = None, match.end("n")  # "12 m de haut"
        multiplier = words.multiplier[raw] if raw else None
        number = match["n"]
        value = parse_decimal(number) if multiplier and multiplier > 1000 else parse_number(number)
        currency = words.currency[mark] if mark else None
        out.append(_Figure(match.start(), end, value, currency, multiplier, number))
    return out


def _bare(figures: Sequence[_Figure], folded: str, words: _Words) -> list[_Figure]:
    """Figures without a unit that may be the amount: no share, count, year beside another figure."""
    kept = [f for f in figures if not words.no_money.match(folded, f.end)]
    kept = [f for f in kept if not words.numbered.search(folded[max(0, f.start - 12) : f.start])]
    others = [f for f in kept if not re.fullmatch(r"(?:19|20)\d\d", f.printed)]
    return others or (kept if len(kept) == 1 else [])


def _range(i: int, figures: Sequence[_Figure], folded: str, words: _Words) -> tuple[_Figure, _Figure | None]:
    """Both ends of a range: "18 à 22 k€" (the unit holds for both), "40 000 € – 90 000 €", "entre 60 et 70 k€"."""
    money = figures[i]
    before = figures[i - 1] if i else None
    if before and not before.is_money and _joined(before, money, folded, words, bare=True):
        low = _same_unit(before, money)
        if low:
            return low, money
    after = figures[i + 1] if i + 1 < len(figures) else None
    if after and _other_tax(money, [after], folded, words):
        return money, None
    if after and _joined(money, after, folded, words) and after.currency in (None, money.currency):
        return money, after if after.is_money else replace(after, multiplier=money.multiplier)
    if after and not money.currency and _joined(money, after, folded, words):
        return replace(money, currency=after.currency), after
    return money, None


def _joined(first: _Figure, second: _Figure, folded: str, words: _Words, bare: bool = False) -> bool:
    """Is what stands between the two a word for "to"? "et" only after "entre", "/" only where the first has no unit."""
    if first.value is None or second.value is None or second.start - first.end > 30:
        return False
    between = words.tax_mark.sub("", folded[first.end : second.start])
    if words.to.fullmatch(between):
        return not re.fullmatch(r"(?:19|20)\d\d", first.printed) or first.is_money or second.total < 10_000
    if bare and between.strip() == "/":
        return first.value < second.value <= first.value * 3
    opened = words.opens_range.search(folded[max(0, first.start - 12) : first.start])
    return bool(opened and words.and_.fullmatch(between))


def _same_unit(low: _Figure, high: _Figure) -> _Figure | None:
    """The figure before the one with the unit: "18" of "18 à 22 k€", "25" of "25 à 30 000 €"; None: no range."""
    if not low.value or not high.value:
        return None
    if low.value < high.value:
        if high.value / low.value <= 100:
            return replace(low, currency=high.currency, multiplier=high.multiplier)
        short = low.value * 1000
        fits = high.multiplier is None and short < high.value <= short * 5
        return replace(low, currency=high.currency, multiplier=Decimal(1000)) if fits else None
    if low.value >= 1000 and high.multiplier and low.value < high.total:
        return replace(low, currency=high.currency)  # "800 000 à 1,2 M€"
    return replace(low, currency=high.currency, multiplier=high.multiplier) if low.value / high.value <= 100 else None


# ---- amount and doubts --------------------------------------------------------------------------------------------


def _amount(
    first: _Figure, second: _Figure | None, folded: str, hints: AmountHints, words: _Words
) -> tuple[Amount, list[str]]:
    ends = [f for f in (first, second) if f]
    notes: list[str] = []
    scale = _ONE
    if hints.scale != _ONE and not any(f.is_money for f in ends):
        scale = hints.scale if first.total < _UNIT_GIVEN else _ONE
        if scale == _ONE or first.total * scale > _PLAUSIBLE:
            notes.append("the figure hardly fits the unit of its heading")
    elif hints.scale != _ONE and first.currency and first.total < 1000:
        notes.append("the figure hardly fits the unit of its heading")
    currency = next((f.currency for f in ends if f.currency), None) or _currency_near(folded, words) or hints.currency
    value = None if first.value is None else first.total * scale
    maximum = second.total * scale if second and value is not None else None
    amount = Amount(
        value=_plain(value),
        maximum=_plain(maximum),
        currency=currency,
        tax=_tax_of(first, second, folded, words) or _tax(folded, words) or hints.tax,
    )
    if maximum is not None and value is not None and maximum <= value:
        notes.append("a range that does not rise")
    return amount, notes


def _plain(number: Decimal | None) -> Decimal | None:
    """1200000 rather than 1.2E+6 or 1200000.0."""
    if number is None:
        return None
    return number.quantize(_ONE) if number == number.to_integral_value() else number.normalize()


def _doubts(
    first: _Figure,
    second: _Figure | None,
    chosen: Sequence[_Figure],
    figures: Sequence[_Figure],
    folded: str,
    hints: AmountHints,
    words: _Words,
) -> list[str]:
    """What a careful reader would question in the reading."""
    out = []
    last = second or first
    others = [f for f in chosen if f.start > last.start]
    if others and not _other_tax(first, others, folded, words):
        out.append("several amounts")
    if first.value is None:
        out.append(f"not a number: {first.printed!r}")
    window = folded[max(0, first.start - 30) : first.start]
    if words.digits.search(window) and not words.numbered_before.search(window):
        out.append("digits beside the figure")
    if words.rate_before.search(window) or words.rate_behind.match(folded, last.end):
        out.append("a share, a multiple or a rate")
    if words.bound_before.search(window) or words.bound_behind.match(folded, last.end):
        out.append("a bound, no figure")
    if first.multiplier == 1000 and re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", first.printed):
        out.append(f"{first.printed!r}: thousands or decimals")
    if second and first.multiplier == 1000 and second.multiplier is None:
        out.append("a range whose first figure is cut short")
    if not any(f.is_money for f in (first, second) if f):
        left = _left_over(folded, figures, words)
        if left:
            out.append(f"not understood: {left!r}")
        elif first.total < 500 and hints.scale == _ONE:
            out.append("a small figure without a unit")
    return out


def _other_tax(first: _Figure, others: Sequence[_Figure], folded: str, words: _Words) -> bool:
    """25 000 € HT (30 000 € TTC): the same fee a second time."""
    if len(others) > 1 or first.currency != others[0].currency or not first.total:
        return False
    taxes = (_tax_of(first, None, folded, words), _tax_of(others[0], None, folded, words))
    return taxes == ("HT", "TTC") and _ONE < others[0].total / first.total <= Decimal("1.25")


def _tax_of(first: _Figure, second: _Figure | None, folded: str, words: _Words) -> Tax | None:
    """The tax word right before the figure, else the first one behind it and before the next amount."""
    lead = words.tax_before.search(folded[max(0, first.start - 30) : first.start])
    lead = lead or words.tax_inside.match(folded, first.start)
    if lead:
        return words.tax[lead["t"]]
    end = (second or first).end
    behind = folded[end : end + _TAIL]
    stop = words.figure.search(behind)
    return _tax(folded[first.end : end] + behind[: stop.start() if stop else None], words)


def _tax(folded: str, words: _Words) -> Tax | None:
    match = words.tax_mark.search(folded)
    return words.tax[match["t"]] if match else None


def _currency_near(folded: str, words: _Words) -> str | None:
    match = words.currency_mark.search(folded)
    return words.currency[match["c"]] if match else None


def _says_missing(folded: str, words: _Words) -> bool:
    """NC, "Montant : NC", "Confidentiel (accord-cadre)"."""
    bare = folded.strip(" .:()")
    if bare in words.missing or any(bare.startswith(m) for m in words.missing if len(m) > 5):
        return True
    rest = [w for w in re.split(r"[\s:;,()]+", bare) if w.strip(".") and w.strip(".'") not in words.filler]
    return " ".join(rest).strip(" .") in words.missing - {""}


def _left_over(folded: str, figures: Sequence[_Figure], words: _Words) -> str:
    """Words beside a figure without unit that no rule knows: "29 OOO €"."""
    kept = list(folded)
    for figure in figures:
        kept[figure.start : figure.end] = " " * (figure.end - figure.start)
    rest = words.tax_mark.sub(" ", "".join(kept))
    odd = re.findall(r"[\w?]+", rest)
    return " ".join(w for w in odd if w not in words.filler and w not in words.currency)[:60]


# ---- words --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Words:
    currency: dict[str, str]
    tax: dict[str, Tax]
    multiplier: dict[str, Decimal]
    missing: frozenset[str]
    filler: frozenset[str]
    figure: re.Pattern[str]
    tax_mark: re.Pattern[str]
    tax_before: re.Pattern[str]
    tax_inside: re.Pattern[str]
    tax_behind: re.Pattern[str]
    currency_mark: re.Pattern[str]
    scale_mark: re.Pattern[str]
    to: re.Pattern[str]
    and_: re.Pattern[str]
    opens_range: re.Pattern[str]
    range_lead: re.Pattern[str]
    bound_before: re.Pattern[str]
    bound_behind: re.Pattern[str]
    digits: re.Pattern[str]
    numbered_before: re.Pattern[str]
    rate_before: re.Pattern[str]
    rate_behind: re.Pattern[str]
    no_money: re.Pattern[str]
    numbered: re.Pattern[str]
    speaks: re.Pattern[str]


@lru_cache(maxsize=4)
def _words(rules: Rules) -> _Words:
    data = rules.lexicon("money")
    currency = {fold(str(w)): code for code, forms in data["currencies"].items() for w in forms}
    tax: dict[str, Tax] = {fold(str(w)): code for code, forms in data["tax"].items() for w in forms}
    multiplier = {fold(str(w)): Decimal(n) for w, n in data["multipliers"].items()}
    taxes = _any(tax)
    # a currency in letters ends where the word ends, unless the tax is glued to it
    marks = rf"(?:{_any(currency)})(?:(?<![a-z])|(?![a-z])|(?={taxes}))"
    short = _any(w for w in multiplier if len(w) <= 2)
    long = _any(w for w in multiplier if len(w) > 2)
    of = _any(data["of"])
    # "29 000 €", "45 k€", "1,2 M€", "1,5 million d'euros", "CHF 45'000.–", "kCHF 45", "€ 45.000", "€ HT 25 000"
    before = rf"(?:(?<![a-z])(?P<m0>{short})?(?P<c1>{marks})(?:\s?(?P<t>{taxes})\.?)?\s?:?\s{{0,2}})?"
    cents = r"(?:[.,]\s?-{1,2})?"
    after = (
        rf"(?:\s?(?:(?P<m>{long})(?![a-z])(?:\s(?:{of}))?|(?P<ms>{short})(?=\s?(?:{marks})|(?![a-z0-9])|{taxes})))?"
        rf"(?:\s?(?P<c2>{marks}))?"
    )
    bounds = _any(data["bounds"])
    return _Words(
        currency=currency,
        tax=tax,
        multiplier=multiplier,
        missing=frozenset(fold(str(w)).strip(" .") for w in data["missing"]) | {""},
        filler=frozenset(fold(str(w)) for w in data["filler"]),
        figure=_compiled(rf"{before}(?<![\d.,'])(?P<n>{NUMBER}){cents}{after}"),
        tax_mark=_compiled(rf"(?<![a-z])(?P<t>{taxes})(?![a-z])"),
        tax_before=_compiled(rf"(?<![a-z])(?P<t>{taxes})\)?\s?:\s?$"),
        tax_inside=_compiled(rf"[km]?(?:{marks})\s?(?P<t>{taxes})(?![a-z])"),
        tax_behind=_compiled(rf"\s?(?:\((?:{taxes})\)|(?:{taxes})(?![a-z]))"),
        currency_mark=_compiled(rf"(?<![a-z])(?:{short})?(?P<c>{marks})"),
        scale_mark=_compiled(
            rf"(?<![a-z])(?:(?P<m>{short}|{long})\s?(?:{of})?(?:{marks})|(?:{marks})\s(?P<m2>{short}|{long})(?![a-z]))"
        ),
        to=_compiled(rf"[\s()]{{0,40}}(?:{_any(data['to'])})[\s()]{{0,40}}"),
        and_=_compiled(rf"\s{{0,40}}(?:{_any(data['and'])})\s{{0,40}}"),
        opens_range=_compiled(rf"(?<!\w)(?:{_any(data['opens_range'])})\s{{0,40}}$"),
        range_lead=_compiled(rf"(?<!\w)(?:{_any(data['range_lead'])})\s{{1,40}}$"),
        bound_before=_compiled(rf"(?<!\w)(?:{bounds})\s?:?\s?$"),
        bound_behind=_compiled(rf"[\s,(]{{0,2}}(?:{taxes})?[\s,(]{{0,3}}(?:{bounds})(?!\w)"),
        digits=_compiled(r"\d[\s.,']?$"),
        numbered_before=_compiled(rf"(?:(?<!\w)(?:{_any(data['numbered'])})\s?\d{{1,2}}|(?<!\d)(?:19|20)\d\d)\s?$"),
        rate_before=_compiled(rf"(?:%\s(?:{of}|du\s|sur\s)|\d\s?[x×*]|(?:{_any(data['rate_units'])})\s(?:a|x|×))\s?$"),
        rate_behind=_compiled(
            rf"\s?(?:{taxes})?\s?(?:[x×*]\s?\d|(?:/|{_any(data['rate_words'])})\s?(?:{_any(data['rate_units'])})(?!\w))"
        ),
        no_money=_compiled(rf"\s?(?:{_any(data['no_money'])})(?!\w)"),
        numbered=_compiled(rf"(?<!\w)(?:{_any(data['numbered'])})\s?$"),
        speaks=_compiled(rf"\b(?:{_any(data['speaks'])})\b"),
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


def _any(words: Iterable[object]) -> str:
    """Alternation of words, longest first."""
    return "|".join(re.escape(w) for w in sorted({fold(str(w)) for w in words}, key=lambda w: (-len(w), w)))
