"""Text -> amounts: one figure or a range, currency, with or without tax.

A text is read in steps: every number with the currency, multiplier and tax beside it becomes a figure (figures.py); the
first figure that is surely money opens the reading, its neighbour may close a range (ranges.py); what else is printed
decides whether the reading is doubtful (doubts.py). Amounts are never summed and a unit is never guessed: it is printed
at the figure, or a label or a sentence gives it (hints.py).
"""

from __future__ import annotations

from decimal import Decimal

from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.remembered import remembered
from carnet.pipeline.values.found import Found
from carnet.pipeline.values.money.doubts import find_doubts, is_rate, is_small_and_bare, left_over, says_missing
from carnet.pipeline.values.money.figures import ONE, Figure, bare_figures, find_figures
from carnet.pipeline.values.money.hints import NONE, AmountHints
from carnet.pipeline.values.money.marks import currency_in, tax_in, tax_of
from carnet.pipeline.values.money.ranges import range_around
from carnet.pipeline.values.money.words import LONGEST, MoneyWords, words_of
from carnet.pipeline.values.patterns import fold_figures
from carnet.schemas.values import Amount

_LONGEST_FREE = 20_000  # letters of a running text that are searched
_PLAUSIBLE = Decimal(5_000_000)  # a larger fee, made by a heading in thousands, is doubtful
_UNIT_GIVEN = 20_000  # such a figure under a heading in thousands already counts single units


def parse_amount(text: str, rules: Rules, hints: AmountHints = NONE) -> Found[Amount] | None:
    """The amount that a field's text says. "NC", "Confidentiel", "-" give an Amount without a value.

    `note` says what makes the reading doubtful: several figures, a bound, words that were not understood.

    >>> parse_amount("18 à 22 k€ HT", load_rules()).value
    Amount(value=Decimal('18000'), maximum=Decimal('22000'), currency='EUR', tax='HT')
    """
    words = words_of(rules)
    flat = " ".join(text[:LONGEST].split())
    folded = fold_figures(flat)
    figures = find_figures(folded, flat, words)
    money = [f for f in figures if f.is_money]
    if says_missing(folded, words):
        note = "a figure beside words that say there is none" if money else None
        return Found(Amount(value=None), 0, len(text), "money.missing", note)
    chosen = money or bare_figures(figures, folded, words)
    fees = [] if hints.rate else [f for f in chosen if not is_rate(f, folded, words)]
    if chosen and not fees:
        return Found(Amount(value=None), 0, len(text), "money.rate")
    chosen = fees
    if not chosen:
        return None
    first, second = range_around(figures.index(chosen[0]), figures, folded, words)
    amount, notes = _amount(first, second, folded, hints, words)
    notes += find_doubts(first, second, chosen, figures, folded, hints, words)
    if len(text) > LONGEST:
        notes.append("a long text, of which only the beginning was read")
    unlike = notes and is_small_and_bare(first, second, hints)
    if not amount.value or unlike and left_over(folded, figures, words):
        amount = Amount(value=None)
        notes = notes or ["an amount of zero"]
    rule = "money.range" if second else "money.figure"
    return Found(amount, 0, len(text), rule, "; ".join(notes) or None)


def says_no_amount(text: str, rules: Rules) -> bool:
    """Does a text stand where an amount would, and say that none is given?

    >>> says_no_amount("Non communiqué", load_rules()), says_no_amount("29 000 €", load_rules())
    (True, False)
    """
    return says_missing(fold_figures(" ".join(text[:LONGEST].split())), words_of(rules))


def find_amounts(text: str, rules: Rules) -> list[Found[Amount]]:
    """Amounts in free text: only figures with a currency beside them.

    >>> [f.value.value for f in find_amounts("Mission de 45 k€ HT pour 12 000 habitants", load_rules())]
    [Decimal('45000')]
    """
    return list(_amounts(text, rules))


@remembered
def _amounts(text: str, rules: Rules) -> tuple[Found[Amount], ...]:
    words = words_of(rules)
    printed = text[:_LONGEST_FREE]
    folded = fold_figures(printed)
    figures = find_figures(folded, printed, words)
    found: list[Found[Amount]] = []
    last = 0
    for i, figure in enumerate(figures):
        if not figure.currency or figure.start < last or figure.value is None or is_rate(figure, folded, words):
            continue
        first, second = range_around(i, figures, folded, words)
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
    return tuple(found)


def _amount(
    first: Figure, second: Figure | None, folded: str, hints: AmountHints, words: MoneyWords
) -> tuple[Amount, list[str]]:
    ends = [f for f in (first, second) if f]
    notes: list[str] = []
    scale = ONE
    if hints.scale != ONE and not any(f.is_money for f in ends):
        scale = hints.scale if first.total < _UNIT_GIVEN else ONE
        if scale == ONE or first.total * scale > _PLAUSIBLE:
            notes.append("the figure hardly fits the unit of its heading")
    elif hints.scale != ONE and first.currency and first.total < 1000:
        notes.append("the figure hardly fits the unit of its heading")
    currency = next((f.currency for f in ends if f.currency), None) or currency_in(folded, words) or hints.currency
    value = None if first.value is None else first.total * scale
    maximum = second.total * scale if second and value is not None else None
    amount = Amount(
        value=_plain(value),
        maximum=_plain(maximum),
        currency=currency,
        tax=tax_of(first, second, folded, words) or tax_in(folded, words) or hints.tax,
    )
    if maximum is not None and value is not None and maximum <= value:
        notes.append("a range that does not rise")
    return amount, notes


def _plain(number: Decimal | None) -> Decimal | None:
    """1200000 rather than 1.2E+6 or 1200000.0."""
    if number is None:
        return None
    return number.quantize(ONE) if number == number.to_integral_value() else number.normalize()
