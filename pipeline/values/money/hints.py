"""What labels, column heads and sentences say of the amounts under them: currency, tax, scale."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from carnet.pipeline.rules import Rules
from carnet.pipeline.values.money.figures import ONE
from carnet.pipeline.values.money.marks import currency_in, tax_in
from carnet.pipeline.values.money.words import LONGEST, Tax, words_of
from carnet.pipeline.values.patterns import fold_figures


@dataclass(frozen=True)
class AmountHints:
    """What a label or column head says of the figures under it: "Montant (k€ HT)" -> EUR, HT, 1000.
    `rate`: they are fees per day ("TJM")."""

    currency: str | None = None
    tax: Tax | None = None
    scale: Decimal = ONE
    rate: bool = False


NONE = AmountHints()


def amount_hints(label: str, rules: Rules) -> AmountHints:
    """Currency, tax and scale printed in a label.

    >>> amount_hints("Montant (k€ HT)", load_rules())
    AmountHints(currency='EUR', tax='HT', scale=Decimal('1000'), rate=False)
    """
    words = words_of(rules)
    folded = fold_figures(label[:LONGEST])
    scale = words.scale_mark.search(folded)
    return AmountHints(
        currency_in(folded, words),
        tax_in(folded, words),
        words.multiplier[scale["m"] or scale["m2"]] if scale else ONE,
        bool(words.rate_label.search(folded)),
    )


def general_hints(text: str, rules: Rules) -> AmountHints:
    """What a sentence says of all amounts of a brochure: "Montants de nos prestations en euros hors taxes", or of their
    tax alone.

    Only a sentence that speaks of amounts and names no figure counts.
    """
    words = words_of(rules)
    for sentence in re.split(r"(?<=[.!?])\s", fold_figures(text)):
        if len(sentence) < 250 and words.speaks.search(sentence) and not words.figure.search(sentence):
            currency, tax = currency_in(sentence, words), tax_in(sentence, words)
            if currency or tax:
                return AmountHints(currency, tax)
    return NONE
